"""Move a shop to another database: every row exactly, compared afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json, progress_bar
from daogou.core.errors import InvalidInput
from daogou.core.settings import absolute_url, database_url, without_password
from daogou.data.store import move_store


def move(
    to: Annotated[
        str, typer.Option(help="URL of an empty database, for example postgresql+psycopg://user@host/database.")
    ],
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Copy the shop to another database and compare; stop the server before. The old one stays as it is."""
    here, there = database_url(settings_at(folder), folder), absolute_url(to, folder)
    if here == there:
        raise InvalidInput(f"The shop is kept in {without_password(here)} already. Name another database with --to.")
    with progress_bar() as progress:
        copied = move_store(here, there, progress)
    if as_json:
        tables = [{"table": one.table, "rows": one.rows, "sha256": one.sha256} for one in copied]
        print_json({"to": without_password(there), "tables": tables})
        return
    for one in copied:
        out.print(f"{one.table:<15} {one.rows:>12,} rows, the same on both sides (SHA-256 {one.sha256[:12]})")
    out.print(
        f'Next: write [bold]database = "{without_password(to)}"[/bold] into \\[shop] of shop.toml, then serve.',
        soft_wrap=True,
    )
