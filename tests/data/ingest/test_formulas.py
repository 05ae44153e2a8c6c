"""Cells that are no formulas in a spreadsheet, and are themselves again when they come back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daogou.core.clock import Clock
from daogou.data.ingest.formulas import as_it_was, shown_as_text
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_files

DANGEROUS = (
    '=HYPERLINK("https://evil.example";"Click")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
    "＝1+1",
)  # fmt: skip


@pytest.mark.parametrize("cell", DANGEROUS)
def test_what_a_spreadsheet_would_compute_gets_a_quote_in_front(cell: str) -> None:
    assert shown_as_text(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+4.50", "1,234.00", "", "Mug", "a=b", "'tis", "2026-01-01"])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert shown_as_text(cell) == cell


@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n＝－1. "), st.characters()), max_size=12))
def test_every_cell_comes_back_as_it_was(cell: str) -> None:
    assert as_it_was(shown_as_text(cell)) == cell


def test_a_reject_file_runs_nothing_and_is_imported_as_it_was_once_mended(
    shelf: Any, write: Callable[..., Path], clock: Clock, tmp_path: Path
) -> None:
    options = ImportOptions(clock=clock, reject_folder=tmp_path / "rejected")
    title = '=HYPERLINK("https://evil.example","Mug")'
    quoted = title.replace('"', '""')
    made = write("items.csv", f'id,title,price,brand\np1,"{quoted}",=1+2,@SUM(A1)\n')
    report = import_files(shelf, [made], options)
    with open(report.reject_files[0], newline="", encoding="utf-8") as file:
        cells = next(row for row in csv.DictReader(file))
    assert [cells["title"], cells["price"], cells["brand"], cells["rejected_value"]] == [
        "'" + title,
        "'=1+2",
        "'@SUM(A1)",
        "'=1+2",
    ]
    mended = Path(report.reject_files[0]).read_text(encoding="utf-8").replace("'=1+2", "3", 1)
    assert import_files(shelf, [write("mended.csv", mended)], options).accepted == 1
    item = shelf.catalogue["p1"]
    assert (item.title["en"], item.brand) == (title, "@SUM(A1)")
