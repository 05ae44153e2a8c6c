"""How far learned factors are to be trusted: an exponent from 0 to 1 per circumstance, chosen on later takings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from daogou.core.types import F64, I32, I64
from daogou.learn.training.lifts import Cells, Factors, Takings

GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
PASSES = 2
MOST_NUMBERS = 20_000_000
"""Of a table of circumstances by items, measured at once; of more circumstances the most frequent are taken."""


def chosen_weights(
    factors: Factors, later: Takings, *, is_shared: bool = False
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The exponents of the groups' and of the items' factors under which what came later is likeliest.

    is_shared  one exponent for the groups of all dimensions, and one for the items
    """
    if is_shared:
        same = [(value,) * len(later.names) for value in GRID]
        best_groups = max(same, key=lambda weights: group_gain(factors, later, weights))
        return best_groups, max(same, key=lambda weights: item_gain(factors, later, weights))
    groups = _climb(len(later.names), lambda weights: group_gain(factors, later, weights))
    can = [name in later.by_item for name in later.names]
    items = _climb(len(later.names), lambda weights: item_gain(factors, later, weights), can)
    return groups, items


def group_gain(factors: Factors, taken: Takings, weights: Sequence[float]) -> float:
    """How much likelier (in nats per taking) the groups of what was taken are with the factors than without."""
    cells = Cells.among(taken.codes)
    rate = np.zeros((len(cells.n), taken.n_groups))
    for place, weight in enumerate(weights):
        if weight:
            rate += weight * _of_cells(factors.groups[place], cells.codes[:, place])
    level = np.log(np.exp(rate) @ factors.usual_group)
    return float((rate[cells.of, taken.group[taken.item]] - level[cells.of]).mean()) if len(taken) else 0.0


def item_gain(factors: Factors, taken: Takings, weights: Sequence[float]) -> float:
    """The same of items, given their groups."""
    cells = Cells.among(taken.codes)
    most = max(MOST_NUMBERS // max(len(taken.group), 1), 1)
    kept = np.argsort(-cells.n, kind="stable")[:most]
    row = np.full(len(cells.n), -1, np.int64)
    row[kept] = np.arange(len(kept))
    of, item = row[cells.of], taken.item
    of, item = of[of >= 0], item[of >= 0]
    if not len(of) or not any(weights):
        return 0.0
    rate = np.zeros((len(kept), len(taken.group)))
    for place, weight in enumerate(weights):
        if weight:
            rate += weight * _of_cells(factors.items[place], cells.codes[kept, place])
    order: I64 = np.argsort(taken.group, kind="stable")
    starts = np.searchsorted(taken.group[order], np.arange(taken.n_groups))
    weighed = np.concatenate([np.exp(rate[:, order]) * factors.usual_item[order], np.zeros((len(kept), 1))], axis=1)
    level = np.log(np.maximum(np.add.reduceat(weighed, starts, axis=1), 1e-12))
    return float((rate[of, item] - level[of, taken.group[item]]).mean())


def _of_cells(logs: F64, codes: I32) -> F64:
    return np.concatenate([logs, np.zeros((1, logs.shape[1]))])[codes]


def _climb(n: int, gain: Callable[[Sequence[float]], float], can: Sequence[bool] | None = None) -> tuple[float, ...]:
    """One exponent after the other, from all 0; the smaller of equals."""
    weights = [0.0] * n
    best = gain(weights)
    for _ in range(PASSES):
        for place in (one for one in range(n) if can is None or can[one]):
            for value in GRID:
                tried = [*weights[:place], value, *weights[place + 1 :]]
                if value != weights[place] and (reached := gain(tried)) > best + 1e-9:
                    weights, best = tried, reached
    return tuple(weights)
