"""Rows as they come in (items, users, events) and what became of them.

The parsers of `data.ingest` read the rows themselves; the shapes here describe them for the OpenAPI document.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Id = Annotated[str, Meta(min_length=1, max_length=256)]
Text = str | dict[str, str]
Timestamp = Annotated[
    str | int | float,
    Meta(description="RFC 3339 text, or a number of seconds, milliseconds or microseconds since 1970 UTC"),
]
Consented = Literal["granted", "denied"]
EventName = Literal[
    "view_item",
    "select_item",
    "add_to_wishlist",
    "add_to_cart",
    "remove_from_cart",
    "begin_checkout",
    "purchase",
    "refund",
    "rate_item",
    "dislike_item",
    "view_portion",
    "impression",
    "view_item_list",
    "search",
    "view_search_results",
    "view_cart",
    "page_view",
    "view_promotion",
    "select_promotion",
    "chat_message",
    "chat_choice",
    "undo_dislike_item",
]


class EventLineRow(msgspec.Struct):
    """One item inside an event; `price` in major units, `index` is the place in the list, from 0."""

    item_id: Id
    quantity: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    price: Annotated[float, Meta(ge=0)] | UnsetType = UNSET
    index: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    propensity: Annotated[float, Meta(gt=0, le=1)] | UnsetType = UNSET


class ConsentRow(msgspec.Struct):
    """What the shopper allowed."""

    personalization: Consented | UnsetType = UNSET
    analytics: Consented | UnsetType = UNSET


class EventRow(msgspec.Struct):
    """One thing that happened. Sending the same event_id twice counts once."""

    event_id: Id
    event_name: EventName
    timestamp: Timestamp
    user_id: Id | UnsetType | None = UNSET
    visitor_id: Id | UnsetType | None = UNSET
    session_id: Id | UnsetType | None = UNSET
    recommendation_id: Id | UnsetType | None = UNSET
    placement: str | UnsetType | None = UNSET
    items: list[EventLineRow] | UnsetType = UNSET
    search_term: str | UnsetType | None = UNSET
    transaction_id: Id | UnsetType | None = UNSET
    value: float | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET
    coupon: str | UnsetType | None = UNSET
    rating: float | UnsetType | None = UNSET
    context: dict[str, Any] | UnsetType = UNSET
    consent: ConsentRow | UnsetType = UNSET


class EventRows(msgspec.Struct):
    """Several events; the good ones go in even when others are refused."""

    events: list[EventRow]


class StoreRow(msgspec.Struct):
    """Price and stock in one physical store."""

    store_id: Id
    quantity: int | UnsetType | None = UNSET
    price: float | UnsetType | None = UNSET
    availability: str | UnsetType | None = UNSET


class ItemChange(msgspec.Struct):
    """The fields of an item that change; null empties one. Prices in major units, or *_minor."""

    group_id: Id | UnsetType | None = UNSET
    kind: str | UnsetType | None = UNSET
    title: Text | UnsetType = UNSET
    description: Text | UnsetType | None = UNSET
    url: str | UnsetType | None = UNSET
    images: list[str] | UnsetType | None = UNSET
    price: float | str | UnsetType | None = UNSET
    price_minor: int | UnsetType | None = UNSET
    list_price: float | str | UnsetType | None = UNSET
    list_price_minor: int | UnsetType | None = UNSET
    cost: float | str | UnsetType | None = UNSET
    cost_minor: int | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET
    availability: Literal["in_stock", "out_of_stock", "preorder", "backorder"] | UnsetType = UNSET
    brand: str | UnsetType | None = UNSET
    categories: list[str | list[str]] | UnsetType | None = UNSET
    tags: list[str] | UnsetType | None = UNSET
    attributes: dict[str, Any] | UnsetType | None = UNSET
    stores: list[StoreRow] | UnsetType | None = UNSET
    created_at: Timestamp | UnsetType | None = UNSET
    available_at: Timestamp | UnsetType | None = UNSET
    expires_at: Timestamp | UnsetType | None = UNSET
    rating: float | UnsetType | None = UNSET
    hidden: bool | UnsetType = UNSET


class ItemRow(ItemChange, kw_only=True):
    """One item as the shop has it."""

    id: Id
    title: Text


class ItemRows(msgspec.Struct):
    """Several items; the good ones go in even when others are refused."""

    items: list[ItemRow]


class UserRow(msgspec.Struct):
    """One pseudonym with what is known about it; never contact data."""

    id: Id
    attributes: dict[str, Any] | UnsetType = UNSET
    consent: ConsentRow | UnsetType = UNSET
    friends: list[Id] | UnsetType = UNSET
    created_at: Timestamp | UnsetType | None = UNSET


class UserRows(msgspec.Struct):
    """Several users."""

    users: list[UserRow]


class UserPage(msgspec.Struct):
    """What is kept of a user."""

    id: str
    attributes: dict[str, tuple[str, ...]]
    consent: dict[str, str]
    friends: tuple[str, ...]
    created_at: str | None


class Rejected(msgspec.Struct, frozen=True):
    """A row that was not taken: its place in the call, and why."""

    index: int
    code: str
    field: str
    message: str


class EventsTaken(msgspec.Struct, frozen=True):
    """Sent only after the accepted events are on disk. A duplicate was already there and counts once."""

    accepted: int
    duplicates: int
    rejected: list[Rejected]


class ItemsTaken(msgspec.Struct, frozen=True):
    """`revision` is the catalogue's number after this call; it only grows."""

    accepted: int
    revision: int
    rejected: list[Rejected]


class UsersTaken(msgspec.Struct, frozen=True):
    """How many users were put."""

    accepted: int
    rejected: list[Rejected]
