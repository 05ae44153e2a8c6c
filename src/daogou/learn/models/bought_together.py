"""Bought together: what lies in the same basket, from all orders, also those of unknown shoppers.

Good for: the product page and the cart ("goes with what you have"). Weak for: shops whose orders hold one item.
Cost: one sparse product, in blocks; 8 * neighbours * n_items bytes once fitted.
Source: association of pairs after Agrawal, Imielinski, Swami, SIGMOD 1993, with cosine or shrunk lift as the measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, Query
from daogou.data.dataset import PURCHASE, Dataset
from daogou.learn.checks import at_least, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.neighbours import Similarity, nearest
from daogou.learn.trust.votes import Votes, votes_of_orders, votes_of_shoppers, without_pairs


@dataclass(frozen=True)
class BoughtTogether:
    """Recipe. A pair needs `min_baskets` distinct orders, so that one odd order never becomes advice; where it is known
    whose they are, as many distinct shoppers, and more in a large shop (see `learn.trust.votes`).

    With no order of two items or more it learns from what the same shopper bought, or, failing that, took at all.
    """

    neighbours: int = 50
    shrinkage: float = 5.0
    similarity: Similarity = "cosine"
    min_baskets: int = 2

    def __post_init__(self) -> None:
        at_least("neighbours", self.neighbours, 1)
        at_least("shrinkage", self.shrinkage, 0)
        at_least("min_baskets", self.min_baskets, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> BoughtTogetherModel:
        """Exact; `seed` changes nothing."""
        table, votes = _heard(dataset)
        together = nearest(
            table,
            neighbours=self.neighbours,
            shrinkage=self.shrinkage,
            similarity=self.similarity,
            floor=self.min_baskets,
            votes=votes,
        )
        ballot = dataset.ballot
        return BoughtTogetherModel(together if ballot is None else without_pairs(together, ballot.held_pairs))


@dataclass(frozen=True, eq=False)
class BoughtTogetherModel:
    """together  (n_items, n_items) sparse; row = item in the basket, column = item scored"""

    together: csr_matrix

    def __post_init__(self) -> None:
        same_shape("together", self.together.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return int(self.together.shape[0])

    @property
    def score_table(self) -> csr_matrix:
        """(n_items, n_items) its rows, weighed by the history, sum to `score_all`."""
        return self.together

    def score(self, query: Query, items: I32) -> F32:
        """Sum of the bonds to the history, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0))

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return sparse_total(self.together, *known_history(query, self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray((history_matrix(queries, self.n_items) @ self.together).toarray(), np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) weight of each history item times its bond."""
        return spread(sparse_shares(self.together, *known_history(query, self.n_items), items), query, self.n_items)


def _heard(dataset: Dataset) -> tuple[csr_matrix, Votes | None]:
    """The table to learn from, and whose rows they are where that is known."""
    table, ballot = baskets_of(dataset), dataset.ballot
    if ballot is None:
        return table, None
    if _has_pairs(dataset.baskets):
        return votes_of_orders(ballot, table)
    return table, votes_of_shoppers(ballot, table)


def baskets_of(dataset: Dataset) -> csr_matrix:
    """(n_rows, n_items) 0/1: orders; else purchases per shopper; else all that each shopper took."""
    if _has_pairs(dataset.baskets):
        return _binary(dataset.baskets)
    bought = dataset.keep(dataset.event == PURCHASE).matrix()
    return bought if _has_pairs(bought) else dataset.matrix()


def _has_pairs(table: csr_matrix) -> bool:
    return bool(table.shape[0]) and int(np.diff(table.indptr).max()) > 1


def _binary(table: csr_matrix) -> csr_matrix:
    return csr_matrix((np.ones(table.nnz, np.float32), table.indices, table.indptr), shape=table.shape)
