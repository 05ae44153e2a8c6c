"""Google Merchant Center's product data as a table with tabs; many other marketplaces take the same.

Source: Google Merchant Center Help, "Product data specification" (answer 7052112) and its page of each attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from daogou.core.clock import isoformat
from daogou.decide.words.plain_text import cut
from daogou.serve.feeds.feed import COLOUR, MATERIAL, PATTERN, SIZE, Format, Need, Place, Product, named, priced
from daogou.serve.feeds.table import safe, tsv_row
from daogou.serve.offers.offer import Offer

LONGEST_ID, LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_TYPE, LONGEST_BRAND = 50, 150, 5_000, 750, 70
MOST_PICTURES_BESIDE = 10


def _list_price(offer: Offer) -> str:
    """What it costs without the offer; Google wants the lower one as sale_price."""
    minor = offer.list_price_minor or offer.price_minor
    return "" if minor is None else priced(minor, offer.currency)


def _sale_price(offer: Offer) -> str:
    is_reduced = offer.list_price_minor is not None and offer.price_minor is not None
    return priced(offer.price_minor or 0, offer.currency) if is_reduced else ""


def _date(offer: Offer) -> str:
    is_later = offer.availability in ("preorder", "backorder") and offer.available_at_us is not None
    return isoformat(offer.available_at_us or 0)[:16] + "Z" if is_later else ""


def _first(*names: str) -> Callable[[Offer], str]:
    def read(offer: Offer) -> str:
        return safe(cut("/".join(named(offer, *names)[:3]), 100))

    return read


COLUMNS: Mapping[str, Callable[[Offer], str]] = {
    "id": lambda offer: safe(offer.id),
    "title": lambda offer: safe(cut(offer.title, LONGEST_TITLE)),
    "description": lambda offer: safe(cut(offer.description, LONGEST_DESCRIPTION)),
    "link": lambda offer: offer.url or "",
    "image_link": lambda offer: next(iter(offer.images), ""),
    "additional_image_link": lambda offer: ",".join(
        one.replace(",", "%2C") for one in offer.images[1 : MOST_PICTURES_BESIDE + 1]
    ),
    "availability": lambda offer: offer.availability,
    "availability_date": _date,
    "price": _list_price,
    "sale_price": _sale_price,
    "brand": lambda offer: safe(cut(offer.brand or "", LONGEST_BRAND)),
    "gtin": lambda offer: offer.gtin or "",
    "mpn": lambda offer: safe(offer.mpn or ""),
    "identifier_exists": lambda offer: "yes" if offer.gtin or (offer.brand and offer.mpn) else "no",
    "condition": lambda offer: offer.condition,
    "product_type": lambda offer: safe(cut(next(iter(offer.categories), ""), LONGEST_TYPE)),
    "item_group_id": lambda offer: "" if offer.group_id == offer.id else safe(offer.group_id),
    "color": _first(*COLOUR),
    "size": _first(*SIZE),
    "material": _first(*MATERIAL),
    "pattern": _first(*PATTERN),
    "gender": _first("gender", "性别"),
    "age_group": _first("age_group", "age group", "年龄段"),
}
"""Every column in its order."""


def _lines(offers: Product, place: Place) -> Iterable[str]:
    for offer in offers:
        yield tsv_row([read(offer) for read in COLUMNS.values()])


NEEDS = (
    Need("id", "required", lambda offer: len(offer.id) <= LONGEST_ID),
    Need("title", "required", lambda offer: bool(offer.title)),
    Need("link", "required", lambda offer: offer.url is not None),
    Need("image_link", "required", lambda offer: bool(offer.images)),
    Need("price", "required", lambda offer: offer.price_minor is not None),
    Need(
        "availability_date",
        "required",
        lambda offer: offer.available_at_us is not None,
        lambda offer: offer.availability in ("preorder", "backorder"),
    ),
    Need(
        "item_group_id",
        "required",
        lambda offer: len(offer.group_id) <= LONGEST_ID,
        lambda offer: offer.group_id != offer.id,
    ),
    Need("description", "recommended", lambda offer: offer.description != offer.title),
    Need("brand", "recommended", lambda offer: offer.brand is not None),
    Need("gtin", "recommended", lambda offer: offer.gtin is not None),
    Need("product_type", "recommended", lambda offer: bool(offer.categories)),
)

FORMAT = Format("google", ".tsv", NEEDS, _lines, header=lambda place: tsv_row(list(COLUMNS)))
