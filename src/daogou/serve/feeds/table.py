"""Feeds that are tables: cells without tabs and line ends, and none that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from daogou.data.ingest.formulas import shown_as_text


def tsv_row(cells: Sequence[str]) -> str:
    """The cells with tabs between; texts have been made plain, so none holds a tab or a line end."""
    return "\t".join(" ".join(cell.split()) for cell in cells)


def csv_row(cells: Sequence[str]) -> str:
    """The cells with commas between, in quotes where they need them."""
    made = io.StringIO()
    csv.writer(made, lineterminator="").writerow(cells)
    return made.getvalue()


def safe(text: str) -> str:
    """A text of the catalogue as a cell; numbers, prices and addresses need no such care."""
    return shown_as_text(text)
