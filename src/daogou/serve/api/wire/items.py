"""Items as they go out: texts in one language, prices in minor units, times in RFC 3339; never what an item cost."""

from __future__ import annotations

import msgspec

from daogou.core.clock import isoformat
from daogou.core.types import Item, text_in


class ItemCard(msgspec.Struct, frozen=True):
    """What a list needs to show an item."""

    id: str
    title: str
    price_minor: int | None
    list_price_minor: int | None
    currency: str
    brand: str | None
    category: str
    categories: tuple[tuple[str, ...], ...]
    attributes: dict[str, tuple[str, ...]]
    availability: str
    group_id: str | None
    images: tuple[str, ...]
    url: str | None


class StoreOffer(msgspec.Struct, frozen=True):
    """The item in one physical store; a price of null means the item's own price."""

    store_id: str
    quantity: int | None
    price_minor: int | None
    availability: str


class ItemPage(msgspec.Struct, frozen=True):
    """Everything a shopper may know about an item."""

    id: str
    title: str
    price_minor: int | None
    list_price_minor: int | None
    currency: str
    brand: str | None
    category: str
    categories: tuple[tuple[str, ...], ...]
    attributes: dict[str, tuple[str, ...]]
    availability: str
    group_id: str | None
    images: tuple[str, ...]
    url: str | None
    kind: str
    description: str
    tags: tuple[str, ...]
    rating: float | None
    stores: tuple[StoreOffer, ...]
    created_at: str | None
    available_at: str | None
    expires_at: str | None
    hidden: bool


class ItemList(msgspec.Struct, frozen=True):
    """One page of a listing; `total` counts all that match."""

    items: list[ItemCard]
    total: int


class CategoryCount(msgspec.Struct, frozen=True):
    """One node of the category tree with the number of visible items in it and below."""

    name: str
    path: tuple[str, ...]
    count: int


class CategoryList(msgspec.Struct, frozen=True):
    """The category tree, each parent before its children."""

    categories: list[CategoryCount]


def card_of(item: Item, language: str) -> ItemCard:
    """The item as a card."""
    return ItemCard(
        id=item.id,
        title=text_in(item.title, language),
        price_minor=item.price_minor,
        list_price_minor=item.list_price_minor,
        currency=item.currency,
        brand=item.brand,
        category=item.category,
        categories=item.categories,
        attributes=dict(item.attributes),
        availability=item.availability,
        group_id=item.group_id,
        images=item.images,
        url=item.url,
    )


def page_of(item: Item, language: str) -> ItemPage:
    """The item as a page of its own."""
    return ItemPage(
        id=item.id,
        title=text_in(item.title, language),
        price_minor=item.price_minor,
        list_price_minor=item.list_price_minor,
        currency=item.currency,
        brand=item.brand,
        category=item.category,
        categories=item.categories,
        attributes=dict(item.attributes),
        availability=item.availability,
        group_id=item.group_id,
        images=item.images,
        url=item.url,
        kind=item.kind,
        description=text_in(item.description, language),
        tags=item.tags,
        rating=item.rating,
        stores=tuple(StoreOffer(one.store_id, one.quantity, one.price_minor, one.availability) for one in item.stores),
        created_at=_at(item.created_at_us),
        available_at=_at(item.available_at_us),
        expires_at=_at(item.expires_at_us),
        hidden=item.is_hidden,
    )


def _at(at_us: int | None) -> str | None:
    return None if at_us is None else isoformat(at_us)
