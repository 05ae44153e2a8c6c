"""Read one field: give back a right value, or say what was wrong, what was seen and what is allowed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import msgspec

from daogou.core.errors import InvalidField
from daogou.privacy.mask import is_contact

LONGEST_ID = 256
LONGEST_TEXT = 50_000
MOST_VALUES = 1_000

PLACEHOLDERS = frozenset(
    {"null", "none", "nan", "undefined", "\\n", "n/a", "#n/a", "(not set)", "(none)", "[object object]"}
)
_TRUE = frozenset({"true", "t", "yes", "y", "1", "是"})
_FALSE = frozenset({"false", "f", "no", "n", "0", "否"})


def required(raw: Mapping[str, object], name: str) -> object:
    """The value under `name`, which must be there and not be null."""
    value = raw.get(name)
    if value is None:
        raise InvalidField(name, None, "a value: this field is required", rule="required")
    return value


def only_known(raw: Mapping[str, object], known: frozenset[str]) -> None:
    """Refuse a field nobody reads: it is nearly always a misspelling of one that matters."""
    if raw.keys() <= known:
        return
    for name in raw:
        if name not in known:
            close = get_close_matches(str(name), known, n=1, cutoff=0.6)
            allowed = f"{close[0]!r} if that was meant" if close else "one of " + ", ".join(sorted(known))
            raise InvalidField(str(name), name, allowed, rule="unknown_field")


@lru_cache(maxsize=1 << 16)
def _clean_id(text: str) -> str:
    """The id trimmed, or a complaint without a field name yet (errors are not cached)."""
    trimmed = text.strip()
    if not trimmed:
        raise InvalidField("", text, "an id that is not empty", rule="empty_id")
    if len(trimmed) > LONGEST_ID:
        raise InvalidField("", text, f"an id of at most {LONGEST_ID} characters", rule="id_too_long")
    if trimmed.lower() in PLACEHOLDERS:
        raise InvalidField("", text, "a real id, or leave the field out", rule="placeholder_id")
    if not trimmed.isprintable():
        raise InvalidField("", text, "an id without control characters", rule="control_character")
    return trimmed


def identifier(value: object, field: str) -> str:
    """An id: text, or a whole number that is written out."""
    if type(value) is not str:
        if isinstance(value, bool) or not isinstance(value, int | str):
            if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
                return str(int(value))
            raise InvalidField(field, value, "an id as text", rule="not_text")
        value = str(value)
    try:
        return _clean_id(value)
    except InvalidField as error:
        raise InvalidField(field, value, error.allowed, rule=error.rule) from None


@lru_cache(maxsize=1 << 16)
def _is_contact(text: str) -> bool:
    return is_contact(text)


def person(value: object, field: str, *, allow_contacts: bool = False) -> str:
    """The id of a person or visit: a pseudonym, never an e-mail address or phone number (which is not shown).

    allow_contacts  True where numbers that look like phone numbers are known to be none; an e-mail address never is
    """
    name = identifier(value, field)
    if _is_contact(name) and not (allow_contacts and "@" not in name and "%40" not in name):
        raise InvalidField(
            field,
            "(hidden)",
            "a pseudonym: your own customer number, or a keyed hash of the contact",
            rule="contact_data",
        )
    return name


def text(value: object, field: str, *, longest: int = LONGEST_TEXT, empty: bool = False) -> str:
    """A text without NUL or broken Unicode, trimmed."""
    if type(value) is str and value.isascii() and value.isprintable() and 0 < len(value) <= longest:
        trimmed = value.strip()
        if trimmed or empty:
            return trimmed
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidField(field, value, "a text", rule="not_text")
    words = str(value).strip()
    if not words and not empty:
        raise InvalidField(field, value, "a text that is not empty", rule="empty_text")
    if len(words) > longest:
        raise InvalidField(field, value, f"at most {longest} characters", rule="text_too_long")
    if "\0" in words:
        raise InvalidField(field, value, "text without NUL characters", rule="nul_byte")
    if not words.isascii() and any("\ud800" <= letter <= "\udfff" for letter in words):
        raise InvalidField(field, ascii(value), "valid Unicode text", rule="not_unicode")
    return words


def number(value: object, field: str, lowest: float, highest: float) -> float:
    """A finite number within bounds; text that spells one is read."""
    seen = value
    if isinstance(value, str):
        try:
            value = float(value) if "_" not in value else None
        except ValueError:
            value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidField(field, seen, f"a number from {lowest:g} to {highest:g}", rule="not_a_number")
    if not lowest <= value <= highest:  # also refuses NaN
        raise InvalidField(field, seen, f"a number from {lowest:g} to {highest:g}", rule="out_of_range")
    return float(value)


def whole(value: object, field: str, lowest: int, highest: int) -> int:
    """A whole number within bounds; 2, "2", 2.0 and "2.0" are the same."""
    if type(value) is str and value.isdecimal() and len(value) < 16:
        value = int(value)
    allowed = f"a whole number from {lowest} to {highest}"
    if type(value) is not int:
        try:
            exact = number(value, field, -math.inf, math.inf)
        except InvalidField as error:
            raise InvalidField(field, value, allowed, rule=error.rule) from None
        if not exact.is_integer():
            raise InvalidField(field, value, allowed, rule="not_whole")
        value = int(exact)
    if not lowest <= value <= highest:
        raise InvalidField(field, value, allowed, rule="out_of_range")
    return value


def flag(value: object, field: str) -> bool:
    """True or false, also written 1/0, yes/no, 是/否."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise InvalidField(field, value, "true or false", rule="not_a_flag")


