"""Print how often what shoppers take from a placement is of a department new to them, beside all other places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json
from daogou.core.errors import UnknownName
from daogou.core.settings import database_url, files_folder
from daogou.data.lake.outcomes import read_outcomes
from daogou.data.store import open_store
from daogou.decide.live.discovery import Discovery, discovery

app = typer.Typer(add_completion=False)

NAMES = {"select_item": "clicks", "add_to_cart": "carts", "purchase": "purchases"}


@app.command()
def measure(
    placement: Annotated[str, typer.Option(help="Which list.")] = "cross_category",
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print the part of what was taken that was of a new department, there and elsewhere, and the lift."""
    settings = settings_at(folder)
    if placement not in settings.placements:
        raise UnknownName("placement", placement, settings.placements)
    store = open_store(database_url(settings, folder))
    departments = {item.id: item.category for item in store.all_items()}
    outcomes = read_outcomes(store, files_folder(settings, folder)).iter_rows(named=True)
    found = discovery(outcomes, departments, placement)
    store.close()
    if as_json:
        print_json({"placement": placement, "events": {name: _facts(one) for name, one in found.items()}})
        return
    if not any(one.taken for one in found.values()):
        out.print(
            f"Nothing was taken from {placement} yet. Events count that name it as their placement, of shoppers who "
            "had looked at something before.",
            soft_wrap=True,
        )
        return
    table = Table("", f"from {placement}", "new department", "elsewhere", "new department", "lift")
    for name, words in NAMES.items():
        one = found[name]
        elsewhere = one.new_elsewhere / one.taken_elsewhere if one.taken_elsewhere else None
        table.add_row(
            words,
            f"{one.taken:,}",
            f"{one.share:.1%}" if one.taken else "",
            f"{one.taken_elsewhere:,}",
            "" if elsewhere is None else f"{elsewhere:.1%}",
            "" if one.lift is None else f"{one.lift:.2f}",
        )
    out.print(table)


def _facts(one: Discovery) -> dict[str, object]:
    return {
        "taken": one.taken,
        "new": one.new,
        "taken_elsewhere": one.taken_elsewhere,
        "new_elsewhere": one.new_elsewhere,
        "share": one.share,
        "lift": one.lift,
    }
