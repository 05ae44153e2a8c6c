"""Show how good the shop's models are, and what shoppers made of the lists they were shown. Nothing is published."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import DAY_US, to_us
from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.settings import Settings, database_url, files_folder
from daogou.data.dataset import Dataset
from daogou.data.lake import read_dataset
from daogou.data.lake.outcomes import read_context, read_outcomes, read_served
from daogou.data.store import Store, open_store
from daogou.data.store.store import USER_PREFIX
from daogou.learn.encoders.vectors import encoded
from daogou.learn.evaluation.catalogue_facts import catalogue_facts
from daogou.learn.evaluation.findings import Finding, findings_of, in_order
from daogou.learn.evaluation.findings_served import findings_of_served
from daogou.learn.evaluation.newcomers import NewcomerShare, newcomers
from daogou.learn.evaluation.over_time import Demand, demand_by_month
from daogou.learn.evaluation.protocols import Split, leave_last, split_global_time, time_cuts
from daogou.learn.evaluation.report import html_report
from daogou.learn.evaluation.report_newcomers import findings_of_newcomers
from daogou.learn.evaluation.result import Evaluation
from daogou.learn.evaluation.segments import Groups
from daogou.learn.evaluation.served import Served, served_figures
from daogou.learn.evaluation.table import print_findings, print_served, print_table
from daogou.learn.releases import RELEASES
from daogou.learn.topk import tie_order
from daogou.learn.training.measured import BLEND, BOTH, Measured, Steps, measure_split
from daogou.learn.training.plan import fitting, members_of
from daogou.learn.training.release import MODELS_FOLDER

app = typer.Typer(add_completion=False)

PROTOCOLS = ("global-time", "leave-last")
PARTS = ("all", "models", "lists")
PLACES = ("country", "store_id")
"""What events may say about where a shopper is; figures are given by these where they do."""


@dataclass
class Found:
    """What was measured; parts that were not asked for, or that the shop has nothing for, stay empty."""

    measured: Measured | None = None
    evaluations: list[Evaluation] = field(default_factory=list)
    served: Served | None = None
    newcomers: Sequence[NewcomerShare] = ()
    demand: Demand | None = None
    notes: list[str] = field(default_factory=list)

    def findings(self) -> list[Finding]:
        models = findings_of(self.evaluations[0], self.demand) if self.evaluations else []
        served = findings_of_served(self.served) if self.served else []
        return in_order([*models, *served, *findings_of_newcomers(self.newcomers)])

    def to_dict(self) -> dict[str, Any]:
        mixes = self.measured.mixes if self.measured else {}
        return {
            "mixes": {name: mix.to_dict() for name, mix in mixes.items()},
            "evaluations": [one.to_dict() for one in self.evaluations],
            "lists": self.served and self.served.to_dict(),
            "newcomers": [one.to_dict() for one in self.newcomers],
            "demand": self.demand and self.demand.to_dict(),
            "findings": [one.to_dict() for one in self.findings()],
        }


@app.command()
def measure(
    folder: ShopFolder = Path("."),
    only: Annotated[str, typer.Option(help="all, models (foretelling the past) or lists (what shoppers did).")] = "all",
    protocol: Annotated[str, typer.Option(help=f"{' or '.join(PROTOCOLS)}.")] = PROTOCOLS[0],
    validation_from: Annotated[
        str | None, typer.Option(help="First day of validation, for example 2026-09-01.")
    ] = None,
    test_from: Annotated[str | None, typer.Option(help="First day of test.")] = None,
    repeats: Annotated[str, typer.Option(help="Items the shopper had: both, counted or excluded.")] = "both",
    compare: Annotated[
        tuple[str, str] | None, typer.Option(help="Two models to compare, besides the blend with each.")
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Also by this user attribute or word of the events' context; repeatable.")
    ] = None,
    days: Annotated[int, typer.Option(help="How far back lists and clicks are read.", min=1)] = 90,
    window_days: Annotated[
        float, typer.Option(help="A purchase counts for a list up to so many days after the click.", min=0.01)
    ] = 7.0,
    report: Annotated[Path | None, typer.Option(help="Also write an HTML report with plots.")] = None,
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Fit on the past, learn the blend on what came next, measure on what came last; then count clicks and sales."""
    for what, name, known in (("way of treating repeats", repeats, ("both", *BOTH)), ("part", only, PARTS),
                              ("language", language, ("en", "zh"))):  # fmt: skip
        if name not in known:
            raise UnknownName(what, name, known)
    settings = settings_at(folder)
    found = Found()
    with closing(open_store(database_url(settings, folder))) as store:
        files = files_folder(settings, folder)
        dataset = read_dataset(store, files, weights=settings.objective.weights(), trust=settings.trust)
        if only != "lists":
            with progress_bar() as progress:
                dataset, unencoded = encoded(dataset, settings.encoder, folder, files, progress=progress)
            found.notes += unencoded
            split = _split(dataset, protocol, validation_from, test_from)
            groups = _groups(store, files, dataset, by or [])
            _measure_models(found, split, settings, repeats, compare, groups)
            found.demand = demand_by_month(dataset, seed=settings.seed)
        if only != "models":
            found.served, found.newcomers = _lists(store, files, dataset, settings, days, window_days)
    for note in found.notes:
        err.print(note, soft_wrap=True)
    if as_json:
        print_json(found.to_dict())
    else:
        _print(found, language)
    if report is not None and (found.evaluations or found.served):
        mixes = found.measured.mixes if found.measured else {}
        html_report(
            found.evaluations, report, mixes=mixes, served=found.served, demand=found.demand, shop=settings.shop.name,
            newcomers=found.newcomers,
        )  # fmt: skip
        err.print(f"Report: {report}", soft_wrap=True)
    if not found.evaluations and not found.served:
        if only == "lists":
            err.print("No list was served or seen yet. Serve the shop and send events with their recommendation_id.")
        raise typer.Exit(1)


