"""List items, for example those that pass a filter."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, out, print_json
from daogou.core.clock import system_clock
from daogou.core.settings import database_url
from daogou.core.types import text_in
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters import parse_filter

app = typer.Typer(add_completion=False)


@app.command()
def items(
    filter: Annotated[str | None, typer.Option(help="Only those that pass, for example 'price < 2000'.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many to print.")] = 10,
    language: Annotated[str | None, typer.Option(help="en or zh.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Count the items that pass a filter, hidden ones too, and print the first."""
    asked = parse_filter(filter) if filter is not None else None
    settings = settings_at(folder)
    with closing(open_store(database_url(settings, folder))) as store:
        catalogue = Catalogue(store)
    passing: Sequence[int] = range(len(catalogue))
    if asked is not None:
        passing = np.flatnonzero(asked.mask(catalogue, None, system_clock())).tolist()
    chosen = [catalogue.items[number] for number in passing[:limit]]
    shown = language or settings.shop.languages[0]
    if as_json:
        rows = [
            {"id": item.id, "title": text_in(item.title, shown), "price_minor": item.price_minor} for item in chosen
        ]
        print_json({"filter": None if asked is None else str(asked), "total": len(passing), "items": rows})
        return
    out.print(f"{len(passing)} of {len(catalogue)} items" + ("" if asked is None else f" pass {asked}"), markup=False)
    table = Table("item", "title", "price", "currency")
    for item in chosen:
        price = "" if item.price_minor is None else str(item.price_minor)
        table.add_row(cell(item.id), cell(text_in(item.title, shown)), price, cell(item.currency))
    if chosen:
        out.print(table)
