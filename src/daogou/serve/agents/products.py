"""Items as UCP's products: one product per variant group, its items as variants, money in minor units.

Source: UCP 2026-08-25, schemas/shopping/types/product.json and variant.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from daogou.serve.offers.offer import Offer
from daogou.serve.offers.variants import options_of

LONGEST_TITLE, LONGEST_DESCRIPTION = 150, 300
"""An assistant reads many items at once; whoever wants every word opens the page."""


def product_of(all_of_it: Sequence[Offer], shown: Sequence[Offer], **more: Any) -> dict[str, Any]:
    """One product. Every offer must have a price.

    all_of_it  every variant that may be shown: prices and options are over all of them
    shown      those that go out, the one that stands for the product first
    """
    first = shown[0]
    options = options_of(all_of_it)
    before = [offer.list_price_minor or offer.price_minor or 0 for offer in all_of_it]
    prices = [offer.price_minor or 0 for offer in all_of_it]
    made: dict[str, Any] = {
        "id": first.group_id,
        "title": first.title,
        "description": {"plain": first.description},
        "price_range": _range(min(prices), max(prices), first.currency),
        "variants": [variant_of(offer, options) for offer in shown],
    }
    if before != prices:
        made["list_price_range"] = _range(min(before), max(before), first.currency)
    if first.url:
        made["url"] = first.url
    if first.categories:
        made["categories"] = _categories(first)
    if first.images:
        made["media"] = _media(first)
    if options:
        made["options"] = [
            {"name": name, "values": [{"label": value} for value in values]} for name, values in options.items()
        ]
    if first.rating is not None:
        made["rating"] = {"value": first.rating, "scale_min": 1, "scale_max": 5}
    if first.tags:
        made["tags"] = list(first.tags)
    facts = {name: list(values) for name, values in first.attributes.items() if name not in options}
    if first.brand:
        facts["brand"] = [first.brand]
    if facts:
        made["metadata"] = {"attributes": facts}
    return made | more


def variant_of(offer: Offer, options: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """One variant."""
    chosen = [{"name": name, "label": offer.attributes[name][0]} for name in options]
    made: dict[str, Any] = {
        "id": offer.id,
        "title": offer.title,
        "description": {"plain": offer.description},
        "price": {"amount": offer.price_minor, "currency": offer.currency},
        "availability": {"available": offer.availability != "out_of_stock", "status": offer.availability},
        "sku": offer.id,
    }
    if offer.list_price_minor is not None:
        made["list_price"] = {"amount": offer.list_price_minor, "currency": offer.currency}
    if offer.gtin:
        made["barcodes"] = [{"type": "GTIN", "value": offer.gtin}]
    if offer.url:
        made["url"] = offer.url
    if chosen:
        made["options"] = chosen
    if offer.images:
        made["media"] = _media(offer)
    return made


def _range(least: int, most: int, currency: str) -> dict[str, Any]:
    return {"min": {"amount": least, "currency": currency}, "max": {"amount": most, "currency": currency}}


def _categories(offer: Offer) -> list[dict[str, str]]:
    return [{"value": path, "taxonomy": "merchant"} for path in offer.categories]


def _media(offer: Offer) -> list[dict[str, str]]:
    return [{"type": "image", "url": one, "alt_text": offer.title} for one in offer.images[:3]]
