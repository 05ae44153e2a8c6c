"""Rank the full catalogue for users of a later time and say how good the lists are, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import HistorySettings
from daogou.core.types import F64, I64, Bools
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.catalogue_facts import catalogue_facts
from daogou.learn.evaluation.compare import comparisons
from daogou.learn.evaluation.details import Ran, Scene, beyond_accuracy, by_group
from daogou.learn.evaluation.figures import ranking_columns
from daogou.learn.evaluation.lists import rank_lists
from daogou.learn.evaluation.protocols import target_rows
from daogou.learn.evaluation.result import Evaluation, ModelResult, Repeats, Setup
from daogou.learn.evaluation.segments import Groups
from daogou.learn.evaluation.task import Task, make_task
from daogou.learn.metrics.intervals import Draws, Interval, interval_of, resampled_means
from daogou.learn.metrics.ranking import METRICS, hits
from daogou.learn.topk import tie_order

CURVES = ("ndcg", "recall")
Detail = Literal["ranking", "full"]


def evaluate(
    models: Mapping[str, Model],
    train: Dataset,
    test: Dataset,
    *,
    ks: tuple[int, ...] = (10, 20),
    repeats: Repeats = "counted",
    history: HistorySettings | None = None,
    now_us: int | None = None,
    target_events: tuple[str, ...] = (),
    max_users: int | None = None,
    compare: str | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    groups: Groups | None = None,
    detail: Detail = "full",
    protocol: str = "global_time",
    description: str = "",
    resamples: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    progress: Progress = silent,
) -> Evaluation:
    """Evaluate every model on the same users, with the full catalogue as candidates.

    ks              list lengths to report; curves go to the largest
    history         how much of the past is asked with, as in serving; None means all of it with raw summed weights
    now_us          when the queries are asked; None means the first test interaction
    target_events   event names that count as chosen; empty means purchases where there are any
    max_users       at most so many users, drawn with `seed`; None means all
    compare         name of the model that is compared with every other, on the same users
    pairs           more comparisons, each (model, baseline)
    groups          attribute → value of every user of the dataset, None where unknown, for figures by attribute
    detail          "ranking" leaves out what is beyond accuracy and all figures by group

    Raises InvalidInput when no test user has both a history and a target.
    """
    _check(models, train, test, ks, compare, pairs)
    draws = Draws(resamples, level, seed)
    asked_us = int(test.at_us.min()) if now_us is None else now_us
    task = make_task(
        train,
        test,
        repeats=repeats,
        now_us=asked_us,
        history=history,
        target_events=target_events,
        max_users=max_users,
        seed=seed,
    )
    known = task.n_history > 0
    if not known.any():
        raise InvalidInput("No user of the test part has both a history and a target. Use an earlier test_from.")
    ties = tie_order(train.n_items, seed)
    n_relevant = np.diff(task.relevant.indptr).astype(np.int64)
    ran, results, columns = [], [], []
    for number, (name, model) in enumerate(models.items()):
        progress(number, len(models), f"evaluate {name}")
        ran.append(_run(name, model, task, max(ks), repeats, ties))
        result, column = _ranked(ran[-1], known, n_relevant, ks)
        results.append(result)
        columns.append(column)
    drawn = resampled_means(np.concatenate(columns, axis=1), resamples=resamples, seed=seed)
    results = [_with_intervals(one, number, drawn, level) for number, one in enumerate(results)]
    facts = None
    if detail == "full":
        facts = catalogue_facts(train, ties, asked_us)
        scene = Scene(task, train, known, n_relevant, ks, repeats)
        results = beyond_accuracy(results, ran, scene, facts, draws)
        results = by_group(results, ran, scene, facts, groups or {}, draws)
    progress(len(models), len(models), "evaluated")
    return Evaluation(
        _setup(
            task,
            train,
            test,
            ks=ks,
            repeats=repeats,
            asked_us=asked_us,
            history=history,
            target_events=target_events,
            protocol=protocol,
            description=description,
            resamples=resamples,
            level=level,
            seed=seed,
            distance="catalogue" if facts and facts.features is not None else None,
        ),
        tuple(results),
        tuple(comparisons(results, compare, pairs, drawn, level)),
    )


def _run(name: str, model: Model, task: Task, k: int, repeats: Repeats, ties: I64) -> Ran:
    lists = rank_lists(model, task.queries, k, ties, masked=task.owned if repeats == "excluded" else None)
    return Ran(name, lists.ranked, hits(lists.ranked, task.relevant), 1000.0 * lists.seconds / len(task.queries))


def _ranked(ran: Ran, known: Bools, n_relevant: I64, ks: tuple[int, ...]) -> tuple[ModelResult, F64]:
    """The figures of the ranking without intervals yet, and the per-user columns to draw them from."""
    hit, wanted = ran.hit[known], n_relevant[known]
    per_user = ranking_columns(hit, wanted, ks)
    lengths = range(1, max(ks) + 1)
    result = ModelResult(
        name=ran.name,
        metrics={key: Interval(float(values.mean()), np.nan, np.nan) for key, values in per_user.items()},
        beyond={},
        curves={name: tuple(float(METRICS[name](hit, wanted, k).mean()) for k in lengths) for name in CURVES},
        segments=(),
        ms_per_query=ran.ms_per_query,
        by_place=tuple(float(one) for one in hit.mean(axis=0)),
        per_user=per_user,
    )
    return result, np.stack(list(per_user.values()), axis=1)


def _with_intervals(result: ModelResult, number: int, drawn: F64, level: float) -> ModelResult:
    width = len(result.metrics)
    intervals = {
        key: interval_of(interval.mean, drawn[:, number * width + column], level=level)
        for column, (key, interval) in enumerate(result.metrics.items())
    }
    return replace(result, metrics=intervals)


def _setup(
    task: Task,
    train: Dataset,
    test: Dataset,
    *,
    ks: tuple[int, ...],
    repeats: Repeats,
    asked_us: int,
    history: HistorySettings | None,
    target_events: tuple[str, ...],
    protocol: str,
    description: str,
    resamples: int,
    level: float,
    seed: int,
    distance: str | None,
) -> Setup:
    known = task.n_history > 0
    sold_before = np.bincount(train.matrix().indices, minlength=train.n_items) > 0
    targets = task.relevant[known].indices
    return Setup(
        protocol=protocol,
        description=description,
        repeats=repeats,
        target_events=target_rows(test, target_events)[1],
        train_from_us=int(train.at_us.min()),
        train_before_us=asked_us,
        test_from_us=int(test.at_us.min()),
        test_until_us=int(test.at_us.max()),
        n_train=train.n_interactions,
        n_items=train.n_items,
        n_users=int(known.sum()),
        n_users_without_history=int((~known).sum()),
        n_users_only_repeats=task.n_only_repeats,
        n_users_available=task.n_available,
        n_targets=len(targets),
        share_cold_targets=float(np.mean(~sold_before[targets])),
        ks=ks,
        half_life_days=None if history is None else history.half_life_days,
        history_rows=None if history is None else history.max_rows,
        resamples=resamples,
        level=level,
        seed=seed,
        distance=distance,
    )


def _check(
    models: Mapping[str, Model],
    train: Dataset,
    test: Dataset,
    ks: tuple[int, ...],
    compare: str | None,
    pairs: Sequence[tuple[str, str]],
) -> None:
    if not models:
        raise InvalidInput("There is no model to evaluate. Give at least one.")
    if not ks or min(ks) < 1:
        raise InvalidInput(f"ks = {ks} is not allowed. Use one or more list lengths of at least 1.")
    for name in (*([] if compare is None else [compare]), *(one for pair in pairs for one in pair)):
        if name not in models:
            raise InvalidInput(f"compare = {name!r} is not among the models. Use one of: {', '.join(models)}.")
    if not train.n_interactions or not test.n_interactions:
        raise InvalidInput(
            f"Train has {train.n_interactions} interactions and test {test.n_interactions}. Both need at least one."
        )
