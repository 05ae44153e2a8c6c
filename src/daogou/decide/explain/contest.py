"""Which of its causes have to go for an item to lose its place: the loop behind `cite`, compiled on import."""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32, F64, I32, U8, Bools
from daogou.decide.explain.seats import I32_IN, I32_OUT, SEATS, Seats, is_out
from daogou.learn.kernels.compiled import compiled, read_only

HANDFULS = np.array([1, 2, 3, 4, 5, 8, 13, 21, 34, 55, 89], np.int32)
"""How many of the strongest causes are taken away at a time; after the last one, all of them."""

F32_IN, F32_MATRIX = read_only(types.float32), read_only(types.float32, 2)


def fewest_causes(shares: F32, mass: F32, scores: F32, places: I32, seats: Seats) -> tuple[I32, F64, I32, Bools]:
    """The fewest of its strongest causes that have to go to drop each shown item.

    shares  (n_causes, n_pool) score each cause brings to each candidate
    mass    (n_causes,) each one's part of the history's total weight
    scores  (n_pool,) blended, best first; places (n_places,) candidates that are shown
    seats   what else decides about places

    Returns (n_places, n_causes) causes, strongest first, of which the first (n_places,) are these, with their parts of
    the item's score, and (n_places,) whether their absence drops the item. Beyond these are zeros.
    """
    shape = len(places), len(shares)
    causes, parts = np.zeros(shape, np.int32), np.zeros(shape)
    counts, enough = np.zeros(len(places), np.int32), np.zeros(len(places), bool)
    _fewest(shares, mass, scores, places, HANDFULS, causes, parts, counts, enough, *seats.arrays)
    return causes, parts, counts, enough


@compiled(
    types.void(
        F32_MATRIX, F32_IN, F32_IN, I32_IN, I32_IN, types.int32[:, ::1], types.float64[:, ::1],
        I32_OUT, types.bool_[::1], *SEATS,
    )
)  # fmt: skip
def _fewest(
    shares: F32, mass: F32, scores: F32, places: I32, handfuls: I32, causes: I32, parts: F64,
    counts: I32, enough: Bools, category: I32, group: I32, brand: I32, inside: U8, needed: I32, room: I32, limit: int,
    cap: int, brand_cap: int, is_plain: bool,
) -> None:  # fmt: skip
    n_causes, n_pool = shares.shape
    argued, left, crowd = np.zeros(n_pool), np.empty(n_pool), np.empty(n_pool, np.int32)
    for cause in range(n_causes):
        for one in range(n_pool):
            argued[one] += shares[cause, one]
    base = scores - argued
    for number in range(len(places)):
        place = places[number]
        speaking = shares[:, place].copy()  # of each cause that still stands
        n_speaking = np.sum(speaking > 0)
        standing = argued.copy()
        gone, taken, rung = 0.0, 0, 0
        while taken < n_speaking and not enough[number]:
            target = min(handfuls[rung], n_speaking) if rung < len(handfuls) else n_speaking
            rung += 1
            while taken < target:
                cause = int(np.argmax(speaking))
                speaking[cause] = 0.0
                causes[number, taken] = cause
                parts[number, taken] = shares[cause, place] / max(np.float64(scores[place]), 1e-30)
                for one in range(n_pool):
                    standing[one] -= shares[cause, one]
                gone += mass[cause]
                taken += 1
            grown = 1.0 / np.sqrt(1.0 - min(gone, 0.999999))
            for one in range(n_pool):
                kept = base[one] + standing[one] * grown
                left[one] = kept if kept > 1e-6 * scores[one] else 0.0
            enough[number] = is_out(
                left, place, crowd, category, group, brand, inside, needed, room, limit, cap, brand_cap, is_plain
            )
        counts[number] = taken
