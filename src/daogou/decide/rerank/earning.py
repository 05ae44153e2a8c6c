"""What the shop earns by an item, and how many pieces are left: they may change an order, never who is shown."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, I32, Item
from daogou.decide.catalogue import Catalogue


def by_margin(numbers: I32, margin: float, catalogue: Catalogue) -> F32:
    """(n,) factors 1 + margin · (the item's rate - the mean rate of these candidates); 1 where the cost is unknown."""
    rates = catalogue.columns.number("margin rate", _rate).values[numbers]
    known = ~np.isnan(rates)
    if not known.any():
        return np.ones(len(numbers), np.float32)
    return np.where(known, 1 + margin * (rates - rates[known].mean()), 1.0).astype(np.float32)


def _rate(item: Item) -> float | None:
    """Share of the price that is earned, within 0 and 1."""
    if item.cost_minor is None or not item.price_minor:
        return None
    return min(max(1 - item.cost_minor / item.price_minor, 0.0), 1.0)


def by_stock(numbers: I32, ample: int, catalogue: Catalogue, store_id: str | None) -> F32:
    """(n,) factors (pieces + 1) / (ample + 1), at most 1; 1 where nobody counts the pieces.

    ample     pieces from which an item counts in full
    store_id  the store that is asked about; an item that it does not count goes by all stores together
    """
    pieces = catalogue.columns.number("pieces", _pieces).values[numbers]
    if store_id is not None:
        for place, number in enumerate(numbers.tolist()):
            for one in catalogue.items[number].stores:
                if one.store_id == store_id and one.quantity is not None:
                    pieces[place] = one.quantity
    held = np.clip(np.where(np.isnan(pieces), ample, pieces), 0, ample)
    return ((held + 1) / (ample + 1)).astype(np.float32)


def _pieces(item: Item) -> float | None:
    """In all stores together."""
    counted = [one.quantity for one in item.stores if one.quantity is not None]
    return float(sum(counted)) if counted else None
