import numpy as np
import pytest
from scipy.stats import entropy as scipy_entropy

from daogou.learn.metrics.beyond import coverage, entropy, gini, novelty


def test_coverage_counts_each_shown_item_once_and_no_empty_place():
    assert coverage(np.array([[0, 1], [1, -1]], np.int32), 8) == pytest.approx(2 / 8)


def test_coverage_of_no_lists_is_zero():
    assert coverage(np.empty((0, 5), np.int32), 8) == 0.0


def test_novelty_is_the_mean_information_of_the_shown_items_in_bits():
    """Half the users had item 0 (1 bit), an eighth had item 1 (3 bits)."""
    assert novelty(np.array([[0, 1]], np.int32), np.array([4, 1]), 8) == pytest.approx(2.0)


def test_an_item_nobody_had_is_as_novel_as_half_a_user():
    assert novelty(np.array([[0]], np.int32), np.array([0]), 8) == pytest.approx(4.0)


def test_gini_is_zero_when_all_items_are_shown_equally_often():
    assert gini(np.array([[0, 1], [2, 3]], np.int32), 4) == pytest.approx(0.0)


def test_gini_nears_one_when_one_item_gets_every_place():
    assert gini(np.zeros((50, 1), np.int32), 4) == pytest.approx(1 - 1 / 4)


def test_gini_agrees_with_the_mean_difference_of_all_pairs():
    ranked = np.random.default_rng(3).integers(0, 30, (40, 6)).astype(np.int32)
    shown = np.bincount(ranked.ravel(), minlength=30).astype(float)
    by_pairs = np.abs(shown[:, None] - shown[None, :]).sum() / (2 * 30 * shown.sum())
    assert gini(ranked, 30) == pytest.approx(by_pairs)


def test_entropy_is_that_of_scipy_and_largest_when_all_items_are_shown_alike():
    ranked = np.random.default_rng(3).integers(0, 30, (40, 6)).astype(np.int32)
    shown = np.bincount(ranked.ravel(), minlength=64)
    assert entropy(ranked, 64) == pytest.approx(scipy_entropy(shown, base=2))
    assert entropy(np.arange(8, dtype=np.int32)[None], 8) == pytest.approx(3.0)
    assert entropy(np.zeros((5, 1), np.int32), 8) == 0.0


def test_entropy_of_no_lists_is_zero():
    assert entropy(np.empty((0, 5), np.int32), 8) == 0.0
