"""Say why an item is in a list, or why not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json
from daogou.decide.pipeline import explain
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

app = typer.Typer(add_completion=False)


@app.command()
def one_item(
    item_id: Annotated[str, typer.Argument(help="The item to explain.")],
    placement: Annotated[str, typer.Option(help="Which list.")] = "home_for_you",
    user: Annotated[str | None, typer.Option(help="A known user.")] = None,
    visitor: Annotated[str | None, typer.Option(help="An unknown visitor.")] = None,
    item: Annotated[list[str] | None, typer.Option(help="Item being looked at.")] = None,
    language: Annotated[str | None, typer.Option(help="en or zh.")] = None,
    filter: Annotated[str | None, typer.Option(help="Only items that pass, for example 'price < 2000'.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Say why an item is in a list, or why not."""
    shop = Shop.open(folder, settings_at(folder))
    request = RecommendRequest(placement, user, visitor, tuple(item or ()), language=language, filter=filter)
    told = explain(shop, request, item_id)
    if as_json:
        print_json(msgspec.to_builtins(told))
        return
    out.print(told.verdict.text, style="bold", markup=False)
    out.print(f"score {told.score:.4f}, rank {told.rank or '-'}")
    for source in told.sources:
        out.print(f"  source {source.name}: {source.share:+.0%}")
    for cause in told.history[:20]:
        out.print(f"  {cause.share:+.1%}  {cause.title} ({cause.event or 'shown beside'})", markup=False)
    for gate in told.gates:
        out.print(f"  {'ok ' if gate.passed else 'NO '} {gate.text}", markup=False)
    for rule in told.rules:
        out.print(f"  {'=> ' if rule.decided else '   '} {rule.text}", markup=False, soft_wrap=True)
