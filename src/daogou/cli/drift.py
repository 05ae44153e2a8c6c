"""Say whether catalogue, events and lists still are what they used to be."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json
from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import Settings, database_url, files_folder
from daogou.data.lake.outcomes import is_heard, lines_of, read_served
from daogou.data.store import open_store
from daogou.data.store.store import Store
from daogou.learn.drift import DRIFT_FILE
from daogou.learn.drift.drift import PAST_DAYS, Drifts, drift
from daogou.learn.drift.page import drift_page

app = typer.Typer(add_completion=False)

_COLUMNS = ("seq", "name", "at_us", "person", "session_id", "item_id")
PAGE = "drift.html"


@app.command()
def look(
    folder: ShopFolder = Path("."),
    fail: Annotated[bool, typer.Option("--fail", help="Exit with 1 where there is an alarm.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hold yesterday (UTC) against the shop's own past; /metrics tells the result until the next look."""
    settings = settings_at(folder)
    files = files_folder(settings, folder)
    with closing(open_store(database_url(settings, folder))) as store:
        found = drifts_of(store, files, settings)
    if as_json:
        print_json(found.to_dict())
    else:
        _tell(found)
    err.print(f"Report: {files / PAGE}", markup=False, soft_wrap=True)
    if fail and found.alarms:
        raise typer.Exit(1)


def drifts_of(store: Store, files: Path, settings: Settings) -> Drifts:
    """Look, and leave the result where servers and people find it."""
    now_us = system_clock()
    since_us = now_us - (PAST_DAYS + 2) * DAY_US
    events = lines_of(store, files, _COLUMNS, pl.col("at_us") >= since_us).filter(is_heard(store))
    moves = [(item_id, at_us) for _, item_id, at_us, _, _ in store.prices.since(0)]
    found = drift(events, read_served(store, from_us=since_us), list(store.all_items()), moves, now_us)
    files.mkdir(parents=True, exist_ok=True)
    (files / DRIFT_FILE).write_text(json.dumps(found.to_dict(), ensure_ascii=False) + "\n", encoding="utf-8")
    (files / PAGE).write_text(drift_page(found, settings.shop.name), encoding="utf-8")
    return found


def _tell(found: Drifts) -> None:
    if not found.figures:
        out.print(f"{found.day}: there is too little past to judge by; a week of lists and four of events are needed.")
        return
    table = Table("", "part", "what", "measure", "value", "usual", "bound")
    for one in found.figures:
        figures = (f"{number:,.4g}" for number in (one.value, one.usual, one.bound))
        table.add_row("ALARM" if one.is_alarm else "", one.part, one.what, one.measure, *figures)
    out.print(table)
    out.print(f"{found.day}: {len(found.alarms)} of {len(found.figures)} figures are out of the ordinary.")
