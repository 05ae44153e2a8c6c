"""schema.org as JSON-LD: what search engines read on product pages; as a file, one product a line.

Source: schema.org 29, types Product, ProductGroup and Offer; Google Search Central, "Product structured data", for what
a merchant listing needs: name, image, and of the offer price, priceCurrency and availability. A mean rating alone is
left out, since AggregateRating needs a count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from daogou.core.clock import isoformat
from daogou.serve.feeds.feed import COLOUR, MATERIAL, PATTERN, SIZE, Format, Need, Place, Product, amount, named
from daogou.serve.offers.offer import Offer
from daogou.serve.offers.variants import options_of

CONTEXT = "https://schema.org"
AVAILABILITY = {"in_stock": "InStock", "out_of_stock": "OutOfStock", "preorder": "PreOrder", "backorder": "BackOrder"}
CONDITION = {"new": "NewCondition", "refurbished": "RefurbishedCondition", "used": "UsedCondition"}
OWN_FIELDS = {"color": COLOUR, "size": SIZE, "material": MATERIAL, "pattern": PATTERN}
_TAKEN = {name for names in OWN_FIELDS.values() for name in names}


def product(offers: Product, seller: str) -> dict[str, Any]:
    """One product: a Product where it is sold in one form, else a ProductGroup with its variants."""
    if len(offers) == 1:
        return {"@context": CONTEXT, **_product(offers[0], seller)}
    first, options = offers[0], options_of(offers)
    group: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "ProductGroup",
        "productGroupID": first.group_id,
        "name": first.title,
        "description": first.description,
    }
    if first.brand:
        group["brand"] = {"@type": "Brand", "name": first.brand}
    if first.images:
        group["image"] = list(first.images)
    varies = [
        f"{CONTEXT}/{field}" for field, names in OWN_FIELDS.items() if any(o.casefold() in names for o in options)
    ]
    if varies:
        group["variesBy"] = varies
    group["hasVariant"] = [_product(offer, seller) for offer in offers]
    return group


def _product(offer: Offer, seller: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@type": "Product",
        "name": offer.title,
        "description": offer.description,
        "sku": offer.id,
    }
    if offer.images:
        made["image"] = list(offer.images)
    if offer.gtin:
        made["gtin"] = offer.gtin
    if offer.mpn:
        made["mpn"] = offer.mpn
    if offer.brand:
        made["brand"] = {"@type": "Brand", "name": offer.brand}
    if offer.categories:
        made["category"] = offer.categories[0]
    if offer.url:
        made["url"] = offer.url
    for field, names in OWN_FIELDS.items():
        if values := named(offer, *names):
            made[field] = ", ".join(values)
    others = {name: values for name, values in offer.attributes.items() if name.casefold() not in _TAKEN}
    if others:
        made["additionalProperty"] = [
            {"@type": "PropertyValue", "name": name, "value": ", ".join(values)} for name, values in others.items()
        ]
    if offer.price_minor is not None:
        made["offers"] = _offer(offer, seller)
    return made


def _offer(offer: Offer, seller: str) -> dict[str, Any]:
    assert offer.price_minor is not None, "asked before"
    made: dict[str, Any] = {
        "@type": "Offer",
        "price": amount(offer.price_minor, offer.currency),
        "priceCurrency": offer.currency,
        "availability": f"{CONTEXT}/{AVAILABILITY[offer.availability]}",
        "itemCondition": f"{CONTEXT}/{CONDITION[offer.condition]}",
        "seller": {"@type": "Organization", "name": seller},
    }
    if offer.list_price_minor is not None:
        made["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "priceType": f"{CONTEXT}/StrikethroughPrice",
            "price": amount(offer.list_price_minor, offer.currency),
            "priceCurrency": offer.currency,
        }
    if offer.url:
        made["url"] = offer.url
    if offer.availability == "preorder" and offer.available_at_us is not None:
        made["availabilityStarts"] = isoformat(offer.available_at_us)
    return made


def script(offers: Sequence[Offer], seller: str) -> str:
    """The product as JSON that is safe inside a script element of a page."""
    text = json.dumps(product(offers, seller), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _lines(offers: Product, place: Place) -> Iterable[str]:
    yield json.dumps(product(offers, place.seller), ensure_ascii=False, separators=(",", ":"))


NEEDS = (
    Need("name", "required", lambda offer: bool(offer.title)),
    Need("offers.price", "required", lambda offer: offer.price_minor is not None),
    Need("image", "recommended", lambda offer: bool(offer.images)),
    Need("url", "recommended", lambda offer: offer.url is not None),
    Need("brand", "recommended", lambda offer: offer.brand is not None),
    Need("gtin", "recommended", lambda offer: offer.gtin is not None or offer.mpn is not None),
    Need("description", "recommended", lambda offer: offer.description != offer.title),
)

FORMAT = Format("schema-org", ".jsonl", NEEDS, _lines)
