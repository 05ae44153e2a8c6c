"""What shoppers made of the lists they were shown: clicks, carts, purchases, dislikes, by placement, place and release.

Everything comes from the log of served slates and from events that give a recommendation_id back. Nothing here is an
experiment: two releases served at different times also differ by their times.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from daogou.core.clock import DAY_US
from daogou.learn.evaluation.served_places import places
from daogou.learn.metrics.intervals import Interval
from daogou.learn.metrics.proportions import grouped_share
from daogou.learn.metrics.significance import mantel_haenszel

RATES: Mapping[str, tuple[str, str | None]] = {
    "ctr": ("was_clicked", None),
    "cart_rate": ("was_carted", None),
    "purchase_rate": ("was_bought", None),
    "purchase_per_click": ("was_bought", "was_clicked"),
    "wish_rate": ("was_wished", None),
    "dislike_rate": ("was_disliked", None),
    "refund_rate": ("was_refunded", "was_bought"),
}
"""Name of a rate → what is counted, and out of which places; None means out of all."""

MOST_PLACES, FEWEST_PER_PLACE = 12, 30

WIDEST = 10.0
"""A place effect whose interval spans more than this factor says nothing and is left out."""


@dataclass(frozen=True)
class Part:
    """One slice of what was served.

    kind   all, placement, place (from 0), release or source
    rates  by the names in RATES; a rate out of nothing is left out
    dwell_seconds  median time with a clicked item, None where it is not known; of `n_dwell` clicks
    """

    kind: str
    name: str
    is_seen: bool
    n_slates: int
    n_places: int
    counts: Mapping[str, int]
    rates: Mapping[str, Interval]
    dwell_seconds: float | None
    n_dwell: int
    revenue_minor: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "counted": "seen" if self.is_seen else "served",
            "n_slates": self.n_slates,
            "n_places": self.n_places,
            "counts": dict(self.counts),
            "rates": {name: interval.to_dict() for name, interval in self.rates.items()},
            "dwell_seconds": self.dwell_seconds,
            "n_dwell": self.n_dwell,
            "revenue_minor": self.revenue_minor,
        }


@dataclass(frozen=True)
class PlaceEffect:
    """Clicks at one place beside clicks on the same items in the same placement at the first place.

    ratio  of click rates, by Mantel and Haenszel, with its interval; 1 = the place costs nothing
    raw    the plain ratio of click rates, which also holds that better items stand higher
    """

    place: int
    ratio: Interval
    raw: float

    def to_dict(self) -> dict[str, Any]:
        return {"place": self.place, "ratio": self.ratio.to_dict(), "raw": self.raw}


@dataclass(frozen=True)
class Day:
    """One day: how much was shown, how much of that was clicked, and how much went to the best-sellers."""

    day: str
    n_places: int
    ctr: float
    head_share: float | None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Served:
    """Everything that is known about lists that went out."""

    from_us: int
    until_us: int
    window_days: float
    level: float
    currency: str
    n_shoppers: int
    n_slates_served: int
    n_places_served: int
    parts: tuple[Part, ...]
    place_effects: tuple[PlaceEffect, ...] = ()
    days: tuple[Day, ...] = field(default_factory=tuple)

    def of(self, kind: str) -> list[Part]:
        """The slices of one kind, in the order they are shown."""
        return [one for one in self.parts if one.kind == kind]

    @property
    def whole(self) -> Part:
        return self.of("all")[0]

    @property
    def has_impressions(self) -> bool:
        """Whether any page reports what was really seen."""
        return any(one.is_seen for one in self.of("placement"))

    def to_dict(self) -> dict[str, Any]:
        plain = ("from_us", "until_us", "window_days", "level", "currency", "n_shoppers", "n_slates_served",
                 "n_places_served")  # fmt: skip
        return {name: getattr(self, name) for name in plain} | {
            "parts": [one.to_dict() for one in self.parts],
            "place_effects": [one.to_dict() for one in self.place_effects],
            "days": [one.to_dict() for one in self.days],
        }


def served_figures(
    outcomes: pl.DataFrame,
    served: pl.DataFrame,
    *,
    window_days: float = 7.0,
    releases: Sequence[tuple[str, int]] = (),
    head: Collection[str] | None = None,
    currency: str = "",
    level: float = 0.95,
) -> Served | None:
    """All figures, or None where no list was served or seen.

    outcomes, served  as `data.lake.outcomes` reads them
    window_days       a purchase counts for a list when it comes this soon after the click
    releases          name and first moment of each release, oldest first
    head              item ids of the best-sellers, for how much of what is shown goes to them

    Where any placement reports impressions, the total is over those placements only: seen and merely served places
    do not mix.
    """
    counted = places(outcomes, served, round(window_days * DAY_US), releases)
    if counted.is_empty():
        return None
    has_impressions = bool(counted["is_seen"].any())
    basis = counted.filter(pl.col("is_seen")) if has_impressions else counted
    parts = [_part("all", "", basis, level)]
    parts += _split(counted, "placement", "placement", level)
    placed = basis.filter(pl.col("position") < MOST_PLACES)
    parts += sorted(_split(placed, "place", "position", level), key=lambda one: int(one.name))
    parts += sorted(_split(basis, "release", "release", level), key=lambda one: one.name)
    parts += _split(basis, "source", "source", level)
    return Served(
        from_us=int(counted["at_us"].to_numpy().min()),
        until_us=int(counted["at_us"].to_numpy().max()),
        window_days=window_days,
        level=level,
        currency=currency,
        n_shoppers=basis["cluster"].n_unique(),
        n_slates_served=served["recommendation_id"].n_unique(),
        n_places_served=served.height,
        parts=tuple(parts),
        place_effects=tuple(_place_effects(placed, level)),
        days=tuple(_days(basis, head)),
    )


def _split(table: pl.DataFrame, kind: str, column: str, level: float) -> list[Part]:
    """One part per value, those with most places first."""
    groups = table.filter(pl.col(column).is_not_null()).partition_by(column, as_dict=True, maintain_order=True)
    found = [_part(kind, str(key[0]), one, level) for key, one in groups.items()]
    return sorted(found, key=lambda one: (-one.n_places, one.name))


def _part(kind: str, name: str, table: pl.DataFrame, level: float) -> Part:
    flags = [column for column in table.columns if column.startswith("was_")]
    by_cluster = table.group_by("cluster", maintain_order=True).agg(
        pl.len().alias("places"),
        *[pl.col(what).filter(pl.col(out_of)).sum().alias(rate) if out_of else pl.col(what).sum().alias(rate)
          for rate, (what, out_of) in RATES.items()],
        *[pl.col(flag).sum() for flag in flags],
    )  # fmt: skip
    rates = {}
    for rate, (_, out_of) in RATES.items():
        trials = by_cluster[out_of or "places"].to_numpy()
        if trials.any():
            rates[rate] = grouped_share(by_cluster[rate].to_numpy(), trials, level=level)
    dwell = table["dwell_seconds"].drop_nulls()
    median = dwell.median()
    return Part(
        kind=kind,
        name=name,
        is_seen=bool(table["is_seen"].all()),
        n_slates=table["recommendation_id"].n_unique(),
        n_places=table.height,
        counts={flag: int(table[flag].sum()) for flag in flags},
        rates=rates,
        dwell_seconds=float(median) if isinstance(median, int | float) else None,
        n_dwell=len(dwell),
        revenue_minor=int(table["revenue_minor"].sum()),
    )


def _place_effects(table: pl.DataFrame, level: float) -> list[PlaceEffect]:
    """Each place against the first, on items seen at both in one placement."""
    counted = table.group_by("placement", "item_id", "position").agg(pl.col("was_clicked").sum(), pl.len().alias("n"))
    first = counted.filter(pl.col("position") == 0)
    totals = {int(place): (int(c), int(n)) for place, c, n in _totals(counted)}
    found = []
    for place in sorted(totals)[1:] if 0 in totals else []:
        pairs = counted.filter(pl.col("position") == place).join(first, on=["placement", "item_id"], suffix="_first")
        columns = ("was_clicked", "n", "was_clicked_first", "n_first")
        clicks, seen, base_clicks, base_seen = (pairs[name].to_numpy().astype(np.float64) for name in columns)
        ratio = mantel_haenszel(clicks, seen, base_clicks, base_seen, level=level)
        if totals[place][1] < FEWEST_PER_PLACE or ratio is None or ratio.high > WIDEST * ratio.low:
            continue
        raw = (totals[place][0] / totals[place][1]) / (totals[0][0] / totals[0][1])
        found.append(PlaceEffect(place, ratio, raw))
    return found


def _totals(counted: pl.DataFrame) -> list[tuple[Any, ...]]:
    return counted.group_by("position").agg(pl.col("was_clicked").sum(), pl.col("n").sum()).rows()


def _days(table: pl.DataFrame, head: Collection[str] | None) -> list[Day]:
    day = pl.from_epoch("at_us", time_unit="us").dt.strftime("%Y-%m-%d").alias("day")
    is_head = pl.col("item_id").is_in(list(head)) if head else pl.lit(None, pl.Boolean())
    grouped = table.with_columns(day, is_head.alias("is_head")).group_by("day").agg(
        pl.len(), pl.col("was_clicked").mean(), pl.col("is_head").mean()
    )  # fmt: skip
    return [Day(*row) for row in grouped.sort("day").rows()]
