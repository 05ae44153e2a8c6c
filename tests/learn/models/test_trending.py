from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.trending import Trending


def test_interest_halves_every_half_life_before_the_last_event() -> None:
    at_us = np.array([0, 7, 14], np.int64) * DAY_US
    dataset = Dataset.of(np.array([0, 1, 2], np.int32), np.array([0, 1, 2], np.int32), at_us=at_us)
    model = Trending(half_life_days=7.0).fit(dataset)
    np.testing.assert_allclose(model.score_all(Query()), [0.25, 0.5, 1.0])
    assert model.now_us == 14 * DAY_US


def test_a_shopper_counts_once_per_item_at_the_latest_event() -> None:
    at_us = np.array([0, 7, 14, 14], np.int64) * DAY_US
    dataset = Dataset.of(np.array([0, 0, 0, 1], np.int32), np.array([0, 0, 0, 1], np.int32), at_us=at_us)
    np.testing.assert_allclose(Trending(half_life_days=7.0).fit(dataset).heat, [1.0, 1.0])


def test_an_item_sold_more_but_long_ago_stands_behind() -> None:
    at_us = np.array([0, 0, 0, 100], np.int64) * DAY_US
    dataset = Dataset.of(np.array([0, 1, 2, 3], np.int32), np.array([0, 0, 0, 1], np.int32), at_us=at_us)
    heat = Trending(half_life_days=14.0).fit(dataset).heat
    assert heat[1] > heat[0] > 0


def test_a_returned_item_does_not_trend() -> None:
    dataset = Dataset.of(
        np.array([0, 1], np.int32), np.array([0, 1], np.int32), weight=np.array([1.0, -4.0], np.float32)
    )
    assert Trending().fit(dataset).heat[1] == 0


def test_where_nobody_is_known_orders_count_with_their_times() -> None:
    nothing = np.empty(0, np.int32)
    baskets = csr_matrix(np.array([[1, 0], [0, 1]], np.float32))
    times = np.array([0, 14], np.int64) * DAY_US
    dataset = Dataset.of(nothing, nothing, n_users=0, n_items=2, baskets=baskets, basket_at_us=times)
    np.testing.assert_allclose(Trending(half_life_days=14.0).fit(dataset).heat, [0.5, 1.0])


def test_very_old_events_fade_to_nothing_without_a_warning() -> None:
    at_us = np.array([0, 10**17], np.int64)
    dataset = Dataset.of(np.array([0, 1], np.int32), np.array([0, 1], np.int32), at_us=at_us)
    np.testing.assert_array_equal(Trending(half_life_days=0.5).fit(dataset).heat, [0.0, 1.0])
