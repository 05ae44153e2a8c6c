"""Show how good the shop's models are: the past foretells what came after it, and nothing is published."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import to_us
from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.settings import database_url, files_folder
from daogou.data.dataset import Dataset
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.learn.evaluation.protocols import Split, leave_last, split_global_time, time_cuts
from daogou.learn.evaluation.report import html_report
from daogou.learn.evaluation.table import print_table
from daogou.learn.training.measured import BOTH, Steps, measure_split
from daogou.learn.training.plan import fitting, members_of

app = typer.Typer(add_completion=False)

PROTOCOLS = ("global-time", "leave-last")


@app.command()
def measure(
    folder: ShopFolder = Path("."),
    protocol: Annotated[str, typer.Option(help=f"{' or '.join(PROTOCOLS)}.")] = PROTOCOLS[0],
    validation_from: Annotated[
        str | None, typer.Option(help="First day of validation, for example 2026-09-01.")
    ] = None,
    test_from: Annotated[str | None, typer.Option(help="First day of test.")] = None,
    repeats: Annotated[str, typer.Option(help="Items the shopper had: both, counted or excluded.")] = "both",
    report: Annotated[Path | None, typer.Option(help="Also write an HTML report with plots.")] = None,
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Fit on the past, learn the blend on what came next, measure on what came last. Publishes nothing."""
    if repeats not in ("both", *BOTH):
        raise UnknownName("way of treating repeats", repeats, ("both", *BOTH))
    settings = settings_at(folder)
    with closing(open_store(database_url(settings, folder))) as store, progress_bar() as progress:
        dataset = read_dataset(store, files_folder(settings, folder))
        split = _split(dataset, protocol, validation_from, test_from)
        members, left_out = fitting(members_of(settings.models), dataset.n_items)
        steps = Steps(progress, 2 * len(members) + 2 * len(BOTH))
        measured = measure_split(split, members, settings.history, settings.seed, steps)
    chosen = [one for one in measured.evaluations if repeats in ("both", one.setup.repeats)]
    for note in (*left_out, *measured.notes):
        err.print(note, soft_wrap=True)
    if as_json:
        mixes = {name: mix.to_dict() for name, mix in measured.mixes.items()}
        print_json({"mixes": mixes, "evaluations": [one.to_dict() for one in chosen]})
    else:
        for one in chosen:
            print_table(one, out, language=language)
            out.print()
    if report is not None and chosen:
        html_report(chosen, report, mixes=measured.mixes)
        err.print(f"Report: {report}", soft_wrap=True)
    if not chosen:
        raise typer.Exit(1)


def _split(dataset: Dataset, protocol: str, validation_from: str | None, test_from: str | None) -> Split:
    if protocol == "leave-last":
        return leave_last(dataset)
    if protocol != "global-time":
        raise UnknownName("protocol", protocol, PROTOCOLS)
    if (validation_from is None) != (test_from is None):
        raise InvalidInput("--validation-from and --test-from go together: give both, or neither for the last 20 %.")
    if validation_from is not None and test_from is not None:
        return split_global_time(dataset, _day(validation_from), _day(test_from))
    cuts = time_cuts(dataset)
    if cuts is None:
        raise InvalidInput("The events do not reach over enough time to hold a part of them out. Import more first.")
    return split_global_time(dataset, *cuts)


def _day(text: str) -> int:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is not a day. Use YYYY-MM-DD, for example 2026-09-01.") from None
    return to_us(datetime(day.year, day.month, day.day, tzinfo=UTC))
