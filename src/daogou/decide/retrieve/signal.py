"""What a retriever is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from daogou.core.settings import Settings
from daogou.core.types import F32, I32, Query, User
from daogou.decide.catalogue import Catalogue
from daogou.decide.context import Context
from daogou.decide.context.lifted import Lifted
from daogou.decide.live import LiveCounts, Offers
from daogou.decide.past import NO_PAST, Past
from daogou.decide.served_model import ServedModel

if TYPE_CHECKING:
    from daogou.decide.retrieve.proposals import Proposals


@dataclass(frozen=True, slots=True)
class Occasion:
    """The moment of asking, as retrievers see it; all item numbers are the catalogue's.

    query    the shopper's history, empty where nothing may be known
    anchors  numbers of the items being looked at
    cart     numbers of the items in the cart
    weights  what the trained blend gives each model, already divided by its scale: one for all items or (n_catalogue,)
    user     the asking user's record; None where there is none or nothing may be known
    context  when, where and on what the question is asked
    past     the same history line by line, and what was made of it
    more     numbers of items that have what the shopper said they want more of
    newcomers  what people who told the same of themselves take; None where nothing may be known
    proposals  who can say what is worth scoring for the blend, in a large shop; None where all items are scored
    live     how often each item was viewed, carted and bought lately
    offers   what each item costs, and what it did cost
    """

    catalogue: Catalogue
    models: Mapping[str, ServedModel]
    weights: Mapping[str, float | F32]
    query: Query
    anchors: I32
    cart: I32
    now_us: int
    settings: Settings
    context: Context
    live: LiveCounts
    offers: Offers
    user: User | None = None
    past: Past = NO_PAST
    more: I32 | None = None
    newcomers: Lifted | None = None
    proposals: Proposals | None = None


Told: TypeAlias = tuple[str, Mapping[str, str]]
"""A reason code, and what fills the blanks of its sentence beside the causes."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One source's opinion of every item.

    name           which model or list it is
    scores         (n_catalogue,) larger is better, 0.0 where there is nothing to say
    causes         (n_causes,) numbers of the items it argues from; empty when it knows nobody
    contributions  pool numbers -> (n_causes, len(pool)); columns sum to `scores[pool]` where the source is a sum
    code           reason code; "" means: by what the shopper did with the causes
    tell           item number, and those of all items of the list -> its own reason; None where `code` says it all
    among          numbers of all items that may have a score other than 0, ascending; where they are given, `scores`
                   is to be read by item numbers only
    """

    name: str
    scores: F32
    causes: I32
    contributions: Callable[[I32], F32]
    code: str = ""
    tell: Callable[[int, Sequence[int]], Told] | None = None
    among: I32 | None = None

    def times(self, factors: F32 | np.float32) -> Signal:
        """Every score, and every share of it, multiplied: by one number or by one per item, (n_catalogue,)."""

        def contributions(pool: I32) -> F32:
            shares: F32 = self.contributions(pool) * (factors[pool] if isinstance(factors, np.ndarray) else factors)
            return shares

        return Signal(self.name, self.scores * factors, self.causes, contributions, self.code, self.tell)


def impersonal(name: str, scores: F32, code: str) -> Signal:
    """A signal that argues from nothing the shopper did."""
    return Signal(name, scores, np.empty(0, np.int32), lambda pool: np.empty((0, len(pool)), np.float32), code)


def told_alike(signal: Signal, facts: Mapping[str, str]) -> Signal:
    """The signal, with the same facts in the reason of each of its items."""
    return replace(signal, tell=lambda number, shown: (signal.code, facts))


IMPERSONAL_CODES = {"trending": "trending", "popularity": "popular"}
"""Reason codes of models that know nobody; any other one reads as popular."""


def from_model(name: str, served: ServedModel, query: Query, weight: float | F32, code: str = "") -> Signal:
    """A model's signal; models that can split their score over the history do.

    weight  what its score counts, one for all items or (n_catalogue,)
    """
    weights = np.asarray(weight, np.float32)
    return from_scores(name, served, query, weights, served.score_all(query) * weights, code)


def from_scores(name: str, served: ServedModel, query: Query, weights: F32, scores: F32, code: str = "") -> Signal:
    """The same where the weighed scores are there already."""
    if not served.is_attributing:
        return impersonal(name, scores, code or IMPERSONAL_CODES.get(name, "popular"))
    return Signal(
        name,
        scores,
        query.history,
        lambda pool: served.contributions(query, pool) * (weights[pool] if weights.ndim else weights),
        code,
    )
