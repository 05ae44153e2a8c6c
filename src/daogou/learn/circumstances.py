"""A moment as shoppers live it, and the few words it is told in: daypart, weekday, season, holiday.

The same words are learned from, ruled by and served with, so that they mean one thing everywhere.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from daogou.core.clock import HOUR_US
from daogou.core.errors import InvalidField, MissingExtra
from daogou.learn.almanac import EVE, HOLIDAY, holiday, holidays_of, lunar

Hemisphere = Literal["north", "south"]

DAYPARTS = ("morning", "afternoon", "evening", "night")
"""06-11, 12-17, 18-20 and 21-05 o'clock."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKS = ("workday", "weekend")
SEASONS = ("spring", "summer", "autumn", "winter")
"""Of three whole months each, spring from March in the north and from September in the south."""
HOLIDAYS = ("none", "eve", "holiday")
"""A public holiday, one of the seven days before one, or neither."""

_HOUR_OF_DAYPART = (3,) * 6 + (0,) * 6 + (1,) * 6 + (2,) * 3 + (3,) * 3
_LOG = logging.getLogger("daogou.learn")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where the shop's days are counted.

    time_zone   IANA name
    hemisphere  whose seasons
    country     two letters, for public holidays; "" for none
    """

    time_zone: str
    hemisphere: Hemisphere = "north"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """hour, weekday, month      local: 0-23, Monday 0, January 1
    holiday                  one of HOLIDAYS; None where no country is set or the extra `calendar` is missing
    lunar_month, lunar_day   of the Chinese calendar, from 1; None without the extra
    """

    hour: int
    weekday: int
    month: int
    daypart: str
    week: str
    season: str
    holiday: str | None = None
    lunar_month: int | None = None
    lunar_day: int | None = None


def moment_at(at_us: int, calendar: Calendar) -> Moment:
    """The moment in the shop's own days; a microsecond while the hour lasts."""
    return _moment(at_us // HOUR_US, calendar)


def daypart_of(hour: int) -> str:
    """One of DAYPARTS."""
    return DAYPARTS[_HOUR_OF_DAYPART[hour]]


def season_of(month: int, hemisphere: Hemisphere) -> str:
    """One of SEASONS."""
    return SEASONS[((month - 3) // 3 + (2 if hemisphere == "south" else 0)) % 4]


@lru_cache(maxsize=16_384)
def _moment(hours: int, calendar: Calendar) -> Moment:
    began = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    local = began.astimezone(ZoneInfo(calendar.time_zone))
    day, weekday = local.date(), local.weekday()
    lunar_month, lunar_day = _lunar(day)
    return Moment(
        local.hour, weekday, local.month, daypart_of(local.hour), WEEKS[weekday >= 5],
        season_of(local.month, calendar.hemisphere), _holiday(day, calendar.country), lunar_month, lunar_day,
    )  # fmt: skip


@lru_cache(maxsize=1_024)
def _holiday(day: dt.date, country: str) -> str | None:
    if not country:
        return None
    try:
        is_holiday = _holidays_of(country)
    except (MissingExtra, InvalidField) as error:
        _say_once(str(error))
        return None
    return {HOLIDAY: "holiday", EVE: "eve"}.get(holiday(is_holiday, day), "none")


_holidays_of = lru_cache(maxsize=16)(holidays_of)


@lru_cache(maxsize=1_024)
def _lunar(day: dt.date) -> tuple[int | None, int | None]:
    try:
        return lunar(True, day) or None, lunar(False, day) or None
    except MissingExtra as error:
        _say_once(str(error))
        return None, None


@lru_cache(maxsize=16)
def _say_once(problem: str) -> None:
    _LOG.warning("Those parts of the context stay unknown. %s", problem)
