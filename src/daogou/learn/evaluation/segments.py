"""Where a mean hides something: figures by kind of shopper and by popularity of what was chosen, and the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.types import F64, I64, Bools
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.catalogue_facts import OTHER, CatalogueFacts
from daogou.learn.evaluation.result import GroupGap, Segment
from daogou.learn.evaluation.task import Task
from daogou.learn.metrics.fairness import draws_by_group, user_group_gap
from daogou.learn.metrics.intervals import Draws, interval_of, resampled_means
from daogou.learn.metrics.ranking import hits, ndcg, recall

HISTORY_BOUNDS = (0, 1, 5, 20, 100)
"""Lower ends of the user segments, in items the user already had."""

COLD = ("history", "0")

MOST_VALUES, FEWEST_USERS = 10, 20
"""Of an attribute the values that most users have stand alone, each with at least so many; the others are one group."""

Groups = Mapping[str, Sequence[str | None]]
"""Attribute → value of each user of the dataset, None where unknown: {"country": ["France", None, …]}."""


@dataclass(frozen=True)
class UserGroups:
    """A division of the evaluated users; of_user is (n_users,) numbers into names, -1 for users in no group."""

    kind: str
    names: tuple[str, ...]
    of_user: I64


def user_groups(task: Task, train: Dataset, attributes: Groups) -> list[UserGroups]:
    """Users by length of history, by whether they ever came back, and by each given attribute."""
    found = [_by_history(task.n_history)]
    visits = days_seen(train)[task.users]
    found.append(UserGroups("visits", ("new", "returning"), np.where(visits == 0, -1, np.minimum(visits, 2) - 1)))
    for kind, values in attributes.items():
        found.append(_by_value(kind, [values[user] for user in task.users.tolist()], task.n_history > 0))
    return found


def days_seen(train: Dataset) -> I64:
    """(n_users,) on how many days each user did anything."""
    day = np.asarray(train.at_us // DAY_US, np.int64)
    is_first = np.ones(train.n_interactions, bool)  # rows are sorted by user and time
    is_first[1:] = (train.user[1:] != train.user[:-1]) | (day[1:] != day[:-1])
    return np.bincount(train.user[is_first], minlength=train.n_users)


def user_segments(
    groups: UserGroups, hit: Sequence[Bools], n_relevant: I64, ks: tuple[int, ...], draws: Draws
) -> list[tuple[tuple[Segment, ...], tuple[GroupGap, ...]]]:
    """Figures and gaps of every model for one division of the users; users without history are in no gap.

    hit  per model (n_users, max(ks))
    """
    keys, values = _columns(hit, n_relevant, ks)
    present = np.unique(groups.of_user[groups.of_user >= 0])
    if not len(present):
        return [((), ())] * len(hit)
    inside = groups.of_user >= 0
    number = np.searchsorted(present, groups.of_user[inside])
    drawn = draws_by_group(values[inside], number, resamples=draws.resamples, seed=draws.seed)
    segments = [
        _segments(groups.kind, groups.names[one], values[groups.of_user == one], n_relevant[groups.of_user == one],
                  keys, drawn[place], draws.level)
        for place, one in enumerate(present.tolist())
    ]  # fmt: skip
    comparable = [place for place, one in enumerate(present.tolist()) if (groups.kind, groups.names[one]) != COLD]
    gaps = _gaps(groups, present, comparable, values[inside], number, drawn, keys, draws)
    return [
        (tuple(one[model] for one in segments), tuple(gaps[model * len(keys) : (model + 1) * len(keys)]))
        for model in range(len(hit))
    ]


def popularity_segments(
    ranked: Sequence[np.ndarray], relevant: csr_matrix, facts: CatalogueFacts, ks: tuple[int, ...], draws: Draws
) -> list[tuple[Segment, ...]]:
    """Targets by popularity in training: head, tail, and cold (never seen); the other targets are left out.

    ranked  per model (n_users, max(ks)), of users with history
    """
    found: list[list[Segment]] = [[] for _ in ranked]
    parts = {"head": facts.is_head, "tail": facts.is_sold & ~facts.is_head, "cold": ~facts.is_sold}
    for name, chosen in parts.items():
        part = csr_matrix(relevant, copy=True)
        part.data = chosen[part.indices].astype(np.float32)
        part.eliminate_zeros()
        n_relevant = np.diff(part.indptr).astype(np.int64)
        users = np.flatnonzero(n_relevant)
        if not len(users):
            continue
        hit = [hits(one[users], part[users]) for one in ranked]
        keys, values = _columns(hit, n_relevant[users], ks)
        drawn = resampled_means(values, resamples=draws.resamples, seed=draws.seed)
        segments = _segments("popularity", name, values, n_relevant[users], keys, drawn, draws.level)
        for model, one in enumerate(segments):
            found[model].append(one)
    return [tuple(one) for one in found]


def _by_history(n_history: I64) -> UserGroups:
    number = np.searchsorted(HISTORY_BOUNDS, n_history, side="right") - 1
    names = []
    for low, high in zip(HISTORY_BOUNDS, (*HISTORY_BOUNDS[1:], None), strict=True):
        names.append(f"{low}" if high == low + 1 else f"{low}–{high - 1}" if high else f"{low}+")
    return UserGroups("history", tuple(names), number.astype(np.int64))


def _by_value(kind: str, values: Sequence[str | None], known: Bools) -> UserGroups:
    counted = Counter(value for value, one in zip(values, known.tolist(), strict=True) if value is not None and one)
    names = [value for value, n in counted.most_common(MOST_VALUES) if n >= FEWEST_USERS]
    if len(counted) > len(names):
        names.append(OTHER)
    number = {name: place for place, name in enumerate(names)}
    rest = number.get(OTHER, -1)
    of_user = [number.get(value, rest) if value is not None else -1 for value in values]
    return UserGroups(kind, tuple(names), np.where(known, np.array(of_user, np.int64), -1))


def _columns(hit: Sequence[Bools], n_relevant: I64, ks: tuple[int, ...]) -> tuple[list[str], F64]:
    """The names of the figures, and (n_users, n_models * n_figures), model by model."""
    keys = [f"{name}@{k}" for k in ks for name in ("ndcg", "recall")]
    columns = [metric(one, n_relevant, k) for one in hit for k in ks for metric in (ndcg, recall)]
    return keys, np.stack(columns, axis=1)


def _segments(
    kind: str, name: str, values: F64, n_relevant: I64, keys: Sequence[str], drawn: F64, level: float
) -> list[Segment]:
    """One segment for each model from the columns of all of them."""
    means = values.mean(axis=0)
    intervals = [interval_of(mean, drawn[:, column], level=level) for column, mean in enumerate(means.tolist())]
    found = []
    for first in range(0, len(means), len(keys)):
        own = dict(zip(keys, intervals[first : first + len(keys)], strict=True))
        metrics = {key: interval.mean for key, interval in own.items()}
        found.append(Segment(kind, name, len(values), int(n_relevant.sum()), metrics, own))
    return found


def _gaps(
    groups: UserGroups, present: I64, comparable: Sequence[int], values: F64, number: I64, drawn: F64,
    keys: Sequence[str], draws: Draws,
) -> list[GroupGap]:  # fmt: skip
    """One gap per column, in their order; none with fewer than two groups."""
    if len(comparable) < 2:
        return []
    chosen = np.isin(number, comparable)
    found = user_group_gap(
        values[chosen], np.searchsorted(comparable, number[chosen]), drawn=drawn[comparable], seed=draws.seed,
        level=draws.level,
    )  # fmt: skip
    names = [groups.names[present[place]] for place in comparable]
    return [
        GroupGap(groups.kind, keys[column % len(keys)], names[gap.best], names[gap.worst], gap)
        for column, gap in enumerate(found)
    ]
