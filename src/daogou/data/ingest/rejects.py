"""Write refused rows where they can be mended and imported again: CSV stays CSV, everything else becomes JSON lines.

The CSV is opened in spreadsheets, so no cell of it is a formula there; `tables` reads the cells back as they were.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from daogou.data.ingest.event_names import squeezed
from daogou.data.ingest.formulas import shown_as_text
from daogou.privacy.mask import is_contact_column, mask_contacts

_HIDDEN = "(hidden)"
ADDED_COLUMNS = ("rejected_line", "rejected_field", "rejected_value", "rejected_rule")


class RejectFile:
    """One reject file, made when the first row is refused; readable by its owner only.

    Rows are held until `flush`, so that a file never holds more than the progress on record knows of.
    """

    def __init__(self, path: Path, header: Sequence[str] | None, delimiter: str = ",") -> None:
        """With a header the file is CSV, without one JSON lines."""
        self.path = path
        self._header, self._delimiter = header, delimiter
        self._waiting = io.StringIO(newline="")
        self._is_new = True

    def go_on_from(self, n_bytes: int) -> None:
        """Continue the file of an interrupted import, without what came after its last recorded progress."""
        if self.path.exists() and n_bytes:
            os.truncate(self.path, n_bytes)
            self._is_new = False

    def add(self, line: int, field: str, value: str, rule: str, row: object) -> None:
        """Set one row aside. `row` is the cells, the object, or the text where it could not be split."""
        if self._header is None:
            entry = {"line": line, "field": field, "value": value, "rule": rule, "row": row}
            self._waiting.write(msgspec.json.encode(entry, enc_hook=str).decode() + "\n")
            return
        writer = csv.writer(self._waiting, delimiter=self._delimiter, lineterminator="\n")
        cells = list(row) if isinstance(row, list | tuple) else [str(row)] + [""] * (len(self._header) - 1)
        writer.writerow([*(_cell(one) for one in cells), line, _cell(field), _cell(value), rule])

    def flush(self) -> int:
        """Write what is waiting; returns the size of the file in bytes, 0 while there is none."""
        text = self._waiting.getvalue()
        if text:
            self._waiting = io.StringIO(newline="")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self._is_new:
                self.path.unlink(missing_ok=True)
                text = self._heading() + text
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace", newline="") as file:
                file.write(text)
            self._is_new = False
        return 0 if self._is_new else self.path.stat().st_size

    def _heading(self) -> str:
        if self._header is None:
            return ""
        heading = io.StringIO(newline="")
        writer = csv.writer(heading, delimiter=self._delimiter, lineterminator="\n")
        writer.writerow([*map(shown_as_text, self._header), *ADDED_COLUMNS])
        return heading.getvalue()


def _cell(value: object) -> str:
    return "" if value is None else shown_as_text(str(value))


def without_field(row: object, place: int | str | None) -> object:
    """The row with one value hidden, for contact data."""
    if isinstance(row, list | tuple) and isinstance(place, int):
        return [*row[:place], _HIDDEN, *row[place + 1 :]]
    if isinstance(row, Mapping) and isinstance(place, str) and place in row:
        hidden: dict[str, Any] = {**row, place: _HIDDEN}
        return hidden
    return row


def without_contacts(row: object, hidden: Collection[int], texts: Collection[int], *, of_person: bool) -> object:
    """The row without what an import would not have kept either: contact columns, and contacts in free text.

    hidden, texts  places of contact columns and of free text, for rows of cells
    of_person      the rows are about people, where a plain `name` is a person's
    """
    if isinstance(row, str):
        return mask_contacts(row)
    if isinstance(row, list | tuple):
        return [_HIDDEN if n in hidden else _masked(one) if n in texts else one for n, one in enumerate(row)]
    return _masked(row, of_person)


def _masked(value: object, of_person: bool = False) -> object:
    if isinstance(value, Mapping):
        return {
            name: _HIDDEN
            if is_contact_column(squeezed(str(name)), of_person=of_person)
            else one
            if isinstance(one, str) and str(name).lower().endswith("id")
            else _masked(one, of_person)
            for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_masked(one, of_person) for one in value]
    return mask_contacts(value) if isinstance(value, str) else value
