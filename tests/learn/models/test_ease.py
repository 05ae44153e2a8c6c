from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn import item_weights
from daogou.learn.models.ease import Ease, EaseModel


def taken(table: list[list[int]]) -> Dataset:
    user, item = np.nonzero(np.array(table))
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), n_users=len(table), n_items=len(table[0]))


def by_the_formula(table: np.ndarray, regularization: float) -> np.ndarray:
    """Steck 2019, equation 8, by brute force in float64."""
    inverse = np.linalg.inv(table.T @ table + regularization * np.eye(table.shape[1]))
    weights = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights


def random_table(n_users: int, n_items: int, density: float) -> np.ndarray:
    return (np.random.default_rng(3).random((n_users, n_items)) < density).astype(np.float64)


def test_two_items_always_taken_together_get_the_weight_worked_by_hand() -> None:
    # Gram [[2, 2], [2, 2]] + 1 = [[3, 2], [2, 3]], inverse [[3, -2], [-2, 3]] / 5, weight 2 / 3.
    model = Ease(regularization=1.0).fit(taken([[1, 1], [1, 1]]))
    np.testing.assert_allclose(model.weights, [[0, 2 / 3], [2 / 3, 0]], rtol=1e-6)


@pytest.mark.parametrize("density", [0.01, 0.4])  # one below, one above where the dense Gram is cheaper
def test_the_weights_are_those_of_the_published_formula(density: float) -> None:
    table = random_table(700, 90, density)
    model = Ease(regularization=7.0).fit(taken(table.astype(int).tolist()))
    np.testing.assert_allclose(model.weights, by_the_formula(table, 7.0), rtol=1e-3, atol=2e-6)


def test_catalogues_larger_than_one_block_are_mirrored_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_weights, "BLOCK", 8)
    table = random_table(60, 37, 0.2)
    model = Ease(regularization=5.0).fit(taken(table.astype(int).tolist()))
    np.testing.assert_allclose(model.weights, by_the_formula(table, 5.0), rtol=1e-4, atol=1e-6)


def test_sparse_and_dense_gram_agree_on_the_lower_triangle() -> None:
    matrix = taken(random_table(300, 50, 0.1).astype(int).tolist()).matrix()
    expected = np.tril((matrix.T @ matrix).toarray())
    np.testing.assert_array_equal(np.tril(item_weights._gram_sparse(matrix)), expected)
    np.testing.assert_array_equal(np.tril(item_weights._gram_dense(matrix)), expected)
    np.testing.assert_array_equal(np.tril(item_weights.item_gram(matrix)), expected)


def test_a_disliked_item_teaches_nothing() -> None:
    liked = Dataset.of(
        np.array([0, 0, 1, 1], np.int32),
        np.array([0, 1, 0, 1], np.int32),
        weight=np.array([1, 1, 1, -6], np.float32),
    )
    np.testing.assert_array_equal(Ease().fit(liked).weights, Ease().fit(taken([[1, 1], [1, 0]])).weights)


def test_the_score_is_the_weighted_sum_of_rows() -> None:
    model = Ease(regularization=2.0).fit(taken(random_table(80, 12, 0.3).astype(int).tolist()))
    query = Query(np.array([2, 5], np.int32), np.array([1.0, 3.0], np.float32))
    np.testing.assert_allclose(model.score_all(query), model.weights[2] + 3 * model.weights[5], rtol=1e-5, atol=1e-7)
    assert model.score_all(Query(np.array([2], np.int32)))[2] == 0  # an item never recommends itself


def test_a_catalogue_too_large_for_the_limit_is_refused_with_the_way_out() -> None:
    nothing = np.empty(0, np.int32)
    large = Dataset.of(nothing, nothing, n_users=0, n_items=40_000)
    with pytest.raises(InvalidInput, match=r"EASE on 40,000 items needs 6,400 MB.* memory_limit_mb.* ials or item_knn"):
        Ease().fit(large)


def test_a_byte_for_each_weight_changes_scores_by_next_to_nothing_and_shares_still_add_up() -> None:
    rng = np.random.default_rng(3)
    weights = rng.normal(0, 0.01, (300, 300)).astype(np.float32)
    weights[:, 7] = 0.0
    np.fill_diagonal(weights, 0.0)
    weights[5] = 0.0
    exact = EaseModel(weights)
    compact = exact.compact()
    assert compact.cells.nbytes * 4 == weights.nbytes
    query = Query(np.array([1, 5, 9, 200, 900], np.int32), np.array([1.0, 2.0, 0.5, 0.1, 3.0], np.float32))
    most_off = np.abs(weights[[1, 9, 200]]).max(axis=1) @ [1.0, 0.5, 0.1] / 254
    scores = compact.score_all(query)
    assert np.abs(scores - exact.score_all(query)).max() <= most_off * 1.01
    items = np.arange(300, dtype=np.int32)
    np.testing.assert_allclose(compact.contributions(query, items).sum(axis=0), scores, atol=1e-7)
    np.testing.assert_allclose(compact.score(query, items[::-1]), scores[::-1], atol=1e-7)
    np.testing.assert_allclose(compact.score_batch([query, Query()])[0], scores, atol=1e-7)
    assert not compact.score_all(Query()).any()
    assert scores[7] == 0.0
