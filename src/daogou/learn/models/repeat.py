"""Repeat: what a shopper had before and is likely to take again.

Good for: groceries, stationery, wholesale, anything used up. Weak for: things one buys once, and for discovery: it
never names an item the shopper has not had.
Cost: one sort of the interactions; 4 * n_items bytes once fitted.

The score of an item is its weight in the history (recent and frequent counts more, as the query says) times how
often shoppers come back to that item, so a tea stays on top for longer than a teapot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.types import F32, F64, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least
from daogou.learn.histories import history_matrix, known_history, spread


@dataclass(frozen=True)
class Repeat:
    """Recipe. An item's own rate of return counts as much as the shop's mean once `shrinkage` shoppers had it."""

    shrinkage: float = 20.0

    def __post_init__(self) -> None:
        at_least("shrinkage", self.shrinkage, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> RepeatModel:
        """Count, per item, the shoppers who took it on two days (UTC) or more; `seed` changes nothing."""
        wanted = dataset.weight > 0
        pair = dataset.user[wanted].astype(np.int64) * max(dataset.n_items, 1) + dataset.item[wanted]
        day = dataset.at_us[wanted] // DAY_US
        order = np.lexsort((day, pair))
        pair, day = pair[order], day[order]
        is_first = np.diff(pair, prepend=-1) != 0
        is_new_day = is_first | (np.diff(day, prepend=-1) != 0)
        visits = np.add.reduceat(is_new_day, np.flatnonzero(is_first)) if len(pair) else np.empty(0, np.int64)
        item = pair[is_first] % max(dataset.n_items, 1)
        shoppers: F64 = np.bincount(item, minlength=dataset.n_items).astype(np.float64)
        returned: F64 = np.bincount(item[visits > 1], minlength=dataset.n_items).astype(np.float64)
        # One imagined return keeps the scores above zero in a shop where nobody came back yet.
        mean = (returned.sum() + 1.0) / (shoppers.sum() + 2.0)
        rate = (returned + self.shrinkage * mean) / np.maximum(shoppers + self.shrinkage, 1e-9)
        return RepeatModel(rate.astype(np.float32))


@dataclass(frozen=True, eq=False)
class RepeatModel:
    """rate  (n_items,) share of its shoppers who came back for the item, shrunk to the shop's mean; in [0, 1]"""

    rate: F32

    @property
    def n_items(self) -> int:
        return len(self.rate)

    @cached_property
    def score_table(self) -> csr_matrix:
        """(n_items, n_items) its rows, weighed by the history, sum to `score_all`."""
        places = np.arange(self.n_items + 1, dtype=np.int32)
        return csr_matrix((self.rate, places[:-1], places), shape=(self.n_items, self.n_items))

    def score(self, query: Query, items: I32) -> F32:
        """Weight in the history times rate of return, shape (len(items),); 0.0 for items never had."""
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        scores = np.zeros(self.n_items, np.float32)
        history, strengths = known_history(query, self.n_items)
        np.add.at(scores, history, strengths * self.rate[history])
        return scores

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray(history_matrix(queries, self.n_items).toarray() * self.rate, np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) each history item explains itself and nothing else."""
        history, strengths = known_history(query, self.n_items)
        same = history[:, None] == np.asarray(items)[None, :]
        return spread((same * (strengths * self.rate[history])[:, None]).astype(np.float32), query, self.n_items)
