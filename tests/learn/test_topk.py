import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.learn import topk
from daogou.learn.topk import tie_order, top_k, top_products


def test_the_best_come_first():
    scores = np.array([[0.1, 0.9, 0.5, -2.0]], np.float32)
    assert top_k(scores, 3, np.arange(4)).tolist() == [[1, 2, 0]]


def test_equal_scores_follow_the_tie_order():
    scores = np.ones((1, 5), np.float32)
    assert top_k(scores, 3, np.array([4, 0, 3, 1, 2])).tolist() == [[1, 3, 4]]


def test_a_masked_item_leaves_an_empty_place_when_nothing_else_is_left():
    scores = np.array([[-np.inf, 2.0, -np.inf]], np.float32)
    assert top_k(scores, 3, np.arange(3)).tolist() == [[1, -1, -1]]


def test_a_list_longer_than_the_catalogue_is_padded():
    assert top_k(np.array([[1.0, 2.0]], np.float32), 4, np.arange(2)).tolist() == [[1, 0, -1, -1]]


def test_minus_zero_and_zero_are_equal():
    scores = np.array([[0.0, -0.0, 0.0]], np.float32)
    assert top_k(scores, 3, np.array([2, 0, 1])).tolist() == [[1, 2, 0]]


def test_it_agrees_with_a_full_sort_on_scores_full_of_ties():
    generator = np.random.default_rng(0)
    scores = generator.integers(-3, 4, (200, 150)).astype(np.float32)
    scores[7, 10:] = -np.inf
    ties = tie_order(150, 1)
    for row, ranked in zip(scores, top_k(scores, 20, ties), strict=True):
        expected = [item if row[item] > -np.inf else -1 for item in np.lexsort((ties, -row))[:20]]
        assert ranked.tolist() == expected


def test_the_tie_order_is_fixed_by_its_seed():
    assert np.array_equal(tie_order(50, 3), tie_order(50, 3))
    assert not np.array_equal(tie_order(50, 3), tie_order(50, 4))


def test_a_score_that_is_not_a_number_is_a_bug():
    with pytest.raises(AssertionError, match="NaN"):
        top_k(np.array([[np.nan]], np.float32), 1, np.arange(1))


@pytest.mark.parametrize(("n_queries", "n_items", "k"), [(1, 1, 1), (5, 7, 3), (9, 200, 20), (4, 30, 40)])
def test_products_made_in_tiles_give_the_same_lists_as_all_products_at_once(monkeypatch, n_queries, n_items, k):
    monkeypatch.setattr(topk, "ROWS", 4)
    monkeypatch.setattr(topk, "COLUMNS", 70)
    generator = np.random.default_rng(3)
    queries, items = (generator.integers(-1, 2, (n, 3)).astype(np.float32) for n in (n_queries, n_items))
    masked = csr_matrix(generator.random((n_queries, n_items)) < 0.2)
    ties = tie_order(n_items, 5)
    scores = queries @ items.T
    assert np.array_equal(top_products(queries, items, k, ties), top_k(scores, k, ties))
    scores[masked.nonzero()] = -np.inf
    assert np.array_equal(top_products(queries, items, k, ties, masked=masked), top_k(scores, k, ties))


def test_masked_columns_may_come_in_any_order():
    masked = csr_matrix((np.ones(2), np.array([2, 0]), np.array([0, 2])), shape=(1, 3))
    lists = top_products(
        np.ones((1, 1), np.float32), np.array([[3], [1], [2]], np.float32), 2, np.arange(3), masked=masked
    )
    assert lists.tolist() == [[1, -1]]


def test_no_query_gives_no_list():
    assert top_products(np.empty((0, 2), np.float32), np.ones((3, 2), np.float32), 2, np.arange(3)).shape == (0, 2)


def test_a_score_that_is_not_a_number_is_found_wherever_it_stands():
    for place in (0, 63, 64, 130):
        scores = np.zeros((1, 131), np.float32)
        scores[0, place] = np.nan
        with pytest.raises(AssertionError, match="NaN"):
            top_k(scores, 2, np.arange(131))


def test_a_long_row_agrees_with_a_full_sort():
    scores = np.random.default_rng(8).standard_normal((3, 10_000)).astype(np.float32)
    for row, ranked in zip(scores, top_k(scores, 100, np.arange(10_000)), strict=True):
        assert ranked.tolist() == np.argsort(-row, kind="stable")[:100].tolist()
