"""Similar items: like the one being looked at by its words, and by who else was interested in both."""

from __future__ import annotations

import numpy as np

from daogou.core.types import Query
from daogou.decide.retrieve.signal import Occasion, Signal, from_model

MEMBERS = {"content": 1.0, "item_knn": 0.5}
"""Words first: a similar item must look alike; behaviour decides among those that do."""


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal per model that knows the anchors, each scaled so that its best candidate weighs the same."""
    if not len(occasion.anchors):
        return []
    query = Query(occasion.anchors, now_us=occasion.now_us)
    signals = []
    for name, share in MEMBERS.items():
        if name in occasion.models:
            best = _best(occasion.models[name].score_all(query), occasion)
            if best > 0:
                signals.append(from_model(name, occasion.models[name], query, share / best, "similar_to"))
    return signals


def _best(scores: np.ndarray, occasion: Occasion) -> float:
    others = scores.copy()
    others[occasion.anchors] = 0.0
    return float(others.max(initial=0.0))
