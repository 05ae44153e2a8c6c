"""Search a shop from the command line, and see how the words were read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, err, out, print_json
from daogou.core.types import text_in
from daogou.decide.search.request import SearchRequest, SearchResult
from daogou.decide.shop import Shop

app = typer.Typer(add_completion=False)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What a shopper would type, in any language.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many to print.")] = 10,
    language: Annotated[str | None, typer.Option(help="en or zh.")] = None,
    user: Annotated[str | None, typer.Option(help="A known user, whose past may order the list.")] = None,
    filter: Annotated[str | None, typer.Option(help="Only items that pass, for example 'price < 2000'.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Print how the words were read, too.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print what the words find, and what was given up or corrected to find it."""
    with closing(Shop.open(folder, settings_at(folder))) as shop:
        request = SearchRequest(words, filter=filter, limit=limit, language=language, user_id=user)
        found = shop.search.search(request)
        read = shop.search.explained(words) if why else ()
        if as_json:
            told = {name: value for name, value in _told(found).items() if why or name != "read"}
            print_json({**told, "read": msgspec.to_builtins(read)} if why else told)
            return
        for line in read:
            others = ", ".join(f"{' + '.join(way.terms)} ×{way.weight:g} ({way.n_items})" for way in line.ways)
            out.print(f"{line.text}: {others}", markup=False, soft_wrap=True)
        if found.understood:
            said = "; ".join(f"{name} = {', '.join(values)}" for name, values in found.understood.items())
            out.print(f"understood: {said}", markup=False, soft_wrap=True)
        for one in found.relaxed:
            out.print(one.text, markup=False, soft_wrap=True)
        if found.suggestion:
            out.print(f"did you mean: {found.suggestion}", markup=False, soft_wrap=True)
        table = Table("", "item", "title", "score", "why", title=f"{found.total} found")
        for place in found.items:
            item = shop.catalogue.item(place.item_id)
            title = text_in(item.title, language or shop.language) if item else ""
            number = str(place.position + 1)
            table.add_row(number, cell(place.item_id), cell(title), f"{place.score:.3f}", cell(place.reason.text))
        if found.items:
            out.print(table)
        else:
            err.print(f"Nothing in this shop matches {words!r}.", markup=False, soft_wrap=True)


def _told(found: SearchResult) -> dict[str, object]:
    """The result without the numbers of all items found, which mean nothing outside."""
    names = ("items", "total", "facets", "price", "corrected", "suggestion", "relaxed", "understood")
    return {name: msgspec.to_builtins(getattr(found, name)) for name in names}
