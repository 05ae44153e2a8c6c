"""ItemKNN: recommend the neighbours of what a shopper took, where neighbours are taken by the same shoppers.

Good for: any size of catalogue, reasons a merchant can check by hand. Weak for: brand-new items.
Cost: one sparse product, in blocks; at most 12 * neighbours * n_items bytes once fitted.
Source: Sarwar, Karypis, Konstan, Riedl, "Item-based collaborative filtering recommendation algorithms", WWW 2001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.kernels.batch_rows import batch_totals
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.neighbours import Similarity, heard_and_own, nearest
from daogou.learn.trust.votes import votes_of_shoppers, without_pairs


@dataclass(frozen=True)
class ItemKnn:
    """Recipe. More `shrinkage` distrusts pairs that few shoppers share; each item is scored by its `neighbours`."""

    neighbours: int = 40
    shrinkage: float = 10.0
    similarity: Similarity = "cosine"

    def __post_init__(self) -> None:
        at_least("neighbours", self.neighbours, 1)
        at_least("shrinkage", self.shrinkage, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> ItemKnnModel:
        """Exact; `seed` changes nothing."""
        table, ballot = dataset.matrix(), dataset.ballot
        listed = nearest(
            table,
            neighbours=self.neighbours,
            shrinkage=self.shrinkage,
            similarity=self.similarity,
            floor=1,
            votes=None if ballot is None else votes_of_shoppers(ballot, table),
        )
        similar = heard_and_own(listed)
        return ItemKnnModel(similar if ballot is None else without_pairs(similar, ballot.held_pairs))


@dataclass(frozen=True, eq=False)
class ItemKnnModel:
    """similar  (n_items, n_items) sparse; row = item seen, column = item scored"""

    similar: csr_matrix

    def __post_init__(self) -> None:
        same_shape("similar", self.similar.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return int(self.similar.shape[0])

    @property
    def score_table(self) -> csr_matrix:
        """(n_items, n_items) its rows, weighed by the history, sum to `score_all`."""
        return self.similar

    def score(self, query: Query, items: I32) -> F32:
        """Sum of similarities to the history, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0))

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return sparse_total(self.similar, *known_history(query, self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return batch_totals(history_matrix(queries, self.n_items), self.similar)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) weight of each history item times its similarity."""
        return spread(sparse_shares(self.similar, *known_history(query, self.n_items), items), query, self.n_items)
