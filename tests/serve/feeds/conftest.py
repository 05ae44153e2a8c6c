"""A shop with everything a feed may say, and some of what it may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from daogou.core.clock import standing_clock
from daogou.core.settings import Settings
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.items import parse_item
from daogou.decide.shop import Shop

NOW_US = 1_795_255_200_000_000  # 2026-11-21T10:00:00Z
FEED_SETTINGS: dict[str, Any] = {
    "shop": {
        "id": "loom", "name": {"en": "Loom", "zh": "织坊"}, "languages": ("en", "zh"), "url": "https://shop.example",
    },
    "feeds": {"country": "GB", "target_countries": ("GB", "IE"), "return_policy": "https://shop.example/returns"},
}  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {
        "id": f"shirt-{colour}",
        "group_id": "shirt",
        "title": {"en": f"Shirt {colour}", "zh": f"衬衫 {colour}"},
        "description": {"en": "A shirt of <b>cotton</b>."},
        "price": 20,
        "list_price": 30,
        "brand": "Loom",
        "categories": ["Clothes > Shirts"],
        "attributes": {"colour": [colour], "ean": ["4006381333931"], "care": ["cold wash"]},
        "images": ["https://pictures.example/a,b.jpg", "/shirt-2.jpg"],
        "availability": "out_of_stock" if colour == "blue" else "in_stock",
    }
    for colour in ("red", "blue")
] + [
    {"id": "plain", "title": {"en": "Plain mug"}, "price": 5, "images": ["mug.jpg"]},
    {"id": "sum", "title": {"en": "=SUM(A1:A9)\twide"}, "price": 7, "images": ["sum.jpg"], "brand": "@home"},
    {"id": "bare", "title": {"en": "Bare"}, "price": 3, "attributes": {"gtin": ["123"]}},
    {"id": "yen", "title": {"en": "Lamp"}, "price": 1500, "currency": "JPY", "images": ["lamp.jpg"]},
    {"id": "unpriced", "title": {"en": "On request"}, "images": ["request.jpg"]},
    {"id": "soon", "title": {"en": "Coming"}, "price": 9, "images": ["soon.jpg"], "availability": "preorder"},
    {"id": "hidden", "title": {"en": "Hidden"}, "price": 9, "images": ["hidden.jpg"], "hidden": True},
    {"id": "gone", "title": {"en": "Gone"}, "price": 9, "images": ["gone.jpg"], "expires_at": "2026-01-01T00:00:00Z"},
    {"id": "grown", "title": {"en": "Whisky"}, "price": 40, "images": ["w.jpg"], "attributes": {"min_age": ["18"]}},
    {"id": "ten-off", "title": {"en": "10 off"}, "price": 0, "kind": "coupon"},
]  # fmt: skip


@pytest.fixture
def loom(tmp_path: Path) -> Iterator[Shop]:
    """The shop, open."""
    shop = Shop.open(tmp_path, Settings(**FEED_SETTINGS), standing_clock(NOW_US))
    shop.store.put_items([parse_item(row, Defaults(currency="GBP", language="en")) for row in ROWS])
    shop.refresh()
    yield shop
    shop.close()
