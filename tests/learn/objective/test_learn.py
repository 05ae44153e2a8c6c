"""What events are worth, recovered from logs whose odds are known."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import NotReady
from daogou.core.types import EVENT_NUMBER, EVENT_WEIGHTS, Item
from daogou.data.dataset import Dataset
from daogou.learn.objective import learn_objective

VIEW, CART, BUY = (EVENT_NUMBER[name] for name in ("view_item", "add_to_cart", "purchase"))


def log(n_users: int, after_view: float, after_cart: float, seed: int = 0) -> Dataset:
    """Each shopper looks at a mug or clicks it in a list, may cart it, and buys another mug with these chances.

    It happens twice: once around the first moment that is learned from, once around the second.
    """
    random = np.random.default_rng(seed)
    rows: list[tuple[int, int, int, int]] = [(0, 2, VIEW, 0), (0, 2, VIEW, 100 * DAY_US)]
    for user in range(2 * n_users):
        start, later = (50, 70) if user < n_users else (70, 90)
        has_cart, has_view = random.random() < 0.5, random.random() < 0.6
        if has_view:
            rows.append((user, 0, VIEW, start * DAY_US))
        else:
            rows.append((user, 0, EVENT_NUMBER["select_item"], start * DAY_US))
        if has_cart:
            rows.append((user, 0, CART, start * DAY_US + 1))
        if random.random() < (after_cart if has_cart else after_view):
            rows.append((user, 1, BUY, later * DAY_US))
    rows.sort()
    user, item, event, at_us = (np.array(column) for column in zip(*rows, strict=True))
    paths = [("Mugs",), ("Mugs",), ("Hats",)]
    return Dataset(
        user_ids=[f"u:{n}" for n in range(2 * n_users)],
        item_ids=["red", "blue", "hat"],
        user=user.astype(np.int32),
        item=item.astype(np.int32),
        weight=np.ones(len(user), np.float32),
        at_us=at_us.astype(np.int64),
        event=event.astype(np.uint8),
        value=np.full(len(user), np.nan, np.float32),
        items=[
            Item(one, {"en": one}, categories=(path,)) for one, path in zip(("red", "blue", "hat"), paths, strict=True)
        ],
    )


def test_the_odds_that_made_the_log_are_found_again() -> None:
    found = learn_objective(log(6_000, 0.1, 0.3), EVENT_WEIGHTS)
    cart = next(one for one in found.events if one.event == "add_to_cart")
    true_ratio = (0.3 / 0.7) / (0.1 / 0.9)
    assert cart.low < true_ratio < cart.high
    assert cart.bought == pytest.approx(0.3, abs=0.03)
    assert found.weights()["view_item"] == 1.0
    assert found.weights()["add_to_cart"] == pytest.approx(true_ratio, rel=0.3)
    assert found.auc > 0.6
    assert found.log_loss < found.base_log_loss


def test_events_nobody_did_have_no_weight() -> None:
    found = learn_objective(log(2_000, 0.1, 0.3), EVENT_WEIGHTS)
    wish = next(one for one in found.events if one.event == "add_to_wishlist")
    assert (wish.n_rows, wish.weight) == (0, None)
    assert "add_to_wishlist" not in found.weights()


def test_a_log_without_purchases_is_not_learned_from() -> None:
    with pytest.raises(NotReady, match="30 of each are needed"):
        learn_objective(log(200, 0.0, 0.0), EVENT_WEIGHTS)


def test_an_empty_log_is_not_learned_from() -> None:
    with pytest.raises(NotReady, match="The log is empty"):
        learn_objective(log(200, 0.1, 0.1).only([]), EVENT_WEIGHTS)
