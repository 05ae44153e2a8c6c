from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.ease import Ease
from daogou.learn.models.sparse_ease import SparseEase, item_ridges, shopper_counts


def taken(table: np.ndarray) -> Dataset:
    user, item = np.nonzero(table)
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), n_users=len(table), n_items=len(table[0]))


def random_table(n_users: int, n_items: int, density: float) -> np.ndarray:
    return (np.random.default_rng(3).random((n_users, n_items)) < density).astype(np.float64)


def by_the_formula(table: np.ndarray, ridge: np.ndarray, counts: np.ndarray, candidates: list[list[int]]) -> np.ndarray:
    """The weighted ridge regression of every item on its candidates, by brute force in float64."""
    weights = np.zeros((table.shape[1], table.shape[1]))
    for item, chosen in enumerate(candidates):
        used = table[:, chosen]
        gram = used.T @ (used * counts[:, None]) + np.diag(ridge[chosen])
        weights[chosen, item] = np.linalg.solve(gram, used.T @ (counts * table[:, item]))
    return weights


def test_two_items_always_taken_together_get_the_weight_worked_by_hand() -> None:
    # Item 1 on item 0: both 2 shoppers, ridge 1: 2 / (2 + 1).
    model = SparseEase(regularization=1.0).fit(taken(np.array([[1, 1], [1, 1]])))
    np.testing.assert_allclose(model.weights.toarray(), [[0, 2 / 3], [2 / 3, 0]], rtol=1e-6)


@pytest.mark.parametrize(("activity", "frequency"), [(0.0, 0.0), (0.5, 0.5), (1.0, 0.0)])
def test_with_every_item_as_a_candidate_it_is_the_ridge_regression_on_all_others(
    activity: float, frequency: float
) -> None:
    table = random_table(600, 40, 0.15)
    ridge = item_ridges(taken(table).matrix(), 7.0, frequency)
    counts = shopper_counts(taken(table).matrix(), activity)
    others = [[other for other in range(40) if other != item] for item in range(40)]
    model = SparseEase(regularization=7.0, frequency=frequency, activity=activity).fit(taken(table))
    expected = by_the_formula(table, ridge, counts, others)
    np.testing.assert_allclose(model.weights.toarray(), expected, rtol=2e-3, atol=1e-4)


def test_with_every_item_as_a_candidate_and_all_shoppers_alike_it_is_ease() -> None:
    data = taken(random_table(900, 45, 0.2))
    dense = Ease(regularization=20.0).fit(data).weights
    np.testing.assert_allclose(
        SparseEase(regularization=20.0, frequency=0.0, activity=0.0).fit(data).weights.toarray(),
        dense,
        rtol=2e-3,
        atol=1e-4,
    )


def test_few_candidates_give_the_ridge_regression_on_just_those() -> None:
    table = random_table(500, 60, 0.12)
    model = SparseEase(neighbours=6, regularization=5.0).fit(taken(table))
    weights = model.weights.toarray()
    candidates = [np.flatnonzero(column).tolist() for column in weights.T]
    assert {len(one) for one in candidates} == {6}
    counts = shopper_counts(taken(table).matrix(), 0.5)
    ridge = item_ridges(taken(table).matrix(), 5.0, 0.5)
    np.testing.assert_allclose(weights, by_the_formula(table, ridge, counts, candidates), rtol=2e-3, atol=1e-4)


def test_the_density_bounds_the_weights_of_a_large_catalogue() -> None:
    recipe = SparseEase(density=0.01, neighbours=400)
    assert recipe.candidates(41_000) == 400
    assert recipe.candidates(20_000) == 200
    assert recipe.candidates(100) == 50  # a hundredth of a hundred would say nothing
    model = SparseEase(density=0.1).fit(taken(random_table(400, 600, 0.02)))
    assert 0 < model.weights.nnz <= 0.1 * 600**2


def test_no_item_recommends_itself() -> None:
    assert not SparseEase().fit(taken(random_table(200, 30, 0.2))).weights.diagonal().any()


def test_the_mean_interaction_counts_once_and_busy_shoppers_less() -> None:
    matrix = taken(np.array([[1, 1, 1, 1], [1, 0, 0, 0]])).matrix()
    counts = shopper_counts(matrix, 1.0)
    np.testing.assert_allclose(counts[1] / counts[0], 4.0, rtol=1e-6)
    np.testing.assert_allclose(4 * counts[0] + counts[1], 5.0, rtol=1e-6)
    np.testing.assert_array_equal(shopper_counts(matrix, 0.0), [1.0, 1.0])


def test_what_everybody_takes_is_held_back_more() -> None:
    matrix = taken(np.array([[1, 1], [1, 0], [1, 0], [1, 0], [0, 0]])).matrix()
    np.testing.assert_allclose(item_ridges(matrix, 10.0, 1.0), [16.0, 4.0], rtol=1e-6)  # mean takers: 2.5
    np.testing.assert_array_equal(item_ridges(matrix, 10.0, 0.0), [10.0, 10.0])


def test_the_score_is_the_weighted_sum_of_rows() -> None:
    model = SparseEase(regularization=2.0).fit(taken(random_table(80, 12, 0.3)))
    query = Query(np.array([2, 5], np.int32), np.array([1.0, 3.0], np.float32))
    dense = model.weights.toarray()
    np.testing.assert_allclose(model.score_all(query), dense[2] + 3 * dense[5], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("setting", [{"density": 0.0}, {"density": 1.5}, {"neighbours": 0}, {"activity": -1.0}])
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        SparseEase(**setting)  # type: ignore[arg-type]
