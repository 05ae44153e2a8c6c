"""What the ranking stage and the reranking did to one item, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from daogou.decide.explain.wording import stage_words
from daogou.decide.trace import Trace

PRIVATE = frozenset({"margin"})
"""Stages from which a shopper could tell what the shop earns."""


@dataclass(frozen=True, slots=True)
class StageTold:
    """factor: what the stage multiplied the score by; of the ranker, the chance that the item is taken.

    before, after: of the ranker, the item's place among the candidates from 1; None of the others.
    """

    stage: str
    factor: float
    text: str
    before: int | None = None
    after: int | None = None


def stages_told(made: Trace, number: int, *, tell_private: bool) -> tuple[StageTold, ...]:
    """The stages that looked at the item with this catalogue number, in their order."""
    told: list[tuple[str, float, dict[str, Any]]] = []
    if made.ranked is not None:
        before = np.flatnonzero(made.ranked.pool.numbers == number)
        if len(before):
            chance = float(made.ranked.chances[before[0]])
            after = int(np.count_nonzero(made.ranked.chances > chance))
            told.append(
                ("ranker", chance, {"name": made.ranked.name, "before": int(before[0]) + 1, "after": after + 1})
            )
    if made.reranked is not None:
        place = np.flatnonzero(made.unvaried.numbers == number)
        for stage, factors in made.reranked.notes.items() if len(place) else ():
            factor = float(factors[place[0]])
            if abs(factor - 1) > 1e-6 and (tell_private or stage not in PRIVATE):
                told.append((stage, factor, {}))
    return tuple(
        StageTold(
            stage, factor, stage_words(stage, factor, made.language, **facts), facts.get("before"), facts.get("after")
        )
        for stage, factor, facts in told
    )
