"""The coupon that changes the decision comes first, and says what it takes and gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daogou.core.types import Item
from daogou.decide.retrieve.coupons import slug
from daogou.decide.shop import Shop

from ..conftest import event, item
from .conftest import Ask


def coupon(name: str, spend: object, save: object, scope: str = "all") -> Item:
    attributes = {"scope": (scope,), "spend_minor": (str(spend),), "save_minor": (str(save),)}
    return Item(name, {"en": name}, kind="coupon", attributes=attributes)


THINGS = [item(0, price_minor=1500), item(1, price_minor=2000), item(5, price_minor=900)]
COUPONS = [
    coupon("any", 10_000, 1_000),
    coupon("near", 2_000, 300),
    coupon("kitchen", 1_200, 200, "kitchen"),
    coupon("toys", 500, 100, "toys"),
]


def test_what_the_cart_has_earned_then_what_it_nearly_has(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shown = ask(make_shop(items=[*THINGS, *COUPONS]), "coupons", cart=("i0",))
    assert [(one, reason.text) for one, reason in shown] == [
        ("kitchen", "Takes £2.00 off your cart"),
        ("near", "£5.00 more in your cart saves £3.00"),
        ("any", "£85.00 more in your cart saves £10.00"),
        ("toys", "Saves £1.00 from £5.00 on"),
    ]
    assert [[one.item_id for one in reason.evidence] for _, reason in shown] == [["i0"], ["i0"], ["i0"], []]


def test_without_a_cart_what_fits_the_looks(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(items=[*THINGS, *COUPONS], events=[event("view_item", "i5")])
    first, reason = ask(shop, "coupons", language="zh")[0]
    assert (first, reason.code, reason.text) == ("toys", "coupon_fits", "适合您浏览的商品：满£5.00减£1.00")
    assert [(one.item_id, one.share, one.event) for one in reason.evidence] == [("i5", 1.0, "view_item")]
    assert {reason.code for _, reason in ask(shop, "coupons", personalize=False)} == {"coupon"}


@pytest.mark.parametrize(("spend", "save"), [("many", 100), (100, "much"), ("", ""), (100, 0), (-5, 3)])
def test_a_coupon_that_does_not_say_what_it_gives_comes_last_and_claims_nothing(
    make_shop: Callable[..., Shop], ask: Ask, spend: object, save: object
) -> None:
    shown = ask(make_shop(items=[*THINGS, coupon("odd", spend, save), *COUPONS]), "coupons", cart=("i0",))
    assert (shown[-1][0], shown[-1][1].text) == ("odd", "Offered by this shop")
    assert len(shown) == 5


def test_a_coupon_without_a_spend_takes_off_at_once(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shown = ask(make_shop(items=[*THINGS, coupon("gift", 0, 100)]), "coupons", cart=("i0",))
    assert [(one, reason.code) for one, reason in shown] == [("gift", "coupon_saves")]


def test_a_shop_without_coupons_shows_none(make_shop: Callable[..., Shop], ask: Ask) -> None:
    assert ask(make_shop(), "coupons", cart=("i0",)) == []


def test_names_become_scopes() -> None:
    names = ("Phones & audio", "Kitchen", "手机 数码")
    assert [slug(name) for name in names] == ["phones-audio", "kitchen", "手机-数码"]
