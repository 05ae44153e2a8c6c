from __future__ import annotations

import numpy as np

from daogou.core.types import Query
from daogou.learn.histories import history_matrix, known_history, spread

MIXED = Query(np.array([2, -1, 9, 0], np.int32), np.array([1.0, 5.0, 6.0, 2.0], np.float32))


def test_items_a_model_does_not_know_are_dropped_with_their_weights() -> None:
    history, strengths = known_history(MIXED, 3)
    np.testing.assert_array_equal(history, [2, 0])
    np.testing.assert_array_equal(strengths, [1.0, 2.0])


def test_a_history_that_is_wholly_known_is_passed_on_as_it_is() -> None:
    query = Query(np.array([1, 0], np.int32))
    history, strengths = known_history(query, 2)
    assert history is query.history
    np.testing.assert_array_equal(strengths, [1.0, 1.0])


def test_histories_become_rows_of_weights() -> None:
    matrix = history_matrix([MIXED, Query(), Query(np.array([1], np.int32))], 3)
    np.testing.assert_array_equal(matrix.toarray(), [[2, 0, 1], [0, 0, 0], [0, 1, 0]])
    assert history_matrix([], 3).shape == (0, 3)


def test_contributions_go_back_to_the_places_of_the_known_items() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)
    np.testing.assert_array_equal(spread(rows, MIXED, 3), [[1, 2], [0, 0], [0, 0], [3, 4]])
