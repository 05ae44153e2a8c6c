"""Bought together: what lands in the same orders as the item being looked at or the things in the cart.

Before there are orders, and beside them, what the shop itself says goes together: the item's attribute `cross_sell`, a
list of ids. Where delivery is free from a total on, what goes well with the cart and reaches it comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from daogou.core.types import F32, I32, Query
from daogou.decide.explain.money import money
from daogou.decide.retrieve.signal import Occasion, Signal, Told, from_model

MODEL = "bought_together"
CROSS_SELL = "cross_sell"
LINK = 0.5
"""What a link of the shop counts, in parts of the strongest tie that orders show."""
GOES_WELL = 0.1
"""Part of the best score from which an item goes well enough with the cart to be lifted for its price."""


def retrieve(occasion: Occasion) -> list[Signal]:
    """From anchors and cart alike: one signal from orders, one from the shop's links; none where neither speaks."""
    items = np.unique(np.concatenate([occasion.anchors, occasion.cart])).astype(np.int32)
    return _closing_the_gap(occasion, beside(occasion, items))


def beside(occasion: Occasion, items: I32) -> list[Signal]:
    """What goes with these items, by orders and by the shop's own links."""
    signals: list[Signal] = []
    if not len(items):
        return signals
    if MODEL in occasion.models:
        query = Query(items, now_us=occasion.now_us)
        signals.append(from_model(MODEL, occasion.models[MODEL], query, 1.0, "bought_together"))
    height = max([float(signal.scores.max(initial=0.0)) for signal in signals], default=0.0) or 1.0
    linked = _linked(occasion, items, np.float32(LINK * height))
    return signals if linked is None else [*signals, linked]


def _linked(occasion: Occasion, items: I32, strength: np.float32) -> Signal | None:
    """What these items' own entries name; None where they name nothing the shop has."""
    catalogue = occasion.catalogue
    named = [catalogue.numbers(catalogue.items[number].attributes.get(CROSS_SELL, ())) for number in items.tolist()]
    if not any(map(len, named)):
        return None
    scores = np.zeros(len(catalogue), np.float32)
    for numbers in named:
        scores[numbers] += strength

    def contributions(pool: I32) -> F32:
        return np.stack([np.isin(pool, numbers) * strength for numbers in named]).astype(np.float32)

    return Signal("cross_sell", scores, items, contributions, "goes_with")


def _closing_the_gap(occasion: Occasion, signals: list[Signal]) -> list[Signal]:
    """Lift what brings the cart over the total from which delivery is free; all shares stay exact."""
    free_from = occasion.settings.shipping.free_from_minor
    if free_from is None or not len(occasion.cart) or not signals:
        return signals
    missing = free_from - occasion.offers.total_minor(occasion.cart.tolist())
    if missing <= 0:
        return signals
    scores = np.sum([signal.scores for signal in signals], axis=0)
    goes_well = scores >= GOES_WELL * scores.max(initial=0.0)
    closes = goes_well & (scores > 0) & (occasion.offers.price_minor >= missing)
    factors = np.where(closes, np.float32(1 / GOES_WELL), np.float32(1))

    def telling(signal: Signal) -> Signal:
        def tell(number: int, shown: Sequence[int]) -> Told:
            if not closes[number]:
                return signal.code, {}
            return "free_shipping", {"missing": money(missing, occasion.catalogue.items[number].currency)}

        return replace(signal.times(factors), tell=tell)

    return [telling(signal) for signal in signals]
