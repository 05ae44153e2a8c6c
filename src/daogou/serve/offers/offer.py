"""One item as any feed or assistant is told of it: plain words, whole addresses, one price, one state of stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daogou.core.settings import Settings
from daogou.core.types import Availability, Item, text_in
from daogou.decide.words.plain_text import plain
from daogou.serve.offers.address import page_of_item, web_address
from daogou.serve.offers.gtin import read_gtin

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_VALUE = 500, 5_000, 150
MOST_PICTURES, MOST_ATTRIBUTES, MOST_VALUES = 11, 60, 20
GTIN_NAMES = ("gtin", "gtin13", "gtin14", "gtin12", "gtin8", "ean", "ean13", "upc", "isbn", "jan", "barcode", "条码",
              "条形码")  # fmt: skip
MPN_NAMES = ("mpn", "manufacturer_part_number", "part_number", "货号")
CONDITION_NAMES = ("condition", "成色")
CONDITIONS = {"new": "new", "全新": "new", "refurbished": "refurbished", "翻新": "refurbished", "used": "used",
              "二手": "used"}  # fmt: skip
_FACTS = frozenset((*GTIN_NAMES, *MPN_NAMES, *CONDITION_NAMES))


@dataclass(frozen=True, slots=True)
class Teller:
    """In which language, under which address and in whose name the shop speaks."""

    language: str
    url: str = ""
    seller: str = ""
    longest_title: int = LONGEST_TITLE
    longest_description: int = LONGEST_DESCRIPTION

    @classmethod
    def of(cls, settings: Settings, language: str, **longest: int) -> Teller:
        """As the settings say."""
        return cls(language, settings.shop.url, seller_name(settings, language), **longest)


@dataclass(frozen=True, slots=True)
class Offer:
    """All texts are plain and in one language. What the item does not say, or not so that others can read it, is None.

    group_id          of the variants; the item's own id where it has none
    list_price_minor  only where it is above the price
    categories        paths with > between
    attributes        without the numbers and the condition, which have fields of their own
    """

    id: str
    group_id: str
    title: str
    description: str
    url: str | None
    images: tuple[str, ...]
    price_minor: int | None
    list_price_minor: int | None
    currency: str
    availability: Availability
    available_at_us: int | None
    brand: str | None
    gtin: str | None
    mpn: str | None
    condition: str
    categories: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]
    tags: tuple[str, ...]
    rating: float | None
    kind: str
    language: str


def offer_of(item: Item, teller: Teller) -> Offer:
    """The item, cleaned for others."""
    folded = {name.casefold(): values for name, values in item.attributes.items()}
    price, before = item.price_minor, item.list_price_minor
    title = plain(text_in(item.title, teller.language), teller.longest_title)
    images = (web_address(one, teller.url) for one in item.images[:MOST_PICTURES])
    return Offer(
        id=item.id,
        group_id=item.group_id or item.id,
        title=title,
        description=plain(text_in(item.description, teller.language), teller.longest_description) or title,
        url=page_of_item(item.url, item.id, teller.url),
        images=tuple(one for one in images if one is not None),
        price_minor=price,
        list_price_minor=before if price is not None and before is not None and before > price else None,
        currency=item.currency,
        availability=item.availability,
        available_at_us=item.available_at_us,
        brand=plain(item.brand or "", LONGEST_VALUE) or None,
        gtin=next((read for text in _named(folded, GTIN_NAMES) if (read := read_gtin(text))), None),
        mpn=next((read for text in _named(folded, MPN_NAMES) if (read := plain(text, 70))), None),
        condition=_condition(folded),
        categories=tuple(dict.fromkeys(filter(None, map(_path, item.categories)))),
        attributes=_attributes(item),
        tags=_values(item.tags),
        rating=item.rating,
        kind=item.kind,
        language=teller.language,
    )


def seller_name(settings: Settings, language: str) -> str:
    """Who sells."""
    return plain(settings.feeds.seller or text_in(settings.shop.name, language) or settings.shop.id, 70)


def _named(folded: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> list[str]:
    return [text.strip() for name in names for text in folded.get(name, ())]


def _condition(folded: Mapping[str, tuple[str, ...]]) -> str:
    """What the item says of its condition; goods of a shop are new where it says nothing."""
    said = (text.casefold() for text in _named(folded, CONDITION_NAMES))
    return next((CONDITIONS[text] for text in said if text in CONDITIONS), "new")


def _path(names: tuple[str, ...]) -> str:
    return " > ".join(filter(None, (plain(name, LONGEST_VALUE) for name in names)))


def _values(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (plain(one, LONGEST_VALUE) for one in given[:MOST_VALUES]))))


def _attributes(item: Item) -> dict[str, tuple[str, ...]]:
    told = {}
    for name, values in list(item.attributes.items())[:MOST_ATTRIBUTES]:
        said, found = plain(name, LONGEST_VALUE), _values(values)
        if said and found and name.casefold() not in _FACTS:
            told[said] = found
    return told
