"""Reports for the merchant: what shoppers search for, and what they ask the guide."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, out, print_json
from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import database_url, files_folder
from daogou.data.lake.searches import search_report
from daogou.data.searched_words import FEWEST_SHOPPERS, SearchOrder
from daogou.data.store import open_store
from daogou.decide.guide.report import Asked, guide_report

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Reports for the merchant."""


@app.command()
def searches(
    days: Annotated[int, typer.Option(min=1, max=400, help="So many last days.")] = 28,
    order: Annotated[
        SearchOrder, typer.Option(help="The most searched first, the most often empty, or the least clicked.")
    ] = "searches",
    fewest_shoppers: Annotated[
        int, typer.Option(min=1, help="Only words that so many shoppers typed.")
    ] = FEWEST_SHOPPERS,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 30,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """What was searched for, what found nothing, and what nobody clicked."""
    settings = settings_at(folder)
    with closing(open_store(database_url(settings, folder))) as store:
        report = search_report(
            store,
            files_folder(settings, folder),
            system_clock(),
            days=days,
            fewest_shoppers=fewest_shoppers,
            order=order,
            limit=limit,
        )
    if as_json:
        print_json(asdict(report))
        return
    if report.queries:
        table = Table("words", "searches", "shoppers", "found nothing", "clicked")
        for one in report.queries:
            clicked = "" if one.click_share is None else f"{one.click_share:.0%}"
            table.add_row(cell(one.words), f"{one.searches:,}", f"{one.shoppers:,}", f"{one.empty:,}", clicked)
        out.print(table)
    out.print(f"{report.searches:,} searches in {report.days} days; {report.empty:,} found nothing.")
    if report.withheld:
        out.print(
            f"{report.withheld:,} words ({report.withheld_searches:,} searches) are not shown: fewer than "
            f"{report.fewest_shoppers} shoppers typed them, as far as events say. --fewest-shoppers 1 shows all."
        )


@app.command()
def guide(
    days: Annotated[int, typer.Option(min=1, max=400, help="So many last days.")] = 28,
    limit: Annotated[int, typer.Option(min=1, help="Lines of each kind.")] = 20,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """What shoppers asked the guide and did not get."""
    settings = settings_at(folder)
    least = settings.transcripts.least_shoppers
    with closing(open_store(database_url(settings, folder))) as store:
        counted = store.talks.counts(system_clock() // DAY_US - days + 1)
    report = guide_report(counted, days=days, least_shoppers=least, limit=limit)
    if as_json:
        print_json(asdict(report))
        return
    for title, found in (
        ("not answered", report.unanswered),
        ("facts no item states", report.attributes),
        ("policies the shop does not give", report.policies),
        ("asked for most", report.fields),
    ):
        _print_asked(title, found)
    modes = ", ".join(f"{count:,} by {mode}" for mode, count in report.turns.items()) or "none"
    out.print(f"Turns in {days} days: {modes}. A person should have gone on after {report.hand_overs:,}.")
    if report.rare_unanswered or report.rare_attributes:
        out.print(
            f"{report.rare_unanswered:,} turns without an answer and {report.rare_attributes:,} missing facts were put "
            f"in words that fewer than {least} shoppers said; such words are not kept."
        )


def _print_asked(title: str, found: list[Asked]) -> None:
    if found:
        table = Table(title, "times", "shoppers, at least")
        for one in found:
            table.add_row(cell(one.text), f"{one.times:,}", f"{one.shoppers:,}")
        out.print(table)
