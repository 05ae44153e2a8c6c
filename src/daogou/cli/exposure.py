"""Print what new items, brands and sellers got of the places that went out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json
from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import database_url
from daogou.data.lake.outcomes import read_served
from daogou.data.store import open_store
from daogou.learn.evaluation.newcomers import newcomers

app = typer.Typer(add_completion=False)


@app.command()
def exposure(
    days: Annotated[int, typer.Option(min=1, help="Only lists of so many last days.")] = 28,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print which share of places new items, brands and sellers got, beside what each placement promises."""
    settings = settings_at(folder)
    store = open_store(database_url(settings, folder))
    served = read_served(store, from_us=system_clock() - days * DAY_US)
    found = newcomers(served, list(store.all_items()), settings.placements)
    store.close()
    if as_json:
        print_json({"days": days, "placements": [one.to_dict() for one in found]})
        return
    if not found:
        out.print(f"No list went out in the last {days} days.")
        return
    table = Table("placement", "places", "new items", "brands", "sellers", "together (95 %)", "promised", "drawn", "")
    for one in found:
        table.add_row(
            one.placement,
            f"{one.n_places:,}",
            *(f"{share:.1%}" for share in (one.items, one.brands, one.sellers)),
            f"{one.share:.1%} ({one.low:.1%}-{one.high:.1%})",
            "" if one.promised is None else f"{one.promised:.0%}, {one.days} days",
            f"{one.drawn:,}",
            "" if one.promised is None else "kept" if one.is_kept else "NOT KEPT",
        )
    out.print(table)
