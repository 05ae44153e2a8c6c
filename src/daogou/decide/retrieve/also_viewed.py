"""Also viewed: what the shoppers interested in the item being looked at were interested in beside it."""

from __future__ import annotations

from daogou.core.types import Query
from daogou.decide.retrieve.signal import Occasion, Signal, from_model

MODEL = "item_knn"


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal from the trained neighbours of the anchors; none without anchors or before the first training."""
    if not len(occasion.anchors) or MODEL not in occasion.models:
        return []
    query = Query(occasion.anchors, now_us=occasion.now_us)
    return [from_model(MODEL, occasion.models[MODEL], query, 1.0, "also_viewed")]
