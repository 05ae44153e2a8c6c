"""Make, list and revoke API keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, err, out, print_json
from daogou.serve.keys import create_key, list_keys, revoke_key

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True, add_completion=False)


@app.command()
def new(
    scope: Annotated[
        str, typer.Option(help="publishable (in web pages), secret (your servers) or admin (everything).")
    ],
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    limit: Annotated[
        str, typer.Option(help='How often it may call, for example "600 per minute; 100000 per day".')
    ] = "",
    folder: ShopFolder = Path("."),
) -> None:
    """Make a key. Its text is printed this once and kept nowhere."""
    text = create_key(folder, scope, note=note, settings=settings_at(folder), limit=limit)
    out.print(text, markup=False, soft_wrap=True)
    err.print("Keep it now: it cannot be shown again.")


@app.command("list")
def list_all(folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """All keys, with their last characters."""
    settings_at(folder)
    records = list_keys(folder)
    if as_json:
        shown = [{key: value for key, value in msgspec.to_builtins(one).items() if key != "digest"} for one in records]
        print_json({"keys": shown})
        return
    table = Table("id", "scope", "ends in", "made", "note", "limit", "revoked")
    for one in records:
        table.add_row(
            one.key_id, one.scope, one.ending, one.created_at, cell(one.note), one.limit, one.revoked_at or ""
        )
    out.print(table)


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(help="From `daogou key list`.")], folder: ShopFolder = Path(".")
) -> None:
    """Stop a key for good; running servers refuse it from the next call on."""
    settings_at(folder)
    out.print(f"Revoked {revoke_key(folder, key_id).key_id}.")
