"""Buy again: what the shopper buys regularly, most often and most lately first."""

from __future__ import annotations

import numpy as np

from daogou.core.clock import DAY_US
from daogou.decide.retrieve.recent import own_items
from daogou.decide.retrieve.signal import Occasion, Signal

HALF_LIFE_DAYS = 90.0


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal: the sum over past orders of 0.5 ** (age / half life); returned pieces do not count."""
    strength: dict[int, float] = {}
    for row, number in zip(occasion.rows, occasion.numbers, strict=True):
        if number < 0 or row.name not in ("purchase", "refund"):
            continue
        age_days = max(occasion.now_us - row.at_us, 0) / DAY_US
        sign = 1.0 if row.name == "purchase" else -1.0
        strength[number] = strength.get(number, 0.0) + sign * 0.5 ** (age_days / HALF_LIFE_DAYS)
    wanted = {number: value for number, value in strength.items() if value > 0}
    if not wanted:
        return []
    causes = np.fromiter(wanted, np.int32, len(wanted))
    scores = np.zeros(len(occasion.catalogue), np.float32)
    scores[causes] = np.fromiter(wanted.values(), np.float32, len(wanted))
    return [own_items("repeat", scores, causes, "buy_again")]
