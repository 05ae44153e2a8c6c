"""Times as shops write them: numbers in any unit, RFC 3339, plain dates; always microseconds since 1970 UTC inside.

A number's unit is told by its size: from 1973 to 5138 no second, millisecond, microsecond or nanosecond count can be
mistaken for another. 01/12/2010 is refused unless the shop says which part is the month.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from daogou.core.errors import InvalidField, InvalidInput
from daogou.data.ingest.defaults import Defaults

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ALLOWED = "a time such as 2026-11-21T10:00:00Z, 2026-11-21 10:00:00, 2026-11-21 or 1795255200"
_EARLIEST_US = -2_208_988_800_000_000  # 1900
_LATEST_US = 4_133_980_800_000_000  # 2101

# (smallest number of this unit, name, how many microseconds it is worth as numerator and denominator)
_UNITS = ((1e17, "ns", 1, 1000), (1e14, "µs", 1, 1), (1e11, "ms", 1000, 1), (1e8, "s", 1_000_000, 1))

_LOOSE = re.compile(
    r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"(?:[T ]+(?P<H>\d{1,2})[:时](?P<M>\d{1,2})(?:[:分](?P<S>\d{1,2})(?:[.,](?P<f>\d{1,9}))?)?[秒分]?"
    r"\s*(?P<z>Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_LEAP = re.compile(r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}):60(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)", re.DOTALL)


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of that IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            f"timezone {name!r} is not known. Use an IANA name such as Europe/London or Asia/Shanghai."
        ) from None


def read_moment(value: object, field: str, defaults: Defaults) -> tuple[int, str]:
    """Microseconds since 1970 UTC and how the time was written: s, ms, µs, ns, text, date or datetime."""
    if type(value) is str and len(value) == 10 and value.isdecimal():  # the usual case, seconds since 2001
        return _from_number(int(value), value, field, defaults)
    if isinstance(value, bool):
        raise InvalidField(field, value, _ALLOWED, rule="not_a_time")
    if isinstance(value, int | float):
        return _from_number(value, value, field, defaults)
    if isinstance(value, str):
        return _from_text(value.strip(), value, field, defaults)
    if isinstance(value, datetime):
        return _from_datetime(value, value, field, defaults), "datetime"
    if isinstance(value, date):
        return _from_datetime(datetime(value.year, value.month, value.day), value, field, defaults), "date"
    raise InvalidField(field, value, _ALLOWED, rule="not_a_time")


def read_moment_us(value: object, field: str, defaults: Defaults) -> int:
    """Only the microseconds of `read_moment`."""
    return read_moment(value, field, defaults)[0]


def _from_number(number: float, seen: object, field: str, defaults: Defaults) -> tuple[int, str]:
    for smallest, unit, times, over in _UNITS:
        if number >= smallest:
            if number >= smallest * 1000 or math.isinf(number):
                break
            exact = number * times
            return (exact // over if isinstance(exact, int) else round(exact / over)), unit
    if isinstance(number, int) and 19_000_101 <= number <= 21_001_231:
        return _from_text(str(number), seen, field, defaults)
    raise InvalidField(
        field, seen, _ALLOWED + " (seconds, ms, µs or ns since 1970, after March 1973)", rule="not_a_time"
    )


def _from_text(text: str, seen: object, field: str, defaults: Defaults) -> tuple[int, str]:
    if text.isascii() and text.isdecimal() and len(text) != 8:
        return _from_number(int(text[:30]), seen, field, defaults)
    if len(text) < 8 or "W" in text:
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_time")
    if (leap := _LEAP.match(text)) is not None:  # 23:59:60 is the second before midnight twice, as in POSIX
        return _from_text(f"{leap[1]}:59{text[leap.end() :]}", seen, field, defaults)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _from_loose(text, seen, field, defaults)
    return _from_datetime(at, seen, field, defaults), "date" if len(text) <= 10 else "text"


def _from_loose(text: str, seen: object, field: str, defaults: Defaults) -> tuple[int, str]:
    found = _LOOSE.fullmatch(text)
    if found is None:
        slashed = _SLASHED.fullmatch(text)
        if slashed is not None:
            return _from_slashed(slashed, seen, field, defaults)
        if re.fullmatch(r"\d{8,19}\.\d{1,9}", text):
            return _from_number(float(text), seen, field, defaults)
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_time")
    part = found.groupdict()
    fraction = (part["f"] or "").ljust(6, "0")[:6]
    zone = (part["z"] or "").upper().replace("UTC", "Z")
    padded = f"{part['y']}-{int(part['m']):02}-{int(part['d']):02}T{int(part['H'] or 0):02}:{int(part['M'] or 0):02}"
    padded += f":{int(part['S'] or 0):02}.{fraction}{zone}"
    try:
        at = datetime.fromisoformat(padded)
    except ValueError:
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_time") from None
    return _from_datetime(at, seen, field, defaults), "text" if part["H"] else "date"


def _from_slashed(found: re.Match[str], seen: object, field: str, defaults: Defaults) -> tuple[int, str]:
    first, second, year, rest = found.groups()
    if defaults.date_order is None:
        allowed = f"{year}-MM-DD: it is unclear whether {first} or {second} is the month; or say the date order"
        raise InvalidField(field, seen, allowed, rule="ambiguous_date")
    day, month = (first, second) if defaults.date_order == "day_first" else (second, first)
    return _from_loose(f"{year}-{month}-{day}{rest}", seen, field, defaults)


def _from_datetime(at: datetime, seen: object, field: str, defaults: Defaults) -> int:
    try:
        if at.tzinfo is None:
            at = at.replace(tzinfo=UTC if defaults.timezone == "UTC" else zone_named(defaults.timezone))
        at_us = (at - _EPOCH) // _MICROSECOND
    except (OverflowError, ValueError):
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_time") from None
    if not _EARLIEST_US <= at_us <= _LATEST_US:
        raise InvalidField(field, seen, "a time between 1900 and 2101", rule="not_a_time")
    return at_us
