from __future__ import annotations

import numpy as np
import pytest

from daogou.learn.rough import Rough


def made(n: int, d: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of very different lengths, some of them nothing, and questions."""
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((n, d), np.float32) * np.exp(random.standard_normal((n, 1), np.float32))
    vectors[random.random(n) < 0.1] = 0.0
    return vectors, random.standard_normal((20, d), np.float32)


@pytest.mark.parametrize("d", [1, 64, 100])
@pytest.mark.parametrize("k", [1, 40])
def test_the_best_are_those_of_all_products(d: int, k: int) -> None:
    vectors, queries = made(3_000, d)
    random = np.random.default_rng(1)
    weights = random.choice([0.0, 0.5, 2.0], 3_000).astype(np.float32)
    extras = (random.random(3_000) * (random.random(3_000) < 0.1)).astype(np.float32)
    searched = Rough.of(vectors).weighed(weights, extras)
    for query in queries:
        scores = weights * (vectors @ query) + extras
        rows, values = searched.largest(query, k)
        assert len(set(rows.tolist())) == k
        np.testing.assert_allclose(np.sort(values), np.sort(scores)[-k:], rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(values, scores[rows], rtol=1e-4, atol=1e-5)


def test_only_what_scores_above_nothing_is_found() -> None:
    vectors = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 0.0], [0.5, 0.0]], np.float32)
    searched = Rough.of(vectors).weighed(np.ones(4, np.float32), np.zeros(4, np.float32))
    assert set(searched.largest(np.array([2.0, 1.0], np.float32), 4)[0].tolist()) == {0, 3}
    assert len(searched.largest(np.zeros(2, np.float32), 4)[0]) == 0


def test_an_item_without_a_vector_is_found_by_what_is_said_to_everybody() -> None:
    vectors = np.array([[1.0], [0.0]], np.float32)
    searched = Rough.of(vectors).weighed(np.ones(2, np.float32), np.array([0.0, 3.0], np.float32))
    rows, values = searched.largest(np.array([1.0], np.float32), 1)
    assert (rows.tolist(), values.tolist()) == ([1], [3.0])


def test_a_catalogue_without_items_has_no_best() -> None:
    none = np.empty(0, np.float32)
    assert len(Rough.of(np.empty((0, 8), np.float32)).weighed(none, none).largest(np.ones(8, np.float32), 5)[0]) == 0
