"""A change laid over an item's row of our import vocabulary, so that the whole can be checked as if it came new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
