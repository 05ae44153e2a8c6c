"""Recently viewed: the shopper's own last looks, newest first."""

from __future__ import annotations

import numpy as np

from daogou.core.types import EVENT_NUMBER
from daogou.decide.retrieve.signal import Occasion, Signal

LOOKS = [EVENT_NUMBER[name] for name in ("view_item", "select_item", "add_to_cart", "add_to_wishlist")]


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal whose scores fall from 1 with every newer look; each item is its own cause."""
    seen: dict[int, None] = {}
    lines = occasion.past.lines
    for number in lines.numbers[np.isin(lines.kinds, LOOKS) & (lines.numbers >= 0)][::-1].tolist():
        seen.setdefault(number)
    if not seen:
        return []
    causes = np.fromiter(seen, np.int32, len(seen))
    scores = np.zeros(len(occasion.catalogue), np.float32)
    scores[causes] = 1.0 / np.arange(1, len(causes) + 1, dtype=np.float32)
    return [own_items("recent", scores, causes, "viewed_before")]


def own_items(name: str, scores: np.ndarray, causes: np.ndarray, code: str) -> Signal:
    """A signal in which every item is recommended because of itself."""
    return Signal(
        name,
        scores,
        causes,
        lambda pool: np.where(causes[:, None] == pool[None, :], scores[pool][None, :], np.float32(0)),
        code,
    )