def _measure_models(
    found: Found, split: Split, settings: Settings, repeats: str, compare: tuple[str, str] | None, groups: Groups
) -> None:
    """Fill in what the models foretell; the evaluation that fits the shop's own rule comes first."""
    members, left_out = fitting(members_of(settings.models), split.train.n_items)
    names = [BLEND, *(member.name for member in members)]
    for name in compare or ():
        if name not in names:
            raise UnknownName("model", name, names)
    with progress_bar() as progress:
        steps = Steps(progress, 2 * len(members) + 2 * len(BOTH))
        measured = measure_split(
            split, members, settings.history, settings.seed, steps, groups=groups, pairs=[compare] if compare else []
        )
    served_first = settings.rules.already_bought == "exclude"
    ordered = sorted(measured.evaluations, key=lambda one: (one.setup.repeats == "excluded") != served_first)
    found.measured = measured
    found.evaluations = [one for one in ordered if repeats in ("both", one.setup.repeats)]
    found.notes += [*left_out, *measured.notes]


def _groups(store: Store, files: Path, dataset: Dataset, by: list[str]) -> Groups:
    """What is known of each user of the dataset: attributes of the users table, else what their events say."""
    wanted = list(dict.fromkeys([*PLACES, *by]))
    attributes = {USER_PREFIX + user.id: user.attributes for user in store.all_users()}
    context = read_context(store, files, wanted)
    found: dict[str, list[str | None]] = {}
    for key in wanted:
        said = context[key]
        values = [
            next(iter(attributes[person].get(key, ())), None) if person in attributes else None
            for person in dataset.user_ids
        ]
        filled = [own or said.get(person) for own, person in zip(values, dataset.user_ids, strict=True)]
        if len(set(filled) - {None}) > 1:
            found[key] = filled
        elif key in by:
            raise InvalidInput(
                f"--by {key}: no two shoppers differ in it. Use an attribute of users or a context word."
            )
    return found


def _lists(
    store: Store, files: Path, dataset: Dataset, settings: Settings, days: int, window_days: float
) -> tuple[Served | None, Sequence[NewcomerShare]]:
    """Clicks and purchases of the newest `days`, and what new items got of the places."""
    served = read_served(store)
    newest = [int(one.max()) for one in (dataset.at_us, served["at_us"].to_numpy()) if len(one)]
    if not newest:
        return None, ()
    from_us = max(newest) - days * DAY_US
    head: tuple[str, ...] = ()
    if dataset.n_interactions:
        facts = catalogue_facts(dataset, tie_order(dataset.n_items, settings.seed), max(newest))
        head = tuple(one for one, is_head in zip(dataset.item_ids, facts.is_head, strict=True) if is_head)
    newest_lists = served.filter(served["at_us"] >= from_us)
    figures = served_figures(
        read_outcomes(store, files, from_us=from_us),
        newest_lists,
        window_days=window_days,
        releases=_releases(files / MODELS_FOLDER),
        head=head,
        currency=settings.shop.currency,
    )
    return figures, newcomers(newest_lists, list(store.all_items()), settings.placements)


def _releases(root: Path) -> list[tuple[str, int]]:
    """Names of the releases that are kept and when each was published, oldest first."""
    found = []
    for path in sorted((root / RELEASES).glob("*Z-*")):
        try:
            at = datetime.strptime(path.name.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append((path.name, to_us(at)))
    return found


def _print(found: Found, language: str) -> None:
    for one in found.evaluations:
        print_table(one, out, language=language)
        out.print()
    if found.served:
        print_served(found.served, out, language=language)
        out.print()
    print_findings(found.findings(), out, language=language)


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
