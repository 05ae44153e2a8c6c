"""UserKNN: recommend what the most similar shoppers took.

The asked history is compared with the shoppers known when the model was fitted, so a new visitor is served from the
first click. Unlike every other model it keeps the shoppers it learned from, without their names: erasing a shopper
takes a new fit.

Good for: shops where tastes come in groups. Weak for: short histories, brand-new items.
Cost: fitting copies the table; each query reads the takers of its items; 16 bytes per interaction once fitted.
Source: Resnick et al., "GroupLens", CSCW 1994; for implicit feedback as in Anelli et al., "Reenvisioning the comparison
between neural collaborative filtering and matrix factorization", RecSys 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, same_shape
from daogou.learn.histories import history_matrix, is_known


@dataclass(frozen=True)
class UserKnn:
    """Recipe.

    neighbours  how many shoppers speak for each query
    rarity      an item of n takers counts n^-rarity in the comparison: sharing a rare item says more
    sharpness   similarities are raised to this power: above 1, the nearest speak louder
    """

    neighbours: int = 50
    rarity: float = 0.5
    sharpness: float = 1.0

    def __post_init__(self) -> None:
        at_least("neighbours", self.neighbours, 1)
        at_least("rarity", self.rarity, 0)
        at_least("sharpness", self.sharpness, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> UserKnnModel:
        """Exact; `seed` changes nothing."""
        taken = dataset.matrix()
        n_takers = np.bincount(taken.indices, minlength=dataset.n_items)
        telling = (np.maximum(n_takers, 1.0) ** -self.rarity).astype(np.float32)
        compared = csr_matrix((telling[taken.indices], taken.indices, taken.indptr), shape=taken.shape)
        # Cosine in the space where item i is scaled by sqrt(telling[i]).
        length = np.sqrt(np.maximum(np.asarray(compared.sum(axis=1), np.float64).ravel(), 1e-12))
        takers = csr_matrix(compared.T)
        takers.data = np.asarray(takers.data / length[takers.indices], np.float32)
        return UserKnnModel(takers, taken, telling, int(self.neighbours), float(self.sharpness))


@dataclass(frozen=True, eq=False)
class UserKnnModel:
    """takers   (n_items, n_shoppers) sparse; what sharing this item adds to the likeness of this shopper
    taken    (n_shoppers, n_items) sparse 0/1
    telling  (n_items,) how much an item counts in the comparison
    neighbours, sharpness  as in the recipe
    """

    takers: csr_matrix
    taken: csr_matrix
    telling: F32
    neighbours: int
    sharpness: float

    def __post_init__(self) -> None:
        same_shape("taken", self.taken.shape, self.takers.shape[::-1])
        same_shape("telling", self.telling.shape, (self.n_items,))

    @property
    def n_items(self) -> int:
        return int(self.takers.shape[0])

    def score(self, query: Query, items: I32) -> F32:
        """Summed likeness of the nearest shoppers who took each asked item; 0.0 with no history."""
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return np.asarray(self.score_batch([query])[0])

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray((self._nearest(self._histories(queries)) @ self.taken).toarray(), np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) exact for the shoppers chosen: likeness is a sum over the history."""
        histories = self._histories([query])
        near = self._nearest(histories)
        known = is_known(query, self.n_items)
        history, strengths = query.history[known], query.strengths()[known]
        alike = np.asarray((histories @ self.takers)[:, near.indices].toarray(), np.float32)[0]
        shared = self.takers[history][:, near.indices].toarray() * strengths[:, None]
        terms = shared * np.divide(near.data, alike, out=np.zeros_like(alike), where=alike != 0)
        shares = np.zeros((len(query.history), len(items)), np.float32)
        shares[known] = terms @ self.taken[near.indices][:, items].toarray()
        return shares

    def _histories(self, queries: Sequence[Query]) -> csr_matrix:
        histories = history_matrix(queries, self.n_items)
        histories.sum_duplicates()
        return histories

    def _nearest(self, histories: csr_matrix) -> csr_matrix:
        """(n_queries, n_shoppers) the likeness of the nearest, sharpened; ties go to the shopper known first."""
        alike = csr_matrix(histories @ self.takers)
        alike.sort_indices()
        squares = np.asarray(histories.power(2) @ self.telling, np.float64)
        lengths = np.sqrt(np.maximum(squares, 1e-12))
        rows = [_strongest(alike, row, self.neighbours) for row in range(alike.shape[0])]
        kept = np.concatenate([np.empty(0, np.int64), *rows])
        counts = np.array([len(row) for row in rows], np.int64)
        likeness = (alike.data[kept] / np.repeat(lengths, counts)) ** self.sharpness
        starts = np.concatenate(([0], np.cumsum(counts)))
        return csr_matrix((likeness.astype(np.float32), alike.indices[kept], starts), shape=alike.shape)


def _strongest(alike: csr_matrix, row: int, most: int) -> I64:
    """Places in `alike.data` of the row's `most` largest positive values."""
    start, end = int(alike.indptr[row]), int(alike.indptr[row + 1])
    value = alike.data[start:end]
    positive = np.flatnonzero(value > 0)
    if len(positive) > most:
        bar = np.partition(value[positive], len(positive) - most)[len(positive) - most]
        above = positive[value[positive] > bar]
        level = positive[value[positive] == bar][: most - len(above)]
        positive = np.sort(np.concatenate((above, level)))
    return np.asarray(positive + start, np.int64)
