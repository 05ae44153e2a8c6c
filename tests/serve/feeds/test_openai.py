"""OpenAI's flat feed, whose columns come from a profile."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput
from daogou.decide.shop import Shop
from daogou.serve.feeds.export import export
from daogou.serve.feeds.openai import made
from daogou.serve.feeds.profile import read_profile

NINE = ("item_id", "title", "description", "url", "brand", "image_url", "price", "availability", "seller_name")


def test_every_row_has_the_fields_that_are_required(loom: Shop, tmp_path: Path) -> None:
    export(loom, made(read_profile()), tmp_path / "feed.jsonl", "en")
    rows = [json.loads(line) for line in (tmp_path / "feed.jsonl").read_text("utf-8").splitlines()]
    assert [row["item_id"] for row in rows] == ["shirt-blue", "shirt-red", "sum"]
    assert all(row.get(name) for row in rows for name in NINE)
    assert rows[1]["price"] == "30.00 GBP"
    assert rows[1]["sale_price"] == "20.00 GBP"
    assert json.loads(rows[1]["variant_dict"]) == {"colour": "red"}
    assert rows[1]["is_eligible_checkout"] == "false"
    assert rows[2]["title"] == "=SUM(A1:A9) wide", "no spreadsheet opens lines of JSON"


def test_as_a_table_no_cell_is_computed(loom: Shop, tmp_path: Path) -> None:
    export(loom, made(read_profile(), as_csv=True), tmp_path / "feed.csv", "en")
    with (tmp_path / "feed.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["item_id"]: row for row in csv.DictReader(file)}
    assert rows["sum"]["title"] == "'=SUM(A1:A9) wide"
    assert rows["shirt-red"]["target_countries"] == "GB,IE"


def test_another_profile_has_other_names(loom: Shop, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'version = "1"\n[columns]\nlink = { take = "url" }\nstock = { take = "availability" }\n'
        'id = { take = "id", longest = 5 }\n[availability]\nin_stock = "yes"\n'
    )
    export(loom, made(read_profile(tmp_path / "own.toml")), tmp_path / "feed.jsonl", "en")
    rows = [json.loads(line) for line in (tmp_path / "feed.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["bare", "plain", "soon", "sum", "yen"]
    assert rows[0] == {"link": "https://shop.example/p/bare", "stock": "yes", "id": "bare"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = 1", "Expected `str`"),
        ('version = "1"\n[columns]\nx = { take = "cost" }\n[availability]\n', "takes 'cost'"),
        ('version = "1"\n[columns]\nx = { }\n[availability]\n', "Column x"),
        ("not toml", "is not a feed's profile"),
    ],
)
def test_a_profile_that_is_wrong_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(InvalidInput, match=said):
        made(read_profile(tmp_path / "own.toml"))
