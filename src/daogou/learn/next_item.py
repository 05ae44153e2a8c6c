"""The model that sequence networks become: a table of items, and a graph that reads a history in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, Query
from daogou.learn.checks import same_shape
from daogou.learn.graph import Graph
from daogou.learn.sequences import clock, recent

BATCH = 256


@dataclass(frozen=True, eq=False)
class NextItemModel:
    """inputs   (n_items, d) what an item tells when it lies in a history
    outputs  (n_items, d) what must be wanted for an item to be next; (0, d) where it is the same as inputs
    gaps, hours, days  (33, d), (25, d), (8, d) the clock; (0, d) where the model reads none
    graph    "rows" (queries, length, d) float32 and "last" (queries,) int64, the last real place -> (queries, d)
    max_length  how many of the last items are read
    """

    inputs: F32
    outputs: F32
    gaps: F32
    hours: F32
    days: F32
    graph: Graph
    max_length: int

    def __post_init__(self) -> None:
        for name in ("outputs", "gaps", "hours", "days"):
            same_shape(name, getattr(self, name).shape[1:], self.inputs.shape[1:])

    @property
    def n_items(self) -> int:
        return len(self.inputs)

    def score(self, query: Query, items: I32) -> F32:
        """What is wanted next, times each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self._table()[items] @ self.state(query), np.float32)

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return np.asarray(self._table() @ self.state(query), np.float32)

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray(self.states(queries) @ self._table().T, np.float32)

    def state(self, query: Query) -> F32:
        """(d,) what is wanted next; zeros with no history."""
        return np.asarray(self.states([query])[0])

    def states(self, queries: Sequence[Query]) -> F32:
        """(len(queries), d) the same for each; histories of about one length share a run of the graph."""
        read = [recent(query, self.n_items, self.max_length) for query in queries]
        lengths = np.array([len(query.history) for query in read], np.int64)
        states = np.zeros((len(read), self.inputs.shape[1]), np.float32)
        told = np.argsort(lengths, kind="stable")[np.count_nonzero(lengths == 0) :]
        for start in range(0, len(told), BATCH):
            places = told[start : start + BATCH]
            states[places] = self._run([read[place] for place in places])
        return states

    def _run(self, queries: list[Query]) -> F32:
        lengths = np.array([len(query.history) for query in queries], np.int64)
        rows = np.zeros((len(queries), int(lengths.max()), self.inputs.shape[1]), np.float32)
        for row, query in zip(rows, queries, strict=True):
            row[: len(query.history)] = self._rows(query)
        return np.asarray(self.graph.run({"rows": rows, "last": lengths - 1})[0])

    def _rows(self, query: Query) -> F32:
        rows = self.inputs[query.history]
        if not len(self.gaps):
            return rows
        at_us = query.at_us if len(query.at_us) else np.zeros(len(query.history), np.int64)
        gap, hour, day = clock(at_us, np.append(at_us[1:], query.now_us))
        return np.asarray(rows + self.gaps[gap] + self.hours[hour] + self.days[day])

    def _table(self) -> F32:
        return self.outputs if len(self.outputs) else self.inputs
