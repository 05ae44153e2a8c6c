import numpy as np
import pytest

from daogou.learn.metrics.fairness import draws_by_group, exposure_by_group, user_group_gap


def test_the_gap_is_the_best_group_minus_the_worst():
    values = np.array([[1.0], [0.8], [0.2], [0.4], [0.5]])
    (gap,) = user_group_gap(values, np.array([0, 0, 1, 1, 2]))
    assert (gap.best, gap.worst) == (0, 1)
    assert gap.difference.mean == pytest.approx(0.9 - 0.3)


def is_gap(values, group, seed):
    drawn = draws_by_group(values, group, resamples=50, seed=seed)
    return user_group_gap(values, group, drawn=drawn, shuffles=200, seed=seed)[0].is_more_than_chance


def test_groups_that_differ_only_by_chance_are_not_called_unfair():
    """Of 40 shops whose groups are the same, about one in twenty may look otherwise."""
    generator = np.random.default_rng(5)
    group = np.repeat(np.arange(4), 25)
    called = [is_gap(generator.random((100, 1)), group, one) for one in range(40)]
    assert sum(called) <= 6


def test_a_true_gap_is_found_with_an_interval_around_it():
    generator = np.random.default_rng(6)
    group = np.repeat(np.arange(2), 300)
    values = (generator.random(600) < np.where(group == 0, 0.6, 0.3)).astype(float)[:, None]
    (gap,) = user_group_gap(values, group)
    assert gap.is_more_than_chance
    assert gap.difference.low < 0.3 < gap.difference.high


def test_exposure_of_a_full_list_is_one_and_the_top_counts_more():
    ranked = np.array([[0, 1, 2]], np.int32)
    discount = 1 / np.log2([2, 3, 4])
    found = exposure_by_group(ranked, np.array([0, 1, 1]), 2)
    assert found.sum() == pytest.approx(1.0)
    assert found[0, 0] == pytest.approx(discount[0] / discount.sum())


def test_empty_places_and_items_of_no_group_get_no_exposure():
    found = exposure_by_group(np.array([[0, -1]], np.int32), np.array([-1]), 1)
    assert found.tolist() == [[0.0]]
