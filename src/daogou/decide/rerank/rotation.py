"""Rotation: what a shopper was shown several times without acting on it makes room for other items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import F32, I32
from daogou.decide.retrieve.signal import Occasion

REMEMBERED_DAYS = 14
HALF_LIFE_DAYS = 3.0
"""After this many days a showing counts half."""
MOST_LISTS = 20
"""Newest lists of the shopper that are looked at, of all placements together."""
LEAST = 1e-6


def rotated(numbers: I32, rotation: float, occasion: Occasion, people: Sequence[str]) -> F32:
    """(n,) factors: (1 - rotation) to the power of the showings beyond the first, each fading with its age.

    Only showings after the shopper last did anything with the item count: a click starts anew.
    """
    catalogue, now_us = occasion.catalogue, occasion.now_us
    since_us = now_us - REMEMBERED_DAYS * DAY_US
    showings = catalogue.reach.ask(lambda: catalogue.store.showings(people, since_us, MOST_LISTS), ())
    met, items = occasion.past.met, catalogue.items
    acted_us = {items[number].id: at for number, at in zip(met.numbers.tolist(), met.last_us.tolist(), strict=True)}
    seen: dict[str, list[float]] = {}  # newest first
    for showing in showings:
        weight = 0.5 ** (max(now_us - showing.at_us, 0) / (HALF_LIFE_DAYS * DAY_US))
        for item_id in showing.item_ids:
            if showing.at_us > acted_us.get(item_id, 0):
                seen.setdefault(item_id, []).append(weight)
    tired = [sum(seen.get(catalogue.items[number].id, ())[:-1]) for number in numbers.tolist()]
    return np.maximum(np.power(np.float32(1 - rotation), np.array(tired, np.float32)), np.float32(LEAST))
