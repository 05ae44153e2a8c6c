"""Time arrives as an argument: the real clock for a server, a standing one for tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], int]
"""Returns now, in microseconds since 1970-01-01 UTC."""

SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
DAY_US = 86_400 * SECOND_US


def system_clock() -> int:
    """Now, from the machine, in microseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000


def standing_clock(at_us: int) -> Clock:
    """A clock that always shows `at_us`."""
    return lambda: at_us


def to_datetime(at_us: int) -> datetime:
    """Turn microseconds since 1970 into an aware UTC datetime."""
    return datetime.fromtimestamp(at_us / SECOND_US, tz=UTC)


def to_us(at: datetime) -> int:
    """Turn an aware datetime into microseconds since 1970 UTC; a naive one is read as UTC."""
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return round(aware.timestamp() * SECOND_US)


def isoformat(at_us: int) -> str:
    """RFC 3339 text in UTC, for example 2026-11-21T10:00:00Z."""
    return to_datetime(at_us).isoformat().replace("+00:00", "Z")
