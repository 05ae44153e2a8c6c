"""The lunar calendar and public holidays, from the extra `calendar`; each is asked for only where it is wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from daogou.core.errors import InvalidField, MissingExtra

NO_DAY, HOLIDAY, EVE = 1, 2, 3
EVE_DAYS = 7
"""The days before a holiday in which people shop for it."""

LUNAR_YEARS = range(1901, 2099)
"""Years for which the lunar calendar is computed exactly; outside them the lunar parts say nothing."""


def lunar(month: bool, day: dt.date) -> int:
    """Month or day of the lunar calendar, from 1, a leap month like the one it repeats; 0 outside LUNAR_YEARS."""
    try:
        from lunar_python import Solar
    except ImportError as error:
        raise MissingExtra("lunar-python", "calendar", "The lunar calendar") from error
    if day.year not in LUNAR_YEARS:
        return 0
    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return int(abs(found.getMonth()) if month else found.getDay())


def holidays_of(country: str) -> Callable[[dt.date], bool]:
    """Whether a day is a public holiday there."""
    try:
        import holidays
    except ImportError as error:
        raise MissingExtra("holidays", "calendar", "Public holidays") from error
    try:
        found = holidays.country_holidays(country)
    except NotImplementedError as error:
        raise InvalidField("country", country, "two letters of a country the library holidays knows") from error
    return lambda day: day in found


def holiday(is_holiday: Callable[[dt.date], bool], day: dt.date) -> int:
    """HOLIDAY, EVE within the days before one, or NO_DAY."""
    if is_holiday(day):
        return HOLIDAY
    ahead = (day + dt.timedelta(days=days) for days in range(1, EVE_DAYS + 1))
    return EVE if any(map(is_holiday, ahead)) else NO_DAY
