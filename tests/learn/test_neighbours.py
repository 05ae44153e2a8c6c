from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.learn import neighbours as module
from daogou.learn.neighbours import Similarity, heard_and_own, nearest

# Rows are shoppers. Item 0 was taken by 3, item 1 by 2 (both with 0), item 2 by 1 (with 0), item 3 alone by 1.
TABLE = csr_matrix(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]], np.float32))


def near(similarity: Similarity = "cosine", shrinkage: float = 0.0, neighbours: int = 5, floor: int = 1) -> np.ndarray:
    return nearest(TABLE, neighbours=neighbours, shrinkage=shrinkage, similarity=similarity, floor=floor).toarray()


def test_cosine_is_shoppers_with_both_over_the_root_of_the_product_of_counts() -> None:
    expected = np.zeros((4, 4))
    expected[0, 1] = expected[1, 0] = 2 / math.sqrt(3 * 2)
    expected[0, 2] = expected[2, 0] = 1 / math.sqrt(3 * 1)
    np.testing.assert_allclose(near(), expected, rtol=1e-6)


def test_shrinkage_is_added_below_the_line() -> None:
    assert near(shrinkage=10.0)[0, 1] == pytest.approx(2 / (math.sqrt(6) + 10))


def test_jaccard_is_both_over_either() -> None:
    assert near("jaccard")[0, 1] == pytest.approx(2 / 3)
    assert near("jaccard", shrinkage=1.0)[0, 2] == pytest.approx(1 / 4)


def test_lift_is_how_much_more_often_than_by_chance_shrunk_by_the_count() -> None:
    assert near("lift", shrinkage=2.0)[0, 1] == pytest.approx(math.log1p(2 * 4 / (3 * 2)) * 2 / 4)


def test_pairs_below_the_floor_are_dropped() -> None:
    kept = near(floor=2)
    assert kept[0, 1] > 0
    assert kept[0, 2] == 0


def test_only_the_best_neighbours_are_kept() -> None:
    kept = near(neighbours=1)
    assert np.count_nonzero(kept[0]) == 1
    assert kept[0, 1] > 0


def test_working_in_small_blocks_gives_the_same_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    table = csr_matrix((np.random.default_rng(0).random((90, 40)) < 0.2).astype(np.float32))
    whole = nearest(table, neighbours=7, shrinkage=1.0, similarity="cosine", floor=1)
    monkeypatch.setattr(module, "NEIGHBOURS_PER_BLOCK", 30)
    parts = nearest(table, neighbours=7, shrinkage=1.0, similarity="cosine", floor=1)
    np.testing.assert_array_equal(parts.toarray(), whole.toarray())


@pytest.mark.parametrize("similarity", ["cosine", "jaccard", "lift"])
def test_the_neighbours_are_those_of_the_whole_table_of_similarities(similarity: Similarity) -> None:
    table = (np.random.default_rng(4).random((60, 35)) < 0.15).astype(np.float64)
    both, counts = table.T @ table, np.maximum(table.sum(axis=0), 1e-9)
    product = np.outer(counts, counts)
    everything = {
        "cosine": both / (np.sqrt(product) + 2.0),
        "jaccard": both / (counts[:, None] + counts - both + 2.0),
        "lift": np.log1p(both * 60 / product) * both / (both + 2.0),
    }[similarity]
    np.fill_diagonal(everything, 0.0)
    found = nearest(csr_matrix(table), neighbours=5, shrinkage=2.0, similarity=similarity, floor=1)
    for item, row in enumerate(everything):
        expected = np.sort(row)[::-1][:5]
        kept = found.data[found.indptr[item] : found.indptr[item + 1]]
        np.testing.assert_allclose(kept, expected[expected > 0], rtol=1e-5)
        np.testing.assert_allclose(row[found[item].indices], kept, rtol=1e-5)


def test_of_equally_similar_items_those_of_lower_number_are_kept_and_come_first() -> None:
    table = csr_matrix(np.ones((3, 6), np.float32))
    found = nearest(table, neighbours=3, shrinkage=0.0, similarity="cosine", floor=1)
    assert found.indices.reshape(6, 3).tolist()[:2] == [[1, 2, 3], [0, 2, 3]]


def test_an_item_is_scored_by_its_own_neighbours_and_keeps_half_of_its_list() -> None:
    listed = csr_matrix(np.array([[0, 4, 3], [4, 0, 0], [3, 0, 0]], np.float32))
    # Item 1 lists 0 and item 2 lists 0, so 0 is seen -> 1 and 2 are scored; 0's own better half is item 1.
    np.testing.assert_array_equal(heard_and_own(listed).toarray(), [[0, 4, 3], [4, 0, 0], [3, 0, 0]])
    one_sided = csr_matrix(np.array([[0, 0, 0], [5, 0, 0], [7, 0, 0]], np.float32))
    np.testing.assert_array_equal(heard_and_own(one_sided).toarray(), [[0, 5, 7], [5, 0, 0], [7, 0, 0]])
