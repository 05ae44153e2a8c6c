"""A fitted model beside the live catalogue: translates item numbers between the two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from daogou.core.protocols import Attributing, Factored, Model
from daogou.core.types import F32, I32, Bools, Query
from daogou.decide.catalogue import Catalogue
from daogou.learn.kernels.rows import are_within
from daogou.learn.rough import Rough


class ServedModel:
    """Asks a model in catalogue numbers. Items the model never saw score 0.0.

    item_ids  one per model position; where an id stands twice, the later position counts
    """

    def __init__(self, model: Model, item_ids: Sequence[str], catalogue: Catalogue) -> None:
        self.model = model
        self.item_ids = item_ids
        self._attributing = model if isinstance(model, Attributing) else None
        self._catalogue = catalogue
        latest = {catalogue.number_of.get(one, -1): position for position, one in enumerate(item_ids)}
        latest.pop(-1, None)
        self._numbers = np.fromiter(latest.keys(), np.int32, len(latest))
        self._rows = np.fromiter(latest.values(), np.int32, len(latest))
        self._is_prefix = np.array_equal(self._rows, self._numbers) and len(latest) == len(item_ids)
        self._is_identity = self._is_prefix and np.array_equal(self._rows, np.arange(len(item_ids)))  # as it mostly is
        self._positions = np.full(max(len(catalogue), 1), -1, np.int32)  # catalogue number -> model position
        self._positions[self._numbers] = self._rows

    @property
    def is_attributing(self) -> bool:
        """Whether it can say what each history item adds."""
        return self._attributing is not None

    def knows(self, number: int) -> bool:
        """Whether the model has seen this catalogue number."""
        return number < len(self._positions) and int(self._positions[number]) >= 0

    def positions(self, numbers: I32) -> I32:
        """(n,) where the model keeps these catalogue numbers; -1 where it has never seen one."""
        return self._position_of(numbers)

    @cached_property
    def numbers(self) -> I32:
        """(n_items,) the catalogue number of every position; -1 where the catalogue has none, or a later one counts."""
        numbers = np.full(len(self.item_ids), -1, np.int32)
        numbers[self._rows] = self._numbers
        return numbers

    @cached_property
    def rough(self) -> Rough:
        """The vectors of a factored model, ready to be searched."""
        assert isinstance(self.model, Factored), "only a model of vectors is asked for them"
        return Rough.of(np.asarray(self.model.item_vectors))

    def translated(self, query: Query) -> Query:
        """The query in positions of the model, without the items it never saw."""
        return self._translated(query)[0]

    def score_all(self, query: Query) -> F32:
        """(n_catalogue,) one score per item of the catalogue."""
        scores = self.model.score_all(self._translated(query)[0])
        if self._is_prefix and len(scores) == len(self._catalogue):
            return scores
        spread = np.zeros(len(self._catalogue), np.float32)
        spread[self._numbers] = scores[self._rows]
        return spread

    def contributions(self, query: Query, pool: I32) -> F32:
        """(len(query.history), len(pool)) the share of each history item in each score."""
        assert self._attributing is not None, "only a model that attributes is asked for shares"
        translated, known = self._translated(query)
        positions = self._position_of(pool)
        if positions is pool and translated is query:
            return self._attributing.contributions(query, pool)
        seen = np.flatnonzero(positions >= 0)
        if len(translated.history) == len(query.history) and len(seen) == len(pool):
            return self._attributing.contributions(translated, positions)
        shares = np.zeros((len(query.history), len(pool)), np.float32)
        if len(translated.history) and len(seen):
            rows = np.arange(len(query.history)) if known is None else np.flatnonzero(known)
            shares[np.ix_(rows, seen)] = self._attributing.contributions(translated, positions[seen])
        return shares

    def _position_of(self, numbers: I32) -> I32:
        if self._is_identity and are_within(numbers, len(self.item_ids)):
            return numbers
        if len(self._positions) >= len(self._catalogue):
            return self._positions[numbers]
        inside = numbers < len(self._positions)
        return np.where(inside, self._positions[np.where(inside, numbers, 0)], -1).astype(np.int32)

    def _translated(self, query: Query) -> tuple[Query, Bools | None]:
        """The query in positions of the model, and which of its items the model knows; None stands for all."""
        positions = self._position_of(query.history)
        if positions is query.history:
            return query, None
        known: Bools = positions >= 0
        if known.all():
            return Query(positions, query.weights, query.at_us, query.now_us), None
        weights = query.weights[known] if len(query.weights) else query.weights
        at_us = query.at_us[known] if len(query.at_us) else query.at_us
        return Query(positions[known], weights, at_us, query.now_us), known
