"""Popularity: what most shoppers took, the same answer for everybody.

Good for: newcomers, filler, and as the floor every other model must beat. Weak for: anything personal, new items.
Cost: one pass over the interactions; 4 * n_items bytes once fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.trust.votes import voices


@dataclass(frozen=True)
class Popularity:
    """Recipe. `count` says what is counted: distinct shoppers with a positive history (those
    who neither bought nor came back for a part), or orders (also anonymous ones).

    Where nobody is known, orders are counted whatever `count` says.
    """

    count: Literal["shoppers", "orders"] = "shoppers"

    def fit(self, dataset: Dataset, *, seed: int = 0) -> PopularityModel:
        """Count once; `seed` changes nothing."""
        by_orders = self.count == "orders" or not dataset.n_interactions
        if by_orders and dataset.baskets.shape[0]:
            counts = dataset.baskets.sum(axis=0)
        else:
            counts = voices(dataset) @ dataset.matrix()
        return PopularityModel(np.asarray(counts, np.float32).reshape(dataset.n_items))


@dataclass(frozen=True, eq=False)
class PopularityModel:
    """counts  (n_items,) shoppers or orders"""

    counts: F32

    @property
    def n_items(self) -> int:
        return len(self.counts)

    @property
    def common_scores(self) -> F32:
        """(n_items,) what `score_all` copies for everybody."""
        return self.counts

    def score(self, query: Query, items: I32) -> F32:
        """The counts of the asked items, whoever asks."""
        return self.counts[items]

    def score_all(self, query: Query) -> F32:
        """(n_items,) a copy, so that the caller may write into it."""
        return self.counts.copy()

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items) the same row for each."""
        return np.tile(self.counts, (len(queries), 1))
