"""How well a model foretells the next item of a visit, step by step, in visits that began after all it learned from.

After every item of a session but the last, each model ranks the full catalogue; the next item is one target (hit rate
and MRR), what else follows in the session are the others (precision and recall). Equal scores count against the model:
an item is placed behind all that tie with it, so a model that says nothing finds nothing.
Source: the protocol of Ludewig & Jannach, "Evaluation of session-based recommendation algorithms", User Modeling and
User-Adapted Interaction 2018, with one cut in time; ties as in the official GRU4Rec.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress, silent
from daogou.core.types import F32, F64, I32, I64, Bools, Query
from daogou.data.dataset import Dataset, history_query
from daogou.learn.evaluation.lists import block_rows, score_block
from daogou.learn.evaluation.protocols import Split
from daogou.learn.evaluation.result import Repeats
from daogou.learn.metrics.intervals import Interval, interval_of, resampled_means
from daogou.learn.sessions import begins_session

SESSION_METRICS = ("hit_rate", "mrr", "precision", "recall")


@dataclass(frozen=True)
class SessionTask:
    """Steps within sessions: what was done so far, and what came next.

    queries    histories of the session alone, asked at its last event so far
    targets    (n,) the next item
    rest       (n, n_items) stored entries are the items of the rest of the session
    seen       (n, n_items) stored entries are the items so far
    session    (n,) which session each step belongs to, from 0
    repeats    counted: what was seen in the session may come again, at once too; excluded: it is masked and no target
    n_available  steps there were, of which these may be a draw
    """

    queries: Sequence[Query]
    targets: I32
    rest: csr_matrix
    seen: csr_matrix
    session: I64
    repeats: Repeats
    n_available: int


@dataclass(frozen=True)
class SessionResult:
    """One model's figures: "mrr@20" → mean over steps, with an interval from drawing sessions with replacement.

    minus         the same for this model minus the compared one, drawn in pairs; empty where none was named
    ms_per_query  scoring the full catalogue, in blocks
    """

    name: str
    metrics: Mapping[str, Interval]
    minus: Mapping[str, Interval]
    ms_per_query: float


def split_last_days(dataset: Dataset, *, days: float, validation_days: float, gap_minutes: float) -> Split:
    """Cut at two moments counted from the last event; sessions that go on over a cut are tested on neither side.

    What may be learned from is everything before the cut; what is asked are the sessions that begin from it on.
    """
    if not dataset.n_interactions:
        raise InvalidInput("There is no event to split.")
    end = int(dataset.at_us.max()) + 1
    test_from = end - round(days * DAY_US)
    validation_from = test_from - round(validation_days * DAY_US)
    if not int(dataset.at_us.min()) < validation_from <= test_from < end:
        raise InvalidInput(
            f"{days:g} days for the test and {validation_days:g} for validation leave nothing to learn from. Use fewer."
        )
    begins = begins_session(dataset.user, dataset.at_us, gap_minutes)
    began_us = dataset.at_us[begins][np.cumsum(begins) - 1]
    no_baskets = np.zeros(dataset.baskets.shape[0], bool)
    return Split(
        dataset.between(None, validation_from),
        dataset.keep((began_us >= validation_from) & (dataset.at_us < test_from), no_baskets),
        dataset.keep(began_us >= test_from, no_baskets),
        dataset.between(None, test_from),
        "sessions",
        f"sessions of the last {days:g} days are test, those of the {validation_days:g} days before validation",
        (validation_from, test_from),
    )


def session_task(
    test: Dataset, *, gap_minutes: float, repeats: Repeats = "counted", max_steps: int | None = None, seed: int = 0
) -> SessionTask:
    """Every step of the sessions of `test`, or a draw of `max_steps`. Raises InvalidInput when there is none."""
    wanted = test.keep(test.weight > 0)
    begins = begins_session(wanted.user, wanted.at_us, gap_minutes)
    number = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    end = np.append(first[1:], wanted.n_interactions)
    steps = np.flatnonzero(~begins)  # the place of the next item
    if repeats == "excluded":
        steps = steps[[wanted.item[step] not in wanted.item[first[number[step]] : step] for step in steps]]
    n_available = len(steps)
    if not n_available:
        raise InvalidInput("No session has a second item. Use a longer test part, or a longer session gap.")
    if max_steps is not None and n_available > max_steps:
        steps = np.sort(np.random.default_rng(seed).choice(steps, max_steps, replace=False))
    past = [slice(int(first[number[step]]), int(step)) for step in steps]
    seen = [np.unique(wanted.item[so_far]) for so_far in past]
    rest = [np.unique(wanted.item[step : end[number[step]]]) for step in steps]
    if repeats == "excluded":
        rest = [np.setdiff1d(after, before) for after, before in zip(rest, seen, strict=True)]
    return SessionTask(
        [_asked(wanted, so_far) for so_far in past],
        wanted.item[steps],
        _table(rest, test.n_items),
        _table(seen, test.n_items),
        np.unique(number[steps], return_inverse=True)[1].astype(np.int64),
        repeats,
        n_available,
    )


def evaluate_sessions(
    models: Mapping[str, Model],
    task: SessionTask,
    *,
    k: int = 20,
    compare: str | None = None,
    resamples: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    progress: Progress = silent,
) -> tuple[SessionResult, ...]:
    """Ask every model every step; `compare` names the model that is subtracted from the others."""
    if compare is not None and compare not in models:
        raise InvalidInput(f"compare = {compare!r} is not among the models. Use one of: {', '.join(models)}.")
    means, drawn, speeds = {}, {}, {}
    for number, (name, model) in enumerate(models.items()):
        progress(number, len(models), f"evaluate {name}")
        per_step, seconds = _figures(model, task, k)
        speeds[name] = 1000.0 * seconds / len(task.queries)
        means[name] = per_step.mean(axis=0)
        drawn[name] = _drawn(per_step, task.session, resamples, seed)
    progress(len(models), len(models), "evaluated")
    keys = [f"{metric}@{k}" for metric in SESSION_METRICS]
    return tuple(
        SessionResult(
            name,
            _intervals(keys, means[name], drawn[name], level),
            {}
            if compare is None or name == compare
            else _intervals(keys, means[name] - means[compare], drawn[name] - drawn[compare], level),
            speeds[name],
        )
        for name in models
    )


def _figures(model: Model, task: SessionTask, k: int) -> tuple[F64, float]:
    """(n_steps, 4) in the order of SESSION_METRICS, and the seconds of scoring."""
    n_steps, n_items = task.rest.shape
    found = np.empty((n_steps, len(SESSION_METRICS)))
    rows = block_rows(n_items)
    seconds = 0.0
    for start in range(0, n_steps, rows):
        block = slice(start, min(start + rows, n_steps))
        began = time.perf_counter()
        scores = score_block(model, task.queries[block])
        seconds += time.perf_counter() - began
        if task.repeats == "excluded":
            scores = np.array(scores, np.float32)
            scores[_cells(task.seen[block])] = -np.inf
        found[block] = _of_block(scores, task.targets[block], task.rest[block], k)
    return found, seconds


def _of_block(scores: F32, targets: I32, rest: csr_matrix, k: int) -> F64:
    n_items = scores.shape[1]
    # Fewer than k others reach an item's score exactly where it lies above the (k + 1)-th highest.
    bar = np.partition(scores, n_items - k - 1, axis=1)[:, n_items - k - 1] if n_items > k else _lowest(len(scores))
    own = scores[np.arange(len(scores)), targets]
    hit: Bools = own > bar
    rank = np.count_nonzero(scores >= own[:, None], axis=1)
    row, item = _cells(rest)
    n_found = np.bincount(row, weights=scores[row, item] > bar[row], minlength=len(scores))
    return np.stack([hit, hit / rank, n_found / k, n_found / np.diff(rest.indptr)], axis=1)


def _lowest(n: int) -> F32:
    return np.full(n, -np.inf, np.float32)


def _drawn(per_step: F64, session: I64, resamples: int, seed: int) -> F64:
    """(resamples, n_figures) means over the steps of sessions drawn with replacement."""
    columns = [*per_step.T, np.ones(len(per_step))]
    sums: F64 = np.stack([np.bincount(session, weights=column) for column in columns], axis=1).astype(np.float64)
    resampled = resampled_means(sums, resamples=resamples, seed=seed)
    return np.asarray(resampled[:, :-1] / resampled[:, -1:], np.float64)


def _intervals(keys: Sequence[str], means: F64, drawn: F64, level: float) -> dict[str, Interval]:
    return {key: interval_of(means[column], drawn[:, column], level=level) for column, key in enumerate(keys)}


def _asked(dataset: Dataset, so_far: slice) -> Query:
    at_us = dataset.at_us[so_far]
    return history_query(dataset.item[so_far], dataset.weight[so_far], at_us, now_us=int(at_us[-1]))


def _table(rows: Sequence[I32], n_items: int) -> csr_matrix:
    starts = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    items = np.concatenate([np.empty(0, np.int32), *rows])
    return csr_matrix((np.ones(len(items), np.float32), items, starts), shape=(len(rows), n_items))


def _cells(table: csr_matrix) -> tuple[I64, I32]:
    return np.repeat(np.arange(table.shape[0], dtype=np.int64), np.diff(table.indptr)), table.indices
