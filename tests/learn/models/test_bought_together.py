from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.types import EVENT_NUMBER, Query
from daogou.data.dataset import Dataset
from daogou.learn.models.bought_together import BoughtTogether, baskets_of

BASKETS = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1]], np.float32))
PURCHASE, VIEW = EVENT_NUMBER["purchase"], EVENT_NUMBER["view_item"]


def shop(baskets: csr_matrix | None = None, event: list[int] | None = None) -> Dataset:
    """Shopper 0 took items 0, 1, 2; shopper 1 took items 0, 1."""
    return Dataset.of(
        np.array([0, 0, 0, 1, 1], np.int32),
        np.array([0, 1, 2, 0, 1], np.int32),
        event=np.array(event or [PURCHASE] * 5, np.uint8),
        n_items=3,
        baskets=baskets,
    )


def test_the_bond_is_the_cosine_over_orders_worked_by_hand() -> None:
    together = BoughtTogether(shrinkage=0.0, min_baskets=1).fit(shop(BASKETS)).together.toarray()
    assert together[0, 1] == pytest.approx(2 / math.sqrt(3 * 2))
    assert together[0, 2] == pytest.approx(1 / math.sqrt(3 * 1))
    assert together[1, 2] == 0  # shopper 0 took both, but never in one order


def test_one_odd_order_makes_no_advice() -> None:
    together = BoughtTogether().fit(shop(BASKETS)).together.toarray()
    assert together[0, 1] > 0
    assert together[0, 2] == 0


def test_two_mugs_in_an_order_weigh_no_more_than_one() -> None:
    many = BASKETS.copy()
    many.data *= 7
    np.testing.assert_array_equal(
        BoughtTogether().fit(shop(many)).together.toarray(), BoughtTogether().fit(shop(BASKETS)).together.toarray()
    )


def test_unknown_shoppers_orders_are_enough() -> None:
    nothing = np.empty(0, np.int32)
    model = BoughtTogether().fit(Dataset.of(nothing, nothing, n_users=0, n_items=3, baskets=BASKETS))
    assert model.score_all(Query(np.array([0], np.int32)))[1] > 0


def test_without_orders_it_learns_from_what_one_shopper_bought() -> None:
    events = [PURCHASE, PURCHASE, VIEW, PURCHASE, PURCHASE]
    model = BoughtTogether().fit(shop(event=events))
    assert model.together[0, 1] > 0
    assert model.together[0, 2] == 0


def test_orders_of_single_items_are_as_good_as_none() -> None:
    singles = csr_matrix(np.eye(3, dtype=np.float32))
    np.testing.assert_array_equal(baskets_of(shop(singles)).toarray(), shop().matrix().toarray())


def test_without_any_purchase_it_learns_from_all_that_was_taken() -> None:
    model = BoughtTogether().fit(shop(event=[VIEW] * 5))
    assert model.together[0, 1] > 0
