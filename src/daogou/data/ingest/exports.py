"""Write items, users and events in the JSON shape that the import reads; reading it back gives the same again."""

from __future__ import annotations

from typing import Any

from daogou.core.clock import isoformat
from daogou.core.types import Consent, Event, EventLine, Item, StoreStock, User


def item_row(item: Item) -> dict[str, Any]:
    """One item as JSON; what is empty is left out."""
    row: dict[str, Any] = {
        "id": item.id,
        "group_id": item.group_id,
        "kind": item.kind,
        "title": dict(item.title),
        "description": dict(item.description),
        "url": item.url,
        "images": list(item.images),
        "price_minor": item.price_minor,
        "list_price_minor": item.list_price_minor,
        "cost_minor": item.cost_minor,
        "currency": item.currency,
        "availability": item.availability,
        "brand": item.brand,
        "categories": [list(path) for path in item.categories],
        "tags": list(item.tags),
        "attributes": {name: list(values) for name, values in item.attributes.items()},
        "stores": [_store_row(stock) for stock in item.stores],
        "created_at": _moment(item.created_at_us),
        "available_at": _moment(item.available_at_us),
        "expires_at": _moment(item.expires_at_us),
        "rating": item.rating,
        "hidden": item.is_hidden,
    }
    return _without_empty(row)


def user_row(user: User) -> dict[str, Any]:
    """One user as JSON; what is empty is left out."""
    row = {
        "id": user.id,
        "attributes": {name: list(values) for name, values in user.attributes.items()},
        "consent": _consent_row(user.consent),
        "friends": list(user.friends),
        "created_at": _moment(user.created_at_us),
    }
    return _without_empty(row)


def event_row(event: Event) -> dict[str, Any]:
    """One event as JSON; what is empty is left out."""
    row = {
        "event_id": event.event_id,
        "event_name": event.name,
        "timestamp": isoformat(event.at_us),
        "user_id": event.user_id,
        "visitor_id": event.visitor_id,
        "session_id": event.session_id,
        "recommendation_id": event.recommendation_id,
        "placement": event.placement,
        "items": [_line_row(line) for line in event.lines],
        "search_term": event.search_term,
        "transaction_id": event.transaction_id,
        "value_minor": event.value_minor,
        "currency": event.currency,
        "rating": event.rating,
        "coupon": event.coupon,
        "consent": _consent_row(event.consent),
        "context": dict(event.context),
    }
    return _without_empty(row)


def _line_row(line: EventLine) -> dict[str, Any]:
    row = {
        "item_id": line.item_id,
        "quantity": line.quantity,
        "price_minor": line.price_minor,
        "index": line.position,
        "propensity": line.propensity,
    }
    return {name: value for name, value in row.items() if value is not None}


def _store_row(stock: StoreStock) -> dict[str, Any]:
    row = {
        "store_id": stock.store_id,
        "quantity": stock.quantity,
        "price_minor": stock.price_minor,
        "availability": stock.availability,
    }
    return {name: value for name, value in row.items() if value is not None}


def _consent_row(consent: Consent) -> dict[str, str]:
    if consent == Consent():
        return {}
    return {"personalization": consent.personalization, "analytics": consent.analytics}


def _moment(at_us: int | None) -> str | None:
    return None if at_us is None else isoformat(at_us)


def _without_empty(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and value not in ({}, [], "")}
