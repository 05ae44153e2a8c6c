"""Print one list with its reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, err, out, print_json
from daogou.core.types import text_in
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

app = typer.Typer(add_completion=False)


@app.command()
def one_list(
    placement: Annotated[str, typer.Argument(help="For example home_for_you.")] = "home_for_you",
    user: Annotated[str | None, typer.Option(help="A known user.")] = None,
    visitor: Annotated[str | None, typer.Option(help="An unknown visitor.")] = None,
    item: Annotated[list[str] | None, typer.Option(help="Item being looked at; repeat for several.")] = None,
    cart: Annotated[list[str] | None, typer.Option(help="Item in the cart; repeat for several.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, max=100)] = None,
    language: Annotated[str | None, typer.Option(help="en or zh.")] = None,
    personalize: Annotated[bool, typer.Option(help="Use the shopper's history.")] = True,
    filter: Annotated[str | None, typer.Option(help="Only items that pass, for example 'price < 2000'.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print one list with its reasons."""
    shop = Shop.open(folder, settings_at(folder))
    request = RecommendRequest(
        placement, user, visitor, tuple(item or ()), tuple(cart or ()), limit, language, personalize, filter=filter
    )
    slate = recommend(shop, request)
    if as_json:
        print_json(msgspec.to_builtins(slate))
        return
    table = Table("", "item", "title", "score", "source", "why", title=placement)
    for place in slate.items:
        found = shop.catalogue.item(place.item_id)
        title = text_in(found.title, language or shop.language) if found else ""
        table.add_row(
            str(place.position + 1),
            cell(place.item_id),
            cell(title),
            f"{place.score:.3f}",
            place.source,
            cell(place.reason.text),
        )
    if slate.items:
        out.print(table)
    else:
        out.print(f"Nothing to show for {placement}: no source of it has anything to say yet.", soft_wrap=True)
    for unknown in dict.fromkeys(one for one in (*request.item_ids, *request.cart) if shop.catalogue.item(one) is None):
        err.print(f"No item is called {unknown!r}, so it says nothing.", markup=False, soft_wrap=True)
    if shop.release is None:
        err.print(f"Nothing is trained yet. Next: daogou train --shop {folder}", markup=False, soft_wrap=True)
    if slate.filtered:
        out.print("left out: " + ", ".join(f"{name} {count}" for name, count in slate.filtered.items()))
