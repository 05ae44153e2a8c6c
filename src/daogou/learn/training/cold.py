"""How much a new item's score counts in the blend: as much as shows new items as often as shoppers choose them.

Items nobody took are known to few members, mostly one, so the learned weights never let them through. Therefore some
taken items are treated as new: the member that can place new items is fitted again without them, the others stay silent
about them, and they leave the histories. The weight of that member for new items is then raised until they fill the
same share of the lists as of the targets, and lowered again where the lists as a whole would lose by it.
Source of the idea, aligning cold scores to those the items would have had: Huang et al., "Aligning Distillation For
Cold-Start Item Recommendation" (ALDI), SIGIR 2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import diags

from daogou.core.protocols import Growing, Model
from daogou.core.types import F32, I64, Bools, Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.lists import block_rows, score_block
from daogou.learn.evaluation.task import Task
from daogou.learn.metrics.ranking import ndcg
from daogou.learn.training.mix import Mix
from daogou.learn.training.plan import Member

HIDDEN = 0.1
"""Share of the taken items that are treated as new."""

FEWEST_TARGETS = 30
"""Targets among them below which their share is guesswork."""

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Parts of the weight tried in turn until the lists lose nothing."""


@dataclass(frozen=True)
class Trial:
    """is_hidden  (n_items,) taken items that are treated as new
    is_cold    (n_items,) items that really nobody took
    models     by name, members that can place new items, fitted without the hidden ones
    """

    is_hidden: Bools
    is_cold: Bools
    models: Mapping[str, Model]


@dataclass(frozen=True)
class _Lists:
    """The k best of each user, known and hidden apart, best first: values and whether each is a target.

    n_relevant  (n_users,) all targets; n_hidden  how many of all users' targets are hidden items
    """

    known: F32
    known_hits: Bools
    hidden: F32
    hidden_hits: Bools
    n_relevant: I64
    n_hidden: int

    def with_weight(self, weight: float) -> tuple[float, float]:
        """NDCG of the lists where hidden items count with `weight`, and the share of places they fill."""
        k = self.known.shape[1]
        is_offered = (self.hidden > 0) & (weight > 0)
        offered = np.where(is_offered, np.float32(weight) * np.where(is_offered, self.hidden, 0), -np.inf)
        values = np.concatenate([self.known, offered], axis=1)
        hits = np.concatenate([self.known_hits, self.hidden_hits], axis=1)
        best = np.argsort(-values, axis=1, kind="stable")[:, :k]
        shown = np.isfinite(np.take_along_axis(values, best, axis=1))
        found = np.take_along_axis(hits, best, axis=1) & shown
        return float(ndcg(found, self.n_relevant, k).mean()), float(((best >= k) & shown).sum() / max(shown.sum(), 1))


def untaken(dataset: Dataset) -> Bools:
    """(n_items,) items that nobody took yet."""
    is_untaken: Bools = np.bincount(dataset.matrix().indices, minlength=dataset.n_items) == 0
    return is_untaken


def cold_trial(models: Mapping[str, Model], members: Sequence[Member], train: Dataset, seed: int) -> Trial | None:
    """Fit again, without some taken items, each member that can place new ones; None where no member can."""
    growing = [member for member in members if isinstance(models[member.name], Growing)]
    is_cold = untaken(train)
    taken = np.flatnonzero(~is_cold)
    is_hidden = np.zeros(train.n_items, bool)
    is_hidden[np.random.default_rng(seed).permutation(taken)[: int(HIDDEN * len(taken))]] = True
    if not growing or not is_hidden.any():
        return None
    rest = train.keep(~is_hidden[train.item])
    if rest.baskets.shape[1] == train.n_items:
        rest = replace(rest, baskets=(rest.baskets @ diags((~is_hidden).astype(np.float32))).tocsr())
    return Trial(is_hidden, is_cold, {member.name: member.fit(rest, seed) for member in growing})


def calibrated(mix: Mix, models: Mapping[str, Model], trial: Trial, task: Task, *, masked: bool, k: int = 20) -> Mix:
    """The mix with a weight for new items; unchanged where too few targets are hidden items or it would only cost.

    models  what the mix was learned with, fitted on all taken items
    masked  whether what a shopper had may not be listed
    """
    tried = [(name, _lists(mix, models, trial, name, task, masked, k)) for name in trial.models]
    name, lists = max(tried, key=lambda one: float(one[1].hidden_hits.sum()))
    total = int(lists.n_relevant.sum())
    if lists.n_hidden < FEWEST_TARGETS or not (lists.hidden > 0).any():
        return mix
    weight = _weight_for(lists, lists.n_hidden / max(total, 1))
    floor, _ = lists.with_weight(0.0)
    for share in SHARES:
        if lists.with_weight(share * weight)[0] >= floor:
            return replace(mix, cold={name: share * weight})
    return mix


def _weight_for(lists: _Lists, wanted: float) -> float:
    """The largest weight with which hidden items fill no more than the wanted share of places, by halving."""
    low, high = -12.0, 12.0  # powers of two
    for _ in range(30):
        middle = (low + high) / 2
        if lists.with_weight(2.0**middle)[1] <= wanted:
            low = middle
        else:
            high = middle
    return float(2.0**low)


def _lists(mix: Mix, models: Mapping[str, Model], trial: Trial, name: str, task: Task, masked: bool, k: int) -> _Lists:
    n_items = len(trial.is_hidden)
    thinned = [_without(query, trial.is_hidden) for query in task.queries]
    parts, n_hidden = [], 0
    rows = block_rows(n_items * (len(mix.members) + 2))
    for start in range(0, len(thinned), rows):
        block = slice(start, start + rows)
        owned = task.owned[block].toarray() > 0
        # A new item was never bought, so a hidden one that a shopper had is neither offered nor counted.
        targets = (task.relevant[block].toarray() > 0) & ~trial.is_cold & ~(owned & trial.is_hidden)
        known = np.zeros((len(targets), n_items), np.float32)
        for member in mix.members:
            known += np.float32(mix.factor(member)) * score_block(models[member], thinned[block])
        known[:, trial.is_cold | trial.is_hidden] = -np.inf
        known[owned & masked] = -np.inf
        new = score_block(trial.models[name], thinned[block]) / np.float32(mix.scales.get(name, 1.0))
        new[:, ~trial.is_hidden] = -np.inf
        new[owned] = -np.inf
        parts.append((*_best(known, targets, k), *_best(new, targets, k), targets.sum(axis=1)))
        n_hidden += int(targets[:, trial.is_hidden].sum())
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return _Lists(columns[0], columns[1], columns[2], columns[3], columns[4].astype(np.int64), n_hidden)


def _best(scores: F32, targets: Bools, k: int) -> tuple[F32, Bools]:
    """The k largest of each row, best first, and whether each is a target; filled up with -inf."""
    size = min(k, scores.shape[1])
    top = np.argpartition(-scores, size - 1, axis=1)[:, :size]
    values = np.take_along_axis(scores, top, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    top, values = np.take_along_axis(top, order, axis=1), np.take_along_axis(values, order, axis=1)
    hits = np.take_along_axis(targets, top, axis=1) & np.isfinite(values)
    missing = ((0, 0), (0, k - size))
    return np.pad(values, missing, constant_values=-np.inf), np.pad(hits, missing)


def _without(query: Query, is_hidden: Bools) -> Query:
    kept = ~is_hidden[query.history]
    weights = query.weights[kept] if len(query.weights) else query.weights
    at_us = query.at_us[kept] if len(query.at_us) else query.at_us
    return Query(query.history[kept], weights, at_us, query.now_us)
