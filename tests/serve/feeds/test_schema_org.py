"""JSON-LD, held against the vocabulary and what search engines ask of a merchant listing.

Source: schema.org 29 (which property belongs to which type); Google Search Central, "Merchant listing structured data"
and "Product variant structured data" (what is required). Written here from those pages, not taken from a validator.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from daogou.decide.shop import Shop
from daogou.serve.feeds import format_named
from daogou.serve.feeds.export import export
from daogou.serve.feeds.schema_org import script
from daogou.serve.offers.offer import Teller, offer_of

TEXT, URL, NUMBER = r"[^<>\x00-\x1f]+", r"https?://[^\s<>\"]+", r"\d+(\.\d+)?"
THING = {"name": TEXT, "description": TEXT, "url": URL, "image": [URL]}
OFFERED = {"color": TEXT, "size": TEXT, "material": TEXT, "pattern": TEXT, "category": r"[^<]+", "brand": "Brand"}
ALLOWED: dict[str, dict[str, Any]] = {
    "Product": {
        **THING, **OFFERED, "sku": TEXT, "gtin": r"\d{8}|\d{12,14}", "mpn": TEXT,
        "additionalProperty": ["PropertyValue"], "offers": "Offer",
    },
    "ProductGroup": {
        **THING, **OFFERED, "productGroupID": TEXT, "hasVariant": ["Product"],
        "variesBy": [r"https://schema\.org/(color|size|material|pattern)"],
    },
    "Offer": {
        "price": NUMBER, "priceCurrency": r"[A-Z]{3}", "url": URL, "seller": "Organization",
        "availability": r"https://schema\.org/(InStock|OutOfStock|PreOrder|BackOrder)",
        "itemCondition": r"https://schema\.org/(New|Refurbished|Used)Condition",
        "priceSpecification": "UnitPriceSpecification", "availabilityStarts": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    },
    "UnitPriceSpecification": {
        "price": NUMBER, "priceCurrency": r"[A-Z]{3}", "priceType": r"https://schema\.org/StrikethroughPrice",
    },
    "Brand": {"name": TEXT},
    "Organization": {"name": TEXT},
    "PropertyValue": {"name": TEXT, "value": TEXT},
}  # fmt: skip
REQUIRED = {
    "Product": ("name", "offers"),
    "ProductGroup": ("name", "productGroupID", "hasVariant"),
    "Offer": ("price", "priceCurrency", "availability"),
    "UnitPriceSpecification": ("price", "priceCurrency", "priceType"),
    "Brand": ("name",),
    "Organization": ("name",),
    "PropertyValue": ("name", "value"),
}


def faults(node: Any, expected: Any, place: str) -> list[str]:
    """Everything in a node that the vocabulary does not allow, or that is missing from it."""
    if isinstance(expected, list):
        if not isinstance(node, list) or not node:
            return [f"{place}: a list is expected"]
        return [fault for number, one in enumerate(node) for fault in faults(one, expected[0], f"{place}[{number}]")]
    if expected not in ALLOWED:
        return [] if isinstance(node, str) and re.fullmatch(expected, node) else [f"{place}: {node!r}"]
    if not isinstance(node, dict) or node.get("@type") != expected:
        return [f"{place}: not of the type {expected}"]
    found = [f"{place}.{name} is missing" for name in REQUIRED[expected] if name not in node]
    for name, value in node.items():
        if name in ("@type", "@context"):
            continue
        known = ALLOWED[expected].get(name)
        found += [f"{place}.{name} is unknown"] if known is None else faults(value, known, f"{place}.{name}")
    return found


def written(shop: Shop, folder: Path) -> list[dict[str, Any]]:
    export(shop, format_named("schema-org"), folder / "feed.jsonl", "en")
    return [json.loads(line) for line in (folder / "feed.jsonl").read_text("utf-8").splitlines()]


def test_every_line_is_a_product_of_the_vocabulary(loom: Shop, tmp_path: Path) -> None:
    nodes = written(loom, tmp_path)
    assert [node.get("productGroupID") or node["sku"] for node in nodes] == [
        "bare", "plain", "shirt", "soon", "sum", "yen",
    ]  # fmt: skip
    for node in nodes:
        assert node["@context"] == "https://schema.org"
        assert faults(node, node["@type"], "$") == []


def test_the_judge_notices_what_is_wrong(loom: Shop, tmp_path: Path) -> None:
    node = written(loom, tmp_path)[1]
    for name, value in (("colour", "red"), ("offers", []), ("gtin", "12"), ("url", "javascript:x")):
        assert faults({**node, name: value}, "Product", "$")
    assert faults({key: value for key, value in node.items() if key != "name"}, "Product", "$")


def test_variants_are_one_group_that_says_in_what_they_differ(loom: Shop, tmp_path: Path) -> None:
    group = next(node for node in written(loom, tmp_path) if node["@type"] == "ProductGroup")
    assert group["variesBy"] == ["https://schema.org/color"]
    blue, red = group["hasVariant"]
    assert (blue["color"], red["color"]) == ("blue", "red")
    assert blue["offers"]["availability"].endswith("/OutOfStock")
    assert red["offers"]["price"] == "20.00"
    assert red["offers"]["priceSpecification"]["price"] == "30.00"
    assert red["gtin"] == "4006381333931"
    assert red["image"] == ["https://pictures.example/a,b.jpg", "https://shop.example/shirt-2.jpg"]


def test_prices_have_the_decimals_of_their_currency(loom: Shop, tmp_path: Path) -> None:
    lamp = next(node for node in written(loom, tmp_path) if node.get("sku") == "yen")
    assert lamp["offers"]["price"] == "1500"


def test_in_a_page_nothing_of_a_text_can_end_the_script(loom: Shop) -> None:
    item = loom.catalogue.item("plain")
    assert item is not None
    offer = offer_of(item, Teller.of(loom.settings, "en"))
    hostile = "a </script><script>alert(1)</script> <!-- &amp;"
    text = script(
        [offer.__class__(**{**{name: getattr(offer, name) for name in offer.__slots__}, "title": hostile})], "x"
    )
    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == hostile
