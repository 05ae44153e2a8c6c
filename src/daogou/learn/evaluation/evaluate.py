"""Rank the full catalogue for users of a later time and say how good the lists are, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import HistorySettings
from daogou.core.types import F64, I32, I64
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.lists import rank_lists
from daogou.learn.evaluation.protocols import target_rows
from daogou.learn.evaluation.result import Comparison, Evaluation, ModelResult, Repeats, Setup
from daogou.learn.evaluation.segments import history_segments, popularity_segments
from daogou.learn.evaluation.task import Task, make_task
from daogou.learn.evaluation.topk import tie_order
from daogou.learn.metrics.beyond import coverage, gini, novelty
from daogou.learn.metrics.intervals import Interval, interval_of, resampled_means
from daogou.learn.metrics.ranking import METRICS, hits

CURVES = ("ndcg", "recall")


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
    compare         name of the model that is compared with every other by a paired bootstrap

    Raises InvalidInput when no test user has both a history and a target.
    """
    _check(models, train, test, ks, compare)
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
    results, columns = [], []
    for number, (name, model) in enumerate(models.items()):
        progress(number, len(models), f"evaluate {name}")
        result, column = _evaluate_one(name, model, task, train, ks, repeats, ties)
        results.append(result)
        columns.append(column)
    drawn = resampled_means(np.concatenate(columns, axis=1), resamples=resamples, seed=seed)
    results = [_with_intervals(one, number, drawn, level) for number, one in enumerate(results)]
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
        ),
        tuple(results),
        _comparisons(results, compare, drawn, level),
    )


def _evaluate_one(
    name: str, model: Model, task: Task, train: Dataset, ks: tuple[int, ...], repeats: Repeats, ties: I64
) -> tuple[ModelResult, F64]:
    """The figures without intervals yet, and the per-user columns to draw them from."""
    lists = rank_lists(model, task.queries, max(ks), ties, masked=task.owned if repeats == "excluded" else None)
    hit = hits(lists.ranked, task.relevant)
    n_relevant = np.diff(task.relevant.indptr).astype(np.int64)
    known = task.n_history > 0
    per_user = {
        f"{metric}@{k}": METRICS[metric](hit[known], n_relevant[known], k) for k, metric in product(ks, METRICS)
    }
    n_users_of_item = np.bincount(train.matrix().indices, minlength=train.n_items)
    result = ModelResult(
        name=name,
        metrics={key: Interval(float(values.mean()), np.nan, np.nan) for key, values in per_user.items()},
        beyond=_beyond(lists.ranked[known], ks, n_users_of_item, train.n_users),
        curves={
            metric: tuple(
                float(METRICS[metric](hit[known], n_relevant[known], k).mean()) for k in range(1, max(ks) + 1)
            )
            for metric in CURVES
        },
        segments=(
            *history_segments(hit, n_relevant, task.n_history, ks),
            *popularity_segments(lists.ranked, task.relevant, known, n_users_of_item, ks),
        ),
        ms_per_query=1000.0 * lists.seconds / len(task.queries),
        per_user=per_user,
    )
    return result, np.stack(list(per_user.values()), axis=1)


def _beyond(ranked: I32, ks: tuple[int, ...], n_users_of_item: I64, n_users: int) -> dict[str, float]:
    figures = {}
    for k in ks:
        figures[f"coverage@{k}"] = coverage(ranked[:, :k], len(n_users_of_item))
        figures[f"novelty@{k}"] = novelty(ranked[:, :k], n_users_of_item, n_users)
        figures[f"gini@{k}"] = gini(ranked[:, :k], len(n_users_of_item))
    return figures


def _with_intervals(result: ModelResult, number: int, drawn: F64, level: float) -> ModelResult:
    width = len(result.metrics)
    intervals = {
        key: interval_of(interval.mean, drawn[:, number * width + column], level=level)
        for column, (key, interval) in enumerate(result.metrics.items())
    }
    return replace(result, metrics=intervals)


def _comparisons(
    results: Sequence[ModelResult], compare: str | None, drawn: F64, level: float
) -> tuple[Comparison, ...]:
    if compare is None:
        return ()
    names = [one.name for one in results]
    chosen = names.index(compare)
    keys = list(results[0].metrics)
    found = []
    for number, other in enumerate(results):
        if number == chosen:
            continue
        for column, key in enumerate(keys):
            difference = results[chosen].metrics[key].mean - other.metrics[key].mean
            resampled = drawn[:, chosen * len(keys) + column] - drawn[:, number * len(keys) + column]
            found.append(Comparison(compare, other.name, key, interval_of(difference, resampled, level=level)))
    return tuple(found)


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
    )


def _check(
    models: Mapping[str, Model], train: Dataset, test: Dataset, ks: tuple[int, ...], compare: str | None
) -> None:
    if not models:
        raise InvalidInput("There is no model to evaluate. Give at least one.")
    if not ks or min(ks) < 1:
        raise InvalidInput(f"ks = {ks} is not allowed. Use one or more list lengths of at least 1.")
    if compare is not None and compare not in models:
        raise InvalidInput(f"compare = {compare!r} is not among the models. Use one of: {', '.join(models)}.")
    if not train.n_interactions or not test.n_interactions:
        raise InvalidInput(
            f"Train has {train.n_interactions} interactions and test {test.n_interactions}. Both need at least one."
        )
