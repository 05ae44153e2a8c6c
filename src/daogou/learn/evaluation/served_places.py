"""One row per item that stood in a list in front of a shopper, with what came of it.

A place counts as seen when the page reported an impression of it, or when the shopper acted on it. In a placement
whose pages report no impression at all, what was served is counted instead, and every figure of it says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from daogou.core.clock import DAY_US, SECOND_US

PAIR = ("recommendation_id", "item_id")
CLICKS = ("select_item", "view_item")
PASSIVE = ("impression", "view_item_list", "page_view", "view_promotion", "view_search_results")
"""What a page reports by itself; it does not end the time a shopper spends with an item."""

LONGEST_VISIT_US = 1_800 * SECOND_US
REFUND_DAYS = 365
UNKNOWN_PLACEMENT, EARLIER_RELEASE = "?", "earlier"


def places(
    outcomes: pl.DataFrame,
    served: pl.DataFrame,
    window_us: int,
    releases: Sequence[tuple[str, int]],
    clicks: Sequence[str] = CLICKS,
) -> pl.DataFrame:
    """Every counted place.

    outcomes  as `read_outcomes` gives them
    served    as `read_served` gives them
    window_us how long after a click a purchase of the same item by the same shopper counts for it
    releases  names of releases and since when each served, oldest first
    clicks    what `was_clicked` counts, all of CLICKS or some of it

    Columns: recommendation_id, item_id, placement, position, at_us, cluster (shopper, else list), source, release,
    is_seen (else only served), was_clicked, was_carted, was_wished, was_disliked, was_bought, was_refunded (Booleans),
    revenue_minor, dwell_seconds (null where unknown).
    """
    named = outcomes.filter(pl.col("recommendation_id").is_not_null() & pl.col("item_id").is_not_null())
    seen = named.group_by(PAIR, maintain_order=True).agg(
        pl.col("at_us").min(),
        pl.col("position").drop_nulls().first(),
        pl.col("placement").drop_nulls().first(),
        pl.col("person").drop_nulls().first(),
        (pl.col("name") == "impression").any().alias("has_impression"),
        pl.col("name").is_in(clicks).any().alias("was_clicked"),
        (pl.col("name") == "add_to_cart").any().alias("was_carted"),
        (pl.col("name") == "add_to_wishlist").any().alias("was_wished"),
        (pl.col("name") == "dislike_item").any().alias("was_disliked"),
    )
    log = served.unique(PAIR, keep="first", maintain_order=True)
    joined = log.join(seen, on=PAIR, how="full", coalesce=True, suffix="_seen")
    merged = joined.with_columns(
        pl.coalesce("placement", "placement_seen", pl.lit(UNKNOWN_PLACEMENT)).alias("placement"),
        pl.coalesce("position", "position_seen").alias("position"),
        pl.coalesce("at_us", "at_us_seen").alias("at_us"),
        pl.coalesce("person_seen", "person", "recommendation_id").alias("cluster"),
        pl.col("at_us_seen").is_not_null().alias("is_seen"),
        pl.col("^was_.*$").fill_null(value=False),
    )
    reporting = pl.col("has_impression").fill_null(value=False).any().over("placement")
    counted = merged.filter(pl.col("is_seen") | ~reporting).with_columns(pl.col("is_seen") & reporting)
    columns = (*PAIR, "placement", "position", "at_us", "cluster", "source", "is_seen", "was_clicked", "was_carted",
               "was_wished", "was_disliked")  # fmt: skip
    found = counted.select(columns).join(_bought(outcomes, named, window_us), on=PAIR, how="left")
    found = found.join(_dwell(outcomes, named), on=PAIR, how="left")
    filled = found.with_columns(
        pl.col("was_bought", "was_refunded").fill_null(value=False), pl.col("revenue_minor").fill_null(0)
    )
    return _released(filled, releases)


def _bought(outcomes: pl.DataFrame, named: pl.DataFrame, window_us: int) -> pl.DataFrame:
    """Purchases by the place they go back to: the one named, else the last that the shopper clicked or carted it in."""
    touches = (
        named.filter(pl.col("name").is_in([*CLICKS, "add_to_cart"]) & pl.col("person").is_not_null())
        .select("person", "item_id", "at_us", "recommendation_id")
        .sort("at_us")
    )
    lines = outcomes.filter((pl.col("name") == "purchase") & pl.col("item_id").is_not_null())
    traced = (
        lines.filter(pl.col("recommendation_id").is_null() & pl.col("person").is_not_null())
        .drop("recommendation_id")
        .sort("at_us")
        .join_asof(touches, on="at_us", by=["person", "item_id"], strategy="backward", tolerance=window_us,
                   check_sortedness=False)
        .filter(pl.col("recommendation_id").is_not_null())
    )  # fmt: skip
    columns = ["recommendation_id", "item_id", "person", "at_us", "quantity", "price_minor"]
    bought = pl.concat(
        [traced.select(columns), lines.filter(pl.col("recommendation_id").is_not_null()).select(columns)]
    )
    refunds = (
        outcomes.filter((pl.col("name") == "refund") & pl.col("item_id").is_not_null() & pl.col("person").is_not_null())
        .select("person", "item_id", "at_us", pl.col("at_us").alias("refunded_us"))
        .sort("at_us")
    )
    refunded = bought.sort("at_us").join_asof(
        refunds, on="at_us", by=["person", "item_id"], strategy="forward", tolerance=REFUND_DAYS * DAY_US,
        check_sortedness=False,
    )  # fmt: skip
    return refunded.group_by(PAIR).agg(
        pl.lit(value=True).alias("was_bought"),
        (pl.col("quantity") * pl.col("price_minor")).sum().alias("revenue_minor"),
        pl.col("refunded_us").is_not_null().any().alias("was_refunded"),
    )


def _dwell(outcomes: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Seconds from opening an item out of a list to the next thing the shopper did in the same visit."""
    opened = (
        named.filter(pl.col("name").is_in(CLICKS) & pl.col("session_id").is_not_null())
        .group_by(*PAIR, "session_id")
        .agg(pl.col("at_us").max())
        .sort("at_us")
    )
    acts = outcomes.filter(pl.col("session_id").is_not_null() & ~pl.col("name").is_in(PASSIVE))
    after = acts.select("session_id", (pl.col("at_us") - 1).alias("at_us"), pl.col("at_us").alias("next_us")).sort(
        "at_us"
    )
    followed = opened.join_asof(
        after, on="at_us", by="session_id", strategy="forward", tolerance=LONGEST_VISIT_US, check_sortedness=False
    )
    seconds = ((pl.col("next_us") - pl.col("at_us")) / SECOND_US).alias("dwell_seconds")
    return followed.select(*PAIR, seconds).group_by(PAIR).agg(pl.col("dwell_seconds").max())


def _released(found: pl.DataFrame, releases: Sequence[tuple[str, int]]) -> pl.DataFrame:
    if not releases:
        return found.with_columns(pl.lit(None, pl.String()).alias("release"))
    known = pl.DataFrame(list(releases), schema={"release": pl.String(), "at_us": pl.Int64()}, orient="row")
    joined = found.sort("at_us").join_asof(known.sort("at_us"), on="at_us", strategy="backward")
    return joined.with_columns(pl.col("release").fill_null(EARLIER_RELEASE))
