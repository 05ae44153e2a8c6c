"""The items of the shop, in Daogou's own import vocabulary."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from daogou.data.demo.online_retail.attributes import attributes_of
from daogou.data.demo.online_retail.describe import description_of
from daogou.data.demo.online_retail.lines import PURCHASE, REFUND, classified
from daogou.data.demo.online_retail.prices import price_table
from daogou.data.demo.online_retail.product_type import ProductType
from daogou.data.demo.online_retail.taxonomy import noun_of, product_type_of
from daogou.data.demo.online_retail.titles import sentence_case, spell_out
from daogou.data.demo.online_retail.variants import group_ids

SEASONAL_CATEGORY = {"christmas": "Christmas", "easter": "Easter"}


def items() -> list[dict[str, Any]]:
    """All items, ordered by id; each a fresh dictionary that `ingest.parse_item` accepts."""
    spelled = {item_id: spell_out(description) for item_id, description in canonical_descriptions().items()}
    groups = group_ids(spelled)
    return [_item(row, spelled[row["item_id"]], groups) for row in price_table().iter_rows(named=True)]


@cache
def canonical_descriptions() -> dict[str, str]:
    """Item id -> the description it was sold under most often; at a tie the latest.

    Only sale lines vote: stock notes ("damaged", "?", "wet") stand on rows that are no sale. Items that were only
    ever returned are named by their refund lines.
    """
    voted = (
        classified()
        .lazy()
        .filter(pl.col("outcome").is_in([PURCHASE, REFUND]) & (pl.col("description") != ""))
        .group_by("item_id", "description")
        .agg((pl.col("outcome") == PURCHASE).sum().alias("sales"), pl.col("row").max().alias("last"))
        .sort("item_id", "sales", "last", descending=[False, True, True])
        .group_by("item_id", maintain_order=True)
        .agg(pl.col("description").first())
        .collect()
    )
    return dict(voted.iter_rows())


def category_paths(kind: ProductType, season: str | None) -> list[list[str]]:
    """Where the item stands in the shop: [outer, inner]; Christmas and Easter things stand there first."""
    usual = [kind.category, kind.name]
    festive = SEASONAL_CATEGORY.get(season or "")
    return [usual] if festive in (None, kind.category) else [[festive, kind.name], usual]


def _item(row: dict[str, Any], spelled: str, groups: dict[str, str]) -> dict[str, Any]:
    kind = product_type_of(spelled)
    attributes = attributes_of(spelled, kind)
    description = description_of(noun_of(spelled), attributes)
    if description:
        attributes["description_source"] = ["derived from the title"]
    item: dict[str, Any] = {
        "id": row["item_id"],
        "group_id": groups.get(row["item_id"]),
        "title": {"en": sentence_case(spelled)},
        "description": {"en": description} if description else None,
        "price_minor": row["price_minor"],
        "list_price_minor": row["list_price_minor"],
        "currency": "GBP",
        "availability": "in_stock" if row["is_in_stock"] else "out_of_stock",
        "categories": category_paths(kind, next(iter(attributes.get("season", ())), None)),
        "attributes": attributes,
        "created_at": row["first_at"].isoformat().replace("+00:00", "Z"),
    }
    return {name: value for name, value in item.items() if value is not None}
