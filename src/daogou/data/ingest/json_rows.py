"""Read JSON lines, JSON arrays and objects around one list, row by row; a bad row costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from daogou.core.errors import Malformed
from daogou.data.ingest.containers import Opened
from daogou.data.ingest.tables import BadRow

_WRAPPED = re.compile(r'\s*\{\s*"\w+"\s*:\s*\[')
_SPACE = re.compile(r"[\s,]*")
_CHUNK = 1 << 18
LONGEST_ROW = 1 << 26
_REJECT_KEYS = {"line", "field", "value", "rule", "row"}


def json_lines(opened: Opened) -> Iterator[tuple[int, Mapping[str, Any]] | BadRow]:
    """One object per line, with its line number from 1."""
    decode = msgspec.json.Decoder().decode
    for line, raw in enumerate(opened.lines(), 1):
        if raw[-1:] != b"\n" and opened.damage is not None:
            return  # the last line was cut off
        if not raw.strip():
            continue
        try:
            row = decode(raw)
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            yield _not_json(line, raw, error)
            continue
        yield _as_row(line, row, raw)


def _as_row(line: int, row: object, raw: bytes | str) -> tuple[int, Mapping[str, Any]] | BadRow:
    if isinstance(row, dict):
        return line, (row["row"] if row.keys() == _REJECT_KEYS and isinstance(row["row"], dict) else row)
    return BadRow(line, "(row)", _shown(raw), 'an object such as {"item_id": "p1", …}', "not_an_object")


def _not_json(line: int, raw: bytes, error: Exception) -> BadRow:
    if b"\0" in raw:
        return BadRow(line, "(row)", _shown(raw), "text without NUL bytes", "nul_byte")
    try:
        raw.decode()
    except UnicodeDecodeError as bad:
        return BadRow(line, "(row)", _shown(raw), f"UTF-8 text: byte {bad.start + 1} of the line is not", "not_utf8")
    return BadRow(line, "(row)", _shown(raw), f"one JSON object per line ({error})", "not_json")


def _shown(raw: bytes | str) -> str:
    text = raw[:500].decode("utf-8", "backslashreplace") if isinstance(raw, bytes) else raw[:500]
    return text.strip()


def json_array(opened: Opened) -> Iterator[tuple[int, Mapping[str, Any]] | BadRow]:
    """The objects of one array, with the line on which each starts.

    Raises Malformed, after the rows before it, where the array breaks off.
    """
    text = _Text(opened)
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    wrapped = _WRAPPED.match(text.buffer)
    text.skip(wrapped.end() if wrapped else len(text.buffer) - len(text.buffer.lstrip()) + 1)
    while True:
        text.skip_space()
        if text.starts_with("]"):
            return
        if text.is_over:
            raise Malformed(f"{opened.path}, line {text.line}: {opened.damage or 'the JSON array has no end'}.")
        try:
            row, end = decoder.raw_decode(text.buffer, text.at)
        except (ValueError, RecursionError) as error:
            if not isinstance(error, RecursionError) and text.read_more():
                continue
            raise Malformed(
                f"{opened.path}, line {text.line}: {opened.damage or f'not valid JSON ({error})'}."
            ) from None
        line = text.line
        yield _as_row(line, row, text.buffer[text.at : min(end, text.at + 500)])
        text.skip(end - text.at)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


class _Text:
    """A window of decoded text that moves forward and counts lines."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.buffer, self.at, self.line = "", 0, 1
        self._rest = b""
        self._is_ended = False
        self.read_more()

    @property
    def is_over(self) -> bool:
        return self.at >= len(self.buffer) and not self.read_more()

    def starts_with(self, mark: str) -> bool:
        return self.buffer.startswith(mark, self.at)

    def skip(self, length: int) -> None:
        self.line += self.buffer.count("\n", self.at, self.at + length)
        self.at += length

    def skip_space(self) -> None:
        while True:
            found = _SPACE.match(self.buffer, self.at)
            self.skip(found.end() - self.at if found else 0)
            if self.at < len(self.buffer) or not self.read_more():
                return

    def read_more(self) -> bool:
        """Twice as much window each time one row does not fit, so a long row is not read over and over."""
        if self._is_ended or len(self.buffer) - self.at > LONGEST_ROW:
            return False
        raw = self._rest + (self._opened.stream.read(max(_CHUNK, len(self.buffer) - self.at)) or b"")
        self._is_ended = len(raw) == len(self._rest)
        try:
            text, self._rest = raw.decode(), b""
        except UnicodeDecodeError as error:
            if self._is_ended or len(raw) - error.start > 3:
                line = self.line + self.buffer.count("\n", self.at) + raw.count(b"\n", 0, error.start)
                raise Malformed(f"{self._opened.path}, line {line}: not UTF-8. Save the file as UTF-8.") from None
            text, self._rest = raw[: error.start].decode(), raw[error.start :]
        self.buffer = self.buffer[self.at :] + text
        self.at = 0
        return bool(text)
