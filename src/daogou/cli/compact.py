"""Move the event log into Parquet partitions."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json, progress_bar
from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import database_url, files_folder
from daogou.data.lake import compact, prune
from daogou.data.store import open_store
from daogou.serve.audit import AuditLog

app = typer.Typer(add_completion=False)


@app.command()
def move(
    folder: ShopFolder = Path("."),
    prune_days: Annotated[
        int | None, typer.Option(min=1, help="Also delete compacted events older than this from the database.")
    ] = None,
    prune_looks_days: Annotated[
        int | None,
        typer.Option(min=1, help="With --prune-days: looks and clicks older than this go even of shoppers with few."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write new events to Parquet, one folder per day; the database keeps what answering needs."""
    settings = settings_at(folder)
    store = open_store(database_url(settings, folder))
    began = time.perf_counter()
    with progress_bar() as progress:
        state = compact(store, files_folder(settings, folder), timezone=settings.shop.timezone, progress=progress)
    pruned = 0
    if prune_days is not None:
        now_us = system_clock()
        pruned = prune(
            store,
            now_us - prune_days * DAY_US,
            keep_per_person=settings.history.max_rows,
            looks_before_us=None if prune_looks_days is None else now_us - prune_looks_days * DAY_US,
        )
        AuditLog(folder).add("events_pruned", events=pruned, older_than_days=prune_days)
    told = {
        "files": len(state.files),
        "rows": sum(one.rows for one in state.files),
        "bytes": sum(one.n_bytes for one in state.files),
        "pruned_events": pruned,
        "seconds": round(time.perf_counter() - began, 2),
    }
    if as_json:
        print_json(told)
    else:
        out.print(
            f"{told['rows']:,} rows in {told['files']:,} files, {told['bytes']:,} bytes; "
            f"{pruned:,} events pruned; {told['seconds']} s."
        )
    store.close()
