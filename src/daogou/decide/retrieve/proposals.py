"""Which items of a very large catalogue are worth scoring for a shopper, so that not every one has to be.

A blended score has up to three parts: sums over the rows of sparse tables, which name all the items they speak of;
one inner product; and what is said to everybody. The items that the tables name are all scored. Of the others the
best by the two remaining parts are found among roughly rounded vectors, exactly. So what is proposed is certain: an
item that is not proposed scores no more than the `bar`, and proposals below it are left out.
Cost: d + 36 bytes per item, and some seconds when a release is taken over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from daogou.core.protocols import Factored, Impersonal, Listing
from daogou.core.types import F32, I32, Query
from daogou.decide.retrieve.signal import Signal, from_scores
from daogou.decide.served_model import ServedModel
from daogou.learn.histories import known_history
from daogou.learn.rough import Weighed

FEWEST_ITEMS = 200_000
"""Smaller catalogues are scored whole: that takes a few milliseconds and needs no memory beside the models."""

N_PROPOSED = 500
"""Items proposed beside those that the tables name. More are wanted only where a gate bars most of them."""


def proposals_by_rule(
    models: Mapping[str, ServedModel], weights: Mapping[str, Mapping[str, float | F32]], n_items: int
) -> dict[str, Proposals]:
    """For each blend of `weights` that allows it; none in a catalogue small enough to be scored whole."""
    if n_items < FEWEST_ITEMS:
        return {}
    found = {rule: Proposals.of(models, one, n_items) for rule, one in weights.items()}
    return {rule: one for rule, one in found.items() if one is not None}


@dataclass(frozen=True, eq=False)
class Placed:
    """The scores of a few items among very many, read by item numbers as an array of all of them would be.

    numbers (n,) ascending; values (n,) their scores; all others have 0
    """

    numbers: I32
    values: F32

    def __getitem__(self, asked: I32) -> F32:
        if asked is self.numbers:
            return self.values
        if not len(self.numbers):
            return np.zeros(len(asked), np.float32)
        place = np.minimum(np.searchsorted(self.numbers, asked), len(self.numbers) - 1)
        return np.where(self.numbers[place] == asked, self.values[place], np.float32(0))


@dataclass(frozen=True, eq=False)
class Proposals:
    """For one blend over one state of the catalogue.

    models    the shop's, looked up anew for every answer
    weights   what each member counts per unit of its score, (n_catalogue,)
    tables    names of the members that are sums over rows
    searched  name of the member that is an inner product, and its vectors to be searched by what the blend says of
              items that no table names; None where it has no such member
    common    what each member that tells everybody the same says, weighed, (n_catalogue,)
    liked     numbers of what everybody is told of, best first, where nothing is searched; else empty
    """

    models: Mapping[str, ServedModel]
    weights: Mapping[str, F32]
    tables: tuple[str, ...]
    searched: tuple[str, Weighed] | None
    common: Mapping[str, F32]
    liked: I32

    @classmethod
    def of(
        cls, models: Mapping[str, ServedModel], weights: Mapping[str, float | F32], n_items: int
    ) -> Proposals | None:
        """None where a member of the blend is of another kind, or two are inner products: then all items are scored."""
        members = {name: models[name] for name in weights if name in models}
        counts = {name: np.broadcast_to(np.asarray(weights[name], np.float32), n_items) for name in members}
        tables = tuple(name for name, one in members.items() if isinstance(one.model, Listing))
        common = {
            name: one.score_all(Query()) * counts[name]
            for name, one in members.items()
            if isinstance(one.model, Impersonal)
        }
        factored = [name for name, one in members.items() if isinstance(one.model, Factored)]
        if len(factored) > 1 or len(tables) + len(common) + len(factored) < len(members):
            return None
        beside = np.zeros(n_items, np.float32)
        for one in common.values():
            beside += one
        if not factored:
            best = np.argsort(-beside, kind="stable")[: N_PROPOSED + 1]
            return cls(models, counts, tables, None, common, best[beside[best] > 0].astype(np.int32))
        served = members[factored[0]]
        numbers = served.numbers
        is_known = numbers >= 0
        outside = np.ones(n_items, bool)
        outside[numbers[is_known]] = False
        if beside[outside].any():
            return None
        weight = np.where(is_known, counts[factored[0]][numbers], np.float32(0))
        weighed = served.rough.weighed(weight, np.where(is_known, beside[numbers], np.float32(0)))
        return cls(models, counts, tables, (factored[0], weighed), common, np.empty(0, np.int32))

    def signals(self, query: Query) -> list[Signal]:
        """One signal per member; scores are 0 for whatever is not proposed, and exact for what is."""
        named = {name: self._named(name, query) for name in self.tables}
        vector, best, bar = self._others(query)
        proposed = np.unique(np.concatenate([best, *(numbers for numbers, _ in named.values())])).astype(np.int32)
        scores: dict[str, F32] = {}
        for name, weights in self.weights.items():
            if name in named:
                numbers, sums = named[name]
                scores[name] = np.zeros(len(proposed), np.float32)
                scores[name][np.searchsorted(proposed, numbers)] = sums
            elif name in self.common:
                scores[name] = self.common[name][proposed]
            else:
                scores[name] = self._products(name, vector, proposed)
            if name not in self.common:
                scores[name] *= weights[proposed]
        is_certain = np.sum(list(scores.values()), axis=0) >= bar
        certain = proposed[is_certain]
        return [self._signal(name, query, certain, one[is_certain]) for name, one in scores.items()]

    def _signal(self, name: str, query: Query, numbers: I32, values: F32) -> Signal:
        scores = cast(F32, Placed(numbers, values))  # nothing but single items is asked of it on this way
        return replace(from_scores(name, self.models[name], query, self.weights[name], scores), among=numbers)

    def _named(self, name: str, query: Query) -> tuple[I32, F32]:
        """Catalogue numbers that a table names, each once, and the model's scores for them."""
        from daogou.learn.kernels.listed import listed_total  # small shops do without

        served = self.models[name]
        history = known_history(served.translated(query), served.model.n_items)
        positions, sums = listed_total(cast(Listing, served.model).score_table, *history)
        numbers = served.numbers[positions]
        return numbers[numbers >= 0], sums[numbers >= 0]

    def _others(self, query: Query) -> tuple[F32, I32, float]:
        """The shopper's vector, the best items tables left aside, and what no other item's score is above."""
        if self.searched is None:
            best, others = self.liked[:N_PROPOSED], self.liked[N_PROPOSED:]
            return (
                np.empty(0, np.float32),
                best,
                sum(float(one[others].max(initial=0.0)) for one in self.common.values()),
            )
        name, weighed = self.searched
        served = self.models[name]
        vector = cast(Factored, served.model).query_vectors([served.translated(query)])[0]
        rows, values = weighed.largest(vector, N_PROPOSED)
        return vector, served.numbers[rows], float(values.min()) if len(values) == N_PROPOSED else 0.0

    def _products(self, name: str, vector: F32, numbers: I32) -> F32:
        served = self.models[name]
        positions = served.positions(numbers)
        products: F32 = cast(Factored, served.model).item_vectors[positions] @ vector
        products[positions < 0] = 0.0
        return products
