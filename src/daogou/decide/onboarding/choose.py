"""Which question to ask: the one whose answer tells most about what will be taken.

An answer makes items that have the named value a few times as likely (`strength`). What it is expected to tell is the
mutual information between the answer and the item taken: over the answers, how far the distribution of taken items
moves (Kullback and Leibler, 1951). Whoever wants none of the named values says so, and then nothing moves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F64, I32
from daogou.learn.facets import USUAL_STRENGTH, Facets

MOST_CHOICES = 6
LEAST_SHARE = 0.01
"""A value that less than this of what is taken has is not worth a choice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """facet    what is asked about
    values   the choices, the likeliest first
    gain     information that the answer is expected to give, in nats
    """

    facet: str
    values: tuple[str, ...]
    gain: float


def best_question(facets: Facets, taken: F64, strengths: Mapping[str, float], done: Collection[str]) -> Asked | None:
    """The most telling question about none of the facets in `done`; None where no answer would tell anything.

    taken  (n_items,) how likely each item is taken; sums to 1
    """
    asked = [question(facet, facets[facet], taken, strengths) for facet in facets if facet not in done]
    told = [one for one in asked if len(one.values) >= 2 and one.gain > 0]
    return max(told, key=lambda one: (one.gain, one.facet), default=None)


def question(facet: str, values: Mapping[str, I32], taken: F64, strengths: Mapping[str, float]) -> Asked:
    """This facet's question, with its likeliest values as choices."""
    shares = {value: float(taken[numbers].sum()) for value, numbers in values.items()}
    often = sorted(
        (value for value, share in shares.items() if share >= LEAST_SHARE), key=lambda one: (-shares[one], one)
    )
    chosen = tuple(often[:MOST_CHOICES])
    strength = strengths.get(facet, USUAL_STRENGTH)
    return Asked(facet, chosen, sum(shares[value] * moved(shares[value], strength) for value in chosen))


def moved(share: float, strength: float) -> float:
    """How far a distribution moves, in nats, where a part of it becomes `strength` times as likely."""
    total = 1.0 + (strength - 1.0) * share
    return float(share * strength / total * np.log(strength) - np.log(total))
