"""No exit lets an unsuitable item through, and of whom nothing is known gets only what suits everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daogou.core.types import Consent, Item, User
from daogou.decide.pipeline import explain, recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.book import RuleBook
from daogou.decide.rules.rule import Rule
from daogou.decide.shop import Shop

from .conftest import Everybody, item


def fund(name: str, **attributes: tuple[str, ...]) -> Item:
    return Item(name, {"en": name}, kind="financial_product", attributes=attributes)


FUNDS = [
    fund("cash", risk_level=("1",)),
    fund("bonds", risk_level=("2",)),
    fund("stocks", risk_level=("4",)),
    fund("silent"),
    fund("odd", risk_level=("high",)),
    fund("both", risk_level=("1", "5")),
]


def shown(shop: Shop, user: str | None, **rest: object) -> set[str]:
    slate = recommend(shop, RecommendRequest("new_arrivals", user, **rest))  # type: ignore[arg-type]
    return {one.item_id for one in slate.items}


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        (None, {"cash"}),
        (("2",), {"cash", "bonds"}),
        (("5",), {"cash", "bonds", "stocks", "both"}),
        (("5", "2"), {"cash", "bonds"}),
        (("brave",), {"cash"}),
        (("nan",), {"cash"}),
        (("inf",), {"cash"}),
    ],
)
def test_risk_is_at_most_what_the_shopper_can_bear(
    make_shop: Callable[..., Shop], tolerance: tuple[str, ...] | None, expected: set[str]
) -> None:
    shop = make_shop(items=FUNDS)
    shop.store.put_users([User("ann", attributes={} if tolerance is None else {"risk_tolerance": tolerance})])
    assert shown(shop, "ann") == expected


def test_whoever_wants_no_profile_is_unknown(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(items=FUNDS)
    brave = {"risk_tolerance": ("5",)}
    shop.store.put_users([User("ann", brave), User("bob", brave, Consent(personalization="denied"))])
    assert shown(shop, "ann", personalize=False) == shown(shop, "bob") == shown(shop, None) == {"cash"}


def test_an_item_with_a_least_age_goes_to_nobody_who_is_not_known_to_have_it(make_shop: Callable[..., Shop]) -> None:
    wine = item(0, attributes={"min_age": ("18",)})
    shop = make_shop(items=[wine, item(1)])
    shop.store.put_users([User("ann", {"age": ("30",)}), User("tim", {"age": ("17",)})])
    assert [shown(shop, one) for one in ("ann", "tim", None)] == [{"i0", "i1"}, {"i1"}, {"i1"}]


def test_neither_pin_nor_filler_gets_past_it(make_shop: Callable[..., Shop], everybody: Everybody) -> None:
    risky = [fund(f"f{number}", risk_level=("5",)) for number in range(7)]
    shop = make_shop(items=[*risky, fund("cash", risk_level=("1",))], models={"trending": everybody})
    pin = Rule("top", "pin", items=("f0",), position=0)
    RuleBook(shop.store.rules, "UTC").write([pin], expected_version=0, at_us=1, author="test")
    request = RecommendRequest("home_for_you")
    slate = recommend(shop, request)
    assert [(one.item_id, one.is_filler) for one in slate.items] == [("cash", True)]
    told = explain(shop, request, "f0")
    assert (told.filtered_by, told.verdict.code) == ("unsuitable", "unsuitable")


def test_a_shop_says_its_own_rule(make_shop: Callable[..., Shop]) -> None:
    own = {"level": {"item": "max_level", "user": "level", "comparison": "at_least", "unknown": 1}}
    shop = make_shop(items=[item(0, attributes={"max_level": ("2",)}), item(1)], flags={"suitability": own})
    shop.store.put_users([User("ann", {"level": ("3",)})])
    assert (shown(shop, "ann"), shown(shop, None)) == ({"i1"}, {"i0", "i1"})
