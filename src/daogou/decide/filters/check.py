"""Hold one claim against the table of fields: is there such a field, can this be asked of it, does the value fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from difflib import get_close_matches

from daogou.core.clock import DAY_US, to_us
from daogou.core.errors import InvalidFilter
from daogou.decide.filters.fields import FIELDS, MINOR, OPERATORS, NumberField, TextField, field_of
from daogou.decide.filters.folding import fold, fold_path
from daogou.decide.filters.tokens import Token
from daogou.decide.filters.tree import MOST_DECIMALS, Claim, Value

MOST_DIGITS = 15  # every such number is exact as a double, also in a browser
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_A_DATE = 'a day such as "2026-01-31" or a time such as "2026-01-31T08:00:00Z", in quotes'


def known_field(text: str, name: Token) -> str:
    """The name as FIELDS spells it; InvalidFilter names those that come close."""
    spelled = name.text.lower()
    if spelled in FIELDS:
        return spelled
    close = get_close_matches(spelled, FIELDS, 3, 0.6)
    known = f"the field {_or(close)}" if close else f"one of the fields {', '.join(FIELDS)}"
    own = f"attributes.{name.text} for an attribute of the shop's own"
    raise InvalidFilter(text, name.position, name.found, f"{known}, or {own}", rule="unknown_field")


def known_operator(text: str, field: str, operator: Token) -> str:
    """The operator, where it can be asked of this field; `=` on several values becomes `has`."""
    kind = field_of(field).kind
    asked, allowed = operator.text.lower() if operator.kind in ("name", "mark") else "", OPERATORS[kind]
    if asked in allowed:
        return "has" if asked == "=" and "has" in allowed else asked
    hint = ""
    if asked == "not":
        hint = f" (put not in front: not {field} …)"
    elif asked == "!=" and "has" in allowed:
        hint = f" (an item may have several: not {field} has …)"
    raise InvalidFilter(
        text,
        operator.position,
        operator.found,
        f"{_or(allowed)} after {field}{hint}",
        rule="wrong_operator" if asked in _ALL_OPERATORS else "syntax",
    )


def checked(text: str, field: str, operator: str, values: Sequence[Token]) -> Claim:
    """The claim with values of the field's type."""
    return Claim(field, operator, tuple(_value(text, field, operator, one) for one in values))


def window_of(value: str) -> tuple[int, int]:
    """A day or a moment as microseconds: its first one, and the first one after it. Raises ValueError."""
    start_us = to_us(datetime.fromisoformat(value))
    return start_us, start_us + (DAY_US if _DAY.fullmatch(value) else 1)


Complain = Callable[[str], InvalidFilter]
"""Makes the error about one value from what was expected."""


def _value(text: str, name: str, operator: str, token: Token) -> Value:
    def wrong(expected: str) -> InvalidFilter:
        return InvalidFilter(text, token.position, token.found, expected, rule="wrong_value")

    field = field_of(name)
    if isinstance(field, TextField):
        return _text(name, field, operator, token, wrong)
    if field.kind != "moment":
        return _number(field, token, wrong)
    if token.kind != "text" or not _is_moment(token.text):
        raise wrong(_A_DATE)
    return token.text


def _text(name: str, field: TextField, operator: str, token: Token, wrong: Complain) -> str:
    if token.kind != "text":
        example = f', such as "{token.text}"' if token.kind in ("name", "number") else ""
        raise wrong(f"a text in quotes{example}")
    folded = fold(token.text)
    if not folded:
        raise wrong(f"a text that is not empty (write {name} missing for items without one)")
    if field.words and folded not in field.words:
        raise wrong("one of " + ", ".join(f'"{word}"' for word in field.words))
    if operator == "under" and not fold_path(token.text):
        raise wrong('a path such as "Home > Mugs"')
    if field.kind == "path" and operator != "under" and ">" in folded:
        raise wrong(f'the name of one level (for a path write: {name} under "{token.text}")')
    return token.text


def _number(field: NumberField, token: Token, wrong: Complain) -> Value:
    if token.kind != "number":
        raise wrong(f"a number of {field.unit}")
    whole, _, decimals = token.text.lstrip("-").partition(".")
    if len(whole.lstrip("0")) + len(decimals) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise wrong(f"a number of at most {MOST_DIGITS} digits, {MOST_DECIMALS} of them decimals")
    if decimals and field.unit == MINOR:
        raise wrong(f"a whole number of {field.unit}: 20000 stands for 200.00")
    number = float(token.text)
    return int(number) if number.is_integer() else number


def _is_moment(written: str) -> bool:
    if not (_DAY.fullmatch(written) or _MOMENT.fullmatch(written)):
        return False
    try:
        window_of(written)
    except (ValueError, OverflowError):
        return False
    return True


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}"


_ALL_OPERATORS = frozenset(one for allowed in OPERATORS.values() for one in allowed)
