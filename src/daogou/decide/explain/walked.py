"""Which causes to cite where rules or a cap on brands decide about places too: by arranging the list again.

Pins, quotas and crossing caps make who follows whom depend on the whole list, so what `contest.py` counts would be
wrong. Here each trial walks the list as `arrange` walked it in the first place; the loops are compiled when this file
is imported.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import types

from daogou.core.types import F32, I32, U8, Bools
from daogou.decide.explain.causes import Cited
from daogou.decide.explain.contest import F32_IN, F32_MATRIX, HANDFULS, I32_IN, I32_OUT, NUMBER
from daogou.decide.pool import Causes
from daogou.decide.rules.bounds import NO_CAP, Bound, standings
from daogou.learn.kernels.compiled import compiled, read_only

U8_MATRIX = read_only(types.uint8, 2)


def cite_walking(
    causes: Causes, scores: F32, places: list[int], pool: I32, shown: Sequence[int], bounds: Sequence[Bound],
    category: I32, group: I32, limit: int, cap: int | None, brand: I32 | None = None, brand_cap: int | None = None,
) -> list[Cited]:  # fmt: skip
    """One Cited per place of the slate, as `cite` gives.

    scores           (n_pool,) blended, best first; pool: (n_pool,) their numbers
    places           indices into the pool that are shown
    shown            numbers of what stands in the list already
    category, group  (n_catalogue,) of every item
    limit            places beside `shown`
    brand            (n_catalogue,) where there is a `brand_cap`: most of one brand
    """
    if not len(causes.numbers) or not places:
        return [Cited([], [], False) for _ in places]
    everyone = np.concatenate([pool, np.array(shown, np.int32)])
    categories = np.unique(category[everyone], return_inverse=True)[1].astype(np.int32)
    groups = np.unique(group[everyone], return_inverse=True)[1].astype(np.int32)
    if brand is None or brand_cap is None:
        brands, brand_cap = np.zeros(len(everyone), np.int32), NO_CAP
    else:
        brands = np.unique(brand[everyone], return_inverse=True)[1].astype(np.int32)
    needed, room = standings(bounds, everyone[len(pool) :])
    inside = np.zeros((len(pool), len(bounds)), np.uint8)
    for number, bound in enumerate(bounds):
        inside[:, number] = bound.members[pool]
    ordered = np.empty((len(places), len(causes.numbers)), np.int32)
    counts, enough = np.zeros(len(places), np.int32), np.zeros(len(places), bool)
    _fewest(
        causes.shares, causes.mass, scores, np.array(places, np.int32), categories, groups, brands,
        inside, needed.astype(np.int32), room.astype(np.int32), limit, NO_CAP if cap is None else cap, brand_cap,
        HANDFULS, ordered, counts, enough,
    )  # fmt: skip
    parts = causes.shares[:, places].T / np.maximum(scores[places], 1e-30)[:, None]
    chosen = [row[:count] for row, count in zip(ordered, counts.tolist(), strict=True)]
    return [
        Cited(rows.tolist(), part[rows].tolist(), is_enough)
        for rows, part, is_enough in zip(chosen, parts, enough.tolist(), strict=True)
    ]


@compiled(
    types.bool_(I32_IN, NUMBER, I32_IN, I32_IN, I32_IN, U8_MATRIX, I32_IN, I32_IN, NUMBER, NUMBER, NUMBER),
)
def is_placed(
    order: I32, target: int, category: I32, group: I32, brand: I32, inside: U8, needed: I32, room: I32,
    limit: int, cap: int, brand_cap: int,
) -> bool:  # fmt: skip
    """Whether `arrange` would give the candidate `target` a place when it walks the candidates in this order.

    category, group, brand  (n_pool + n_shown,) numbered from 0; those of what is shown already come last
    inside           (n_pool, n_bounds) which candidates each bound is about
    needed, room     (n_bounds,) what each still asks for and still allows
    """
    taken = np.zeros(category.max() + 1, np.int32)
    of_brand = np.zeros(brand.max() + 1, np.int32)
    is_used = np.zeros(group.max() + 1, np.bool_)
    for one in range(len(inside), len(category)):
        taken[category[one]] += 1
        of_brand[brand[one]] += 1
        is_used[group[one]] = True
    n_bounds = len(needed)
    owed, free, to_come = needed.copy(), room.copy(), np.zeros(n_bounds, np.int32)
    for one in order:
        for bound in range(n_bounds):
            to_come[bound] += inside[one, bound]
    held, n_held, n_taken = np.empty(len(order), np.int32), 0, 0
    for one in order:
        if n_taken == limit:
            return False
        for bound in range(n_bounds):
            to_come[bound] -= inside[one, bound]
        is_barred = is_used[group[one]] or taken[category[one]] >= cap or of_brand[brand[one]] >= brand_cap
        is_asked, kept = False, 0
        for bound in range(n_bounds):
            if inside[one, bound]:
                is_barred = is_barred or free[bound] <= 0
                is_asked = is_asked or owed[bound] > 0
            kept += max(min(owed[bound], to_come[bound]), 0)
        if is_barred:
            continue
        if not is_asked and kept >= limit - n_taken:
            held[n_held] = one
            n_held += 1
            continue
        if one == target:
            return True
        n_taken += 1
        is_used[group[one]] = True
        taken[category[one]] += 1
        of_brand[brand[one]] += 1
        for bound in range(n_bounds):
            owed[bound] -= inside[one, bound]
            free[bound] -= inside[one, bound]
    for one in held[:n_held]:
        is_barred = n_taken == limit or is_used[group[one]] or taken[category[one]] >= cap
        is_barred = is_barred or of_brand[brand[one]] >= brand_cap
        for bound in range(n_bounds):
            is_barred = is_barred or (inside[one, bound] > 0 and free[bound] <= 0)
        if is_barred:
            continue
        if one == target:
            return True
        n_taken += 1
        is_used[group[one]] = True
        taken[category[one]] += 1
        of_brand[brand[one]] += 1
        for bound in range(n_bounds):
            free[bound] -= inside[one, bound]
    return False


@compiled(
    types.void(
        F32_MATRIX, F32_IN, F32_IN, I32_IN, I32_IN, I32_IN, I32_IN, U8_MATRIX, I32_IN, I32_IN,
        NUMBER, NUMBER, NUMBER, I32_IN,
        types.int32[:, ::1], I32_OUT, types.bool_[::1],
    )
)  # fmt: skip
def _fewest(
    shares: F32, mass: F32, scores: F32, places: I32, category: I32, group: I32, brand: I32, inside: U8, needed: I32,
    room: I32, limit: int, cap: int, brand_cap: int, handfuls: I32, causes: I32, counts: I32, enough: Bools,
) -> None:  # fmt: skip
    """As in `contest.py`: take the strongest causes away in growing handfuls until the item has no place."""
    n_causes, n_pool = shares.shape
    argued, left = np.zeros(n_pool), np.empty(n_pool)
    for cause in range(n_causes):
        for one in range(n_pool):
            argued[one] += shares[cause, one]
    for number in range(len(places)):
        place = places[number]
        speaking = shares[:, place].copy()  # of each cause that still stands
        n_speaking = np.sum(speaking > 0)
        removed = np.zeros(n_pool)
        gone, taken, rung = 0.0, 0, 0
        while taken < n_speaking and not enough[number]:
            target = min(handfuls[rung], n_speaking) if rung < len(handfuls) else n_speaking
            rung += 1
            while taken < target:
                cause = int(np.argmax(speaking))
                speaking[cause] = 0.0
                causes[number, taken] = cause
                for one in range(n_pool):
                    removed[one] += shares[cause, one]
                gone += mass[cause]
                taken += 1
            grown = 1.0 / np.sqrt(1.0 - min(gone, 0.999999))
            n_standing = 0
            for one in range(n_pool):
                left[one] = (scores[one] - argued[one]) + (argued[one] - removed[one]) * grown
                if left[one] > 1e-6 * scores[one]:
                    n_standing += 1
                else:
                    left[one] = -1.0
            order = np.argsort(-left, kind="mergesort")[:n_standing].astype(np.int32)
            enough[number] = left[place] < 0 or not is_placed(
                order, place, category, group, brand, inside, needed, room, limit, cap, brand_cap
            )
        counts[number] = taken
