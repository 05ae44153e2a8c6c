"""Rules are read whole or refused with every mistake named: which rule, which field, which value, what is allowed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daogou.core.clock import to_us
from daogou.decide.rules.reading import read_rules
from daogou.decide.rules.rule import ACTIONS, row_of

WHOLE = {
    "id": "spring",
    "action": "boost",
    "factor": 2.5,
    "items": ["i1", "i2"],
    "filter": 'brand = "Clay"',
    "placements": ["home_for_you"],
    "segments": {"segment": ["vip", "gold"]},
    "store": "leeds",
    "from": "2026-03-01",
    "until": "2026-03-31",
    "note": "春季",
}


def us(*parts: int) -> int:
    return to_us(datetime(*parts, tzinfo=UTC))  # type: ignore[misc, arg-type]


def problems(**row: Any) -> list[tuple[str, str]]:
    """(field, rule) of everything wrong with one rule."""
    rules, found = read_rules([{"id": "r", **row}], "UTC")
    assert bool(rules) != bool(found)
    return [(one.field, one.rule) for one in found]


def test_a_rule_comes_back_as_it_was_written() -> None:
    for row in (WHOLE, {**WHOLE, "enabled": False}, {"id": "a", "action": "hide", "items": ["x"]}):
        rules, found = read_rules([row], "UTC")
        assert found == []
        assert row_of(rules[0]) == row
        assert read_rules([row_of(rules[0])], "UTC")[0] == rules


def test_a_date_is_a_whole_day_of_the_shop() -> None:
    (rule,), _ = read_rules([WHOLE], "Asia/Shanghai")
    assert (rule.from_us, rule.until_us) == (us(2026, 2, 28, 16), us(2026, 3, 31, 16))
    assert rule.is_on(us(2026, 3, 31, 15, 59))
    assert not rule.is_on(us(2026, 3, 31, 16))
    assert not rule.is_on(us(2026, 2, 28, 15))


def test_a_day_of_twentythree_hours_ends_at_its_own_midnight() -> None:
    (rule,), _ = read_rules([{**WHOLE, "from": "2026-03-29", "until": "2026-03-29"}], "Europe/London")
    assert (rule.from_us, rule.until_us) == (us(2026, 3, 29), us(2026, 3, 29, 23))


def test_moments_and_dates_of_toml_are_read_too() -> None:
    (rule,), found = read_rules([{**WHOLE, "from": date(2026, 3, 1), "until": "2026-03-01T12:00:00+08:00"}], "UTC")
    assert found == []
    assert (rule.starts, rule.from_us, rule.until_us) == ("2026-03-01", us(2026, 3, 1), us(2026, 3, 1, 4))


def test_one_text_counts_as_a_list_of_one() -> None:
    (rule,), _ = read_rules([{"id": "a", "action": "hide", "items": "x", "segments": {"segment": "vip"}}], "UTC")
    assert (rule.items, rule.segments) == (("x",), {"segment": ("vip",)})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"action": "hide"}, ("rules[0].items", "required")),
        ({"action": "hidden", "items": ["x"]}, ("rules[0].action", "invalid_value")),
        ({"items": ["x"]}, ("rules[0].action", "required")),
        ({"action": "boost", "items": ["x"]}, ("rules[0].factor", "required")),
        ({"action": "boost", "items": ["x"], "factor": 0.5}, ("rules[0].factor", "out_of_range")),
        ({"action": "boost", "items": ["x"], "factor": 101}, ("rules[0].factor", "out_of_range")),
        ({"action": "boost", "items": ["x"], "factor": True}, ("rules[0].factor", "out_of_range")),
        ({"action": "boost", "items": ["x"], "factor": float("nan")}, ("rules[0].factor", "out_of_range")),
        ({"action": "bury", "items": ["x"], "factor": 1}, ("rules[0].factor", "out_of_range")),
        ({"action": "bury", "items": ["x"], "factor": 0.001}, ("rules[0].factor", "out_of_range")),
        ({"action": "pin", "items": ["x"]}, ("rules[0].position", "required")),
        ({"action": "pin", "items": ["x"], "position": -1}, ("rules[0].position", "out_of_range")),
        ({"action": "pin", "items": ["x"], "position": 1.0}, ("rules[0].position", "out_of_range")),
        ({"action": "pin", "position": 0, "filter": "price > 1"}, ("rules[0].filter", "unknown_field")),
        ({"action": "cap", "items": ["x"], "at_most": 101}, ("rules[0].at_most", "out_of_range")),
        ({"action": "quota", "items": ["x"], "at_least": 0}, ("rules[0].at_least", "out_of_range")),
        ({"action": "hide", "items": ["x"], "factor": 2}, ("rules[0].factor", "unknown_field")),
        ({"action": "hide", "items": ["x"], "until": "soon"}, ("rules[0].until", "not_a_time")),
        ({"action": "hide", "items": ["x"], "from": 5}, ("rules[0].from", "not_a_time")),
        ({"action": "hide", "items": ["x"], "from": "12/01/2026"}, ("rules[0].from", "ambiguous_date")),
        (
            {"action": "hide", "items": ["x"], "from": "2026-02-02", "until": "2026-02-01"},
            ("rules[0].until", "ends_before_it_begins"),
        ),
        ({"action": "hide", "filter": "price >"}, ("rules[0].filter", "invalid_filter")),
        ({"action": "hide", "items": [1]}, ("rules[0].items", "wrong_type")),
        ({"action": "hide", "items": ["\ud800"]}, ("rules[0].items", "wrong_type")),
        ({"action": "hide", "items": ["x"], "segments": {"a": []}}, ("rules[0].segments.a", "required")),
        ({"action": "hide", "items": ["x"], "segments": ["vip"]}, ("rules[0].segments", "wrong_type")),
        ({"action": "hide", "items": ["x"], "enabled": "no"}, ("rules[0].enabled", "wrong_type")),
        ({"action": "hide", "items": ["x"], "colour": "red"}, ("rules[0].colour", "unknown_field")),
        ({"action": "hide", "items": ["x"], "id": "has space"}, ("rules[0].id", "invalid_value")),
    ],
)
def test_a_mistake_is_named_by_its_field(row: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in problems(**row)


def test_every_mistake_of_every_rule_is_found_and_the_good_rules_stay() -> None:
    rows = [
        WHOLE,
        {"id": "two", "action": "boost", "items": ["x"], "factor": 0.5, "until": "soon"},
        "not a rule",
        WHOLE,
    ]
    rules, found = read_rules(rows, "UTC")
    assert [rule.id for rule in rules] == ["spring"]
    assert [one.field for one in found] == ["rules[1].until", "rules[1].factor", "rules[2].row", "rules[3].id"]
    assert str(found[1]) == ("Rule 'two': factor: 0.5 is not allowed. Use a number above 1 and at most 100.")


def test_a_wrong_filter_is_told_by_its_column() -> None:
    _, (found,) = read_rules([{"id": "r", "action": "hide", "filter": "price > cheap"}], "UTC")
    assert str(found).startswith("Rule 'r': filter: 'price > cheap' is not allowed. Use ")
    assert "at column 9" in found.allowed
    assert "\n" not in str(found)


def test_more_rules_than_can_act_are_refused() -> None:
    _, found = read_rules([{}] * 501, "UTC")
    assert [str(one) for one in found] == ["rules: '501 rules' is not allowed. Use at most 500 rules."]
    assert read_rules({"id": "a"}, "UTC")[1][0].allowed == "a list of rules"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
rows = st.fixed_dictionaries(
    {},
    optional={
        "id": anything | st.just("a"),
        "action": anything | st.sampled_from(ACTIONS),
        **dict.fromkeys(("position", "factor", "items", "filter", "placements", "segments", "from"), anything),
        **dict.fromkeys(("at_most", "at_least", "until", "store", "note", "enabled"), anything),
    },
)


@given(st.lists(anything | rows, max_size=3) | anything)
def test_whatever_is_given_is_read_or_named(given_rows: Any) -> None:
    rules, found = read_rules(given_rows, "Asia/Shanghai")
    for rule in rules:
        assert read_rules([row_of(rule)], "Asia/Shanghai") == ([rule], [])
    assert all(one.field.startswith("rules") and one.allowed for one in found)
    if isinstance(given_rows, list):
        assert rules or found or not given_rows
