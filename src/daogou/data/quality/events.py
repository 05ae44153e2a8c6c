"""What is amiss in a log of events: impossible times and volumes, holes, programs, items nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from daogou.core.clock import DAY_US, isoformat
from daogou.data.quality.finding import Finding, Tone, found
from daogou.data.store.trust_log import Ground

OLD_US = 20 * 365 * DAY_US
BUSY_DAY = 20.0
"""Events on a usual day from which a day without any is a hole and no weekend."""
IMPOSSIBLE_PER_DAY = 2_000
MANY_BOTS = 0.2


def sold_at(lines: pl.DataFrame) -> Mapping[str, float]:
    """By item id, the median price of one piece that purchases name, in minor units."""
    sold = lines.filter((pl.col("name") == "purchase") & (pl.col("price_minor") > 0))
    prices = sold.group_by("item_id").agg(pl.col("price_minor").median())
    return dict(zip(prices["item_id"].to_list(), prices["price_minor"].to_list(), strict=True))


def findings_of_events(
    lines: pl.DataFrame, known_items: Sequence[str], programs: Mapping[str, Sequence[Ground]], now_us: int
) -> list[Finding]:
    """lines     one row per line of every event: seq, name, at_us, shopper, item_id
    programs  grounds by shopper, as `verdicts` gives them
    """
    events = lines.unique("seq", keep="first", maintain_order=True)
    n = events.height
    if not n:
        return []
    ahead = events.filter(pl.col("at_us") > now_us + DAY_US)
    old = events.filter(pl.col("at_us") < now_us - OLD_US)
    days = events.filter((pl.col("at_us") <= now_us + DAY_US) & (pl.col("at_us") >= now_us - OLD_US))
    named = lines.filter(pl.col("item_id").is_not_null())
    unknown = named.filter(~pl.col("item_id").is_in(list(known_items)))
    unknown_ids = unknown["item_id"].value_counts(sort=True)["item_id"].to_list()
    by_day = events.filter(pl.col("shopper").is_not_null()).group_by("shopper", pl.col("at_us") // DAY_US).agg(pl.len())
    busy = by_day.filter(pl.col("len") >= IMPOSSIBLE_PER_DAY).sort("len", descending=True)
    mechanical = events.filter(pl.col("shopper").is_in(list(programs))).height
    return [
        *found("future", "act", [isoformat(one) for one in ahead["at_us"].to_list()], n),
        *found("past", "act", [isoformat(one) for one in old["at_us"].to_list()], n),
        *_holes(days["at_us"].to_numpy()),
        *_unknown(unknown.height, named.height, unknown_ids),
        *found("impossible_shopper", "act", [f"{who}: {count:,}" for who, _, count in busy.rows()]),
        *_programs(mechanical, n, programs),
        *([] if "purchase" in events["name"] else [Finding("no_purchase", "know", 0)]),
    ]


def _holes(at_us: np.ndarray) -> list[Finding]:
    """Runs of days without any event, in a shop where that is not usual."""
    if not len(at_us):
        return []
    day = at_us // DAY_US
    counts = np.bincount(day - day.min())
    if len(counts) < 7 or np.median(counts) < BUSY_DAY:
        return []
    empty = counts == 0
    weekday = np.arange(len(counts)) % 7
    usual = np.array([np.median(counts[weekday == one]) for one in range(7)])
    holes = np.flatnonzero(empty & (usual[weekday] >= BUSY_DAY))
    if not len(holes):
        return []
    runs = np.split(holes, np.flatnonzero(np.diff(holes) > 1) + 1)
    runs.sort(key=len, reverse=True)
    first = int(day.min())
    cases = [f"{isoformat((first + int(run[0])) * DAY_US)[:10]}: {len(run)}" for run in runs]
    return [Finding("holes", "watch", len(holes), len(counts), tuple(cases[:5]), {"longest": len(runs[0])})]


def _unknown(n_unknown: int, n_named: int, ids: Sequence[str]) -> list[Finding]:
    if not n_unknown:
        return []
    tone: Tone = "act" if n_unknown > n_named / 20 else "watch"
    return [Finding("unknown_items", tone, n_unknown, n_named, tuple(ids[:5]), {"ids": len(ids)})]


def _programs(n_events: int, total: int, programs: Mapping[str, Sequence[Ground]]) -> list[Finding]:
    if not programs:
        return []
    tone: Tone = "act" if n_events > MANY_BOTS * total else "know"
    return [Finding("programs", tone, n_events, total, tuple(programs)[:5], {"shoppers": len(programs)})]
