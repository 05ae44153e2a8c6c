"""The feed of the Agentic Commerce Protocol, held against the shapes of its schema of 2026-04-17."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from daogou.decide.shop import Shop
from daogou.serve.feeds import format_named
from daogou.serve.feeds.export import export

Whole = Annotated[int, Meta(ge=0)]


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    pass


class Money(Strict):
    amount: Whole
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class Text(Strict):
    plain: str


class Media(Strict):
    type: Literal["image"]
    url: Annotated[str, Meta(pattern="^https?://")]
    alt_text: str = ""


class Valued(Strict):
    value: str
    taxonomy: str = ""


class Barcode(Strict):
    type: str
    value: str


class Chosen(Strict):
    name: str
    value: str


class Link(Strict):
    type: str
    url: str
    title: str


class Seller(Strict):
    name: str
    links: list[Link] = []


class Availability(Strict):
    available: bool
    status: str


class Variant(Strict):
    id: str
    title: str
    description: Text
    price: Money
    availability: Availability
    condition: list[str]
    seller: Seller
    url: str = ""
    barcodes: list[Barcode] = []
    list_price: Money | None = None
    categories: list[Valued] = []
    variant_options: list[Chosen] = []
    media: list[Media] = []


class Product(Strict):
    id: str
    title: str
    description: Text
    variants: Annotated[list[Variant], Meta(min_length=1)]
    url: str = ""
    media: list[Media] = []


def test_the_folder_holds_metadata_and_products_of_the_schema(loom: Shop, tmp_path: Path) -> None:
    done = export(loom, format_named("acp"), tmp_path / "acp", "en")
    assert (done.products, done.items) == (6, 7)
    metadata = json.loads((tmp_path / "acp" / "metadata.json").read_text("utf-8"))
    assert metadata == {"id": "loom-en", "updated_at": "2026-11-21T10:00:00Z", "target_country": "GB"}
    lines = (tmp_path / "acp" / "products.jsonl").read_bytes().splitlines()
    products = [msgspec.json.decode(line, type=Product) for line in lines]
    shirt = next(product for product in products if product.id == "shirt")
    blue, red = shirt.variants
    assert red.price == Money(2000, "GBP")
    assert red.list_price == Money(3000, "GBP")
    assert blue.availability == Availability(False, "out_of_stock")
    assert red.variant_options == [Chosen("colour", "red")]
    assert red.seller.links[0].type == "refund_policy"
