"""Bought together: what lands in the same orders as the item being looked at or the things in the cart."""

from __future__ import annotations

import numpy as np

from daogou.core.types import Query
from daogou.decide.retrieve.signal import Occasion, Signal, from_model

MODEL = "bought_together"


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal, from anchors and cart alike."""
    beside = np.unique(np.concatenate([occasion.anchors, occasion.cart])).astype(np.int32)
    if not len(beside) or MODEL not in occasion.models:
        return []
    return [from_model(MODEL, occasion.models[MODEL], Query(beside, now_us=occasion.now_us), 1.0, "bought_together")]
