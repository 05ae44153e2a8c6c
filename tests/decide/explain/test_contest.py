"""The compiled contest counts as a plain walk through the list does."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.decide.explain.contest import HANDFULS, fewest_causes
from daogou.decide.explain.seats import plain_seats


def plain_slate(scores: np.ndarray, category: np.ndarray, group: np.ndarray, limit: int, cap: int) -> list[int]:
    """Who stands in the slate: best first, one of a group, at most `cap` of a category."""
    slate: list[int] = []
    for one in np.argsort(-scores, kind="stable").tolist():
        taken = [category[other] for other in slate]
        if len(slate) < limit and scores[one] > 0 and taken.count(category[one]) < cap:
            slate.append(one)
    return slate


@pytest.mark.parametrize("seed", range(20))
def test_the_cited_causes_drop_the_item_and_fewer_do_not(seed: int) -> None:
    random = np.random.default_rng(seed)
    n_causes, n_pool, limit, cap = int(random.integers(1, 40)), 60, 8, int(random.integers(1, 9))
    shares = (random.random((n_causes, n_pool)) * (random.random((n_causes, n_pool)) < 0.4)).astype(np.float32)
    base = (random.random(n_pool) * 0.5 * (random.random(n_pool) < 0.7)).astype(np.float32)
    scores = base + shares.sum(axis=0)
    ranked = np.argsort(-scores, kind="stable")
    shares, scores, base = np.ascontiguousarray(shares[:, ranked]), scores[ranked], base[ranked]
    mass = random.dirichlet(np.ones(n_causes)).astype(np.float32)
    category, group = random.integers(0, 5, n_pool).astype(np.int32), np.arange(n_pool, dtype=np.int32)
    places = np.array(plain_slate(scores, category, group, limit, cap), np.int32)
    order = np.argsort(-shares[:, places].T, axis=1, kind="stable").astype(np.int32)

    causes, parts, counts, enough = fewest_causes(
        shares, mass, scores, places, plain_seats(category, group, limit, cap)
    )

    def is_dropped(place: int, gone: np.ndarray) -> bool:
        left = base + np.delete(shares, gone, axis=0).sum(axis=0) / np.sqrt(1 - min(mass[gone].sum(), 0.999999))
        left[left <= 1e-6 * scores] = 0
        return place not in plain_slate(left, category, group, limit, cap)

    for number, place in enumerate(places.tolist()):
        speaking = int((shares[:, place] > 0).sum())
        tried = [step for step in (*HANDFULS.tolist(), speaking) if step <= speaking]
        dropping = [step for step in tried if is_dropped(place, order[number, :step])]
        assert enough[number] == bool(dropping)
        assert counts[number] == (dropping[0] if dropping else speaking)
        told = order[number, : counts[number]]
        assert causes[number, : counts[number]].tolist() == told.tolist()
        assert parts[number, : counts[number]] == pytest.approx(shares[told, place] / scores[place])


def test_a_worse_variant_of_what_is_ahead_counts_for_nothing() -> None:
    # One cause carries place 0; without it places 1 and 2 are ahead: enough for a slate of two, but not as variants.
    shares, scores = np.array([[3.0, 0.0, 0.0]], np.float32), np.array([3.5, 2.0, 1.0], np.float32)
    asked = (shares, np.zeros(1, np.float32), scores, np.zeros(1, np.int32))
    category = np.zeros(3, np.int32)
    _, _, counts, enough = fewest_causes(*asked, plain_seats(category, np.array([0, 1, 2], np.int32), 2, 9))
    assert (counts.tolist(), enough.tolist()) == ([1], [True])
    _, _, counts, enough = fewest_causes(*asked, plain_seats(category, np.array([0, 1, 1], np.int32), 2, 9))
    assert (counts.tolist(), enough.tolist()) == ([1], [False])
