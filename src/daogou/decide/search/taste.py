"""How the shopper's own past orders what their words found: the shop's models, asked about the best matches only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, Bools
from daogou.decide.shop import Shop

LOOKED_AT = 300
"""Of the best matches, so many are scored."""
NOTABLE = 0.25
"""Part of the highest taste from which an item is said to fit."""


@dataclass(frozen=True, eq=False)
class Taste:
    """factors: (n,) what each score is multiplied by; fits: (n,) which items the reason may say it of."""

    factors: F32
    fits: Bools


def taste_of(shop: Shop, people: Sequence[str], numbers: I32, scores: F32, now_us: int) -> Taste | None:
    """None for a shopper without a past, or where nothing trained knows these items."""
    past = shop.pasts.past(list(people))
    query = past.query(now_us)
    if not len(query.history) or not len(numbers) or not shop.settings.search.personal:
        return None
    best = np.argsort(-scores, kind="stable")[:LOOKED_AT]
    asked = numbers[best]
    told = np.zeros(len(asked), np.float32)
    for name, weight in shop.weights.get("allow", {}).items():
        served = shop.models.get(name)
        if served is None or not served.is_attributing:
            continue
        positions = served.positions(asked)
        known = positions >= 0
        if known.any():
            weights = np.asarray(weight, np.float32)
            said = served.model.score(served.translated(query), positions[known])
            told[known] += said * (weights[asked[known]] if weights.ndim else weights)
    highest = float(told.max(initial=0.0))
    if highest <= 0:
        return None
    share = np.maximum(told, 0) / np.float32(highest)
    factors, fits = np.ones(len(numbers), np.float32), np.zeros(len(numbers), bool)
    factors[best] += np.float32(shop.settings.search.personal) * share
    fits[best] = share >= NOTABLE
    return Taste(factors, fits)
