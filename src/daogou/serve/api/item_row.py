"""A stored item back as a row of our import vocabulary, so that a change can be laid over it and checked whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daogou.core.clock import isoformat
from daogou.core.types import Item

MONEY = ("price", "list_price", "cost")


def row_of(item: Item) -> dict[str, Any]:
    """The item as parse_item reads it; fields without a value are left out."""
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
        "stores": [
            {
                "store_id": one.store_id,
                "quantity": one.quantity,
                "price_minor": one.price_minor,
                "availability": one.availability,
            }
            for one in item.stores
        ],
        "created_at": _at(item.created_at_us),
        "available_at": _at(item.available_at_us),
        "expires_at": _at(item.expires_at_us),
        "rating": item.rating,
        "hidden": item.is_hidden,
    }
    return {name: value for name, value in row.items() if value not in (None, {}, [])}


def changed_row(row: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """`row` with the fields of `change`; null empties a field, and a price in one unit replaces the other."""
    changed = dict(row)
    for name in MONEY:
        if name in change:
            changed.pop(f"{name}_minor", None)
    for name, value in change.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return changed


def _at(at_us: int | None) -> str | None:
    return None if at_us is None else isoformat(at_us)
