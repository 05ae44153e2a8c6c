"""A moment in time as what shoppers feel of it: hour, weekday, month, the lunar calendar, public holidays.

Needs the extra `calendar` for the lunar and holiday parts, and only then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np
import polars as pl

from daogou.core.errors import InvalidField, MissingExtra
from daogou.core.types import I32
from daogou.learn.checks import one_of
from daogou.learn.features.column import Known
from daogou.learn.features.field import About, Part

NO_DAY, HOLIDAY, EVE = 1, 2, 3
EVE_DAYS = 7
"""The days before a holiday in which people shop for it."""

LUNAR_YEARS = range(1901, 2099)
"""Years for which the lunar calendar is computed exactly; outside them the lunar parts say nothing."""

CLOCK: dict[str, tuple[int, pl.Expr]] = {
    "hour": (24, pl.col("at").dt.hour()),
    "weekday": (7, pl.col("at").dt.weekday() - 1),
    "is_weekend": (2, (pl.col("at").dt.weekday() >= 6).cast(pl.Int8)),
    "day": (31, pl.col("at").dt.day() - 1),
    "month": (12, pl.col("at").dt.month() - 1),
}
"""Part: how many values, and the value from 0; as a row they come one higher, for row 0 is no moment."""

CALENDAR = {"lunar_month": 13, "lunar_day": 31, "holiday": 4}
"""Part: how many rows. Lunar months and days count from 1, a leap month like the one it repeats."""


@dataclass(frozen=True)
class Moment:
    """parts      any of hour, weekday, is_weekend, day, month, lunar_month, lunar_day, holiday
    time_zone  where the shoppers are, for example Asia/Shanghai
    country    whose public holidays count, as two letters; the week before one counts as its eve
    """

    name: str
    about: About = "context"
    parts: tuple[str, ...] = ("hour", "weekday", "is_weekend", "month")
    time_zone: str = "UTC"
    country: str = "CN"

    kind: ClassVar[str] = "moment"

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))  # JSON knows lists only
        for part in self.parts:
            one_of("parts", part, (*CLOCK, *CALENDAR))

    def fit(self, values: pl.Series, known: Known) -> FittedMoment:
        return FittedMoment(self)

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedMoment:
        return FittedMoment(self)


@dataclass(frozen=True)
class FittedMoment:
    """Nothing is learned: the calendar is the same for everybody."""

    column: Moment

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(f"{self.column.name}.{part}", "id", n_rows=_n_rows(part)) for part in self.column.parts)

    @property
    def learned(self) -> dict[str, Any]:
        return {}

    def encode(self, values: pl.Series) -> I32:
        """(n, parts) rows; 0 where there is no moment."""
        local = _local_time(values, self.column.time_zone)
        columns = [
            local.to_frame("at").select(CLOCK[part][1].cast(pl.Int32) + 1).to_series().fill_null(0).to_numpy()
            if part in CLOCK
            else _by_day(local.dt.date(), self._calendar(part))
            for part in self.column.parts
        ]
        return np.stack(columns, axis=1).astype(np.int32)

    def _calendar(self, part: str) -> Callable[[dt.date], int]:
        if part == "holiday":
            return partial(_holiday, holidays_of(self.column.country))
        return partial(_lunar, part == "lunar_month")


def _n_rows(part: str) -> int:
    return CLOCK[part][0] + 1 if part in CLOCK else CALENDAR[part]


def _local_time(values: pl.Series, time_zone: str) -> pl.Series:
    """As a clock on the wall there shows it; whole numbers are microseconds since 1970 UTC, naive times UTC."""
    if values.dtype == pl.Date or values.dtype == pl.Null:
        return values.cast(pl.Datetime("us"))
    if values.dtype.is_integer():
        values = values.cast(pl.Int64).cast(pl.Datetime("us"))
    if not isinstance(values.dtype, pl.Datetime):
        allowed = "times, dates, or whole microseconds since 1970 UTC"
        raise InvalidField(values.name, f"a column of {values.dtype}", allowed, rule="wrong_type")
    aware = values if values.dtype.time_zone else values.dt.replace_time_zone("UTC")
    return aware.dt.convert_time_zone(time_zone).dt.replace_time_zone(None)


def _by_day(days: pl.Series, row_of: Callable[[dt.date], int]) -> I32:
    """Look every different day up once."""
    rows = {day: 0 if day is None else row_of(day) for day in days.unique().to_list()}
    return np.array([rows[day] for day in days.to_list()], np.int32)


def _lunar(month: bool, day: dt.date) -> int:
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


def _holiday(is_holiday: Callable[[dt.date], bool], day: dt.date) -> int:
    if is_holiday(day):
        return HOLIDAY
    ahead = (day + dt.timedelta(days=days) for days in range(1, EVE_DAYS + 1))
    return EVE if any(map(is_holiday, ahead)) else NO_DAY
