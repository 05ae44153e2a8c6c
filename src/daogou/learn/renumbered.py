"""A model fitted on an earlier catalogue, asked in the item numbers of a later one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daogou.core.protocols import Model
from daogou.core.types import F32, I32, Query


class Renumbered:
    """Items that the model does not know score 0.0 and are left out of histories.

    known    ids in the order of the model's numbers
    item_ids ids in the order of the numbers it is asked with
    """

    def __init__(self, model: Model, known: Sequence[str], item_ids: Sequence[str]) -> None:
        number_of = {one: number for number, one in enumerate(known)}
        self._model = model
        self._position = np.array([number_of.get(one, -1) for one in item_ids], np.int32)
        self._there = np.flatnonzero(self._position >= 0)

    @property
    def n_items(self) -> int:
        return len(self._position)

    def score_all(self, query: Query) -> F32:
        """(n_items,)"""
        scores = np.zeros(self.n_items, np.float32)
        scores[self._there] = self._model.score_all(self._translated(query))[self._position[self._there]]
        return scores

    def score(self, query: Query, items: I32) -> F32:
        """(len(items),)"""
        return self.score_all(query)[items]

    def _translated(self, query: Query) -> Query:
        positions = self._position[query.history]
        kept = positions >= 0
        weights = query.weights[kept] if len(query.weights) else query.weights
        at_us = query.at_us[kept] if len(query.at_us) else query.at_us
        return Query(positions[kept], weights, at_us, query.now_us)
