"""What is bought regularly comes back when it is due, and the reason says when that is."""

from __future__ import annotations

from collections.abc import Callable

from daogou.core.clock import DAY_US, isoformat
from daogou.decide.shop import Shop

from ..conftest import NOW_US, event
from .conftest import Ask


def date(days_from_now: float) -> str:
    return isoformat(NOW_US + int(days_from_now * DAY_US))[:10]


def test_what_is_due_comes_before_what_was_bought_more_lately(make_shop: Callable[..., Shop], ask: Ask) -> None:
    tea = [event("purchase", "i0", days_ago=days) for days in (95.0, 64.0, 33.0)]
    shop = make_shop(events=[*tea, event("purchase", "i3", days_ago=2.0)])
    (first, reason), (second, other) = ask(shop, "buy_again")
    assert (first, reason.code) == ("i0", "buy_again_due")
    assert reason.text == f"You bought this before; it was due on {date(-2)}"
    assert [(one.item_id, one.event) for one in reason.evidence] == [("i0", "purchase")]
    assert (second, other.code) == ("i3", "buy_again")


def test_what_has_no_interval_of_its_own_takes_that_of_its_category(make_shop: Callable[..., Shop], ask: Ask) -> None:
    balls = [event("purchase", "i6", days_ago=days) for days in (50.0, 40.0)]
    kitchen = [event("purchase", "i0", days_ago=days) for days in (100.0, 10.0)]
    shop = make_shop(events=[*balls, *kitchen, event("purchase", "i5", days_ago=9.0)])
    reasons = dict(ask(shop, "buy_again", language="zh"))
    assert reasons["i5"].text == f"您之前买过，预计{date(1)}需要补货"
    assert reasons["i5"].code == "buy_again_soon"
    assert reasons["i0"].code == reasons["i6"].code == "buy_again"  # not yet, and too long ago


def test_lines_of_one_day_are_one_order_and_returns_do_not_come_back(make_shop: Callable[..., Shop], ask: Ask) -> None:
    same_day = [event("purchase", "i0", days_ago=days) for days in (5.0, 5.1)]
    returned = [event("purchase", "i1", days_ago=4.0), event("refund", "i1", days_ago=3.0)]
    shop = make_shop(events=[*same_day, *returned])
    assert [(one, reason.code) for one, reason in ask(shop, "buy_again")] == [("i0", "buy_again")]
    assert ask(shop, "buy_again", user="new") == []
