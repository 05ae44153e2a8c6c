"""How every shopper behaves, in a few figures that tell people and programs apart.

Good for: crawlers, scripts, click farms. Blind to: a program that acts as slowly and unevenly as a person; against
those, pairs need trusted shoppers. Cost: one sort of the acts; about 100 bytes per act.
Sources of the figures: Tan & Kumar, "Discovery of web robot sessions based on their navigational patterns", Data
Mining and Knowledge Discovery 2002; Doran & Gokhale, "Web robot detection techniques", DMKD 2011.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from daogou.core.clock import DAY_US, HOUR_US, SECOND_US
from daogou.core.types import F64, I32, I64, U8, Bools

MINUTE_US = 60 * SECOND_US
VISIT_GAP_US = 30 * MINUTE_US
AGENTS = (
    r"(?i)bot\b|bot/|crawl|spider|slurp|headless|phantomjs|scrapy|python-|curl/|wget|httpclient|go-http|java/|axios"
)
"""What programs that say so call themselves."""

VIEWS = ("view_item", "select_item")
BROWSING = frozenset({*VIEWS, "add_to_cart", "add_to_wishlist", "search", "view_search_results", "page_view",
                      "view_item_list", "view_cart"})  # fmt: skip
"""Acts that a person does one after the other. Not orders and ratings: those are often imported by the hour."""

SHOWN = ("impression", "view_item_list")


@dataclass(frozen=True, eq=False)
class Behaviour:
    """Parallel arrays over shoppers, (n,) each.

    shoppers       their keys
    acts           events of any kind
    per_minute     most browsing acts within sixty seconds
    same_second    most different items opened within one second
    gaps           pauses of less than half an hour between browsing acts
    unevenness     standard deviation over mean of those pauses; NaN without two
    hours_awake    most different hours of one day with browsing acts
    views          items opened
    views_per_day  the most on one day
    breadth        different items among those opened, as a share
    carts          items put into the cart or on the wish list
    order_days     different days with a purchase
    clicks         items opened from lists
    click_share    those over the places it was shown; NaN where it was shown none
    was_shown      whether any list was reported as seen
    is_declared    whether it called itself a program
    per_device, per_network  most shoppers of its device and of its network on one day; 0 where unknown
    days           different days with any event
    first_us, last_us
    """

    shoppers: Sequence[str]
    acts: I64
    per_minute: I64
    same_second: I64
    gaps: I64
    unevenness: F64
    hours_awake: I64
    views: I64
    views_per_day: I64
    breadth: F64
    carts: I64
    order_days: I64
    clicks: I64
    click_share: F64
    was_shown: Bools
    is_declared: Bools
    per_device: I64
    per_network: I64
    days: I64
    first_us: I64
    last_us: I64


def behaviour(lines: pl.DataFrame) -> Behaviour:
    """The figures of everybody.

    lines  one row per line of every event: seq, name, at_us, shopper, item_id, and of the context agent, device,
           network; rows without a shopper are nobody's

    Where times are written to the minute or coarser, what needs finer ones stays 0.
    """
    known = lines.filter(pl.col("shopper").is_not_null())
    acts = known.unique("seq", keep="first", maintain_order=True).sort("shopper", "at_us", maintain_order=True)
    shoppers = acts["shopper"].unique(maintain_order=True)
    numbers = pl.DataFrame({"shopper": shoppers, "who": np.arange(len(shoppers), dtype=np.int32)})
    n = len(shoppers)
    acts = acts.join(numbers, on="shopper", how="left", maintain_order="left")
    views = known.filter(pl.col("name").is_in(VIEWS) & pl.col("item_id").is_not_null()).join(numbers, on="shopper")
    browsing = acts.filter(pl.col("name").is_in(BROWSING))
    grain_us = _grain_us(browsing["at_us"].to_numpy())
    who, at_us = browsing["who"].to_numpy(), browsing["at_us"].to_numpy()
    per_minute, gaps, unevenness = _tempo(who, at_us, n) if grain_us < MINUTE_US else _no_tempo(n)
    second = pl.struct("who", pl.col("at_us") // SECOND_US).alias("when")
    opened = views.select("who", second, "item_id").group_by("when").agg(pl.col("who").first(), _different("item_id"))
    is_fine = grain_us < SECOND_US * 60
    hours = browsing.group_by("who", pl.col("at_us") // DAY_US).agg((pl.col("at_us") // HOUR_US).n_unique().alias("n"))
    by_day = views.group_by("who", pl.col("at_us") // DAY_US).agg(pl.len().alias("n"))
    n_views = _counts(views["who"].to_numpy(), n)
    different = views.group_by("who").agg(_different("item_id"))
    clicks = _counts(views.filter(pl.col("name") == "select_item")["who"].to_numpy(), n)
    shown = known.filter((pl.col("name") == "impression") & pl.col("item_id").is_not_null())
    places = _counts(shown.join(numbers, on="shopper")["who"].to_numpy(), n)
    orders = acts.filter(pl.col("name") == "purchase").group_by("who").agg((pl.col("at_us") // DAY_US).n_unique())
    per_shopper = acts.group_by("who").agg(
        pl.len().alias("acts"),
        (pl.col("at_us") // DAY_US).n_unique().alias("days"),
        pl.col("at_us").min().alias("first"),
        pl.col("at_us").max().alias("last"),
        pl.col("name").is_in(SHOWN).any().alias("shown"),
        pl.col("agent").str.contains(AGENTS).fill_null(value=False).any().alias("declared"),
        pl.col("name").is_in(["add_to_cart", "add_to_wishlist"]).sum().alias("carts"),
    )
    return Behaviour(
        shoppers=shoppers.to_list(),
        acts=_spread(per_shopper, "acts", n),
        per_minute=per_minute,
        same_second=_most(opened, "item_id", n) if is_fine else np.zeros(n, np.int64),
        gaps=gaps,
        unevenness=unevenness,
        hours_awake=_most(hours, "n", n) if grain_us < HOUR_US else np.zeros(n, np.int64),
        views=n_views,
        views_per_day=_most(by_day, "n", n),
        breadth=_spread(different, "item_id", n) / np.maximum(n_views, 1),
        carts=_spread(per_shopper, "carts", n),
        order_days=_spread(orders, "at_us", n),
        clicks=clicks,
        click_share=np.where(places > 0, clicks / np.maximum(places, 1), np.nan),
        was_shown=_spread(per_shopper, "shown", n).astype(bool),
        is_declared=_spread(per_shopper, "declared", n).astype(bool),
        per_device=_crowd(acts, "device", n),
        per_network=_crowd(acts, "network", n),
        days=_spread(per_shopper, "days", n),
        first_us=_spread(per_shopper, "first", n),
        last_us=_spread(per_shopper, "last", n),
    )


def _different(column: str) -> pl.Expr:
    return pl.col(column).n_unique().alias(column)


def _grain_us(at_us: I64) -> int:
    """To what times were written, judged by nine in ten of them: a day, an hour, a minute, or finer (1)."""
    for grain in (DAY_US, HOUR_US, MINUTE_US):
        if len(at_us) and np.mean(at_us % grain == 0) > 0.9:
            return grain
    return 1


def _tempo(who: I32, at_us: I64, n: int) -> tuple[I64, I64, F64]:
    """Most acts within a minute, pauses within visits, and how uneven these are; `who` and `at_us` sorted."""
    if not len(who):
        return _no_tempo(n)
    ms = (at_us - at_us.min()) // 1_000
    key = who.astype(np.int64) * (int(ms.max()) + 2 * 60_000) + ms
    within = np.searchsorted(key, key + 60_000) - np.arange(len(key))
    per_minute = np.zeros(n, np.int64)
    np.maximum.at(per_minute, who, within)
    pause = np.diff(at_us).astype(np.float64) / SECOND_US
    in_visit = (np.diff(who) == 0) & (pause < VISIT_GAP_US / SECOND_US) & (pause > 0)
    owner, pause = who[1:][in_visit], pause[in_visit]
    gaps = _counts(owner, n)
    total, squares = np.bincount(owner, pause, n), np.bincount(owner, pause * pause, n)
    mean = total / np.maximum(gaps, 1)
    spread = np.sqrt(np.maximum(squares / np.maximum(gaps, 1) - mean**2, 0))
    return per_minute, gaps, np.where(gaps >= 2, spread / np.maximum(mean, 1e-9), np.nan)


def _no_tempo(n: int) -> tuple[I64, I64, F64]:
    return np.zeros(n, np.int64), np.zeros(n, np.int64), np.full(n, np.nan)


def _counts(who: I32 | U8, n: int) -> I64:
    return np.bincount(who, minlength=n).astype(np.int64)


def _spread(table: pl.DataFrame, column: str, n: int) -> I64:
    found = np.zeros(n, np.int64)
    found[table["who"].to_numpy()] = table[column].cast(pl.Int64).to_numpy()
    return found


def _most(table: pl.DataFrame, column: str, n: int) -> I64:
    found = np.zeros(n, np.int64)
    np.maximum.at(found, table["who"].to_numpy(), table[column].cast(pl.Int64).to_numpy())
    return found


def _crowd(acts: pl.DataFrame, place: str, n: int) -> I64:
    """Most shoppers of the same place on one day, for each of them."""
    named = acts.filter(pl.col(place).is_not_null()).select("who", place, (pl.col("at_us") // DAY_US).alias("day"))
    crowd = named.group_by(place, "day").agg(pl.col("who").n_unique().alias("n"))
    return _most(named.unique().join(crowd, on=[place, "day"]), "n", n)
