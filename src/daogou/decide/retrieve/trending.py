"""Trending: what shoppers turn to these days."""

from __future__ import annotations

from daogou.core.types import Query
from daogou.decide.retrieve.signal import Occasion, Signal, impersonal

MODEL = "trending"


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal, the same for everybody; none before the first training."""
    if MODEL not in occasion.models:
        return []
    scores = occasion.models[MODEL].score_all(Query(now_us=occasion.now_us))
    return [impersonal("trending", scores, "trending")]
