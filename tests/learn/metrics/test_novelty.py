"""Items 0, 1, 2 were had by a half, a quarter and none of four users."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.learn.metrics.novelty import (
    average_popularity,
    expected_free_discovery,
    expected_popularity_complement,
    long_tail_share,
    popularity_lift,
    self_information,
)

POPULARITY = np.array([0.5, 0.25, 0.0])
LISTS = np.array([[0, 1], [2, -1]], np.int32)
SECOND = 1 / np.log2(3)


def test_self_information_is_the_mean_in_bits_and_an_unseen_item_counts_as_half_a_user():
    assert self_information(LISTS, POPULARITY, 4) == pytest.approx([1.5, 3.0])


def test_average_popularity_leaves_empty_places_out():
    assert average_popularity(LISTS, POPULARITY) == pytest.approx([0.375, 0.0])


def test_an_empty_list_has_no_popularity_and_no_novelty():
    nothing = np.full((1, 2), -1, np.int32)
    assert average_popularity(nothing, POPULARITY).tolist() == [0.0]
    assert expected_popularity_complement(nothing, POPULARITY).tolist() == [0.0]


def test_popularity_complement_weighs_the_top_more():
    by_hand = (0.5 + 0.75 * SECOND) / (1 + SECOND)
    assert expected_popularity_complement(LISTS, POPULARITY) == pytest.approx([by_hand, 1.0])


def test_free_discovery_is_counted_in_bits_of_the_share_of_interactions():
    """Item 0 has three quarters of 8 interactions, item 1 a quarter, item 2 none: half of one, so 4 bits."""
    found = expected_free_discovery(LISTS, np.array([0.75, 0.25, 0.0]), 8)
    assert found == pytest.approx([(-np.log2(0.75) + 2 * SECOND) / (1 + SECOND), 4.0])


def test_lift_is_zero_for_the_history_itself_and_one_for_twice_its_popularity():
    histories = csr_matrix(np.array([[1, 1, 0], [0, 1, 0], [0, 1, 0]]))
    lists = np.array([[0, 1], [0, -1], [1, -1]], np.int32)
    assert popularity_lift(lists, histories, POPULARITY) == pytest.approx([0.0, 1.0, 0.0])


def test_there_is_no_lift_over_an_empty_history():
    histories = csr_matrix((2, 3))
    assert np.isnan(popularity_lift(LISTS, histories, POPULARITY)).all()


def test_the_tail_is_what_is_not_head():
    assert long_tail_share(LISTS, np.array([True, False, False])) == pytest.approx([0.5, 1.0])
