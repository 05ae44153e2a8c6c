"""A canary beside the serving release: what their shoppers made of their lists, and what follows from it.

Compared are lists made from a shopper's own past, because only those hang on who asks; shoppers are the units. The
interval holds at every look, so a conclusion may be drawn as soon as it is sure.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import polars as pl

from daogou.core.clock import DAY_US
from daogou.core.settings import CanarySettings
from daogou.learn.evaluation.served_places import places
from daogou.learn.metrics.intervals import Interval
from daogou.learn.metrics.sequential import always_valid_difference

Conclusion = Literal["go_on", "promote", "roll_back", "ask"]
SLOW = 0.95
WINDOW_US = DAY_US
"""A purchase counts for the list in which the item was clicked up to so long before: a canary is to be short."""


@dataclass(frozen=True)
class Side:
    """Lists of one release while the canary ran; slow_ms: the 95th percentile of making one."""

    n_lists: int
    n_shoppers: int
    clicks_per_list: float
    purchases_per_list: float
    slow_ms: float | None


@dataclass(frozen=True)
class CanaryFigures:
    """Both sides; the differences are canary minus serving, None before each side has two shoppers."""

    canary: Side
    serving: Side
    clicks: Interval | None
    purchases: Interval | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def canary_figures(
    outcomes: pl.DataFrame, served: pl.DataFrame, name: str, since_us: int, *, level: float = 0.95
) -> CanaryFigures:
    """What is known so far.

    outcomes, served  as `data.lake.outcomes` reads them
    """
    own = served.filter(
        (pl.col("at_us") >= since_us) & pl.col("person").is_not_null() & pl.col("release").is_not_null()
    )
    lists = own.unique("recommendation_id", keep="first").select("recommendation_id", "person", "release", "took_us")
    came = places(outcomes, own, WINDOW_US, ())
    per_list = came.group_by("recommendation_id").agg(pl.col("was_clicked").sum(), pl.col("was_bought").sum())
    joined = per_list.join(lists, on="recommendation_id", how="inner")
    is_canary = pl.col("release") == name
    sides = [joined.filter(is_canary), joined.filter(~is_canary)]
    shoppers = [
        one.group_by("person", maintain_order=True).agg(
            pl.len().alias("lists"), pl.col("was_clicked").sum(), pl.col("was_bought").sum()
        )
        for one in sides
    ]
    clicks, purchases = (
        _difference(shoppers[0], shoppers[1], column, level) for column in ("was_clicked", "was_bought")
    )
    return CanaryFigures(_side(sides[0]), _side(sides[1]), clicks, purchases)


def conclude(
    figures: CanaryFigures, since_us: int, now_us: int, limits: CanarySettings
) -> tuple[Conclusion, list[dict[str, str]]]:
    """What to do now, and why; `ask` where the longest time is over without a sure answer."""
    canary, serving = figures.canary, figures.serving
    days = (now_us - since_us) / DAY_US
    fewest = min(canary.n_lists, serving.n_lists)
    told = {
        "en": f"{canary.n_lists} lists beside {serving.n_lists}, {canary.clicks_per_list:.4f} clicks a list beside "
        f"{serving.clicks_per_list:.4f}{_interval(figures.clicks)}, {canary.purchases_per_list:.4f} purchases beside "
        f"{serving.purchases_per_list:.4f}",
        "zh": f"{canary.n_lists} 个列表对 {serving.n_lists} 个，每列表点击 {canary.clicks_per_list:.4f} 对 "
        f"{serving.clicks_per_list:.4f}{_interval(figures.clicks)}，购买 {canary.purchases_per_list:.4f} 对 "
        f"{serving.purchases_per_list:.4f}",
    }
    if fewest >= limits.least_lists:
        if canary.slow_ms and serving.slow_ms and canary.slow_ms > limits.slowest * serving.slow_ms:
            english = f"its lists take {canary.slow_ms:.1f} ms beside {serving.slow_ms:.1f}"
            chinese = f"生成列表需 {canary.slow_ms:.1f} 毫秒，当前为 {serving.slow_ms:.1f} 毫秒"
            return "roll_back", [_said(told, english, chinese)]
        for difference in (figures.clicks, figures.purchases):
            if difference is not None and difference.high < 0:
                return "roll_back", [_said(told, "surely fewer", "肯定更少")]
        if figures.clicks is not None and figures.clicks.low > -limits.worst_loss * serving.clicks_per_list:
            lost = f"{limits.worst_loss:.0%}"
            return "promote", [_said(told, f"surely no more than {lost} lost", f"损失肯定不超过 {lost}")]
    if days > limits.longest_days:
        return "ask", [_said(told, f"no sure answer in {days:.0f} days", f"{days:.0f} 天内没有确定的结论")]
    return "go_on", [_said(told, "not sure yet", "尚无定论")]


def _difference(canary: pl.DataFrame, serving: pl.DataFrame, column: str, level: float) -> Interval | None:
    if canary.height < 2 or serving.height < 2:
        return None
    sums = [one[name].to_numpy().astype(np.float64) for one in (canary, serving) for name in (column, "lists")]
    return always_valid_difference(*sums, level=level)


def _side(lists: pl.DataFrame) -> Side:
    n = lists.height
    took = lists["took_us"].drop_nulls().quantile(SLOW)
    return Side(
        n,
        lists["person"].n_unique(),
        int(lists["was_clicked"].sum()) / n if n else 0.0,
        int(lists["was_bought"].sum()) / n if n else 0.0,
        None if took is None else took / 1_000,
    )


def _interval(difference: Interval | None) -> str:
    return "" if difference is None else f" ({difference.low:+.4f} … {difference.high:+.4f})"


def _said(told: dict[str, str], english: str, chinese: str) -> dict[str, str]:
    return {"en": f"{told['en']}: {english}.", "zh": f"{told['zh']}：{chinese}。"}
