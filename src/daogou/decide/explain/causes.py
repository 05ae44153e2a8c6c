"""Which causes to cite: the fewest whose absence would have dropped the item from the slate.

Scores are sums over causes, so taking causes away is subtraction; what is left of a history counts a little more,
because histories are weighed by the root of their total weight (see `decayed_query`). For each shown item its causes
are tried largest first, in growing handfuls, until enough others would outrank it to fill the slate without it.
Source of the idea: counterfactual explanations, Tan et al., "Counterfactual Explainable Recommendation", CIKM 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32
from daogou.decide.pool import Causes

LADDER = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
FEW = 4


@dataclass(frozen=True, slots=True)
class Cited:
    """causes: rows of `Causes.numbers`, strongest first; shares: their part of the score, same order.

    is_enough  whether taking them away drops the item
    """

    causes: list[int]
    shares: list[float]
    is_enough: bool


def cite(causes: Causes, scores: F32, places: list[int], limit: int, category: I32, cap: int | None) -> list[Cited]:
    """One Cited per place of the slate.

    scores    (n_pool,) blended, best first
    places    indices into the pool that are shown
    category  (n_pool,) innermost category numbers, for the cap that applies when others move up
    """
    if not len(causes.numbers):
        return [Cited([], [], False) for _ in places]
    kinds, kind_of = np.unique(category, return_inverse=True)
    member = np.zeros((len(scores), len(kinds)), np.float32)
    member[np.arange(len(scores)), kind_of] = 1.0
    return [_cite_one(causes, scores, place, limit, member, cap) for place in places]


def _cite_one(causes: Causes, scores: F32, place: int, limit: int, member: F32, cap: int | None) -> Cited:
    own = causes.shares[:, place]
    order = np.argsort(-own, kind="stable")
    order = order[own[order] > 0]
    if not len(order):
        return Cited([], [], False)
    argued = causes.shares.sum(axis=0)
    base = scores - argued
    few, many = _steps(len(order))
    for steps in (few, many):
        head = order[: steps[-1]]
        removed = np.cumsum(causes.shares[head], axis=0)[steps - 1]  # (n_steps, n_pool)
        gone = np.minimum(np.cumsum(causes.mass[head])[steps - 1], 0.999999)
        left = base[None, :] + (argued[None, :] - removed) / np.sqrt(1.0 - gone)[:, None]
        ahead = (left > left[:, place, None]) & (left > 0)
        crowd = ahead.astype(np.float32) @ member  # (n_steps, n_categories)
        if cap is not None:
            np.minimum(crowd, cap, out=crowd)
        dropped = (crowd.sum(axis=1) >= limit) | (left[:, place] <= 1e-6 * scores[place])
        if dropped.any():
            break
    step = int(steps[int(np.argmax(dropped))] if dropped.any() else steps[-1])
    chosen = order[:step]
    total = max(float(scores[place]), 1e-30)
    return Cited(chosen.tolist(), [float(share) / total for share in own[chosen]], bool(dropped.any()))


def _steps(n: int) -> tuple[I32, I32]:
    """The ladder up to n in two parts, so that the long part is climbed only where the short one did not do."""
    ladder = [step for step in LADDER if step < n] + [n]
    few = ladder[:FEW]
    return np.array(few, np.int32), np.array(ladder, np.int32)
