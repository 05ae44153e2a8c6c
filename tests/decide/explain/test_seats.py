"""The compiled walk places whom the plain one places."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.decide.explain.seats import Seats, is_placed, plain_seats, tell_out
from daogou.decide.rules.arrange import arrange
from daogou.decide.rules.bounds import NO_CAP, Bound, BrandCap, Tally, standings


@pytest.mark.parametrize("seed", range(150))
def test_the_compiled_walk_is_the_walk_that_made_the_list(seed: int) -> None:
    random = np.random.default_rng(seed)
    n_pool, n_shown, limit = int(random.integers(1, 30)), int(random.integers(0, 4)), int(random.integers(1, 10))
    n_all = n_pool + n_shown
    category = random.integers(0, 4, n_all).astype(np.int32)
    group = random.integers(0, n_all * 2, n_all).astype(np.int32)
    brand = random.integers(0, 5, n_all).astype(np.int32)
    cap = int(random.integers(1, 6)) if random.random() < 0.5 else None
    brand_cap = int(random.integers(1, 4)) if random.random() < 0.5 else None
    bounds = [
        Bound(f"r{number}", random.random(n_all) < 0.4, at_most=int(random.integers(0, 4)))
        if random.random() < 0.5
        else Bound(f"r{number}", random.random(n_all) < 0.4, at_least=int(random.integers(1, 6)))
        for number in range(int(random.integers(0, 4)))
    ]
    order = random.permutation(n_pool).astype(np.int32)[: int(random.integers(1, n_pool + 1))]
    shown = np.arange(n_pool, n_all, dtype=np.int32)
    made = arrange(
        category[order],
        group[order],
        limit,
        cap,
        shown_category=category[shown].tolist(),
        shown_group=group[shown].tolist(),
        tally=Tally(bounds, order, shown) if bounds else None,
        brands=None if brand_cap is None else BrandCap(brand[order], brand_cap, brand[shown].tolist()),
    )
    expected = set(order[made.places].tolist())
    inside = np.zeros((n_pool, len(bounds)), np.uint8)
    for number, bound in enumerate(bounds):
        inside[:, number] = bound.members[:n_pool]
    needed, room = standings(bounds, shown)
    caps = [NO_CAP if one is None else one for one in (cap, brand_cap)]
    asked = (category, group, brand, inside, needed, room, limit, *caps, False)
    assert {one for one in order.tolist() if is_placed(order, one, *asked)} == expected


@pytest.mark.parametrize("seed", range(60))
def test_counting_who_is_ahead_says_what_walking_says(seed: int) -> None:
    random = np.random.default_rng(seed)
    n_pool, limit, cap = int(random.integers(2, 40)), int(random.integers(1, 12)), int(random.integers(1, 5))
    category, group = random.integers(0, 4, n_pool).astype(np.int32), np.arange(n_pool, dtype=np.int32)
    nobody, inside = np.empty(0, np.int32), np.empty((n_pool, 0), np.uint8)
    walking = Seats(category, group, np.zeros(n_pool, np.int32), inside, nobody, nobody, limit, cap, NO_CAP, False)
    scores = np.where(random.random((5, n_pool)) < 0.8, random.random((5, n_pool)), 0.0)
    places = random.integers(0, n_pool, 5).astype(np.int32)
    counted, walked = np.empty(5, bool), np.empty(5, bool)
    tell_out(scores, places, counted, *plain_seats(category, group, limit, cap).arrays)
    tell_out(scores, places, walked, *walking.arrays)
    assert counted.tolist() == walked.tolist()
