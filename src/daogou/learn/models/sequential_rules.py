"""Sequential rules: recommend what shoppers took soon after what was taken last.

Good for: visits where one thing leads to the next, reasons a merchant can check by hand ("3 of 10 went on to this").
Weak for: items few went on from, brand-new items.
Cost: one pass over the pairs within `reach` moments; at most 8 * neighbours * n_items bytes once fitted.
Source: Kamehkhosh, Jannach, Ludewig, "A comparison of frequent pattern techniques and a deep learning method for
session-based recommendation", TempRec at RecSys 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, same_shape
from daogou.learn.histories import history_matrix, is_known, known_history, spread
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.kernels.sessions import count_rules
from daogou.learn.sessions import fading, moments_back, sessions_of


@dataclass(frozen=True)
class SequentialRules:
    """Recipe. A moment is one click, or one order with all its lines.

    session_gap_minutes  after so long without an event a new session begins
    reach                a rule joins items at most so many moments apart; d moments later count 1 / d
    neighbours           how many rules each item keeps, the weightiest
    memory               a history item so many moments back counts 1/e; 0 means all count alike
    shrinkage            a rule's weight is divided by the item's occurrences plus this: distrusts rare items
    """

    session_gap_minutes: float = 30.0
    reach: int = 10
    neighbours: int = 200
    memory: float = 1.0
    shrinkage: float = 5.0

    def __post_init__(self) -> None:
        for field in ("session_gap_minutes", "memory", "shrinkage"):
            at_least(field, getattr(self, field), 0)
        at_least("reach", self.reach, 1)
        at_least("neighbours", self.neighbours, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> SequentialRulesModel:
        """Exact; `seed` changes nothing."""
        past = sessions_of(dataset, self.session_gap_minutes)
        lengths = np.diff(past.starts)
        first, last = np.repeat(past.starts[:-1], lengths), np.repeat(past.starts[1:], lengths)
        occurrences = np.bincount(past.item, minlength=dataset.n_items)
        starts = np.concatenate(([0], np.cumsum(occurrences)))
        order = np.argsort(past.item, kind="stable")
        kept, items, weights = count_rules(
            past.item, past.moment, first, last, order, starts, self.reach, self.neighbours
        )
        weights /= np.repeat(occurrences + self.shrinkage, kept[1:]).astype(np.float32)
        rules = csr_matrix((weights, items, np.cumsum(kept)), shape=(dataset.n_items, dataset.n_items))
        return SequentialRulesModel(rules, float(self.memory))


@dataclass(frozen=True, eq=False)
class SequentialRulesModel:
    """rules   (n_items, n_items) sparse; row = item taken, column = item that follows
    memory  in moments; 0 means without end
    """

    rules: csr_matrix
    memory: float

    def __post_init__(self) -> None:
        same_shape("rules", self.rules.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return int(self.rules.shape[0])

    def score(self, query: Query, items: I32) -> F32:
        """Summed weight of the rules from the history, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0))

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return sparse_total(self.rules, *known_history(self._faded(query), self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        histories = history_matrix([self._faded(query) for query in queries], self.n_items)
        return np.asarray((histories @ self.rules).toarray(), np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) faded weight of each history item times its rule."""
        known = known_history(self._faded(query), self.n_items)
        return spread(sparse_shares(self.rules, *known, items), query, self.n_items)

    def _faded(self, query: Query) -> Query:
        """The same history with the weights that rules are asked with."""
        weights = query.strengths().copy()
        weights[is_known(query, self.n_items)] *= fading(moments_back(query, self.n_items), self.memory)
        return replace(query, weights=weights)
