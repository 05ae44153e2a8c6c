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

from daogou.core.errors import InvalidField
from daogou.core.types import I32
from daogou.learn.almanac import holiday, holidays_of, lunar
from daogou.learn.checks import one_of
from daogou.learn.features.column import Known
from daogou.learn.features.field import About, Part

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
            return partial(holiday, holidays_of(self.column.country))
        return partial(lunar, part == "lunar_month")


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
