"""On sale: what costs less than its list price, or less than it did lately; works before any training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from daogou.decide.explain.money import money
from daogou.decide.retrieve.signal import Occasion, Signal, Told, impersonal


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal: the part of the old price that is saved; of equal savings the more wanted item comes first."""
    reduced = occasion.offers.reduced(occasion.now_us)
    is_reduced = reduced.was > 0
    if not is_reduced.any():
        return []
    prices = occasion.offers.price_minor
    saved = np.where(is_reduced, 1 - prices / np.maximum(reduced.was, 1), 0)
    views = occasion.live.counts("view", "week", occasion.now_us)
    wanted = 1 + 0.05 * views / max(float(views.max(initial=0.0)), 1.0)

    def tell(number: int, shown: Sequence[int]) -> Told:
        was, now = int(reduced.was[number]), int(prices[number])
        currency = occasion.catalogue.items[number].currency
        facts = {"was": money(was, currency), "now": money(now, currency), "percent": str(100 * (was - now) // was)}
        return ("on_sale" if reduced.is_listed[number] else "price_dropped"), facts

    return [replace(impersonal("on_sale", (saved * wanted).astype(np.float32), "on_sale"), tell=tell)]
