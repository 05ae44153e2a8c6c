"""One factor per candidate from everything a placement asks for beside relevance, each part kept for explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from daogou.core.settings import PlacementSettings
from daogou.core.types import F32
from daogou.decide.pool import Pool
from daogou.decide.rerank.diversity import determinantal, marginal_relevance
from daogou.decide.rerank.earning import by_margin, by_stock
from daogou.decide.rerank.likeness import likeness
from daogou.decide.rerank.newcomers import placed
from daogou.decide.rerank.rotation import rotated
from daogou.decide.retrieve.signal import Occasion

WALKED = 3
"""Every how many-th candidate variety is looked at for: a pool holds three times what a list does."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """What becomes of a pool.

    factors  (n_pool,) > 0, what each candidate's score is multiplied by
    notes    by dimension the (n_pool,) factors it adds; their product is `factors`
    drawn    catalogue number of each new item that got a place by chance → the chance it had
    """

    factors: F32
    notes: Mapping[str, F32]
    drawn: Mapping[int, float] = field(default_factory=dict)


def rerank(
    plan: PlacementSettings, pool: Pool, occasion: Occasion, people: Sequence[str], limit: int | None = None
) -> Reranked | None:
    """What the placement asks for beside relevance; None where it asks for nothing or nobody is there.

    people  the shopper's keys, empty where nothing about them may be used
    limit   places of the list; the placement's own where not given
    """
    if not (plan.diversity or plan.rotation or plan.margin or plan.stock or plan.new_items) or not len(pool.numbers):
        return None
    numbers, catalogue = pool.numbers, occasion.catalogue
    notes: dict[str, F32] = {}
    if plan.rotation and people:
        notes["rotation"] = rotated(numbers, plan.rotation, occasion, people)
    if plan.margin:
        notes["margin"] = by_margin(numbers, plan.margin, catalogue)
    if plan.stock:
        notes["stock"] = by_stock(numbers, plan.stock, catalogue, occasion.context.store)
    factors = _product(notes, len(numbers))
    if plan.diversity is not None and plan.diversity.strength:
        notes["diversity"] = _varied(plan, pool, factors, occasion)
        factors = factors * notes["diversity"]
    drawn: dict[int, float] = {}
    if plan.new_items is not None:
        notes["new_items"], drawn = placed(
            plan, pool, pool.scores * factors, occasion, people, plan.limit if limit is None else limit
        )
        factors = factors * notes["new_items"]
    return Reranked(factors, notes, drawn)


def _product(notes: Mapping[str, F32], n: int) -> F32:
    factors = np.ones(n, np.float32)
    for one in notes.values():
        factors *= one
    return factors


def _varied(plan: PlacementSettings, pool: Pool, factors: F32, occasion: Occasion) -> F32:
    """(n,) what variety makes of the scores that `factors` leave."""
    assert plan.diversity is not None
    scores = pool.scores * factors
    relevance = np.maximum(scores / scores.max(), np.float32(1e-9))
    choose = marginal_relevance if plan.diversity.method == "mmr" else determinantal
    depth = max(len(scores) // WALKED, 32)
    worth = choose(relevance, likeness(pool.numbers, occasion), plan.diversity.strength, depth)
    return np.asarray(worth / relevance, np.float32)
