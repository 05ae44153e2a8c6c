"""The checker finds what contradicts itself, what does nothing and what does less than meant, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from daogou.core.types import Item
from daogou.decide.rules.check import check
from daogou.decide.rules.findings import ERRORS, WORDS, Finding
from daogou.decide.rules.reading import read_rules
from daogou.decide.shop import Shop

from ..conftest import NOW_US, item

TODAY, TOMORROW = "2023-11-14", "2023-11-15"
PIN = {"action": "pin", "position": 0, "items": ["i1"]}


@pytest.fixture()
def shop(make_shop: Callable[..., Shop]) -> Shop:
    products = [item(number) for number in range(8)]
    products += [Item("s", {"en": "small"}, group_id="cup"), Item("l", {"en": "large"}, group_id="cup")]
    products += [item(8 - 8, is_hidden=True)]
    return make_shop(items=products)


def found(shop: Shop, *rows: dict[str, Any]) -> list[Finding]:
    named = [{"id": f"r{number}", **row} for number, row in enumerate(rows)]
    rules, problems = read_rules(named, "UTC")
    assert problems == []
    return check(rules, shop.catalogue, shop.settings.placements, NOW_US)


def codes(shop: Shop, *rows: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code, one.rules) for one in found(shop, *rows)]


def test_a_good_set_has_nothing_to_be_said(shop: Shop) -> None:
    assert (
        codes(shop, PIN, {"action": "hide", "items": ["i2"]}, {"action": "cap", "at_most": 2, "filter": "id != 'x'"})
        == []
    )


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (PIN, {**PIN, "position": 3}, "pinned_twice"),
        (PIN, {**PIN, "items": ["i2"]}, "position_taken"),
        ({**PIN, "items": ["i2", "i3"]}, {**PIN, "position": 1, "items": ["i4"]}, "position_taken"),
        (PIN, {"action": "hide", "filter": 'category = "Kitchen"'}, "pinned_and_hidden"),
        (
            {"action": "boost", "factor": 2, "items": ["i1", "i2"]},
            {"action": "bury", "items": ["i2", "i1"]},
            "boosted_and_buried",
        ),
        (
            {"action": "boost", "factor": 2, "items": ["i1", "i2"]},
            {"action": "bury", "items": ["i2"]},
            "boosted_and_buried_in_part",
        ),
        (
            {"action": "quota", "at_least": 3, "items": ["i1", "i2"]},
            {"action": "cap", "at_most": 2, "filter": 'category = "Kitchen"'},
            "quota_above_cap",
        ),
        (
            {"action": "pin", "position": 0, "items": ["i5", "i6"]},
            {"action": "cap", "at_most": 1, "filter": 'category = "Toys"'},
            "pins_above_cap",
        ),
        ({**PIN, "items": ["s"]}, {**PIN, "position": 1, "items": ["l"]}, "pinned_variants"),
    ],
)
def test_two_rules_that_meet_and_contradict(shop: Shop, one: dict[str, Any], other: dict[str, Any], code: str) -> None:
    assert codes(shop, one, other) == [(code, ("r0", "r1"))]
    assert codes(shop, {**one, "enabled": False}, other) == []
    apart = [
        ({"placements": ["trending"]}, {"placements": ["home_for_you", "cart_addon"]}),
        ({"until": TODAY}, {"from": TOMORROW}),
        ({"store": "leeds"}, {"store": "york"}),
        ({"segments": {"segment": ["vip"]}}, {"segments": {"segment": ["new", "lapsed"]}}),
    ]
    for first, second in apart:
        assert codes(shop, {**one, **first}, {**other, **second}) == []
    near = [
        ({"placements": ["trending"]}, {}),
        ({"until": TODAY}, {"from": TODAY}),
        ({"store": "leeds"}, {}),
        ({"segments": {"segment": ["vip"]}}, {"segments": {"city": ["Leeds"]}}),
    ]
    for first, second in near:
        assert codes(shop, {**one, **first}, {**other, **second}) == [(code, ("r0", "r1"))]


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ({**PIN, "placements": ["homepage"]}, "unknown_placement", "placements"),
        ({"action": "hide", "items": ["i1"], "until": "2023-11-13"}, "past_its_end", "until"),
        ({"action": "hide", "filter": "price > 5"}, "matches_no_item", "filter"),
        ({"action": "hide", "items": ["nothing"]}, "matches_no_item", "items"),
        ({"action": "hide", "items": ["i1", "nothing"]}, "unknown_item", "items"),
        (
            {"action": "quota", "at_least": 13, "items": ["i1"], "placements": ["trending"]},
            "quota_above_limit",
            "at_least",
        ),
        ({"action": "quota", "at_least": 25, "items": ["i1"]}, "quota_above_limit", "at_least"),
        ({**PIN, "position": 12, "placements": ["trending"]}, "position_past_end", "position"),
        ({**PIN, "items": ["i0"]}, "pinned_but_barred", "items"),
        ({**PIN, "items": ["s", "l"]}, "pinned_variants", "items"),
    ],
)
def test_one_rule_that_cannot_do_what_it_says(shop: Shop, row: dict[str, Any], code: str, field: str) -> None:
    (one,) = found(shop, row)
    assert (one.code, one.rules, one.field) == (code, ("r0",), field)
    assert one.severity == ("error" if code in ERRORS else "warning")


def test_sentences_name_the_rules_and_the_items_in_both_languages(shop: Shop) -> None:
    (one,) = found(shop, PIN, {**PIN, "position": 3})
    assert one.text == {
        "en": "Rules r0 and r1 pin item i1 to different positions at the same time.",
        "zh": "规则 r0 和 r1 在同一时间把商品 i1 固定在不同位置。",
    }
    (barred,) = found(shop, {**PIN, "items": ["i0"]})
    assert barred.text["en"] == "Rule r0: item i0 cannot be shown now (hidden); its place goes to the list meanwhile."
    assert all(set(words) == {"en", "zh"} for words in WORDS.values())
    assert set(WORDS) >= ERRORS


def test_errors_come_first_and_each_pair_is_told_once(shop: Shop) -> None:
    ten = {"action": "pin", "position": 0, "items": ["i1", "i2", "i3"]}
    told = found(shop, {"action": "hide", "filter": "price > 5"}, ten, {**ten, "position": 1})
    assert [one.severity for one in told] == ["error", "error", "warning"]
    assert [one.code for one in told] == ["pinned_twice", "position_taken", "matches_no_item"]
