"""A change laid over an item's row of our import vocabulary, so that the whole can be checked as if it came new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daogou.core.errors import InvalidField
from daogou.core.types import Item

MONEY = ("price", "list_price", "cost")


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


def refuse_amounts_left_behind(before: Item, after: Item, change: Mapping[str, Any]) -> None:
    """Raise InvalidField when the currency changed under amounts that stayed: 300 pence must not become 300 yen."""
    if after.currency == before.currency:
        return
    left = [
        name
        for name in MONEY
        if getattr(after, f"{name}_minor") is not None and not {name, f"{name}_minor"} & change.keys()
    ]
    if "stores" not in change and any(one.price_minor is not None for one in after.stores):
        left.append("stores")
    if left:
        allowed = f"{before.currency}, or send {' and '.join(left)} in {after.currency} along with it"
        raise InvalidField("currency", after.currency, allowed, rule="currency_change")
