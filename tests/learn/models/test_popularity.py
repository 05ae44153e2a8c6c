from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.popularity import Popularity

BASKETS = csr_matrix(np.array([[1, 1, 0], [0, 1, 0], [0, 1, 1]], np.float32))


def visits() -> Dataset:
    user, item = np.array([0, 0, 0, 1, 1], np.int32), np.array([0, 0, 1, 0, 2], np.int32)
    weight = np.array([1, 1, 1, 1, -6], np.float32)
    return Dataset.of(user, item, weight=weight, n_items=3, baskets=BASKETS)


def test_every_shopper_counts_once_per_item_and_a_dislike_not_at_all() -> None:
    np.testing.assert_array_equal(Popularity().fit(visits()).counts, [2, 1, 0])


def test_orders_can_be_counted_instead() -> None:
    np.testing.assert_array_equal(Popularity(count="orders").fit(visits()).counts, [1, 3, 1])


def test_where_nobody_is_known_orders_count() -> None:
    nothing = np.empty(0, np.int32)
    nobody = Dataset.of(nothing, nothing, n_users=0, n_items=3, baskets=BASKETS)
    np.testing.assert_array_equal(Popularity().fit(nobody).counts, [1, 3, 1])


def test_everybody_gets_the_same_answer() -> None:
    model = Popularity().fit(visits())
    np.testing.assert_array_equal(model.score_all(Query(np.array([1], np.int32))), model.score_all(Query()))
