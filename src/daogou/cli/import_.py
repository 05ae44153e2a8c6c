"""Bring in items, users and events from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.errors import InvalidInput
from daogou.core.settings import database_url, files_folder
from daogou.data.ingest.run import ImportOptions, import_files
from daogou.data.store import open_store

app = typer.Typer()


@app.command()
def bring_in(
    files: Annotated[list[Path], typer.Argument(help="CSV, JSON lines or Parquet, plain or .gz or .zst.")],
    folder: ShopFolder = Path("."),
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="Your column for our field: --map SKU=id; repeat for several.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="items, users or events, where the files do not tell.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, store nothing.")] = False,
    resume: Annotated[bool, typer.Option(help="Go on where an interrupted import stopped.")] = True,
    as_json: AsJson = False,
) -> None:
    """Bring in items, users and events from files. Good rows go in; bad ones land in a reject file."""
    raise NotImplementedError
