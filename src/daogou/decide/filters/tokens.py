"""Cut a filter's text into tokens; full-width punctuation and Chinese quotes read as their plain forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from daogou.core.errors import InvalidFilter

TokenKind = Literal["name", "number", "text", "mark", "end"]

CLOSERS = {
    '"': '"', "'": "'", "＂": "＂", "＇": "＇", "“": "“”", "”": "“”", "‘": "‘’", "’": "‘’",
    "「": "」", "『": "』",
}  # fmt: skip
"""Each quote that opens a text, with those that close it: input methods mix up “ and ”."""

MOST_FOUND = 40
TWO_MARKS = ("<=", ">=", "!=", "==", "<>", "&&", "||")
"""The last four are no marks of the language; read whole, they make clearer errors."""

ONE_MARKS = frozenset("()[],.=<>")
_ALIKE = {"\u3000": " ", "【": "[", "】": "]", "、": ",", "≤": "<=", "≥": ">=", "≠": "!="}


@dataclass(frozen=True, slots=True)
class Token:
    """text: what it means, quotes removed; written: as it stands; position: its first column, from 1."""

    kind: TokenKind
    text: str
    written: str
    position: int

    @property
    def found(self) -> str:
        """How an error names it."""
        if self.kind == "end":
            return "the end"
        written = "".join(one if one.isprintable() else " " for one in self.written)
        written = written if len(written) <= MOST_FOUND else written[: MOST_FOUND - 1] + "…"
        return written if self.kind == "text" else f'"{written}"'


def tokens(text: str) -> Iterator[Token]:
    """Every token of `text`, an "end" last. Raises InvalidFilter at a character that begins none."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _text(text, at) if text[at] in CLOSERS else _plain(text, at)
        yield token
        at += len(token.written)
    yield Token("end", "", "", len(text) + 1)


def _plain(text: str, at: int) -> Token:
    """A name, a number or a mark."""
    one, two = _alike(text[at]), _alike(text[at]) + _alike(text[at + 1 : at + 2])
    if _is_digit(one) or (one == "-" and _is_digit(two[1:])):
        return _number(text, at)
    if one.isalpha() or one == "_":
        end = _while(text, at, lambda letter: letter.isalnum() or letter == "_")
        return Token("name", _plainly(text[at:end]), text[at:end], at + 1)
    if two in TWO_MARKS and len(one) == 1:
        return Token("mark", two, text[at : at + 2], at + 1)
    if one in ONE_MARKS or one in TWO_MARKS:
        return Token("mark", one, text[at], at + 1)
    raise InvalidFilter(
        text, at + 1, f'"{text[at]}"', "a field, a value in quotes, or an operator", rule="unexpected_character"
    )


def _number(text: str, at: int) -> Token:
    end = _while(text, at + 1, _is_digit)
    if _alike(text[end : end + 1]) == "." and _is_digit(_alike(text[end + 1 : end + 2])):
        end = _while(text, end + 1, _is_digit)
    return Token("number", _plainly(text[at:end]), text[at:end], at + 1)


def _text(text: str, at: int) -> Token:
    """What stands in quotes; a backslash takes the next character as it is."""
    closers = CLOSERS[text[at]]
    letters: list[str] = []
    end = at + 1
    while end < len(text):
        if text[end] in closers:
            return Token("text", "".join(letters), text[at : end + 1], at + 1)
        end += text[end] == "\\"
        letters.append(text[end : end + 1])
        end += 1
    raise InvalidFilter(
        text, at + 1, "a text that never ends", f"a closing {closers[-1]} after it", rule="unclosed_text"
    )


def _while(text: str, at: int, holds: Callable[[str], bool]) -> int:
    while at < len(text) and holds(_alike(text[at])):
        at += 1
    return at


def _is_digit(letter: str) -> bool:
    return letter.isascii() and letter.isdigit()


def _plainly(text: str) -> str:
    return "".join(_alike(one) for one in text)


def _alike(letter: str) -> str:
    """The plain form of a full-width letter, digit or mark; anything else as it is."""
    if "！" <= letter <= "～":
        return chr(ord(letter) - 0xFEE0)
    return _ALIKE.get(letter, letter)
