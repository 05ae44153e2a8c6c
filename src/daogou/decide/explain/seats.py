"""Who gets a place: caps, variants, pins and quotas beside the scores, in compiled loops that answer thousands of times
per list "and if the scores were these?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numba import types

from daogou.core.types import F64, I32, U8, Bools
from daogou.decide.catalogue import Catalogue
from daogou.decide.rules.bounds import NO_CAP, Bound, standings
from daogou.learn.kernels.compiled import compiled, read_only

F64_IN, I32_IN = read_only(types.float64), read_only(types.int32)
U8_MATRIX = read_only(types.uint8, 2)
I32_OUT, NUMBER = types.int32[::1], types.int64
SEATS = (I32_IN, I32_IN, I32_IN, U8_MATRIX, I32_IN, I32_IN, NUMBER, NUMBER, NUMBER, types.bool_)

SeatArrays: TypeAlias = tuple[I32, I32, I32, U8, I32, I32, int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Seats:
    """What decides about the places of a list beside the scores of its candidates.

    category, group, brand  (n_pool + n_shown,) numbered from 0; of what is shown already come last
    inside        (n_pool, n_bounds) which candidates each bound is about
    needed, room  (n_bounds,) what each still asks for and still allows
    limit         places beside what is shown; cap, brand_cap: most of one category and of one brand
    is_plain      only variants and the cap on categories count: who is ahead of whom says all. `category` then is -1
                  for a candidate whose better variant stands for it
    """

    category: I32
    group: I32
    brand: I32
    inside: U8
    needed: I32
    room: I32
    limit: int
    cap: int
    brand_cap: int
    is_plain: bool

    @property
    def arrays(self) -> SeatArrays:
        """As the compiled loops take them."""
        return (
            self.category, self.group, self.brand, self.inside, self.needed, self.room, self.limit, self.cap,
            self.brand_cap, self.is_plain,
        )  # fmt: skip


def seats(
    catalogue: Catalogue, pool: I32, limit: int, cap: int | None, *, shown: Sequence[int] = (),
    bounds: Sequence[Bound] = (), brand_cap: int | None = None,
) -> Seats:  # fmt: skip
    """The seats for the candidates `pool` (n_pool,), catalogue numbers, best first.

    limit   places beside `shown`, the numbers of what stands in the list already
    """
    if not shown and not bounds and brand_cap is None:
        return plain_seats(catalogue.category[pool], catalogue.group[pool], limit, cap)
    standing = np.array(shown, np.int32)
    everyone = np.concatenate([pool, standing])
    inside = np.zeros((len(pool), len(bounds)), np.uint8)
    for number, bound in enumerate(bounds):
        inside[:, number] = bound.members[pool]
    needed, room = standings(bounds, standing)
    return Seats(
        _numbered(catalogue.category[everyone]), _numbered(catalogue.group[everyone]),
        _numbered(catalogue.brand[everyone]), inside, needed, room, limit,
        NO_CAP if cap is None else cap, NO_CAP if brand_cap is None else brand_cap, False,
    )  # fmt: skip


def plain_seats(category: I32, group: I32, limit: int, cap: int | None) -> Seats:
    """Seats for which only variants and the cap on categories count; category, group: (n_pool,) best first."""
    row, nobody = np.empty(len(category), np.int32), np.empty(0, np.int32)
    _number_categories(category, group, row)
    empty = np.empty((len(category), 0), np.uint8)
    return Seats(row, nobody, nobody, empty, nobody, nobody, limit, limit if cap is None else cap, NO_CAP, True)


def _numbered(values: I32) -> I32:
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


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


@compiled(types.bool_(I32_IN, NUMBER, *SEATS))
def is_placed(
    order: I32, target: int, category: I32, group: I32, brand: I32, inside: U8, needed: I32, room: I32,
    limit: int, cap: int, brand_cap: int, is_plain: bool,
) -> bool:  # fmt: skip
    """Whether `arrange` would give the candidate `target` a place when it walks the candidates in this order.

    For seats that are not plain; see there for what the others are.
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


@compiled(types.bool_(F64_IN, NUMBER, I32_OUT, *SEATS))
def is_out(
    scores: F64, place: int, crowd: I32, category: I32, group: I32, brand: I32, inside: U8, needed: I32, room: I32,
    limit: int, cap: int, brand_cap: int, is_plain: bool,
) -> bool:  # fmt: skip
    """Whether the candidate at `place` would have no place, were the scores (n_pool,) these; 0 or less: no candidate.

    crowd  (n_pool,) room to count in
    """
    own = scores[place]
    if own <= 0:
        return True
    if not is_plain:
        n_standing = np.sum(scores > 0)
        order = np.argsort(-scores, kind="mergesort")[:n_standing].astype(np.int32)
        return not is_placed(
            order, place, category, group, brand, inside, needed, room, limit, cap, brand_cap, is_plain
        )
    crowd[:] = 0
    ahead = 0
    for one in range(len(scores)):
        if scores[one] > own and category[one] >= 0 and crowd[category[one]] < cap:
            crowd[category[one]] += 1
            ahead += 1
    return ahead >= limit or crowd[category[place]] >= cap


@compiled(types.void(types.float64[:, ::1], I32_IN, types.bool_[::1], *SEATS))
def tell_out(
    scores: F64, places: I32, out: Bools, category: I32, group: I32, brand: I32, inside: U8, needed: I32, room: I32,
    limit: int, cap: int, brand_cap: int, is_plain: bool,
) -> None:  # fmt: skip
    """`is_out` of one place per row of scores (n_trials, n_pool), into `out` (n_trials,)."""
    crowd = np.empty(scores.shape[1], np.int32)
    for trial in range(len(places)):
        out[trial] = is_out(
            scores[trial], places[trial], crowd, category, group, brand, inside, needed, room, limit, cap, brand_cap,
            is_plain,
        )  # fmt: skip
