"""Answer over HTTP, with the storefront."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from daogou.cli.at import ShopFolder, settings_at

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    folder: ShopFolder = Path("."),
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes.")] = None,
) -> None:
    """Answer over HTTP, with the storefront."""
    from daogou.serve.run import run_server

    given = {"host": host, "port": port, "workers": workers}
    flags: dict[str, Any] = {"server": {name: value for name, value in given.items() if value is not None}}
    run_server(folder, settings_at(folder, flags if flags["server"] else None))
