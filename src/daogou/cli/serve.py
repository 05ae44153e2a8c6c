"""Answer over HTTP, with the storefront."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from daogou.cli.at import settings_at
from daogou.core.errors import InvalidInput, NotFound

app = typer.Typer(add_completion=False)


Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--shop",
        "-s",
        help="Folder that holds shop.toml; several for several shops.",
        envvar="DAOGOU_SHOP",
        show_default="this folder",
    ),
]


@app.command()
def serve(
    folders: Folders = None,
    shops: Annotated[Path | None, typer.Option(help="Serve every shop in this folder, new ones as they come.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes.")] = None,
) -> None:
    """Answer over HTTP, with the storefront: for one shop, or for several, where the key of a call decides."""
    from daogou.serve.handover import ManyShops
    from daogou.serve.run import run_many, run_server

    given = {"host": host, "port": port, "workers": workers}
    server = {name: value for name, value in given.items() if value is not None}
    flags: dict[str, Any] | None = {"server": server} if server else None
    if shops is None and len(folders or ()) < 2:
        folder = folders[0] if folders else Path(".")
        run_server(folder, settings_at(folder, flags))
        return
    if shops is not None and folders and not _only_from_environment(folders):
        raise InvalidInput("Both --shops and --shop were given. Name a folder of shops, or each shop.")
    if shops is not None and not shops.is_dir():
        raise NotFound(f"{shops.resolve()} is not a folder. Make it, then a shop in it: daogou shop new {shops}/NAME")
    several = ManyShops(parent=shops) if shops is not None else ManyShops(folders=tuple(folders or ()))
    for folder in several.folders:
        settings_at(folder)
    run_many(several, several.server_settings(flags))


def _only_from_environment(folders: list[Path]) -> bool:
    return [str(folder) for folder in folders] == os.environ.get("DAOGOU_SHOP", "").split()
