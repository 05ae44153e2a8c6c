"""Rules that act in some circumstances only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.book import difference
from daogou.decide.rules.check import check, meet
from daogou.decide.rules.reading import read_rules
from daogou.decide.rules.rule import Rule, row_of
from daogou.decide.shop import Shop

from ..conftest import NOW_US, Everybody

HIDE = {"id": "no-rope", "action": "hide", "items": ["i7"]}


def rule(**when: Any) -> Rule:
    rules, problems = read_rules([{**HIDE, "when": when}], "UTC")
    assert problems == []
    return rules[0]


def problem(when: object) -> str:
    rules, problems = read_rules([{**HIDE, "when": when}], "UTC")
    assert rules == []
    assert len(problems) == 1
    return str(problems[0])


@pytest.mark.parametrize(
    ("when", "context", "acts"),
    [
        ({"weather": ["rain"]}, {"weather": "rain"}, True),
        ({"weather": ["rain", "snow"]}, {"weather": "fine"}, False),
        ({"weather": ["rain"]}, {}, False),
        ({"daypart": ["night"]}, {}, True),  # NOW is a Tuesday in November, a quarter past ten in the evening
        ({"daypart": ["morning"]}, {}, False),
        ({"weekday": ["tuesday"], "week": "workday", "season": ["autumn"]}, {}, True),
        ({"weekday": ["tuesday"], "weather": ["rain"]}, {"weather": "fine"}, False),
        ({"holiday": ["none"]}, {}, False),  # no country is set, so nothing is known of holidays
        ({"store": ["leeds"]}, {"store_id": "leeds"}, True),
        ({"device": ["kiosk"]}, {"device": "phone"}, False),
    ],
)
def test_it_acts_in_its_circumstances_alone(
    make_shop: Callable[..., Shop], everybody: Everybody, when: dict[str, Any], context: dict[str, str], acts: bool
) -> None:
    shop = make_shop(models={"trending": everybody})
    shop.rules.write([rule(**when)], expected_version=0, at_us=NOW_US, author="a test")
    listed = recommend(shop, RecommendRequest("trending", limit=8, context=context)).items
    assert ("i7" not in [one.item_id for one in listed]) == acts


def test_it_is_written_as_it_was_read() -> None:
    made = rule(weather=["rain"], daypart="evening")
    assert row_of(made) == {**HIDE, "when": {"weather": ["rain"], "daypart": ["evening"]}}
    assert "when" not in row_of(rule())


def test_mistakes_are_named_with_what_is_allowed() -> None:
    assert "when.daypart: 'noon' is not allowed. Use any of morning, afternoon, evening, night" in problem(
        {"daypart": ["noon"]}
    )
    assert "when.moon" in problem({"moon": ["full"]})
    assert "when.weather" in problem({"weather": []})
    assert "when.weather" in problem({"weather": [3]})
    assert "when" in problem(["rain"])


def test_a_change_of_circumstances_is_a_change() -> None:
    (change,) = difference([rule(weather=["rain"])], [rule(weather=["rain", "snow"])])
    assert change.fields == ("when",)


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ({"weather": ["rain"]}, {"weather": ["fine"]}, False),
        ({"weather": ["rain"]}, {"weather": ["fine", "rain"]}, True),
        ({"weather": ["rain"]}, {"daypart": ["night"]}, True),
        ({"week": ["weekend"]}, {"weekday": ["monday", "friday"]}, False),
        ({"week": ["weekend"]}, {"weekday": ["sunday"]}, True),
        ({}, {"season": ["summer"]}, True),
    ],
)
def test_two_rules_meet_where_their_circumstances_do(one: dict[str, Any], other: dict[str, Any], do: bool) -> None:
    assert meet(rule(**one), rule(**other)) == do


def test_what_never_meets_is_no_contradiction(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop()
    rows: list[dict[str, Any]] = [
        {"id": "up", "action": "boost", "factor": 2, "items": ["i1"], "when": {"weather": ["rain"]}},
        {"id": "down", "action": "bury", "items": ["i1"], "when": {"weather": ["fine"]}},
    ]
    rules, _ = read_rules(rows, "UTC")
    assert check(rules, shop.catalogue, shop.settings.placements, NOW_US) == []
    rules, _ = read_rules([rows[0], {**rows[1], "when": {}}], "UTC")
    assert [one.code for one in check(rules, shop.catalogue, shop.settings.placements, NOW_US)] == [
        "boosted_and_buried"
    ]
