"""Every row of the log, sorted by rule: a line of a sale, a line of a refund, or left out with the rule that says why.

Nothing disappears silently: the counts of all outcomes add up to the 541,909 rows of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import polars as pl

PARQUET = "online_retail.parquet"
TIME_ZONE = "Europe/London"

PURCHASE, REFUND = "purchase", "refund"
DROP_RULES: dict[str, str] = {
    "not_a_product": "postage, carriage, fees, manual entries, discounts, samples, vouchers, bad debt",
    "stock_note": "a negative quantity outside a credit note: stock written off or moved, always at price 0",
    "stock_found": "price 0 and no customer: stock found, counted or moved, not sold",
    "free_of_charge": "price 0 to a known customer: a gift or a replacement, not a choice anyone paid for",
    "below_one_penny": "a price of a tenth of a penny, a way to print a line on an invoice",
}
"""Rules for leaving a row out, in the order they are tried."""

SERVICE_CODES = ("POST", "DOT", "C2", "M", "D", "S", "B", "CRUK", "BANK CHARGES", "AMAZONFEE")
"""Stock codes of postage, Dotcom postage, carriage, manual, discount, samples, bad debt, commission and fees."""
SERVICE_CODE_PATTERN = r"^GIFT_"
SERVICE_DESCRIPTIONS = r"^(NEXT DAY CARRIAGE|PACKING CHARGE|HIGH RESOLUTION IMAGE|DOTCOMGIFTSHOP GIFT VOUCHER.*)$"
"""Services that hide behind an ordinary five-digit code."""


@dataclass(frozen=True)
class Accounting:
    """Where the rows went. `purchase` + `refund` + sum of `dropped` = `rows`."""

    rows: int
    purchase: int
    refund: int
    dropped: dict[str, int]


@cache
def classified() -> pl.DataFrame:
    """All rows with what became of them.

    row (file order), invoice, item_id (stock code in capitals), description (spaces tidied, empty if none),
    quantity (always > 0 for purchase and refund), price_minor (pence, of one piece), at (UTC, first moment of the
    invoice), customer_id (null if unknown), country, outcome ("purchase", "refund" or a rule of DROP_RULES)
    """
    with as_file(files(__package__).joinpath(PARQUET)) as path:
        raw = pl.read_parquet(path, use_pyarrow=False, memory_map=False)
    code = pl.col("StockCode").str.to_uppercase()
    text = pl.col("Description").str.replace_all(r"\s+", " ").str.strip_chars().fill_null("")
    london = pl.col("InvoiceDate").dt.replace_time_zone(TIME_ZONE, ambiguous="earliest", non_existent="null")
    frame = (
        raw.lazy()
        .with_row_index("row")
        .select(
            "row",
            pl.col("InvoiceNo").alias("invoice"),
            code.alias("item_id"),
            text.alias("description"),
            pl.col("Quantity").alias("signed_quantity"),
            pl.col("Quantity").abs().alias("quantity"),
            (pl.col("UnitPrice") * 100).round().cast(pl.Int64).alias("price_minor"),
            pl.col("UnitPrice").alias("price"),
            london.dt.convert_time_zone("UTC").min().over("InvoiceNo").alias("at"),
            pl.col("CustomerID").alias("customer_id"),
            pl.col("Country").alias("country"),
        )
    )
    return frame.with_columns(_outcome().alias("outcome")).drop("signed_quantity", "price").collect()


def _outcome() -> pl.Expr:
    item, quantity, price = pl.col("item_id"), pl.col("signed_quantity"), pl.col("price")
    is_service = (
        item.is_in(list(SERVICE_CODES))
        | item.str.contains(SERVICE_CODE_PATTERN)
        | pl.col("description").str.to_uppercase().str.contains(SERVICE_DESCRIPTIONS)
    )
    is_credit_note = pl.col("invoice").str.starts_with("C")
    return (
        pl.when(is_service)
        .then(pl.lit("not_a_product"))
        .when((quantity < 0) & ~is_credit_note)
        .then(pl.lit("stock_note"))
        .when((price <= 0) & pl.col("customer_id").is_null())
        .then(pl.lit("stock_found"))
        .when(price <= 0)
        .then(pl.lit("free_of_charge"))
        .when(pl.col("price_minor") < 1)
        .then(pl.lit("below_one_penny"))
        .when(is_credit_note)
        .then(pl.lit(REFUND))
        .otherwise(pl.lit(PURCHASE))
    )


def accounting() -> Accounting:
    """How many rows became what."""
    counted = dict(classified().group_by("outcome").len().iter_rows())
    return Accounting(
        rows=classified().height,
        purchase=counted[PURCHASE],
        refund=counted[REFUND],
        dropped={rule: counted.get(rule, 0) for rule in DROP_RULES},
    )


def merged(outcome: str) -> pl.DataFrame:
    """Lines of one outcome; rows of one invoice with the same item and price become one line, quantities added.

    invoice, at, customer_id, country, item_id, price_minor, quantity, rows (how many were merged), row (the first of
    them); in the order of the file
    """
    return (
        classified()
        .lazy()
        .filter(pl.col("outcome") == outcome)
        .group_by("invoice", "item_id", "price_minor")
        .agg(
            pl.col("at").first(),
            pl.col("customer_id").first(),
            pl.col("country").first(),
            pl.col("quantity").sum(),
            pl.len().alias("rows"),
            pl.col("row").min(),
        )
        .sort("row")
        .collect()
    )
