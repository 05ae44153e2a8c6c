"""What is cheaper than it was, by its list price or by how its price moved; the reason names both prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from daogou.core.clock import DAY_US
from daogou.decide.shop import Shop

from ..conftest import NOW_US, item
from .conftest import Ask


def priced(shop: Shop, number: int, price: int, days_ago: float) -> None:
    """The price as it stands from that day on."""
    shop.store.prices.clock = lambda: NOW_US - int(days_ago * DAY_US)  # type: ignore[attr-defined]
    shop.store.change_item(f"i{number}", lambda one: replace(one, price_minor=price))


def test_the_deeper_cut_comes_first_and_both_prices_are_named(make_shop: Callable[..., Shop], ask: Ask) -> None:
    items = [
        item(0, price_minor=750, list_price_minor=1000),
        item(1, price_minor=500, list_price_minor=1000),
        item(2, price_minor=900, list_price_minor=900),
        item(3, list_price_minor=900),
    ]
    shown = ask(make_shop(items=items), "on_sale")
    assert [(one, reason.text) for one, reason in shown] == [
        ("i1", "50% off: £5.00 instead of £10.00"),
        ("i0", "25% off: £7.50 instead of £10.00"),
    ]


def test_a_price_drop_is_remembered_with_when_and_from_what(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(items=[item(0, price_minor=1000), item(1, price_minor=1000)])
    assert ask(shop, "on_sale") == []
    priced(shop, 0, 800, days_ago=3)
    (first, reason), *others = ask(shop, "on_sale", language="zh")
    assert (first, reason.code, reason.text, others) == ("i0", "price_dropped", "价格从£10.00降到£8.00", [])
    shop.clock = lambda: NOW_US + 28 * DAY_US
    assert ask(shop, "on_sale") == []


def test_a_price_that_was_raised_to_be_lowered_is_no_offer(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(items=[item(0, price_minor=800)])
    priced(shop, 0, 1200, days_ago=10)
    priced(shop, 0, 900, days_ago=1)
    assert ask(shop, "on_sale") == []
    priced(shop, 0, 700, days_ago=0.5)
    assert ask(shop, "on_sale")[0][1].text == "Price dropped from £8.00 to £7.00"
    priced(shop, 0, 750, days_ago=0.1)
    assert ask(shop, "on_sale") == []


def test_an_item_that_came_a_moment_ago_is_on_sale_at_once(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(items=[item(0, price_minor=1000)])
    shop.store.put_items([item(1, price_minor=500, list_price_minor=800)])
    shop.catalogue.refresh()
    assert [one for one, _ in ask(shop, "on_sale")] == ["i1"]


def test_a_change_of_currency_is_no_drop(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(items=[item(0, price_minor=1000)])
    shop.store.put_items([item(0, price_minor=900, currency="EUR")])
    assert ask(shop, "on_sale") == []
    assert list(shop.store.prices.since(0)) == []
