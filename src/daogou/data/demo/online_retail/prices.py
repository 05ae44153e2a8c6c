"""What each item cost at the end of the log, and whether that was a reduction.

The shop sold at a normal price, at lower prices for large quantities, and dearer through another web shop (the lines
without a customer). The median line of known customers is the normal price: month by month it hardly moves.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from daogou.data.demo.online_retail.lines import PURCHASE, REFUND, classified

RECENT_LINES = 21
"""The current price is the median of this many last lines."""
REFERENCE_DAYS = 180
"""A former price counts only when it was usual within this many days before the item's last sale."""
REFERENCE_LINES = 5
"""… in a calendar month with at least this many lines."""
REDUCTION = 1.05
"""… and when it was at least this many times the current price."""
DISCONTINUED_DAYS = 120
"""An item without a sale in the last so many days of the log is out of stock."""


@cache
def price_table() -> pl.DataFrame:
    """One row per item: item_id, price_minor, list_price_minor (null unless reduced), first_at, last_at, is_in_stock.

    first_at, last_at  first and last line of any kind; the first is capped by the log, which begins on 2010-12-01
    """
    lines = classified().lazy().filter(pl.col("outcome").is_in([PURCHASE, REFUND]))
    seen = lines.group_by("item_id").agg(pl.col("at").min().alias("first_at"), pl.col("at").max().alias("last_at"))
    sold = lines.filter(pl.col("outcome") == PURCHASE).group_by("item_id").agg(pl.col("at").max().alias("sold_at"))
    end = classified()["at"].max()
    return (
        seen.join(_current(lines), on="item_id", how="left")
        .join(_reference(lines), on="item_id", how="left")
        .join(sold, on="item_id", how="left")
        .with_columns(
            pl.when(pl.col("reference_minor") >= pl.col("price_minor") * REDUCTION)
            .then(pl.col("reference_minor"))
            .alias("list_price_minor"),
            (pl.col("sold_at") >= pl.lit(end) - pl.duration(days=DISCONTINUED_DAYS))
            .fill_null(False)
            .alias("is_in_stock"),
        )
        .drop("reference_minor", "sold_at")
        .sort("item_id")
        .collect()
    )


def _current(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Median of the last lines: of known customers, else of anyone, else of refunds."""
    trust = (
        pl.when(pl.col("outcome") == REFUND)
        .then(2)
        .when(pl.col("customer_id").is_null())
        .then(1)
        .otherwise(0)
        .alias("distrust")
    )
    return (
        lines.with_columns(trust)
        .filter(pl.col("distrust") == pl.col("distrust").min().over("item_id"))
        .sort("row")
        .group_by("item_id")
        .agg(pl.col("price_minor").tail(RECENT_LINES).quantile(0.5, "lower").cast(pl.Int64))
    )


def _reference(lines: pl.LazyFrame) -> pl.LazyFrame:
    """The highest usual price of a calendar month before the item's last sale."""
    known = lines.filter((pl.col("outcome") == PURCHASE) & pl.col("customer_id").is_not_null())
    recent = known.filter(pl.col("at") >= pl.col("at").max().over("item_id") - pl.duration(days=REFERENCE_DAYS))
    monthly = recent.group_by("item_id", pl.col("at").dt.truncate("1mo").alias("month")).agg(
        pl.len().alias("lines"), pl.col("price_minor").quantile(0.5, "lower").cast(pl.Int64).alias("usual")
    )
    return (
        monthly.filter(pl.col("lines") >= REFERENCE_LINES)
        .group_by("item_id")
        .agg(pl.col("usual").max().alias("reference_minor"))
    )
