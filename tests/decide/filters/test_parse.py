"""Errors point to the place, say what was expected, and come before any limit is passed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daogou.core.errors import InvalidFilter, InvalidInput
from daogou.core.settings import PlacementSettings, Settings
from daogou.decide.filters import parse_filter
from daogou.decide.filters.fields import FIELDS
from daogou.decide.filters.parse import MOST_CHARACTERS, MOST_LEVELS, MOST_TESTS, MOST_TITLES, MOST_VALUES
from daogou.decide.filters.placements import check_placements


def refused(text: str) -> InvalidFilter:
    with pytest.raises(InvalidFilter) as caught:
        parse_filter(text)
    return caught.value


def test_an_error_shows_the_place_and_what_belongs_there() -> None:
    error = refused("price < 200.50 and brand exists")
    assert isinstance(error, InvalidInput)
    assert (error.code, error.status, error.position, error.rule) == ("invalid_filter", 422, 9, "wrong_value")
    assert str(error) == (
        'filter, column 9: found "200.50", expected a whole number of minor units (fen, pence, cents): '
        "20000 stands for 200.00.\n"
        "  price < 200.50 and brand exists\n"
        "          ^"
    )


def test_the_caret_stands_right_below_chinese_letters_which_are_wide() -> None:
    line, caret = str(refused('brand = "小米" ! x')).splitlines()[1:]
    assert line == '  brand = "小米" ! x'
    assert caret == " " * (2 + 15) + "^"  # 13 letters before it, two of them wide


def test_of_a_long_filter_only_the_part_around_the_error_is_shown() -> None:
    error = refused("brand in [" + ", ".join(["'x'"] * 200) + "] oops and price < 3")
    line, caret = str(error).splitlines()[1:]
    assert len(line) < 80
    assert line[caret.index("^") :].startswith("oops")


def test_a_line_break_does_not_break_the_picture() -> None:
    assert str(refused("price < 3\nand prise < 4")).splitlines()[1:] == ["  price < 3 and prise < 4", " " * 16 + "^"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("prise < 3", "the field price"),
        ("list_prize < 3", "the field list_price"),
        ("stok exists", "the field stores"),
        ('colour = "red"', "attributes.colour for an attribute"),
        ("price < 20,000", "without separators"),
        ('brand not in ["a"]', "put not in front: not brand"),
        ('tags != "a"', "not tags has"),
        ("brand = Apple", 'such as "Apple"'),
        ('category has "Home > Mugs"', 'category under "Home > Mugs"'),
        ('kind = "thing"', '"product", "coupon"'),
        ("created_at > 2026-01-01", '"2026-01-31"'),
        ('brand = ""', "brand missing"),
        ("age_days = 3", "<, <=, >, >=, exists or missing after age_days"),
    ],
)
def test_an_error_says_what_to_write_instead(text: str, hint: str) -> None:
    assert hint in refused(text).expected


def test_an_unknown_field_is_answered_with_all_known_ones_where_none_is_close() -> None:
    assert all(name in refused("zzz < 3").expected for name in FIELDS)


PIECES = [
    "price", "brand", "tags", "attributes", ".", "colour", "(", ")", "[", "]", ",", "<", ">=", "=", "!=", "in", "has",
    "not", "and", "or", "exists", "missing", "under", "3", "-1.5", '"a"', "'b'", "“c”", '"', "\\", "小米", "（", "】",
    "!", "\n", '"\u2028"',
]  # fmt: skip


@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
@settings(max_examples=1_000, deadline=None)
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    try:
        read = parse_filter(text)
    except InvalidFilter as error:
        told = error
    else:
        assert parse_filter(str(read)) == read
        return
    assert 1 <= told.position <= len(text) + 1
    assert len(str(told).splitlines()) == 3


def test_length_is_limited() -> None:
    fits = "price < 3" + " " * (MOST_CHARACTERS - 9)
    parse_filter(fits)
    error = refused(fits + " ")
    assert (error.rule, error.position) == ("too_long", MOST_CHARACTERS + 1)


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("not ", ""), ("not (", ")")])
def test_depth_is_limited_long_before_the_stack_is(opening: str, closing: str) -> None:
    levels = MOST_LEVELS // (2 if opening == "not (" else 1)
    read = parse_filter(opening * levels + "price < 3" + closing * levels)
    assert read.fields == {"price"}
    for count in (levels + 1, MOST_CHARACTERS // len(opening) - 10):
        assert refused(opening * count + "price < 3").rule == "too_deep"


def test_levels_beside_each_other_are_not_deep() -> None:
    parse_filter(" and ".join(["(not price < 3)"] * MOST_TESTS))


def test_tests_values_and_titles_are_limited() -> None:
    parse_filter(" and ".join(["price < 3"] * MOST_TESTS))
    assert refused(" and ".join(["price < 3"] * (MOST_TESTS + 1))).rule == "too_many"
    parse_filter(f"price in [{','.join(['1'] * MOST_VALUES)}]")
    error = refused(f"price in [{','.join(['1'] * 300)}] or price in [{','.join(['1'] * 300)}]")
    assert (error.rule, error.expected) == ("too_many", f"at most {MOST_VALUES} values in lists")
    parse_filter(" or ".join(['title has "a"'] * MOST_TITLES))
    assert refused(" or ".join(['title has "a"'] * (MOST_TITLES + 1))).rule == "too_many"


def test_a_filter_knows_its_fields_and_which_are_private() -> None:
    read = parse_filter('price < 3 and not (attributes.Colour has "red" or margin > 3)')
    assert read.fields == {"price", "attributes.colour", "margin"}
    assert read.private_fields == ("margin",)
    assert parse_filter("price < 3").private_fields == ()


def test_a_wrong_filter_of_a_placement_is_told_with_its_placement() -> None:
    footer = PlacementSettings(retrievers={"newest": 1.0}, filter="prise < 3")
    with pytest.raises(
        InvalidFilter, match=r"^placements\.footer\.filter, column 1: found \"prise\", expected the field"
    ):
        check_placements(Settings(placements={"footer": footer}))
    check_placements(Settings(placements={"footer": footer.model_copy(update={"filter": "price < 3"})}))
