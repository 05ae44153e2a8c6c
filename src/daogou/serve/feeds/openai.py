"""OpenAI's flat product feed, as JSON lines or as a table with commas; its columns come from a profile.

Source: developers.openai.com/commerce, "Products" of file uploads, November 2026: the names, the lengths and the nine
fields that every row must have.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput
from daogou.core.settings import Settings
from daogou.decide.words.plain_text import cut
from daogou.serve.feeds.feed import COLOUR, MATERIAL, SIZE, Format, Need, Place, Product, named, priced
from daogou.serve.feeds.profile import Profile, read_profile
from daogou.serve.feeds.table import csv_row, safe
from daogou.serve.offers.offer import Offer
from daogou.serve.offers.variants import options_of

Taken = Callable[[Offer, Place, Mapping[str, object]], str]

TEXTS: Mapping[str, Taken] = {
    "id": lambda offer, place, options: offer.id,
    "title": lambda offer, place, options: offer.title,
    "description": lambda offer, place, options: offer.description,
    "brand": lambda offer, place, options: offer.brand or "",
    "seller": lambda offer, place, options: place.seller,
    "mpn": lambda offer, place, options: offer.mpn or "",
    "category": lambda offer, place, options: next(iter(offer.categories), ""),
    "group": lambda offer, place, options: "" if offer.group_id == offer.id else offer.group_id,
    "colour": lambda offer, place, options: ", ".join(named(offer, *COLOUR)),
    "size": lambda offer, place, options: ", ".join(named(offer, *SIZE)),
    "material": lambda offer, place, options: ", ".join(named(offer, *MATERIAL)),
}
"""What a column may take that somebody typed."""

FACTS: Mapping[str, Taken] = {
    "url": lambda offer, place, options: offer.url or "",
    "image": lambda offer, place, options: next(iter(offer.images), ""),
    "more_images": lambda offer, place, options: ",".join(one.replace(",", "%2C") for one in offer.images[1:]),
    "list_price": lambda offer, place, options: _price(offer.list_price_minor or offer.price_minor, offer.currency),
    "sale_price": lambda offer, place, options: _price(
        offer.price_minor if offer.list_price_minor is not None else None, offer.currency
    ),
    "availability": lambda offer, place, options: offer.availability,
    "availability_date": lambda offer, place, options: (
        isoformat(offer.available_at_us)[:10]
        if offer.availability == "preorder" and offer.available_at_us is not None
        else ""
    ),
    "condition": lambda offer, place, options: offer.condition,
    "gtin": lambda offer, place, options: offer.gtin or "",
    "options": lambda offer, place, options: (
        json.dumps({name: offer.attributes[name][0] for name in options}, ensure_ascii=False) if options else ""
    ),
    "shop_url": lambda offer, place, options: place.settings.shop.url,
    "privacy_policy": lambda offer, place, options: place.settings.feeds.privacy_policy,
    "terms": lambda offer, place, options: place.settings.feeds.terms,
    "return_policy": lambda offer, place, options: place.settings.feeds.return_policy,
    "country": lambda offer, place, options: place.settings.feeds.country,
    "target_countries": lambda offer, place, options: ",".join(
        place.settings.feeds.target_countries or filter(None, (place.settings.feeds.country,))
    ),
}
"""What a column may take that the program writes."""

OF_SHOP = {"shop_url": "[shop] url", "return_policy": "[feeds] return_policy", "country": "[feeds] country",
           "target_countries": "[feeds] target_countries"}  # fmt: skip
_HAS: Mapping[str, Callable[[Offer], bool]] = {
    "title": lambda offer: bool(offer.title),
    "url": lambda offer: offer.url is not None,
    "brand": lambda offer: offer.brand is not None,
    "image": lambda offer: bool(offer.images),
    "list_price": lambda offer: offer.price_minor is not None,
    "gtin": lambda offer: offer.gtin is not None,
    "category": lambda offer: bool(offer.categories),
}


def made(profile: Profile, *, as_csv: bool = False) -> Format:
    """The format of a profile. InvalidInput where a column takes what there is not."""
    known = {**TEXTS, **FACTS}
    for name, column in profile.columns.items():
        if (column.take is None) == (column.value is None) or (column.take is not None and column.take not in known):
            raise InvalidInput(
                f"Column {name} of the profile takes {column.take!r}. Known: {', '.join(sorted(known))}."
            )
    return Format(
        "openai", ".csv" if as_csv else ".jsonl", tuple(_needs(profile)), partial(_lines, profile, as_csv),
        header=lambda place: csv_row(list(profile.columns)) if as_csv else None,
        needs_of_shop=partial(_needs_of_shop, profile),
    )  # fmt: skip


def _lines(profile: Profile, as_csv: bool, offers: Product, place: Place) -> Iterable[str]:
    options = options_of(offers)
    for offer in offers:
        cells = {name: _cell(profile, name, offer, place, options, as_csv) for name in profile.columns}
        if as_csv:
            yield csv_row(list(cells.values()))
        else:
            yield json.dumps({name: cell for name, cell in cells.items() if cell}, ensure_ascii=False)


def _cell(
    profile: Profile, name: str, offer: Offer, place: Place, options: Mapping[str, object], as_csv: bool
) -> str:  # fmt: skip
    column = profile.columns[name]
    if column.take is None:
        return column.value or ""
    if column.take in FACTS:
        text = FACTS[column.take](offer, place, options)
        return profile.availability.get(text, text) if column.take == "availability" else text
    text = TEXTS[column.take](offer, place, options)
    if column.longest is not None and column.take not in ("id", "group"):
        text = cut(text, column.longest)
    return safe(text) if as_csv else text


def _needs(profile: Profile) -> Iterable[Need]:
    for name, column in profile.columns.items():
        if column.take == "id" and column.longest is not None:
            yield Need(name, "required", partial(_is_short, column.longest))
        elif column.level and column.take is not None and column.take in _HAS:
            yield Need(name, column.level, _HAS[column.take])


def _is_short(longest: int, offer: Offer) -> bool:
    return len(offer.id) <= longest


def _needs_of_shop(profile: Profile, settings: Settings) -> list[str]:
    given = {"shop_url": settings.shop.url, "return_policy": settings.feeds.return_policy,
             "country": settings.feeds.country,
             "target_countries": settings.feeds.target_countries or settings.feeds.country}  # fmt: skip
    wanted = (column.take for column in profile.columns.values() if column.level)
    return [OF_SHOP[take] for take in wanted if take in given and not given[take]]


def _price(minor: int | None, currency: str) -> str:
    return "" if minor is None else priced(minor, currency)


FORMAT = made(read_profile())
