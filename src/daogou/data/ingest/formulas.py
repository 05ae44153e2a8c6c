"""Cells that a spreadsheet would run as formulas, written so that it shows them, and read back as they were.

Source: OWASP, "CSV Injection": a cell that begins with one of these characters gets a single quote in front.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d., ]*")


def shown_as_text(cell: str) -> str:
    """The cell with a quote in front where a spreadsheet would compute it; numbers stay numbers."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_it_was(cell: str) -> str:
    """What `shown_as_text` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
