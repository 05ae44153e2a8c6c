"""The table of what is searched agrees with the recipes it speaks of."""

from __future__ import annotations

import dataclasses

import pytest

from daogou.learn.models import RECIPES, recipe, recipe_class, settings_of
from daogou.learn.tuning.ranges import Choice, Number, Whole, every_point, tidied
from daogou.learn.tuning.spaces import SPACES, space_of

ENTRIES = [(name, setting) for name, space in SPACES.items() for setting in space]


@pytest.mark.parametrize("name", SPACES)
def test_every_entry_is_a_recipe_on_the_shelf(name: str) -> None:
    assert name in RECIPES


@pytest.mark.parametrize(("name", "setting"), ENTRIES)
def test_every_setting_exists_and_its_default_lies_within_the_range(name: str, setting: str) -> None:
    assert setting in {field.name for field in dataclasses.fields(recipe_class(name))}
    assert space_of(name)[setting].holds(settings_of(recipe(name))[setting])


@pytest.mark.parametrize(("name", "setting"), ENTRIES)
def test_the_recipe_takes_both_ends_of_every_range(name: str, setting: str) -> None:
    span = space_of(name)[setting]
    ends = span.options if isinstance(span, Choice) else (span.low, span.high)
    for end in ends:
        assert settings_of(recipe(name, **{setting: end}))[setting] == end


@pytest.mark.parametrize(("name", "setting"), ENTRIES)
def test_a_range_spans_something_and_steps_by_ratio_only_above_zero(name: str, setting: str) -> None:
    span = space_of(name)[setting]
    if isinstance(span, Choice):
        assert len(set(span.options)) == len(span.options) > 1
    else:
        assert span.low < span.high
        assert span.low > 0 or not span.log


def test_a_recipe_without_an_entry_has_nothing_to_search() -> None:
    assert space_of("somebody else's model") == {}


@pytest.mark.parametrize(
    ("span", "inside", "outside"),
    [
        (Whole(2, 5), (2, 5), (1, 6, 3.0, True, "3")),
        (Number(0.5, 2.0), (0.5, 2.0, 1), (0.49, 2.01, True, "1")),
        (Choice(("a", "b")), ("a",), ("c", 1)),
        (Choice((True, False)), (True,), (1, 0)),
    ],
)
def test_a_range_holds_its_ends_and_nothing_beyond(
    span: Whole | Number | Choice, inside: tuple[object, ...], outside: tuple[object, ...]
) -> None:
    assert all(span.holds(value) for value in inside)
    assert not any(span.holds(value) for value in outside)


def test_numbers_are_written_as_a_person_would_and_never_leave_the_range() -> None:
    space = {"a": Number(1e-4, 0.12345), "b": Whole(1, 9), "c": Choice(("x", "y"))}
    assert tidied(space, {"a": 0.0123456, "b": 7, "c": "y"}) == {"a": 0.0123, "b": 7, "c": "y"}
    assert tidied(space, {"a": 0.12345, "b": 7, "c": "y"})["a"] == 0.123
    assert tidied({"a": Number(1.2345, 9.0)}, {"a": 1.2345})["a"] == 1.2345


def test_a_small_space_is_listed_and_a_large_one_is_not() -> None:
    assert every_point({"n": Whole(1, 2), "c": Choice(("x", "y"))}) == [
        {"n": 1, "c": "x"},
        {"n": 1, "c": "y"},
        {"n": 2, "c": "x"},
        {"n": 2, "c": "y"},
    ]
    assert every_point({"n": Number(1.0, 2.0)}) is None
    assert every_point({"n": Whole(1, 30), "m": Whole(1, 30)}) is None
    assert every_point({}) == [{}]
