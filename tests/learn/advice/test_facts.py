"""The facts of a shop, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.types import EVENT_NUMBER, Item
from daogou.data.dataset import Dataset
from daogou.learn.advice.facts import facts_of

DAY, MINUTE = 86_400_000_000, 60_000_000
BUY, VIEW, RATE = (EVENT_NUMBER[name] for name in ("purchase", "view_item", "rate_item"))

# shopper, item, day, minute, event
ROWS = [
    (0, 0, 0, 0, VIEW),  # one visit of two items, then the tea again ten days later
    (0, 1, 0, 5, BUY),
    (0, 1, 10, 0, BUY),
    (1, 0, 1, 0, BUY),  # one item, one day
    (2, 2, 2, 0, VIEW),  # an unknown visitor; 31 minutes apart are two visits
    (2, 0, 2, 31, VIEW),
    (2, 3, 12, 0, RATE),
]


@pytest.fixture
def dataset() -> Dataset:
    user, item, day, minute, event = (np.array(column) for column in zip(*ROWS, strict=True))
    long = "x" * 100
    return Dataset.of(
        user.astype(np.int32),
        item.astype(np.int32),
        at_us=day * DAY + minute * MINUTE,
        event=event.astype(np.uint8),
        value=np.where(event == RATE, 4.0, np.nan).astype(np.float32),
        user_ids=["u:anna", "u:ben", "v:seen"],
        item_ids=["a", "b", "c", "d", "e"],
        items=[
            Item("a", {"en": "Tea", "zh": "茶"}, description={"en": long}, images=("a.jpg",)),
            Item("b", {"en": "Pot"}, description={"en": long[:-1]}),
            Item("c", {"zh": "杯"}),
            Item("d", {}),
            Item("e", {"en": ""}),
        ],
        baskets=csr_matrix(np.array([[1, 1, 0, 0, 0], [0, 1, 0, 0, 0], [1, 0, 0, 0, 0]], np.float32)),
        basket_at_us=np.array([0, DAY, DAY]),
    )


def test_every_fact_of_a_small_shop(dataset: Dataset) -> None:
    found = facts_of(dataset, 11 * DAY)
    assert (found.items, found.items_taken, found.shoppers, found.visitors) == (5, 4, 3, 1)
    assert (found.interactions, found.purchases, found.ratings) == (7, 3, 1)
    assert dict(found.interactions_by) == {"view_item": 3, "purchase": 3, "rate_item": 1}
    assert found.days == 12
    assert found.density == pytest.approx(6 / 15)
    assert (found.items_per_shopper, found.one_item) == (2.0, pytest.approx(1 / 3))
    assert found.items_per_busy == pytest.approx(2.8)
    assert found.coming_back == pytest.approx(2 / 3)
    assert found.items_per_visit == pytest.approx(7 / 6)  # two items once, and five visits of one
    assert found.visits_of_several == pytest.approx(1 / 6)
    assert found.repeats == pytest.approx(1 / 2)  # anna's pot, not ben's tea
    assert (found.orders, found.orders_of_several) == (3, pytest.approx(1 / 3))
    assert dict(found.texts) == {"en": 0.4, "zh": 0.4}
    assert (found.described, found.long_texts, found.pictures) == (0.6, 0.2, 0.2)
    assert found.cold == 1.0  # the only item newly taken from day 11 on is one nobody had
    assert found.head == pytest.approx(3 / 6)  # one of four taken items, with three of six pairs
    assert found.gini == pytest.approx(2 * (1 * 1 + 2 * 1 + 3 * 1 + 4 * 3) / (4 * 6) - 5 / 4)


def test_an_item_taken_before_is_not_cold(dataset: Dataset) -> None:
    assert facts_of(dataset, 10 * DAY).cold == 1.0  # buying the pot again on day 10 is nothing newly taken
    assert facts_of(dataset, 2 * DAY).cold == pytest.approx(2 / 3)  # cup and last item are new, the tea is not
    assert facts_of(dataset).cold == 0.0


def test_best_sellers_that_change_turn_over() -> None:
    def shop(late: int) -> Dataset:
        item = np.concatenate([np.arange(10), np.arange(late, late + 10)])
        at_us = np.concatenate([np.full(10, 10 * DAY), np.full(10, 40 * DAY)])
        return Dataset.of(np.arange(20, dtype=np.int32), item.astype(np.int32), at_us=at_us)

    assert [facts_of(shop(late)).turnover for late in (0, 5, 10)] == [0.0, 0.5, 1.0]


def test_a_busy_month_stands_out() -> None:
    at_us = np.concatenate([np.repeat([0, 40, 70], 10), np.full(40, 100), [129]]) * DAY
    data = Dataset.of(np.arange(len(at_us), dtype=np.int32), np.zeros(len(at_us), np.int32), at_us=at_us)
    # from the newest back: days 100 and 129 (41), 70 (10), 40 (10), none in 10 to 39, and a rest too short to count
    assert facts_of(data).busiest_month == pytest.approx(41 / (61 / 4))


@pytest.mark.parametrize("n_items", [0, 3])
def test_a_shop_with_nothing_has_facts_too(n_items: int) -> None:
    nothing = np.empty(0, np.int32)
    found = facts_of(Dataset.of(nothing, nothing, n_items=n_items), 5)
    assert (found.shoppers, found.interactions, found.density, found.gini, found.turnover) == (0, 0, 0.0, 0.0, 0.0)
    assert all(np.isfinite(list(found.numbers().values())))


def test_equal_shares_are_even_and_one_with_all_is_not() -> None:
    even = Dataset.of(np.arange(40, dtype=np.int32), (np.arange(40) % 10).astype(np.int32))
    skewed = Dataset.of(np.arange(109, dtype=np.int32), np.maximum(np.arange(109) - 99, 0).astype(np.int32))
    assert facts_of(even).gini == pytest.approx(0.0)
    assert facts_of(skewed).gini > 0.8
