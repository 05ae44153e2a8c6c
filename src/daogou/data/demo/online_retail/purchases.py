"""Sales and refunds as events: one purchase per invoice, refunds tied to the purchase they undo where that is clear."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from daogou.data.demo.online_retail.lines import PURCHASE, REFUND, merged

CURRENCY = "GBP"
MOST_LINES = 1_000
"""Lines of one event; a longer invoice (there is one, with 1,112) continues in `purchase-<invoice>-2`."""


def events() -> Iterator[dict[str, Any]]:
    """All events in order of time, purchases before refunds of the same moment; ids never change between runs.

    A purchase is `purchase-<invoice>`; its transaction_id is the invoice number. A refund is
    `refund-<credit note>-<invoice>`, one event per purchase it undoes, with that purchase's transaction_id, as GA4
    wants it, and context.refund_of; what could not be tied is one event `refund-<credit note>` under its own number.
    """
    for row in event_table().iter_rows(named=True):
        yield _event(row)


def n_events() -> int:
    """How many events `events` yields."""
    return event_table().height


@cache
def event_table() -> pl.DataFrame:
    """One row per event: name, event_id, transaction_id, credit_note, refund_of, at, customer_id, country, value_minor,
    items (list of {item_id, quantity, price_minor})."""
    purchases = merged(PURCHASE).with_columns(
        pl.lit(PURCHASE).alias("name"),
        ("purchase-" + pl.col("invoice")).alias("event_id"),
        pl.col("invoice").alias("transaction_id"),
        pl.lit(None, pl.String).alias("credit_note"),
        pl.lit(None, pl.String).alias("refund_of"),
    )
    refunds = refund_lines().with_columns(
        pl.lit(REFUND).alias("name"),
        pl.concat_str("invoice", "refund_of", separator="-", ignore_nulls=True).alias("note"),
        pl.coalesce("refund_of", "invoice").alias("transaction_id"),
        pl.col("invoice").alias("credit_note"),
    )
    refunds = refunds.with_columns(("refund-" + pl.col("note")).alias("event_id")).select(purchases.columns)
    part = pl.int_range(pl.len()).over("event_id") // MOST_LINES
    suffix = pl.when(part > 0).then("-" + (part + 1).cast(pl.String)).otherwise(pl.lit(""))
    return (
        pl.concat([purchases, refunds])
        .lazy()
        .sort("row")
        .with_columns((pl.col("event_id") + suffix).alias("event_id"))
        .group_by("event_id", maintain_order=True)
        .agg(
            pl.col("name", "transaction_id", "credit_note", "refund_of", "at", "customer_id", "country", "row").first(),
            (pl.col("price_minor") * pl.col("quantity")).sum().alias("value_minor"),
            pl.struct("item_id", "quantity", "price_minor").alias("items"),
        )
        .sort("at", "name", "row")
        .drop("row")
        .collect()
    )


@cache
def refund_lines() -> pl.DataFrame:
    """The columns of `lines.merged`, and refund_of: the invoice that the line most likely undoes, or null.

    Candidates are earlier purchases of the same item by the same customer. One with at least as many pieces at the same
    price goes before one with enough pieces, that before any other; among equals the latest. Lines without a customer
    are tied to nothing. Whether an invoice is refunded more than once is not checked.
    """
    refunds = merged(REFUND)
    bought = (
        merged(PURCHASE)
        .filter(pl.col("customer_id").is_not_null())
        .select(
            "customer_id",
            "item_id",
            pl.col("invoice").alias("refund_of"),
            pl.col("at").alias("bought_at"),
            pl.col("quantity").alias("bought_quantity"),
            pl.col("price_minor").alias("bought_minor"),
            pl.col("row").alias("bought_row"),
        )
    )
    is_enough = pl.col("bought_quantity") >= pl.col("quantity")
    fit = (is_enough & (pl.col("bought_minor") == pl.col("price_minor"))).cast(pl.Int8) + is_enough.cast(pl.Int8)
    best = (
        refunds.lazy()
        .join(bought.lazy(), on=["customer_id", "item_id"])
        .filter(pl.col("bought_at") <= pl.col("at"))
        .with_columns(fit.alias("fit"))
        .sort("row", "fit", "bought_row", descending=[False, True, True])
        .group_by("row", maintain_order=True)
        .agg(pl.col("refund_of").first())
        .collect()
    )
    return refunds.join(best, on="row", how="left").sort("row")


def _event(row: dict[str, Any]) -> dict[str, Any]:
    event: dict[str, Any] = {
        "event_id": row["event_id"],
        "event_name": row["name"],
        "timestamp": row["at"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "transaction_id": row["transaction_id"],
        "items": row["items"],
        "value_minor": row["value_minor"],
        "currency": CURRENCY,
        "context": {"country": row["country"]},
    }
    if row["customer_id"] is not None:
        event["user_id"] = f"c{row['customer_id']}"
    if row["credit_note"] is not None:
        event["context"]["credit_note"] = row["credit_note"]
    if row["refund_of"] is not None:
        event["context"]["refund_of"] = f"purchase-{row['refund_of']}"
    return event
