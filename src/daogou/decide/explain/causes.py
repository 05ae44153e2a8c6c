"""Which causes to cite: the fewest whose absence would have dropped the item from the slate.

Scores are sums over causes, so taking causes away is subtraction; what is left of a history counts a little more,
because histories are weighed by the root of their total weight (see `decayed_query`). For each shown item its
causes are tried largest first, one by one and then in growing handfuls, until enough others would outrank it to fill
the slate without it. Of several variants of a product only the best counts as another.
Source of the idea: counterfactual explanations, Tan et al., "Counterfactual Explainable Recommendation", CIKM 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32
from daogou.decide.explain.contest import fewest_causes
from daogou.decide.explain.seats import Seats
from daogou.decide.pool import Causes


@dataclass(frozen=True, slots=True)
class Cited:
    """causes: rows of `Causes.numbers`, strongest first; shares: their part of the score, same order.

    is_enough  whether taking them away drops the item
    """

    causes: list[int]
    shares: list[float]
    is_enough: bool


def cite(causes: Causes, scores: F32, places: list[int], seats: Seats) -> list[Cited]:
    """One Cited per place of the slate.

    scores  (n_pool,) blended, best first
    places  indices into the pool that are shown
    seats   what decides about places beside the scores
    """
    if not len(causes.numbers) or not places:
        return [Cited([], [], False) for _ in places]
    ordered, parts, counts, enough = fewest_causes(
        causes.shares, causes.mass, scores, np.array(places, np.int32), seats
    )
    most = int(counts.max())
    cited = ordered[:, :most].tolist(), np.round(parts[:, :most], 6).tolist()
    rows = zip(*cited, counts.tolist(), enough.tolist(), strict=True)
    return [Cited(those[:count], shares[:count], is_enough) for those, shares, count, is_enough in rows]
