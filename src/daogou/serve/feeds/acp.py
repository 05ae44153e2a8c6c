"""The Agentic Commerce Protocol's feed as a whole: a folder with metadata.json and products.jsonl.

Source: agentic-commerce-protocol, spec 2026-04-17, schema.feed.json: FeedMetadata, Product, Variant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from daogou.core.settings import FeedSettings, Settings
from daogou.serve.feeds.feed import Format, Need, Place, Product
from daogou.serve.offers.offer import Offer
from daogou.serve.offers.variants import options_of

VERSION = "2026-04-17"
LINKS = {"privacy_policy": "privacy_policy", "terms": "terms_of_service", "return_policy": "refund_policy"}


def _lines(offers: Product, place: Place) -> Iterable[str]:
    first, options = offers[0], options_of(offers)
    made: dict[str, Any] = {
        "id": first.group_id,
        "title": first.title,
        "description": {"plain": first.description},
        "variants": [_variant(offer, options, place) for offer in offers],
    }
    if first.url:
        made["url"] = first.url
    if first.images:
        made["media"] = _media(first)
    yield json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _variant(offer: Offer, options: Mapping[str, object], place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": offer.id,
        "title": offer.title,
        "description": {"plain": offer.description},
        "price": {"amount": offer.price_minor, "currency": offer.currency},
        "availability": {"available": offer.availability != "out_of_stock", "status": offer.availability},
        "condition": [offer.condition],
        "seller": _seller(place),
    }
    if offer.url:
        made["url"] = offer.url
    if offer.gtin:
        made["barcodes"] = [{"type": "GTIN", "value": offer.gtin}]
    if offer.list_price_minor is not None:
        made["list_price"] = {"amount": offer.list_price_minor, "currency": offer.currency}
    if offer.categories:
        made["categories"] = [{"value": path, "taxonomy": "merchant"} for path in offer.categories]
    if options:
        made["variant_options"] = [{"name": name, "value": offer.attributes[name][0]} for name in options]
    if offer.images:
        made["media"] = _media(offer)
    return made


def _media(offer: Offer) -> list[dict[str, str]]:
    return [{"type": "image", "url": one, "alt_text": offer.title} for one in offer.images]


def _seller(place: Place) -> dict[str, Any]:
    feeds: FeedSettings = place.settings.feeds
    links = [{"type": said, "url": url, "title": said.replace("_", " ")} for name, said in LINKS.items()
             if (url := getattr(feeds, name))]  # fmt: skip
    return {"name": place.seller, **({"links": links} if links else {})}


def _beside(place: Place) -> dict[str, str]:
    feeds = place.settings.feeds
    countries = feeds.target_countries or ((feeds.country,) if feeds.country else ())
    made = {"id": f"{place.settings.shop.id}-{place.language}", "updated_at": place.made_at}
    if countries:
        made["target_country"] = countries[0]
    return {"metadata.json": json.dumps(made, ensure_ascii=False) + "\n"}


def _needs_of_shop(settings: Settings) -> list[str]:
    return [] if settings.feeds.target_countries or settings.feeds.country else ["[feeds] target_countries"]


NEEDS = (
    Need("title", "required", lambda offer: bool(offer.title)),
    Need("price", "required", lambda offer: offer.price_minor is not None),
    Need("url", "recommended", lambda offer: offer.url is not None),
    Need("media", "recommended", lambda offer: bool(offer.images)),
    Need("description", "recommended", lambda offer: offer.description != offer.title),
    Need("barcodes", "recommended", lambda offer: offer.gtin is not None),
    Need("categories", "recommended", lambda offer: bool(offer.categories)),
)

FORMAT = Format("acp", "products.jsonl", NEEDS, _lines, beside=_beside, needs_of_shop=_needs_of_shop, is_folder=True)
