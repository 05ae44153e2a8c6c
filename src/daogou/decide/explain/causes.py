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

from daogou.core.types import F32, I32, Bools
from daogou.decide.pool import Causes

FEW = 5
LADDER = (8, 13, 21, 34, 55, 89)


@dataclass(frozen=True, slots=True)
class Cited:
    """causes: rows of `Causes.numbers`, strongest first; shares: their part of the score, same order.

    is_enough  whether taking them away drops the item
    """

    causes: list[int]
    shares: list[float]
    is_enough: bool


@dataclass(frozen=True, slots=True)
class _Contest:
    """Who would be ahead of whom, were some causes gone.

    base    (n_pool,) what no cause argues for; argued (n_pool,) what all causes argue for together
    member  (n_pool, n_categories) 1.0 where the candidate is of the category
    """

    base: F32
    argued: F32
    member: F32
    limit: int
    cap: int | None

    def is_dropped(self, removed: F32, gone: F32, places: I32) -> Bools:
        """Whether the candidates at `places` fall out of the slate.

        removed  (..., n_pool) score that went with the causes; gone (...) their part of the history's weight
        places   (...) one place of the pool each; the result has the same shape
        """
        left = self.base + (self.argued - removed) / np.sqrt(1.0 - np.minimum(gone, 0.999999))[..., None]
        own = np.take_along_axis(left, places[..., None], axis=-1)
        ahead = (left > own) & (left > 0)
        crowd = ahead.astype(np.float32) @ self.member
        if self.cap is not None:
            np.minimum(crowd, self.cap, out=crowd)
        before = (self.base + self.argued)[places]
        dropped: Bools = (crowd.sum(axis=-1) >= self.limit) | (own[..., 0] <= 1e-6 * before)
        return dropped


def cite(
    causes: Causes, scores: F32, places: list[int], limit: int, category: I32, group: I32, cap: int | None
) -> list[Cited]:
    """One Cited per place of the slate.

    scores    (n_pool,) blended, best first
    places    indices into the pool that are shown
    category  (n_pool,) innermost category numbers, for the cap that applies when others move up
    group     (n_pool,) numbers of the variant groups, of which a slate takes one item each
    """
    if not len(causes.numbers) or not places:
        return [Cited([], [], False) for _ in places]
    member = _membership(category.tolist(), group.tolist())
    argued = causes.shares.sum(axis=0)
    contest = _Contest(scores - argued, argued, member, limit, cap)
    shown = np.array(places, np.int32)
    own = causes.shares[:, shown]  # (n_causes, n_places)
    order = np.argsort(-own, axis=0, kind="stable").astype(np.int32)
    n_for = np.count_nonzero(own > 0, axis=0).astype(np.int32)  # how many causes speak for each place
    few = _try_few(contest, causes, shown, order[:FEW], n_for)
    steps = np.minimum(np.argmax(few, axis=0) + 1, n_for).tolist()
    enough: list[bool] = np.logical_or.reduce(few, axis=0).tolist()
    answers = []
    for column, (place, n, step, is_enough) in enumerate(zip(places, n_for.tolist(), steps, enough, strict=True)):
        if n > FEW and not is_enough:
            step, is_enough = _try_more(contest, causes, place, order[:n, column])
        chosen = order[: step if is_enough else n, column]
        total = max(float(scores[place]), 1e-30)
        answers.append(Cited(chosen.tolist(), (own[chosen, column] / total).tolist(), is_enough and n > 0))
    return answers


def _membership(category: list[int], group: list[int]) -> F32:
    """(n_pool, n_categories) 1.0 for the best variant of each group, in the column of its category."""
    column = {kind: number for number, kind in enumerate(dict.fromkeys(category))}
    best = {one: place for place, one in reversed(list(enumerate(group)))}
    member = np.zeros((len(category), len(column)), np.float32)
    places = list(best.values())
    member[places, [column[category[place]] for place in places]] = 1.0
    return member


def _try_few(contest: _Contest, causes: Causes, places: I32, order: I32, n_for: I32) -> Bools:
    """(FEW, n_places): whether taking the 1, 2, 3, … strongest causes away is enough, for all places at once."""
    speaks = np.arange(len(order))[:, None] < n_for
    removed = np.cumsum(np.where(speaks[..., None], causes.shares[order], np.float32(0)), axis=0)
    gone = np.cumsum(np.where(speaks, causes.mass[order], np.float32(0)), axis=0)
    return contest.is_dropped(removed, gone, np.broadcast_to(places, order.shape))


def _try_more(contest: _Contest, causes: Causes, place: int, order: I32) -> tuple[int, bool]:
    """How many of the strongest causes have to go, in handfuls, and whether that is enough."""
    steps = np.array([*(one for one in LADDER if one < len(order)), len(order)])
    removed = np.cumsum(causes.shares[order], axis=0)[steps - 1]
    gone = np.cumsum(causes.mass[order])[steps - 1]
    dropped = contest.is_dropped(removed, gone, np.full(len(steps), place, np.int32))
    return int(steps[np.argmax(dropped)]), bool(dropped.any())
