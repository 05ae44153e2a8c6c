from __future__ import annotations

import numpy as np
import pytest

from daogou.learn import alike as module
from daogou.learn.alike import alike
from daogou.learn.vectors import unit_rows


def by_sorting(vectors: np.ndarray, neighbours: int) -> np.ndarray:
    """The best few of every row with all pairs multiplied and sorted, as a dense table."""
    products = vectors.astype(np.float64) @ vectors.T
    np.fill_diagonal(products, 0.0)
    table = np.zeros_like(products)
    for row, line in enumerate(products):
        best = np.lexsort((np.arange(len(line)), -line))[:neighbours]
        table[row, best] = np.maximum(line[best], 0.0)
    return table


def around(n_centres: int, per_centre: int, seed: int = 0) -> np.ndarray:
    """Unit vectors in clumps, so that neighbours are worth finding."""
    random = np.random.default_rng(seed)
    centres = np.repeat(random.standard_normal((n_centres, 12)), per_centre, axis=0)
    return unit_rows((centres + 0.5 * random.standard_normal(centres.shape)).astype(np.float32))


def test_vectors_are_compared_by_cosine_to_the_power_of_the_sharpness() -> None:
    vectors = np.array([[1.0, 0.0], [0.6, 0.8], [-1.0, 0.0]], np.float32)
    found = alike(vectors, neighbours=2, sharpness=3.0).toarray()
    np.testing.assert_allclose(found, [[0, 0.216, 0], [0.216, 0, 0], [0, 0, 0]], rtol=1e-5)


def test_only_rows_from_the_first_asked_are_filled() -> None:
    vectors = np.eye(4, dtype=np.float32) + 0.5
    found = alike(vectors, neighbours=3, sharpness=1.0, first=3).toarray()
    assert (found[:3] == 0).all()
    assert (found[3, :3] > 0).all()


def test_the_best_of_all_pairs_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = around(10, 9)
    monkeypatch.setattr(module, "CELLS", 700)  # several blocks of rows
    found = alike(vectors, neighbours=7, sharpness=1.0)
    np.testing.assert_allclose(found.toarray(), by_sorting(vectors, 7), atol=1e-6)
    assert all((np.diff(found[row].data) <= 0).all() for row in range(len(vectors)))


def test_every_group_searched_finds_what_all_pairs_find(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = around(10, 9)
    monkeypatch.setattr(module, "EXACT_ITEMS", 5)
    monkeypatch.setattr(module, "CELLS", 50)
    np.testing.assert_allclose(alike(vectors, neighbours=7, sharpness=1.0).toarray(), by_sorting(vectors, 7), atol=1e-6)


def test_a_few_groups_find_nearly_all(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = around(60, 50)  # 54 groups
    monkeypatch.setattr(module, "EXACT_ITEMS", 5)
    monkeypatch.setattr(module, "PROBES", 8)
    found = alike(vectors, neighbours=20, sharpness=1.0).toarray()
    expected = by_sorting(vectors, 20)
    assert ((found > 0) & (expected > 0)).sum() / (expected > 0).sum() > 0.95
    assert not found.diagonal().any()


def test_searched_twice_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_ITEMS", 5)
    monkeypatch.setattr(module, "PROBES", 2)
    one, other = (alike(around(10, 9), neighbours=5, sharpness=3.0) for _ in range(2))
    np.testing.assert_array_equal(one.toarray(), other.toarray())


@pytest.mark.parametrize("n_items", [0, 1, 2])
def test_a_catalogue_of_next_to_nothing(n_items: int) -> None:
    found = alike(np.ones((n_items, 3), np.float32), neighbours=5, sharpness=2.0)
    assert found.shape == (n_items, n_items)
    assert found.nnz == (2 if n_items == 2 else 0)


def test_items_without_a_vector_have_no_neighbours_and_are_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = around(6, 6)
    vectors[::2] = 0.0
    for most in (1_000, 5):
        monkeypatch.setattr(module, "EXACT_ITEMS", most)
        found = alike(vectors, neighbours=40, sharpness=1.0).toarray()
        assert not found[::2].any()
        assert not found[:, ::2].any()
        assert found[1::2].any(axis=1).all()
