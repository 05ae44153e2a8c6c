"""Each kind of column by itself: what it learns, what it does with gaps, outliers, strangers and nonsense."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import InvalidField
from daogou.learn.almanac import EVE, HOLIDAY, NO_DAY
from daogou.learn.features import Buckets, Category, History, Moment, Number, Text, Vector
from daogou.learn.features.column import FIRST, MISSING, UNKNOWN
from daogou.learn.features.text import words


def series(*values: Any) -> pl.Series:
    return pl.Series("x", values)


def rows(column: Any, train: pl.Series, asked: pl.Series) -> list[Any]:
    encoded = column.fit(train, {}).encode(asked)
    return encoded[:, 0].tolist() if encoded.shape[1] == 1 else encoded.tolist()


def test_a_category_remembers_values_and_tells_strangers_from_gaps() -> None:
    assert rows(Category("x"), series("b", "a", "b", None), series("a", "b", "new", None)) == [
        FIRST,
        FIRST + 1,
        UNKNOWN,
        MISSING,
    ]


def test_a_rare_category_counts_as_unknown() -> None:
    assert rows(Category("x", min_count=2), series("b", "a", "b"), series("a", "b")) == [UNKNOWN, FIRST]


def test_a_whole_number_and_its_text_are_the_same_category() -> None:
    assert rows(Category("x"), series(7, 8), series("8", "7")) == [FIRST + 1, FIRST]


def test_a_hashed_category_needs_no_memory_and_hashes_alike_everywhere() -> None:
    fitted = Category("x", buckets=5).fit(series("a"), {})
    assert fitted.values == ()
    found = fitted.encode(series("a", "never seen", None))[:, 0]
    assert found.tolist() == [FIRST + 3, FIRST + 1, MISSING]  # blake2b, so not Python's own salted hash
    assert fitted.n_rows == FIRST + 5


def test_a_number_is_scaled_by_what_training_showed() -> None:
    asked = series(0.0, 4.0)
    assert rows(Number("x", outliers=0), series(0.0, 2.0, 4.0), asked) == pytest.approx([-1.2247449, 1.2247449])
    assert rows(Number("x", outliers=0, scale="range"), series(0.0, 2.0, 4.0), asked) == [0.0, 1.0]
    assert rows(Number("x", outliers=0, scale="none"), series(0.0, 2.0, 4.0), asked) == [0.0, 4.0]
    assert rows(Number("x", outliers=0, scale="none", log=True), asked, series(np.e - 1, 1 - np.e)) == [1.0, 0.0]


def test_outliers_are_pulled_in_while_fitting_and_after() -> None:
    train = pl.Series("x", [*range(100), 10**9], dtype=pl.Float64)
    fitted = Number("x", outliers=0.02, scale="none").fit(train, {})
    assert (fitted.low, fitted.high) == (2.0, 98.0)
    assert fitted.encode(series(-50.0, 10.0, 1e12))[:, 0].tolist() == [2.0, 10.0, 98.0]


def test_a_missing_number_becomes_the_median_and_says_so() -> None:
    train = series(1.0, None, 3.0, float("nan"), 8.0)
    fitted = Number("x", outliers=0, scale="none").fit(train, {})
    assert fitted.encode(series(5.0, None, float("nan"))).tolist() == [[5.0, 0.0], [3.0, 1.0], [3.0, 1.0]]
    without_gaps = Number("x", outliers=0, scale="none", missing="zero").fit(series(1.0, 3.0), {})
    assert without_gaps.encode(series(None, 2.0)).tolist() == [[0.0], [2.0]]


def test_a_missing_number_is_refused_where_the_spec_says_so() -> None:
    with pytest.raises(InvalidField, match=r'x\[1\]: None is not allowed. Use a number, or let .* missing = "median"'):
        Number("x", missing="refuse").fit(series(1.0, None), {})


def test_infinity_and_words_are_no_numbers() -> None:
    with pytest.raises(InvalidField, match=r"x\[1\]: inf is not allowed"):
        Number("x").fit(series(1.0, float("inf")), {})
    with pytest.raises(InvalidField, match=r"x\[2\]: 'many' is not allowed"):
        Number("x").fit(series("1", "2.5", "many"), {})
    with pytest.raises(InvalidField, match="one number per row"):
        Number("x").fit(series([1.0]), {})


def test_a_constant_number_becomes_zero_and_an_empty_column_too() -> None:
    assert rows(Number("x"), series(3.0, 3.0), series(3.0, 99.0)) == [0.0, 0.0]
    nothing = Number("x").fit(pl.Series("x", [None, None]), {})
    assert nothing.encode(series(None, 5.0)).tolist() == [[0.0, 1.0], [0.0, 0.0]]


def test_prices_fall_into_ranges_that_hold_equally_many() -> None:
    fitted = Buckets("x", buckets=4).fit(pl.Series("x", range(100)), {})
    counts = np.bincount(fitted.encode(pl.Series("x", range(100)))[:, 0])
    assert counts[FIRST:].tolist() == [25, 25, 25, 25]
    assert fitted.encode(series(-1, 10**9, None))[:, 0].tolist() == [FIRST, FIRST + 3, MISSING]


def test_a_price_that_never_changes_is_one_range() -> None:
    assert rows(Buckets("x"), series(5, 5, 5), series(5, 4)) == [FIRST + 1, FIRST]


def test_a_history_keeps_the_latest_at_the_end() -> None:
    items = Category("item").fit(pl.Series("item", ["a", "b", "c"]), {})
    fitted = History("x", of="item", length=2).fit(pl.Series("x", [["a"]]), {"item": items})
    asked = series(["a", "b", "c"], ["b", "stranger", "a"], [], None, ["stranger"])
    a, b, c = FIRST, FIRST + 1, FIRST + 2
    assert fitted.encode(asked).tolist() == [[b, c], [b, a], [-1, -1], [-1, -1], [-1, -1]]


def test_a_history_must_be_lists() -> None:
    items = Category("item").fit(pl.Series("item", ["a"]), {})
    with pytest.raises(InvalidField, match="a list per row, oldest first"):
        History("x", of="item").fit(series("a"), {"item": items}).encode(series("a"))


def test_words_of_two_scripts_are_told_apart() -> None:
    assert list(words("Red-Mug MUG2")) == ["red", "mug", "mug2"]
    assert list(words("红色case杯子")) == ["红", "色", "红色", "case", "杯", "子", "杯子"]


def test_a_text_is_its_different_words_in_any_order_or_case() -> None:
    fitted = Text("x", buckets=10_000, length=3).fit(series(""), {})
    first, second, empty, none = fitted.encode(series("red mug", "MUG mug red", "", None))
    assert sorted(first) == sorted(second)
    assert (empty == -1).all()
    assert (none == -1).all()
    assert fitted.encode(series(["red", None, "mug"])).tolist() == [first.tolist()]


def test_a_vector_is_scaled_direction_by_direction() -> None:
    fitted = Vector("x", width=2).fit(series([1.0, 5.0], [3.0, 5.0], None), {})
    assert fitted.encode(series([3.0, 6.0], None)).tolist() == [[1.0, 1.0], [0.0, 0.0]]


def test_a_vector_of_another_size_or_with_gaps_is_refused() -> None:
    with pytest.raises(InvalidField, match=r"x\[1\]: 'a vector of 3' is not allowed. Use 2 numbers, or nothing"):
        Vector("x", width=2).fit(series([1.0, 2.0], [1.0, 2.0, 3.0]), {})
    with pytest.raises(InvalidField, match="finite numbers"):
        Vector("x", width=2).fit(series([1.0, float("nan")]), {})


def moments(parts: tuple[str, ...], *values: Any, time_zone: str = "UTC") -> list[list[int]]:
    fitted = Moment("x", parts=parts, time_zone=time_zone).fit(pl.Series("x", []), {})
    return fitted.encode(pl.Series("x", values)).tolist()


def test_a_moment_is_told_in_the_shoppers_own_time() -> None:
    utc = dt.datetime(2024, 3, 1, 22, 30)  # a Friday
    assert moments(("hour", "weekday", "is_weekend", "day", "month"), utc) == [[23, 5, 1, 1, 3]]
    assert moments(("hour", "weekday", "is_weekend"), utc, time_zone="Asia/Shanghai") == [[7, 6, 2]]
    micros = int(utc.replace(tzinfo=dt.UTC).timestamp() * 1_000_000)
    assert moments(("hour", "month"), micros, None) == [[23, 3], [0, 0]]


def test_new_year_moves_with_the_moon() -> None:
    days = [dt.date(2023, 1, 22), dt.date(2024, 2, 10), dt.date(2025, 1, 29), dt.date(2023, 4, 1)]
    # the last lies in the second month of 2023, which came twice
    assert moments(("lunar_month", "lunar_day"), *days) == [[1, 1], [1, 1], [1, 1], [2, 11]]
    assert moments(("lunar_month",), dt.date(1800, 1, 1)) == [[0]]


def test_holidays_and_the_days_before_are_known() -> None:
    days = [dt.date(2024, 10, 1), dt.date(2024, 9, 28), dt.date(2024, 7, 10), None]
    assert moments(("holiday",), *days) == [[HOLIDAY], [EVE], [NO_DAY], [0]]


def test_a_part_or_country_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidField, match="lunar_month or lunar_day or holiday"):
        Moment("x", parts=("minute",))
    with pytest.raises(InvalidField, match="two letters of a country"):
        Moment("x", parts=("holiday",), country="XX").fit(series(), {}).encode(series(dt.date(2024, 1, 1)))


def test_the_calendar_libraries_are_asked_only_where_a_part_needs_them() -> None:
    program = (
        "import sys\n"
        "sys.modules |= {'holidays': None, 'lunar_python': None}\n"
        "import polars as pl\n"
        "from daogou.core.errors import MissingExtra\n"
        "from daogou.learn.features import Moment\n"
        "assert Moment('x').fit(pl.Series([0]), {}).encode(pl.Series([0])).shape == (1, 4)\n"
        "for part in ('holiday', 'lunar_day'):\n"
        "    try:\n"
        "        Moment('x', parts=(part,)).fit(pl.Series([0]), {}).encode(pl.Series([0]))\n"
        "    except MissingExtra as error:\n"
        "        assert \"pip install 'daogou[calendar]'\" in str(error)\n"
        "    else:\n"
        "        raise SystemExit('not refused')\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
