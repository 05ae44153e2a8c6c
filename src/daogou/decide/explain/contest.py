"""Who would be ahead of whom, were some causes gone: the loops behind `cite`, compiled when this file is imported."""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32, F64, I32, Bools
from daogou.learn.kernels.compiled import compiled, read_only

HANDFULS = np.array([1, 2, 3, 4, 5, 8, 13, 21, 34, 55, 89], np.int32)
"""How many of the strongest causes are taken away at a time; after the last one, all of them."""

F32_IN, F64_IN, I32_IN = read_only(types.float32), read_only(types.float64), read_only(types.int32)
F32_MATRIX = read_only(types.float32, 2)
I32_OUT, NUMBER = types.int32[::1], types.int64


def fewest_causes(
    shares: F32, mass: F32, scores: F32, places: I32, category: I32, group: I32, limit: int, cap: int
) -> tuple[I32, I32, Bools]:
    """The fewest of its strongest causes that have to go to drop each shown item.

    shares    (n_causes, n_pool) score each cause brings to each candidate
    mass      (n_causes,) each one's part of the history's total weight
    scores    (n_pool,) blended, best first; places (n_places,) candidates that are shown
    category  (n_pool,) and group: of each candidate; of a group only its best counts as another
    limit     places of the slate; cap: most of one category

    Returns (n_places, n_causes) causes, strongest first, of which the first (n_places,) are these, and (n_places,)
    whether their absence drops the item.
    """
    causes = np.zeros((len(places), len(shares)), np.int32)
    counts, enough = np.zeros(len(places), np.int32), np.zeros(len(places), bool)
    row = np.empty(len(scores), np.int32)
    _number_categories(category, group, row)
    _fewest(shares, mass, scores, places, row, limit, cap, HANDFULS, causes, counts, enough)
    return causes, counts, enough


@compiled(types.void(I32_IN, I32_IN, I32_OUT))
def _number_categories(category: I32, group: I32, row: I32) -> None:
    """Number the categories of the candidates from 0; -1 for a candidate whose better variant stands for it."""
    n_categories = 0
    for one in range(len(category)):
        row[one] = n_categories
        for other in range(one):
            if category[other] == category[one] and row[other] >= 0:
                row[one] = row[other]
            if group[other] == group[one]:
                row[one] = -1
                break
        if row[one] == n_categories:
            n_categories += 1


@compiled(types.bool_(F64_IN, F64_IN, F64_IN, types.float64, NUMBER, I32_IN, NUMBER, NUMBER, I32_OUT))
def _is_dropped(
    base: F64, argued: F64, removed: F64, gone: float, place: int, row: I32, limit: int, cap: int, crowd: I32
) -> bool:
    """Whether the candidate at `place` falls out of a slate of `limit`, of a category not more than `cap`.

    base     (n_pool,) what no cause argues for; argued: what all causes argue for together
    removed  (n_pool,) score that went with the causes; gone: their part of the history's weight
    crowd    room to count in, one per category
    """
    grown = 1.0 / np.sqrt(1.0 - min(gone, 0.999999))
    own = base[place] + (argued[place] - removed[place]) * grown
    if own <= 1e-6 * (base[place] + argued[place]):
        return True
    crowd[:] = 0
    ahead = 0
    for one in range(len(base)):
        left = base[one] + (argued[one] - removed[one]) * grown
        if left > own and row[one] >= 0 and crowd[row[one]] < cap:
            crowd[row[one]] += 1
            ahead += 1
    return ahead >= limit or crowd[row[place]] >= cap


@compiled(
    types.void(
        F32_MATRIX, F32_IN, F32_IN, I32_IN, I32_IN, NUMBER, NUMBER, I32_IN,
        types.int32[:, ::1], I32_OUT, types.bool_[::1],
    )
)  # fmt: skip
def _fewest(
    shares: F32, mass: F32, scores: F32, places: I32, row: I32, limit: int, cap: int,
    handfuls: I32, causes: I32, counts: I32, enough: Bools,
) -> None:  # fmt: skip
    n_causes, n_pool = shares.shape
    argued, removed, crowd = np.zeros(n_pool), np.empty(n_pool), np.empty(n_pool, np.int32)
    for cause in range(n_causes):
        for one in range(n_pool):
            argued[one] += shares[cause, one]
    base = scores - argued
    for number in range(len(places)):
        place = places[number]
        left = shares[:, place].copy()  # of each cause that still stands
        n_speaking = np.sum(left > 0)
        removed[:] = 0.0
        gone, taken, rung = 0.0, 0, 0
        while taken < n_speaking and not enough[number]:
            target = min(handfuls[rung], n_speaking) if rung < len(handfuls) else n_speaking
            rung += 1
            while taken < target:
                cause = int(np.argmax(left))
                left[cause] = 0.0
                causes[number, taken] = cause
                for one in range(n_pool):
                    removed[one] += shares[cause, one]
                gone += mass[cause]
                taken += 1
            enough[number] = _is_dropped(base, argued, removed, gone, place, row, limit, cap, crowd)
        counts[number] = taken