def one_of(value: object, field: str, words: Mapping[str, str]) -> str:
    """The canonical form of a word, whatever its case, spaces or hyphens."""
    key = str(value).strip().lower().replace(" ", "_").replace("-", "_")
    found = words.get(key)
    if found is None:
        raise InvalidField(field, value, "one of " + ", ".join(sorted(set(words.values()))), rule="unknown_word")
    return found


def structure(value: object, field: str) -> object:
    """The value itself, or, where a table cell holds JSON text, what that text says."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("[", "{"):
        return value
    try:
        return msgspec.json.decode(value.encode("utf-8", "surrogatepass"))
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise InvalidField(field, value, "valid JSON", rule="not_json") from None


def mapping(value: object, field: str) -> Mapping[str, Any]:
    """An object with text keys."""
    found = structure(value, field)
    if not isinstance(found, Mapping):
        raise InvalidField(field, value, 'an object, for example {"colour": ["red"]}', rule="not_an_object")
    return found


def sequence(value: object, field: str, *, separators: str = "|") -> list[object]:
    """A list; text is split at the first of the separators that occurs in it, a lone value is a list of one."""
    found = structure(value, field)
    if isinstance(found, str):
        for mark in separators:
            if mark in found:
                return [part for part in (one.strip() for one in found.split(mark)) if part]
        return [found] if found.strip() else []
    if isinstance(found, Mapping) or not isinstance(found, Iterable):
        return [found]
    parts = list(found)
    if len(parts) > MOST_VALUES:
        raise InvalidField(field, f"{len(parts)} values", f"at most {MOST_VALUES} values", rule="too_many_values")
    return parts


def values(value: object, field: str, *, separators: str = "|", longest: int = 2_000) -> tuple[str, ...]:
    """A tuple of texts from a list or a separated text; true and false become words."""
    parts = [one for one in sequence(value, field, separators=separators) if one is not None]
    return tuple(
        str(one).lower() if isinstance(one, bool) else text(one, f"{field}[{place}]", longest=longest)
        for place, one in enumerate(parts)
    )


def attributes(value: object, field: str) -> dict[str, tuple[str, ...]]:
    """Name to values; a bare list of labels (as Gorse keeps them) goes under `label`, empty ones are left out."""
    found = structure(value, field)
    if isinstance(found, str | list | tuple):
        labels = values(found, field)
        return {"label": labels} if labels else {}
    read = {}
    for name, given in mapping(found, field).items():
        key = text(name, f"{field}.{name}", longest=100)
        if isinstance(given, Mapping):  # Google Retail writes {"text": [...], "numbers": [...]}
            given = (
                [*given.get("text", ()), *given.get("numbers", ())] if {"text", "numbers"} & set(given) else str(given)
            )
        if given is not None and (words := values(given, f"{field}.{key}")):
            read[key] = words
    return read
