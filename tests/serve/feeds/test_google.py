"""The table for Google Merchant Center."""

from __future__ import annotations

import csv
from pathlib import Path

from daogou.decide.shop import Shop
from daogou.serve.feeds import format_named
from daogou.serve.feeds.export import export


def rows(shop: Shop, folder: Path, language: str = "en") -> dict[str, dict[str, str]]:
    export(shop, format_named("google"), folder / "feed.tsv", language)
    with (folder / "feed.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def test_every_row_has_every_column_and_only_items_with_what_is_needed_are_rows(loom: Shop, tmp_path: Path) -> None:
    found = rows(loom, tmp_path)
    assert sorted(found) == ["plain", "shirt-blue", "shirt-red", "sum", "yen"]
    assert all(None not in row and None not in row.values() for row in found.values())


def test_a_reduced_price_is_a_sale_price(loom: Shop, tmp_path: Path) -> None:
    red = rows(loom, tmp_path)["shirt-red"]
    assert (red["price"], red["sale_price"]) == ("30.00 GBP", "20.00 GBP")
    assert (red["item_group_id"], red["color"], red["gtin"]) == ("shirt", "red", "4006381333931")
    assert red["additional_image_link"] == "https://shop.example/shirt-2.jpg"
    assert red["description"] == "A shirt of cotton ."


def test_currencies_without_decimals_have_none(loom: Shop, tmp_path: Path) -> None:
    assert rows(loom, tmp_path)["yen"]["price"] == "1500 JPY"


def test_no_cell_is_computed_by_a_spreadsheet(loom: Shop, tmp_path: Path) -> None:
    hostile = rows(loom, tmp_path)["sum"]
    assert hostile["title"] == "'=SUM(A1:A9) wide"
    assert hostile["brand"] == "'@home"
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for row in rows(loom, tmp_path).values() for cell in row.values()
    )


def test_texts_come_in_the_language_that_is_asked_for(loom: Shop, tmp_path: Path) -> None:
    assert rows(loom, tmp_path, "zh")["shirt-red"]["title"] == "衬衫 red"
