"""The circumstances of one question: when, where, on what, in which weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Context:
    """hour, weekday, month  local, 0-23, Monday 0, January 1
    store, region, device, weather  as the caller names them; None where unknown
    given  everything the caller said, as it came
    """

    now_us: int
    hour: int
    weekday: int
    month: int
    store: str | None = None
    region: str | None = None
    device: str | None = None
    weather: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)


def read_context(given: Mapping[str, Any], now_us: int, time_zone: str) -> Context:
    """The circumstances that a request names, at this moment of the shop's time zone."""
    local = _local_hour(now_us // HOUR_US, time_zone)
    store, region, device, weather = (_text(given, name) for name in ("store_id", "region", "device", "weather"))
    return Context(now_us, local.hour, local.weekday(), local.month, store, region, device, weather, given)


@lru_cache(maxsize=64)
def _local_hour(hours: int, time_zone: str) -> datetime:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    return moment.astimezone(ZoneInfo(time_zone))


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) and value else None
