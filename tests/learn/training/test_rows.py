"""What rows are worth, counted on the fingers; the estimate by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import ArtifactRefused
from daogou.learn.rows import PLACES, PRIOR_VIEWS, ROWS_FILE, RowCounts, RowValues, read_rows
from daogou.learn.training.rows import count_rows


def place(placement: str, position: int, *, clicked: bool = False, source: str = "ease", seen: bool = False) -> tuple:
    return placement, position, source, seen, clicked


def frame(*rows: tuple) -> pl.DataFrame:
    schema = {"placement": pl.String, "position": pl.Int32, "source": pl.String, "is_seen": pl.Boolean,
              "was_clicked": pl.Boolean}  # fmt: skip
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def counts(**rows: tuple[int, int]) -> RowCounts:
    """Everything at the first place, chosen: name=(shown, clicked)."""
    shown, clicked = np.zeros((2, len(rows), 2, PLACES))
    for number, (n_shown, n_clicked) in enumerate(rows.values()):
        shown[number, 0, 0], clicked[number, 0, 0] = n_shown, n_clicked
    return RowCounts(tuple(rows), shown, clicked)


def test_places_are_counted_by_row_kind_and_place() -> None:
    found = count_rows(
        frame(
            place("home", 0, clicked=True),
            place("home", 0),
            place("home", 1, source="filler"),
            place("home", 99),
            place("trending", 0),
        )
    )
    assert found.placements == ("home", "trending")
    assert (found.shown[0, 0, 0], found.clicked[0, 0, 0]) == (2, 1)
    assert found.shown[0, 1, 1] == 1  # a filler
    assert found.shown[0, 0, PLACES - 1] == 1  # far to the right
    assert found.shown.sum() == 5


def test_where_impressions_are_reported_only_what_was_seen_counts() -> None:
    found = count_rows(frame(place("home", 0, seen=True), place("trending", 0), place("trending", 0)))
    assert found.placements == ("home",)


def test_a_row_that_is_clicked_more_is_worth_more_and_little_data_says_little() -> None:
    values = RowValues.of(counts(good=(1000, 100), poor=(1000, 20), new=(4, 4)))
    good, poor, new = (values.expected(name, [False]) for name in ("good", "poor", "new"))
    assert good is not None
    assert poor is not None
    assert new is not None
    assert good > poor
    assert good == pytest.approx(0.1, rel=0.05)
    assert new < 0.5  # four clicks out of four are not a rate of one
    assert values.expected("never", [False]) is None


def test_the_estimate_is_the_one_of_the_book() -> None:
    values = RowValues.of(counts(a=(900, 90), b=(900, 45)))
    rate = (135 + PRIOR_VIEWS * 0.075) / (1800 + PRIOR_VIEWS)  # 0.075
    expected = 900 * rate  # 67.5 of each
    spread = ((90 / expected - 1) ** 2 + (45 / expected - 1) ** 2) / 2 - 1 / expected
    kept = spread / (spread + 1 / expected)
    assert values.lifts["a"] == pytest.approx(1 + kept * (90 / expected - 1))
    assert values.expected("a", [False]) == pytest.approx(values.lifts["a"] * rate)


def test_rows_that_differ_by_chance_alone_are_worth_the_same() -> None:
    lifts = RowValues.of(counts(a=(100, 11), b=(100, 9))).lifts
    assert lifts["a"] == lifts["b"] == pytest.approx(1.0)


def test_without_any_data_nothing_is_known(tmp_path: Path) -> None:
    empty = count_rows(frame())
    assert RowValues.of(empty).expected("home", [False]) is None
    empty.save(tmp_path)
    assert read_rows(tmp_path / ROWS_FILE).placements == ()
    assert read_rows(tmp_path / "elsewhere").placements == ()


def test_counts_come_back_from_a_release_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    counts(good=(10, 2)).save(tmp_path)
    assert RowValues.of(read_rows(tmp_path / ROWS_FILE)).lifts == RowValues.of(counts(good=(10, 2))).lifts
    (tmp_path / ROWS_FILE).write_text(json.dumps({"rows": {"x": {"shown": [1]}}}))
    with pytest.raises(ArtifactRefused, match=r"rows\.json cannot be read"):
        read_rows(tmp_path / ROWS_FILE)
