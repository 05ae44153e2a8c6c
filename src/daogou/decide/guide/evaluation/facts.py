"""What is true of an item, whatever a reply says of it."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.core.types import Item
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, RATING, STOCK, Want

UNSPOKEN = frozenset({"product_type", "description_source", "code", "scope", "spend_minor", "save_minor"})
"""Attributes of the bundled shops that no shopper would name."""


def values_of(item: Item, field: str) -> tuple[str, ...]:
    """An item's own values of a field; empty where it states none."""
    if field == CATEGORY:
        return tuple(name for path in item.categories for name in path)
    if field == BRAND:
        return (item.brand,) if item.brand else ()
    if field == STOCK:
        return (item.availability,)
    return item.attributes.get(field, ())


def numbers_of(item: Item, field: str) -> tuple[float, ...]:
    """An item's own numbers of a field."""
    if field == PRICE:
        return () if item.price_minor is None else (float(item.price_minor),)
    if field == RATING:
        return () if item.rating is None else (item.rating,)
    found = []
    for value in values_of(item, field):
        try:
            found.append(float(value))
        except ValueError:
            continue
    return tuple(found)


def holds(item: Item, want: Want) -> bool | None:
    """Whether an item is as wanted; None where it does not say. `about` is a matter of taste and always holds."""
    if want.op == "about":
        return True
    if want.number is not None:
        numbers = numbers_of(item, want.field)
        if not numbers:
            return None
        bound = want.number
        return any(number >= bound if want.op == "at_least" else number <= bound for number in numbers)
    has = {value.casefold() for value in values_of(item, want.field)}
    if not has:
        return None
    meets = any(value.casefold() in has for value in want.values)
    return meets if want.op == "is" else not meets


def violates(item: Item, wants: Sequence[Want]) -> bool:
    """Whether an item contradicts something that was asked for. What it does not state contradicts nothing."""
    return any(holds(item, want) is False for want in wants)
