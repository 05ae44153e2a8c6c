"""What goes with a cart: by orders, by the shop's own links, and by the total from which delivery is free."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daogou.core.types import Item
from daogou.decide.shop import Shop

from ..conftest import Links, item
from .conftest import Ask

SHIPPING = {"shipping": {"free_from_minor": 3_000}}


def things(**first: object) -> list[Item]:
    prices = [2_000, 500, 1_100, 4_000, 100, 2_500, 700, 900]
    return [item(n, price_minor=price, **(first if n == 0 else {})) for n, price in enumerate(prices)]


def test_before_any_order_the_links_of_the_shop_stand(make_shop: Callable[..., Shop], ask: Ask) -> None:
    linked = {"attributes": {"cross_sell": ("i6", "i3", "unheard-of", "i6")}}
    shown = ask(make_shop(items=things(**linked)), "item_bought_together", item_ids=("i0",))
    assert {one for one, _ in shown} == {"i3", "i6"}
    assert {(reason.code, reason.text) for _, reason in shown} == {("goes_with", "The shop suggests this with “mug”")}
    assert [(one.item_id, one.share) for one in shown[0][1].evidence] == [("i0", 1.0)]


def test_links_stand_beside_what_orders_say(make_shop: Callable[..., Shop], links: Links, ask: Ask) -> None:
    shop = make_shop(items=things(attributes={"cross_sell": ("i6",)}), models={"bought_together": links})
    shown = ask(shop, "cart_addon", cart=("i0",))
    assert [(one, reason.code) for one, reason in shown] == [
        ("i1", "bought_together"),
        ("i6", "goes_with"),
        ("i2", "bought_together"),
    ]


def test_what_reaches_free_delivery_comes_first_and_says_what_is_missing(
    make_shop: Callable[..., Shop], links: Links, ask: Ask
) -> None:
    shop = make_shop(items=things(), models={"bought_together": links}, flags=SHIPPING)
    shown = ask(shop, "cart_addon", cart=("i0",))
    assert [one for one, _ in shown] == ["i2", "i1"]
    assert shown[0][1].text == "Free delivery is £10.00 away, and this goes with “mug”"
    assert [(one.item_id, one.share) for one in shown[0][1].evidence] == [("i0", 1.0)]
    assert shown[1][1].code == "bought_together"


@pytest.mark.parametrize("asked", [{"cart": ("i3", "i0")}, {"item_ids": ("i0",)}])
def test_who_has_free_delivery_or_no_cart_hears_nothing_of_it(
    make_shop: Callable[..., Shop], links: Links, ask: Ask, asked: dict[str, tuple[str, ...]]
) -> None:
    shop = make_shop(items=things(), models={"bought_together": links}, flags=SHIPPING)
    assert "free_shipping" not in {reason.code for _, reason in ask(shop, "cart_addon", **asked)}


def test_a_set_has_one_of_each_kind_and_is_priced_as_a_sum(
    make_shop: Callable[..., Shop], links: Links, ask: Ask
) -> None:
    shop = make_shop(items=things(attributes={"cross_sell": ("i5", "i6")}), models={"bought_together": links})
    shown = ask(shop, "bundles", item_ids=("i0",))
    assert [one for one, _ in shown] == ["i1", "i5", "i2"]  # i6 is of the category of i5
    assert {reason.text for _, reason in shown} == {"Completes a set with “mug”, together £61.00"}
    assert {reason.code for _, reason in shown} == {"completes_set"}


def test_a_set_leaves_out_what_is_sold_out_or_has_no_price(
    make_shop: Callable[..., Shop], links: Links, ask: Ask
) -> None:
    items = [item(0, price_minor=100), item(1, price_minor=100, availability="out_of_stock"), item(2)]
    shop = make_shop(items=items, models={"bought_together": Links(links.links[:3, :3])})
    assert ask(shop, "bundles", item_ids=("i0",)) == []
    assert ask(shop, "bundles") == []
