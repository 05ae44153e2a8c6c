"""Bundles: a set made around one item, each further piece of another kind of thing that is bought with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from daogou.decide.explain.money import money
from daogou.decide.retrieve import together
from daogou.decide.retrieve.signal import Occasion, Signal, Told


def retrieve(occasion: Occasion) -> list[Signal]:
    """What goes with the anchors and is of another category than each of them, so that a set has one of each.

    The placement's `max_per_category = 1` sees to it that the pieces differ among themselves too. None without anchors.
    """
    if not len(occasion.anchors):
        return []
    catalogue = occasion.catalogue
    fits = ~np.isin(catalogue.category, catalogue.category[occasion.anchors])
    fits &= ~np.isin(catalogue.group, catalogue.group[occasion.anchors])
    fits &= occasion.offers.price_minor >= 0  # what has no price cannot be part of a sum

    def tell(number: int, shown: Sequence[int]) -> Told:
        total = occasion.offers.total_minor([*occasion.anchors.tolist(), *shown])
        currency = catalogue.items[number].currency
        return "completes_set", {"total": money(total, currency)}

    return [
        replace(signal.times(fits.astype(np.float32)), name="bundles", code="completes_set", tell=tell)
        for signal in together.beside(occasion, occasion.anchors)
    ]
