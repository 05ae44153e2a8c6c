"""Graph filter: let a history spread over the graph of shoppers and items, and keep the smooth part; no training.

A history h (a row) is scored  h P - sharpening * h V L^2 V' + ideal * h D^-1/2 V V' D^1/2,  where P = R' R is the graph
of items, R the table of shoppers and items with every row and column divided by the root of its degree, V and L
the strongest eigenvectors and eigenvalues of P, and D the degrees of the items. The first term diffuses, the second
takes back what diffusing twice would blur (the strongest part of P^2), the third keeps only the smoothest signals. All
is linear in the history, so reasons are exact, and nothing belongs to a shopper.

Good for: sparse logs, a strong model within a minute. Weak for: brand-new items.
Cost: one sparse product and passes of a randomised decomposition; 8 * neighbours + 4 * directions bytes per item.
Sources: Shen et al., "How Powerful is Graph Convolution for Recommendation?" (GF-CF), CIKM 2021; Choi et al.,
"Blurring-Sharpening Process Models for Collaborative Filtering" (BSPM), SIGIR 2023. The sharpening by eigenvectors,
of the first term alone, is ours: it needs no table of shoppers when scoring.
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
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.low_rank import right_singular
from daogou.learn.smooth import degrees, normalised, smooth, smooth_batch, smooth_shares

PASSES = 4
"""Of the randomised decomposition."""

ROWS_PER_BLOCK = 2_048
"""Rows of the item graph held at once before each is cut to its strongest neighbours."""


@dataclass(frozen=True)
class GraphFilter:
    """Recipe.

    neighbours  strongest entries of the item graph kept per item seen
    directions  eigenvectors kept
    sharpening  how much of the second diffusion is taken back
    ideal       weight of the smoothest signals alone
    """

    neighbours: int = 400
    directions: int = 448
    sharpening: float = 0.7
    ideal: float = 0.3

    def __post_init__(self) -> None:
        at_least("neighbours", self.neighbours, 1)
        at_least("directions", self.directions, 1)
        at_least("sharpening", self.sharpening, 0)
        at_least("ideal", self.ideal, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> GraphFilterModel:
        """`seed` starts the randomised decomposition; the rest is exact."""
        matrix = dataset.matrix()
        table = normalised(matrix)
        vectors, singular = right_singular(table, self.directions, seed=seed, passes=PASSES)
        return GraphFilterModel(
            near=strongest_entries(table, self.neighbours),
            vectors=vectors,
            blurred=np.asarray(-self.sharpening * singular.astype(np.float64) ** 4, np.float32),
            root=np.asarray(np.sqrt(degrees(matrix)), np.float32),
            ideal=float(self.ideal),
        )


@dataclass(frozen=True, eq=False)
class GraphFilterModel:
    """near     (n_items, n_items) sparse; row = item seen, column = item scored; its own item included
    vectors  (n_items, d) the strongest eigenvectors of the item graph
    blurred  (d,) what each of them adds to the diffusion; at most 0
    root     (n_items,) square roots of how many shoppers took each item
    ideal    weight of the third term
    """

    near: csr_matrix
    vectors: F32
    blurred: F32
    root: F32
    ideal: float

    def __post_init__(self) -> None:
        same_shape("near", self.near.shape, (self.n_items, self.n_items))
        same_shape("blurred", self.blurred.shape, self.vectors.shape[1:])
        same_shape("root", self.root.shape, (self.n_items,))

    @property
    def n_items(self) -> int:
        return len(self.vectors)

    def score(self, query: Query, items: I32) -> F32:
        """The filtered history at each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0), np.float32)

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        history, strengths = known_history(query, self.n_items)
        sharpened = self.vectors @ ((strengths @ self.vectors[history]) * self.blurred)
        smoothed = self.ideal * smooth(self.vectors, self.root, history, strengths)
        return np.asarray(sparse_total(self.near, history, strengths) + sharpened + smoothed, np.float32)

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        histories = history_matrix(queries, self.n_items)
        scores = self.ideal * smooth_batch(self.vectors, self.root, histories)
        scores += (np.asarray(histories @ self.vectors) * self.blurred) @ self.vectors.T
        scores += (histories @ self.near).toarray()
        return np.asarray(scores, np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        history, strengths = known_history(query, self.n_items)
        spectral = strengths[:, None] * ((self.vectors[history] * self.blurred) @ self.vectors[items].T)
        spectral += self.ideal * smooth_shares(self.vectors, self.root, history, strengths, items)
        return spread(sparse_shares(self.near, history, strengths, items) + spectral, query, self.n_items)


def strongest_entries(table: csr_matrix, most: int) -> csr_matrix:
    """The `most` largest entries of every row of table' table, ties to the lower item; memory grows with `most`."""
    by_item = csr_matrix(table.T)
    n_items = by_item.shape[0]
    indices, values, lengths = [np.empty(0, np.int32)], [np.empty(0, np.float32)], [np.zeros(1, np.int64)]
    for start in range(0, n_items, ROWS_PER_BLOCK):
        block = csr_matrix(by_item[start : start + ROWS_PER_BLOCK] @ table)
        block.sort_indices()
        for row in range(block.shape[0]):
            first, last = block.indptr[row], block.indptr[row + 1]
            item, value = block.indices[first:last], block.data[first:last]
            if len(value) > most:
                bar = np.partition(value, len(value) - most)[len(value) - most]
                level = np.flatnonzero(value == bar)[: most - int((value > bar).sum())]
                kept = np.sort(np.concatenate((np.flatnonzero(value > bar), level)))
                item, value = item[kept], value[kept]
            indices.append(item.astype(np.int32))
            values.append(value.astype(np.float32))
        lengths.append(np.minimum(np.diff(block.indptr), most).astype(np.int64))
    starts = np.cumsum(np.concatenate(lengths))
    return csr_matrix((np.concatenate(values), np.concatenate(indices), starts), shape=(n_items, n_items))
