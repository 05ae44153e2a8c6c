"""When shoppers come by: visits of their own accord, to restock, and because a friend showed them something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F64, I32, I64
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.shoppers import Shoppers
from daogou.data.demo.bilingual.truth import Truth

HOUR_SHARES = np.array([5, 2, 1, 1, 1, 1, 3, 6, 9, 11, 12, 11, 13, 11, 10, 10, 10, 11, 13, 16, 20, 23, 20, 12], float)
DEVICE_SHARES = (0.77, 0.17, 0.06)
SHARE_AWAY = 0.08  # visits in another city than one's own
MINUTE_US = 60_000_000


@dataclass(frozen=True)
class Arrivals:
    """The visits of one week, one entry each; `first` is the number of the first among all visits."""

    first: int
    user: I32
    day: I32
    hour: I32
    weather: I32
    store: I32
    device: I32
    at_us: I64

    @property
    def number(self) -> I32:
        return (self.first + np.arange(len(self.user))).astype(np.int32)


def week_days(week: int) -> I32:
    """The days of a week, fewer in the last one."""
    return np.arange(week * 7, min(week * 7 + 7, seasons.N_DAYS), dtype=np.int32)


def own_accord(shoppers: Shoppers, traffic: F64, days: I32, rng: np.random.Generator) -> tuple[I32, I32]:
    """User and day of every visit that nothing but habit calls for."""
    rate = shoppers.visits[:, None] * traffic[days][None] * (days[None] >= shoppers.first_day[:, None])
    times = rng.poisson(rate)
    user, place = np.nonzero(times)
    repeats = times[user, place]
    return np.repeat(user, repeats).astype(np.int32), np.repeat(days[place], repeats).astype(np.int32)


def arrive(truth: Truth, user: I32, day: I32, first: int, rng: np.random.Generator) -> Arrivals:
    """Give every visit its hour, place, device and weather."""
    n = len(user)
    hour = rng.choice(24, n, p=HOUR_SHARES / HOUR_SHARES.sum()).astype(np.int32)
    away = rng.random(n) < SHARE_AWAY
    store = np.where(away, rng.integers(0, len(seasons.STORES), n), truth.user_store[user]).astype(np.int32)
    within = rng.integers(0, 40 * MINUTE_US, n) // 1000 * 1000
    at_us = seasons.day_start_us(day) + hour.astype(np.int64) * 60 * MINUTE_US + within
    device = rng.choice(len(seasons.DEVICES), n, p=DEVICE_SHARES).astype(np.int32)
    device = np.where((device == 2) & ((hour < 9) | (hour > 21)), 0, device).astype(np.int32)  # stores are closed
    return Arrivals(first, user, day, hour, truth.weather[day, store], store, device, at_us)
