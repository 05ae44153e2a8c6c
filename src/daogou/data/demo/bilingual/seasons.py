"""The year of the bilingual shop: when it runs, its holidays, seasons, weather and hours.

Dates of 2026: the Spring Festival falls on 17 February; 18 June and 11 November are the great sale days of
Chinese e-commerce, 8 March and 9 September smaller ones. Temperatures are rough monthly means of the four cities.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

import numpy as np

from daogou.core.clock import DAY_US, to_us
from daogou.core.types import F64, I32

FIRST_DAY = date(2026, 1, 20)
LAST_DAY = date(2026, 11, 20)
N_DAYS = (LAST_DAY - FIRST_DAY).days + 1
N_WEEKS = -(-N_DAYS // 7)
CHINA = timezone(timedelta(hours=8))
START_US = to_us(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=CHINA))
END_US = START_US + N_DAYS * DAY_US

STORES = ("hangzhou", "guangzhou", "chengdu", "shenyang")
"""One store per city; a shopper's home store is the one in her city."""

WEATHERS = ("fine", "rain", "hot", "cold")
DAYPARTS = ("morning", "afternoon", "evening", "night")
"""06-11, 12-17, 18-20 and 21-05 o'clock."""

DEVICES = ("phone", "desktop", "kiosk")

SEASONS: Mapping[str, tuple[float, ...]] = {
    "all_year": (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "summer": (0.25, 0.3, 0.6, 1.2, 2.0, 2.6, 2.6, 2.0, 1.0, 0.5, 0.3, 0.2),
    "winter": (2.2, 1.7, 1.0, 0.5, 0.3, 0.2, 0.2, 0.3, 0.7, 1.5, 2.4, 2.6),
    "spring": (0.7, 1.1, 1.8, 1.8, 1.4, 0.9, 0.7, 0.8, 1.1, 1.0, 0.8, 0.6),
    "autumn": (0.8, 0.9, 1.2, 1.0, 0.8, 0.6, 0.6, 1.0, 1.7, 1.8, 1.5, 1.0),
    "camping": (0.4, 0.5, 1.1, 2.0, 2.0, 1.3, 1.1, 1.0, 1.4, 1.6, 0.7, 0.4),
    "back_to_school": (0.8, 1.8, 1.0, 0.8, 0.7, 0.7, 0.8, 2.4, 1.8, 0.9, 0.8, 0.8),
    "spring_festival": (2.4, 2.2, 0.7, 0.7, 0.8, 0.8, 0.7, 0.8, 1.3, 1.0, 0.9, 1.1),
    "children": (1.4, 1.5, 0.8, 0.9, 1.7, 1.8, 1.1, 1.0, 0.8, 0.9, 0.9, 1.3),
}
"""How much more a type is wanted by month, January first."""

SALES: tuple[tuple[date, date, str, float], ...] = (
    (date(2026, 2, 1), date(2026, 2, 13), "spring_festival", 1.5),
    (date(2026, 3, 6), date(2026, 3, 8), "womens_day", 1.4),
    (date(2026, 5, 30), date(2026, 6, 1), "childrens_day", 1.3),
    (date(2026, 6, 14), date(2026, 6, 20), "618", 2.1),
    (date(2026, 9, 8), date(2026, 9, 10), "99", 1.3),
    (date(2026, 10, 1), date(2026, 10, 7), "national_day", 1.2),
    (date(2026, 11, 8), date(2026, 11, 12), "1111", 2.6),
)
"""First and last day, name, and how many times more visits a day has."""

QUIET_DAYS = (date(2026, 2, 15), date(2026, 2, 20))  # families are travelling and couriers are off
SALE_PRICE = 0.9  # what line prices are multiplied by on 18 June and 11 November weeks
DEEP_SALES = frozenset({"618", "1111"})

_MEAN_CELSIUS = (
    (5, 7, 11, 17, 22, 25, 30, 29, 25, 19, 13, 7),
    (14, 16, 19, 23, 26, 28, 29, 29, 28, 25, 21, 16),
    (6, 8, 13, 18, 22, 25, 26, 26, 22, 17, 13, 7),
    (-11, -7, 2, 11, 18, 22, 25, 24, 18, 10, 0, -8),
)  # by store, January first; long-run monthly means, rounded


def dates() -> list[date]:
    """Every day of the shop's life."""
    return [FIRST_DAY + timedelta(days=day) for day in range(N_DAYS)]


def traffic() -> F64:
    """(N_DAYS,) how many times the usual number of visits a day has: weekends, sales, the quiet holiday."""
    weight = np.ones(N_DAYS)
    for number, day in enumerate(dates()):
        weight[number] *= 1.15 if day.weekday() >= 5 else 1.0
        weight[number] *= 0.45 if QUIET_DAYS[0] <= day <= QUIET_DAYS[1] else 1.0
        weight[number] *= next((times for first, last, _, times in SALES if first <= day <= last), 1.0)
    return weight


def sale_of_day() -> list[str]:
    """The name of the sale on each day, empty on ordinary ones."""
    return [next((name for first, last, name, _ in SALES if first <= day <= last), "") for day in dates()]


def season_by_day(season: str) -> F64:
    """(N_DAYS,) log of how much more a season's types are wanted, gliding from one month's middle to the next."""
    months = np.log(np.asarray(SEASONS[season]))
    place = np.array([day.month - 1 + (day.day - 15) / 30.0 for day in dates()])
    around = np.concatenate([months[-1:], months, months[:1]])
    return np.asarray(np.interp(place % 12, np.arange(-1, 13), around), np.float64)


def weather_by_day(rng: np.random.Generator) -> I32:
    """(N_DAYS, n_stores) position in WEATHERS: hot from 28 °C, cold below 8 °C, else rain on one day in four."""
    months = np.array([day.month - 1 for day in dates()])
    celsius = np.asarray(_MEAN_CELSIUS, float)[:, months].T + rng.normal(0.0, 3.0, (N_DAYS, len(STORES)))
    weather = np.where(rng.random(celsius.shape) < 0.25, 1, 0)
    weather = np.where(celsius >= 28, np.where(rng.random(celsius.shape) < 0.2, 1, 2), weather)
    return np.where(celsius < 8, 3, weather).astype(np.int32)


def daypart_of(hour: I32) -> I32:
    """Position in DAYPARTS of an hour from 0 to 23."""
    return np.select([(hour >= 6) & (hour < 12), (hour >= 12) & (hour < 18), (hour >= 18) & (hour < 21)], [0, 1, 2], 3)


def day_start_us(day: I32) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Midnight in China of a day counted from FIRST_DAY, in microseconds since 1970 UTC."""
    return START_US + np.asarray(day, np.int64) * DAY_US
