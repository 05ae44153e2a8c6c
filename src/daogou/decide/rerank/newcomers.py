"""Places for new items: drawn among the best of them by chance, and the chance is kept for later measurement."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from daogou.core.clock import DAY_US, HOUR_US
from daogou.core.settings import PlacementSettings
from daogou.core.types import F32, F64, I32, Bools
from daogou.decide.catalogue import Catalogue
from daogou.decide.eligibility import Visit, admit
from daogou.decide.pool import Pool, top
from daogou.decide.retrieve.signal import Occasion

PER_PLACE = 4
"""Candidates among which the item of one place is drawn, at most."""
AMPLE = 4
"""How many times as many are looked for: caps and variants may bar some."""


def are_new(numbers: I32, days: int, catalogue: Catalogue, now_us: int) -> Bools:
    """(n,) whether each came within `days`, or is of a brand or of a seller whose first item did."""
    since_us = now_us - days * DAY_US
    came = catalogue.created_at_us
    new: Bools = came[numbers] >= since_us
    for owner in (catalogue.brand, catalogue.seller):
        is_known = np.zeros(int(owner.max(initial=-1)) + 1, bool)
        is_known[owner[came < since_us]] = True
        new |= ~is_known[owner[numbers]]
    return new


def widened(plan: PlacementSettings, pool: Pool, catalogue: Catalogue, scores: F32, visit: Visit, limit: int) -> Pool:
    """The pool with enough new items that its promise to them can be kept; the same pool where it has enough.

    scores  (n_catalogue,) blended; only items that a source speaks for are candidates
    """
    if plan.new_items is None:
        return pool
    wanted = AMPLE * PER_PLACE * int(np.ceil(plan.new_items.share * limit))
    everything = np.arange(len(catalogue), dtype=np.int32)
    new = are_new(everything, plan.new_items.days, catalogue, visit.now_us)
    if np.count_nonzero(new[pool.numbers]) >= wanted:
        return pool
    spoken = np.flatnonzero(new & (scores > 0)).astype(np.int32)
    spoken = spoken[admit(catalogue, spoken, visit)[0]]
    numbers = np.union1d(pool.numbers, spoken[top(scores[spoken], wanted).numbers])
    numbers = numbers[np.lexsort((numbers, -scores[numbers]))].astype(np.int32)
    return Pool(numbers, scores[numbers])


def placed(
    plan: PlacementSettings, pool: Pool, scores: F32, occasion: Occasion, people: Sequence[str], limit: int
) -> tuple[F32, dict[int, float]]:
    """(n,) factors that put drawn new items at places of their own, and by catalogue number the chance each had.

    scores  (n,) of the pool after everything else had its say

    The places still missing are share · limit less what new items hold by their own score; a broken place is opened by
    chance. The best new candidates are dealt out to the places, and each place draws one by score, so the chance of
    each is exact. For an hour the same shopper draws the same.
    """
    factors = np.ones(len(scores), np.float32)
    if plan.new_items is None or not len(scores):
        return factors, {}
    order = np.argsort(-scores, kind="stable")
    new = are_new(pool.numbers, plan.new_items.days, occasion.catalogue, occasion.now_us)[order]
    missing = plan.new_items.share * limit - np.count_nonzero(new[:limit])
    n_places = int(np.ceil(missing - 1e-9))
    if n_places <= 0:
        return factors, {}
    dealt = _dealt(plan, pool.numbers[order], limit, new, n_places, occasion.catalogue)
    random = Random(_seed(occasion, people))
    drawn: dict[int, float] = {}
    for place, ranks in enumerate(dealt):
        candidates = order[ranks]
        chances = _chances(scores[candidates])
        choice = min(int(np.searchsorted(np.cumsum(chances), random.random())), len(chances) - 1)
        opened = min(missing - place, 1.0)
        if random.random() >= opened:
            continue
        one = int(candidates[choice])
        ahead_of = max(int((place + 0.5) * limit / n_places) - place, 0)  # those drawn before stand ahead already
        factors[one] = 1.00001 * scores[order[ahead_of]] / scores[one]
        drawn[int(pool.numbers[one])] = float(opened * chances[choice])
    return factors, drawn


def _dealt(
    plan: PlacementSettings, ranked: I32, limit: int, new: Bools, n_places: int, catalogue: Catalogue
) -> list[list[int]]:
    """Of each place the ranks of its candidates, best first: new ones beyond the list that no cap of it would bar.

    ranked  (n,) catalogue numbers, best first; new: which of them are

    What shares a category shares a place, so that two of one category are never drawn together.
    """
    category, brand, group = catalogue.category[ranked], catalogue.brand[ranked], catalogue.group[ranked]
    is_free = new & ~np.isin(group, group[:limit])
    is_free[:limit] = False
    for kind, most in ((category, plan.max_per_category), (brand, plan.max_per_brand)):
        if most is not None:
            is_free &= np.asarray(np.bincount(kind[:limit], minlength=int(kind.max()) + 1)[kind] < most)
    ranks = np.flatnonzero(is_free).tolist()
    place_of: dict[int, int] = {}
    dealt: list[list[int]] = [[] for _ in range(n_places)]
    for rank, one in zip(ranks, category[ranks].tolist(), strict=True):
        place = place_of.setdefault(one, len(place_of) % n_places)
        if len(dealt[place]) < PER_PLACE:
            dealt[place].append(rank)
    if len(place_of) < n_places:
        dealt = [ranks[place : PER_PLACE * n_places : n_places] for place in range(n_places)]
    return [candidates for candidates in dealt if candidates]


def _chances(scores: F32) -> F64:
    """(n,) half by score and half even, so that nobody's chance is next to nothing."""
    by_score = scores.astype(np.float64) / float(scores.sum(dtype=np.float64))
    return np.asarray(0.5 * by_score + 0.5 / len(scores))


def _seed(occasion: Occasion, people: Sequence[str]) -> str:
    moment = occasion.now_us // HOUR_US if people else occasion.now_us
    return "\n".join([str(occasion.settings.seed), str(moment), *people])
