import numpy as np
import pytest

from daogou.learn.evaluation.topk import tie_order, top_k


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
