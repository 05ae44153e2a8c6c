"""What changed: the catalogue, the events, the scores and chances of lists, and the mix of their reasons.

Each figure of the newest whole day is held against the same figure of the days before. What a shop is used to is no
alarm: the bound comes from its own days. With less than a week of past nothing is judged.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import polars as pl

from daogou.core.clock import DAY_US, isoformat
from daogou.core.types import F64, Item
from daogou.learn.drift.distance import LEAST_DAYS, bound, histograms, ks, shifts

Part = Literal["catalogue", "events", "scores", "propensities", "reasons"]
PAST_DAYS = 56
WEEKDAYS_NEEDED = 4
LEAST_PLACES = 200
"""Places of a placement on a day before its scores and reasons are judged."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One figure of one day.

    part, what  which figure, for example events, "purchase"
    value       what it is; usual: the median of the past days; bound: from where it is told
    measure     count, share, psi
    ks          beside a psi of numbers, the two-sample statistic; None elsewhere
    """

    part: Part
    what: str
    measure: str
    value: float
    usual: float
    bound: float
    is_alarm: bool
    ks: float | None = None

    @property
    def ratio(self) -> float:
        """How near the bound, 1 on it; of counts, how far from the usual either way."""
        far, most = (self.value, self.bound)
        if self.measure == "count":
            far, most = abs(self.value - self.usual), self.bound - self.usual
        return far / most if most else 0.0


@dataclass(frozen=True, slots=True)
class Drifts:
    """All figures of one day."""

    day: str
    figures: Sequence[Drift]

    @property
    def alarms(self) -> list[Drift]:
        return [one for one in self.figures if one.is_alarm]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "day": self.day,
            "alarms": len(self.alarms),
            "figures": [{**asdict(one), "ratio": one.ratio} for one in self.figures],
        }


def drift(
    events: pl.DataFrame, served: pl.DataFrame, items: Sequence[Item], moves: Sequence[tuple[str, int]], now_us: int
) -> Drifts:
    """The newest whole day (UTC) before `now_us`.

    events  one row per line: seq, name, at_us, item_id
    served  as `read_served` gives them
    moves   item id and moment of each change of a price
    """
    today = now_us // DAY_US - 1
    recent = _recent(events, today)
    figures = [
        *_volumes(recent, today),
        *_unknown(recent, {item.id for item in items}, today),
        *_catalogue(items, moves, today),
        *_lists(_recent(served, today), today),
    ]
    return Drifts(isoformat(today * DAY_US)[:10], sorted(figures, key=lambda one: (not one.is_alarm, -one.ratio)))


def _recent(table: pl.DataFrame, today: int) -> pl.DataFrame:
    days = table.with_columns((pl.col("at_us") // DAY_US).alias("day"))
    return days.filter((pl.col("day") <= today) & (pl.col("day") > today - PAST_DAYS - 1))


def _volumes(events: pl.DataFrame, today: int) -> list[Drift]:
    """Events by name against the same weekday of past weeks, too many or too few; and names never seen before."""
    if not events.height:
        return []
    once = events.unique("seq", keep="first")
    first = int(once["day"].min())  # type: ignore[arg-type]
    weekdays = list(range(today - 7, first - 1, -7))[: PAST_DAYS // 7]
    if len(weekdays) < WEEKDAYS_NEEDED:
        return []
    counts = {(name, day): n for name, day, n in once.group_by("name", "day").len().rows()}
    figures = []
    for name in sorted(once["name"].unique().to_list()):
        past = [float(counts.get((name, day), 0)) for day in weekdays]
        value, usual = float(counts.get((name, today), 0)), float(np.median(past))
        gaps = [abs(one - usual) for one in past]
        width = max(bound(gaps), 6 * math.sqrt(usual + 1))
        is_new = value > 0 and not any(counts.get((name, day)) for day in range(first, today))
        figures.append(
            Drift("events", name, "count", value, usual, usual + width, is_new or abs(value - usual) > width)
        )
    return figures


def _unknown(events: pl.DataFrame, known: set[str], today: int) -> list[Drift]:
    """Share of lines that name items the catalogue lacks."""
    named = events.filter(pl.col("item_id").is_not_null())
    share = named.group_by("day").agg((~pl.col("item_id").is_in(list(known))).mean().alias("share"), pl.len())
    by_day = {day: (value, n) for day, value, n in share.rows()}
    past = [value for day, (value, _) in by_day.items() if day < today]
    if today not in by_day or len(past) < LEAST_DAYS:
        return []
    value, n = by_day[today]
    limit = bound(past, float(np.median(past)) + 6 / math.sqrt(n))
    return [Drift("events", "unknown items", "share", value, float(np.median(past)), limit, value > limit)]


def _catalogue(items: Sequence[Item], moves: Sequence[tuple[str, int]], today: int) -> list[Drift]:
    """Shares of the catalogue that came, went and changed their price on a day."""
    n = max(len(items), 1)
    came = [item.created_at_us // DAY_US for item in items if item.created_at_us]
    went = [item.expires_at_us // DAY_US for item in items if item.expires_at_us]
    moved = [at_us // DAY_US for at_us in {(item, at // DAY_US): at for item, at in moves}.values()]
    figures = []
    for what, days in (("new items", came), ("expired items", went), ("price changes", moved)):
        past = [0.0] * 28
        for day in days:
            if 0 < today - day <= 28:
                past[today - day - 1] += 1 / n
        if not days or not any(past):
            continue
        value = sum(day == today for day in days) / n
        limit = bound(past, 6 * math.sqrt(max(float(np.mean(past)), 1 / n) / n))
        figures.append(Drift("catalogue", what, "share", value, float(np.median(past)), limit, value > limit))
    return figures


def _lists(served: pl.DataFrame, today: int) -> list[Drift]:
    """Scores, propensities and reasons of each placement."""
    figures: list[Drift] = []
    for (placement,), places in served.group_by("placement", maintain_order=True):
        full = [day for (day,), one in places.group_by("day") if one.height >= LEAST_PLACES]
        past = sorted(day for day in full if day < today)
        if today not in full or len(past) < LEAST_DAYS:
            continue
        days = [places.filter(pl.col("day") == day) for day in [*past, today]]
        parts: Mapping[Part, str] = {"scores": "score", "propensities": "propensity"}
        for part, column in parts.items():
            values = [one[column].drop_nulls().to_numpy().astype(np.float64) for one in days]
            if all(len(one) for one in values) and len(np.unique(np.concatenate(values))) > 1:
                distance = ks(np.concatenate(values[:-1]), values[-1])
                figures.append(_shift(part, str(placement), histograms(values), distance))
        figures.append(_shift("reasons", str(placement), _mix(days), None))
    return figures


def _mix(days: Sequence[pl.DataFrame]) -> F64:
    """(n_days, n_reasons) how often each reason was given, the source where no reason was logged."""
    said = [one.select(pl.coalesce("reason", "source").fill_null("none").alias("why"))["why"] for one in days]
    names = sorted(set().union(*(one.unique().to_list() for one in said)))
    return np.array([[float((one == name).sum()) for name in names] for one in said])


def _shift(part: Part, placement: str, counts: F64, distance: float | None) -> Drift:
    usual, value, limit = shifts(counts)
    told = None if distance is None else round(distance, 4)
    return Drift(
        part, placement, "psi", round(value, 4), round(float(np.median(usual)), 4), round(limit, 4), value > limit, told
    )
