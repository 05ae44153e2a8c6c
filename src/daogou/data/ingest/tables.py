"""Read CSV and its kin row by row: delimiter told from the content, bad rows set aside with their line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from daogou.core.errors import Malformed
from daogou.data.ingest.containers import LONGEST_LINE, Opened
from daogou.data.ingest.formulas import as_it_was
from daogou.data.ingest.rejects import ADDED_COLUMNS

_DELIMITERS = (",", "\t", ";", "|")
_STATED = re.compile(r"sep=([,;|\t])", re.IGNORECASE)
LONGEST_CELL = 1 << 20
_GUESSES = ("gb18030", "cp1252")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not even be split: what is wrong, and the text as far as it can be shown."""

    line: int
    field: str
    value: str
    allowed: str
    rule: str


@dataclass
class Table:
    """A CSV file whose header has been read.

    rows() yields (line, cells) or BadRow; `line` is the physical line on which the row starts, from 1.

    is_mended  it was a reject file of ours, whose cells are written as `formulas` does
    """

    opened: Opened
    delimiter: str
    header: tuple[str, ...]
    encoding: str
    _lines: _Lines = field(repr=False)
    is_mended: bool = False

    def rows(self) -> Iterator[tuple[int, list[str]] | BadRow]:
        """Rows after the header. Blank lines are passed over; an open quote costs one line, not the rest."""
        for row in self._split():
            yield (row[0], [as_it_was(cell) for cell in row[1]]) if self.is_mended and isinstance(row, tuple) else row

    def _split(self) -> Iterator[tuple[int, list[str]] | BadRow]:
        lines, width = self._lines, len(self.header)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.begin_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield lines.give_up_row(str(error))
                reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
                continue
            line = lines.row_line
            if lines.bad:
                yield lines.bad_row()
            elif len(cells) == width:
                yield line, cells
            elif cells and any(cells):
                if len(cells) > width and not any(cells[width:]):
                    yield line, cells[:width]  # trailing delimiters
                elif self.opened.damage is not None and lines.is_at_end:
                    return  # the last row was cut off
                else:
                    seen = self.delimiter.join(cells)[:200]
                    yield BadRow(line, "(row)", seen, f"{width} cells as in the header, not {len(cells)}", "cell_count")


class _Lines:
    """The file's lines as text. Remembers the lines of the row being read, so that they can be read again."""

    def __init__(self, opened: Opened, encoding: str) -> None:
        self._opened, self._encoding = opened, encoding
        self._source = opened.lines()
        self._again: list[bytes] = []
        self._row: list[bytes] = []
        self.row_line = 1
        self.bad: list[tuple[int, str, str]] = []  # (line, rule, what is allowed)
        self.is_at_end = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            raw = self._again.pop()
        else:
            raw = next(self._source, b"")
            if not raw or (raw[-1:] != b"\n" and self._opened.damage is not None):
                self.is_at_end = True
                raise StopIteration
        self._row.append(raw)
        if len(raw) == LONGEST_LINE and raw[-1:] != b"\n":
            self.bad.append((self._line, "line_too_long", f"lines of at most {LONGEST_LINE} bytes"))
        try:
            text = raw.decode(self._encoding)
        except UnicodeDecodeError as error:
            self.bad.append(
                (self._line, "not_utf8", f"{self._encoding.upper()} text: byte {error.start + 1} of the line is not")
            )
            text = raw.decode(self._encoding, "backslashreplace")
        if "\0" in text:
            self.bad.append((self._line, "nul_byte", "text without NUL bytes"))
        return text

    @property
    def _line(self) -> int:
        return self.row_line + len(self._row) - 1

    @property
    def header_bytes(self) -> bytes:
        return b"".join(self._row)

    def begin_row(self) -> None:
        self.row_line += len(self._row)
        self._row.clear()
        self.bad.clear()

    def bad_row(self) -> BadRow:
        line, rule, allowed = self.bad[0]
        return BadRow(line, "(row)", self._shown(), allowed, rule)

    def give_up_row(self, why: str) -> BadRow:
        """Set the row's first line aside and read its other lines again."""
        shown = self._shown()
        self._again.extend(reversed(self._row[1:]))
        del self._row[1:]
        allowed = f'cells whose quotes close, with " inside written "" ({why})'
        return BadRow(self.row_line, "(row)", shown, allowed, "csv_quoting")

    def _shown(self) -> str:
        return self._row[0].decode(self._encoding, "backslashreplace").rstrip("\r\n")[:500] if self._row else ""


def open_table(opened: Opened, encoding: str = "utf-8") -> Table:
    """Read the header. Raises Malformed where it is not text or has no columns."""
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(opened, encoding)
    first = ""
    while not first.strip():
        lines.begin_row()
        try:
            first = next(lines)
        except StopIteration:
            raise Malformed(f"{opened.path}: nothing to import, {opened.damage or 'it has no header'}.") from None
        if lines.bad:
            raise Malformed(_header_complaint(opened, lines, encoding))
    stated = _STATED.fullmatch(first.strip("\ufeff\r\n"))
    if stated is not None:  # Excel writes "sep=;" above the header
        lines.begin_row()
        first = next(lines, "")
    delimiter = stated[1] if stated is not None else sniff_delimiter(first)
    try:
        cells = next(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Malformed(
            f"{opened.path}, line {lines.row_line}: the header cannot be split into columns ({error})."
        ) from None
    header = tuple(name.strip().lstrip("\ufeff") for name in cells)
    is_mended = header[-len(ADDED_COLUMNS) :] == ADDED_COLUMNS
    if is_mended:
        header = tuple(map(as_it_was, header))
    _check_header(opened, header)
    return Table(opened, delimiter, header, encoding, lines, is_mended)


def sniff_delimiter(header: str) -> str:
    """The delimiter that splits the header most, quoted parts left out; a comma where none does."""
    bare = "".join(header.split('"')[::2])
    counts = {mark: bare.count(mark) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _check_header(opened: Opened, header: tuple[str, ...]) -> None:
    named = [name for name in header if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise Malformed(f"{opened.path}: two columns are called {twice!r}. Give each its own name.")
    if not any(letter.isalpha() for name in named for letter in name):
        shown = ", ".join(header)[:100]
        raise Malformed(f"{opened.path}: the first line must name the columns; it reads {shown!r}.")


def _header_complaint(opened: Opened, lines: _Lines, encoding: str) -> str:
    line, rule, allowed = lines.bad[0]
    place = f"{opened.path}, line {line}"
    if rule == "nul_byte":
        return f"{place}: NUL bytes in the header; this is no text file, or not UTF-8. Save it as CSV UTF-8."
    if rule == "line_too_long":
        return f"{place}: the header is no line of a table. Use {allowed}."
    for guess in _GUESSES:
        try:
            lines.header_bytes.decode(guess)
        except UnicodeDecodeError:
            continue
        return (
            f"{place}: not {encoding.upper()}, but it reads as {guess.upper()}. Save it as UTF-8, or say its encoding."
        )
    return f"{place}: not {allowed}. Save it as CSV UTF-8."
