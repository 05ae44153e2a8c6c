from __future__ import annotations

import numpy as np

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.sessions import MINUTE_US, begins_session, fading, moments_back, sessions_of


def log(user: list[int], item: list[int], minute: list[int], weight: list[float] | None = None) -> Dataset:
    return Dataset.of(
        np.array(user, np.int32),
        np.array(item, np.int32),
        at_us=np.array(minute, np.int64) * MINUTE_US,
        weight=None if weight is None else np.array(weight, np.float32),
    )


def test_a_session_ends_where_nothing_happened_for_longer_than_the_gap() -> None:
    user, minute = np.array([0, 0, 0, 1], np.int32), np.array([0, 30, 61, 61], np.int64)
    np.testing.assert_array_equal(begins_session(user, minute * MINUTE_US, 30), [True, False, True, True])


def test_the_session_that_ended_first_comes_first() -> None:
    past = sessions_of(log([0, 0, 1, 1], [5, 6, 7, 8], [10, 20, 0, 15]), 30)
    np.testing.assert_array_equal(past.item, [7, 8, 5, 6])
    np.testing.assert_array_equal(past.starts, [0, 2, 4])
    np.testing.assert_array_equal(past.ended_us, [15 * MINUTE_US, 20 * MINUTE_US])
    np.testing.assert_array_equal(past.number, [0, 0, 1, 1])


def test_the_lines_of_one_order_share_a_moment() -> None:
    past = sessions_of(log([0, 0, 0, 0], [1, 2, 3, 4], [0, 5, 5, 9]), 30)
    np.testing.assert_array_equal(past.moment, [0, 1, 1, 2])


def test_an_item_that_follows_itself_counts_once_at_its_first_time() -> None:
    past = sessions_of(log([0] * 5, [3, 3, 4, 3, 3], [0, 1, 2, 3, 40]), 60)
    np.testing.assert_array_equal(past.item, [3, 4, 3])
    np.testing.assert_array_equal(past.moment, [0, 1, 2])
    np.testing.assert_array_equal(past.ended_us, [40 * MINUTE_US])


def test_an_item_of_two_orders_in_a_row_counts_in_both() -> None:
    past = sessions_of(log([0] * 4, [1, 2, 2, 3], [0, 0, 5, 5]), 60)
    np.testing.assert_array_equal(past.item, [1, 2, 2, 3])
    np.testing.assert_array_equal(past.moment, [0, 0, 1, 1])


def test_a_line_reported_twice_counts_once() -> None:
    past = sessions_of(log([0] * 5, [1, 1, 2, 2, 2], [0, 0, 0, 5, 5]), 60)
    np.testing.assert_array_equal(past.item, [1, 2, 2])
    np.testing.assert_array_equal(past.moment, [0, 0, 1])


def test_what_was_given_back_or_disliked_is_no_part_of_a_session() -> None:
    past = sessions_of(log([0, 0, 0], [1, 2, 3], [0, 1, 2], [1.0, -4.0, 1.0]), 30)
    np.testing.assert_array_equal(past.item, [1, 3])


def test_without_times_a_shopper_is_one_session_in_order() -> None:
    past = sessions_of(Dataset.of(np.array([1, 0, 1], np.int32), np.array([4, 2, 3], np.int32)), 30)
    np.testing.assert_array_equal(past.item, [2, 4, 3])
    np.testing.assert_array_equal(past.moment, [0, 0, 1])


def test_a_log_without_rows_has_no_sessions() -> None:
    past = sessions_of(log([], [], []), 30)
    assert len(past.ended_us) == 0
    np.testing.assert_array_equal(past.starts, [0])


def test_moments_are_counted_back_from_the_newest_known_item() -> None:
    history = np.array([4, 9, 5, 6], np.int32)
    np.testing.assert_array_equal(moments_back(Query(history), 10), [3, 2, 1, 0])
    np.testing.assert_array_equal(moments_back(Query(history), 8), [2, 1, 0])
    times = np.array([10, 20, 30, 30], np.int64)
    np.testing.assert_array_equal(moments_back(Query(history, at_us=times), 10), [2, 1, 0, 0])
    np.testing.assert_array_equal(moments_back(Query(history, at_us=times), 8), [1, 0, 0])
    assert len(moments_back(Query(at_us=np.empty(0, np.int64)), 8)) == 0


def test_a_weight_fades_to_one_in_e_over_its_reach_and_never_without_one() -> None:
    np.testing.assert_allclose(fading(np.array([0, 3, 6], np.int32), 3.0), np.exp([0.0, -1.0, -2.0]), rtol=1e-6)
    np.testing.assert_array_equal(fading(np.array([0, 3], np.int32), 0.0), [1.0, 1.0])
