"""Cross category: what goes with the item or the shopper, from departments they have not been to."""

from __future__ import annotations

import numpy as np

from daogou.core.types import I32, Query
from daogou.decide.retrieve.signal import Occasion, Signal, from_model

MODEL = "item_knn"


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal: trained neighbours outside all outermost categories of the anchors, or else of the whole history.

    None before the first training, and for nobody beside nothing.
    """
    query = occasion.query
    if len(occasion.anchors):
        query = Query(occasion.anchors, now_us=occasion.now_us)
    if not len(query.history) or MODEL not in occasion.models:
        return []
    factors = _elsewhere(occasion, query.history).astype(np.float32)
    return [from_model(MODEL, occasion.models[MODEL], query, factors, "cross_category")]


def _elsewhere(occasion: Occasion, seen: I32) -> np.ndarray:
    """(n_catalogue,) whether the item's department is none of theirs; items without one are nowhere."""
    departments = occasion.catalogue.department
    known = np.zeros(int(departments.max(initial=0)) + 1, bool)
    known[departments[seen]] = True
    known[0] = True
    return ~known[departments]
