"""For a shopper without a past: what they said they like, and what people who told the same about themselves take."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, Query
from daogou.decide.retrieve.newest import retrieve as newest
from daogou.decide.retrieve.signal import Occasion, Signal, impersonal

MODEL = "popularity"


def retrieve(occasion: Occasion) -> list[Signal]:
    """A signal for each of the two of which anything is known, over what everybody takes."""
    return [*_asked_for(occasion), *_alike(occasion)]


def _asked_for(occasion: Occasion) -> list[Signal]:
    """Items that have what the shopper wants more of, the more of it the better: the wish itself multiplies later."""
    if occasion.more is None or not len(occasion.more):
        return []
    scores = np.zeros(len(occasion.catalogue), np.float32)
    scores[occasion.more] = _usual(occasion)[occasion.more]
    return [impersonal("asked_for", scores, "asked_for")]


def _alike(occasion: Occasion) -> list[Signal]:
    """By the asking user's attributes; nothing where fewer than 20 people share each of them."""
    if occasion.user is None or occasion.newcomers is None:
        return []
    factors = occasion.newcomers.factors_of(occasion.user.attributes)
    if factors is None:
        return []
    return [impersonal("newcomers", _usual(occasion) * factors, "popular_alike")]


def _usual(occasion: Occasion) -> F32:
    """(n_catalogue,) what everybody takes; in a shop without a release, what is new."""
    if MODEL not in occasion.models:
        return newest(occasion)[0].scores
    scores = occasion.models[MODEL].score_all(Query(now_us=occasion.now_us))
    return np.asarray(scores / max(float(scores.max(initial=0.0)), 1e-12), np.float32)
