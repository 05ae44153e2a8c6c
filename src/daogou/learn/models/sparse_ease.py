"""Sparse EASE: what is usually taken together, weighed against each other, for catalogues of any size.

EASE inverts one matrix of all pairs. Here each item is explained by its nearest items only, in one small ridge
regression of its own, so neither the matrix of all pairs nor its inverse is ever held.

Good for: catalogues beyond 20,000 items; exact reasons. Weak for: brand-new items.
Cost: one sparse product, then per item about candidates^2 * steps multiply-adds; 8 bytes per weight once fitted.
Sources: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019; a regression per item on chosen
neighbours: Ning & Karypis, "SLIM", ICDM 2011; a stated density: Spišák et al., "Scalable Approximate
NonSymmetric Autoencoder for Collaborative Filtering", RecSys 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, between, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.kernels.batch_rows import batch_totals
from daogou.learn.kernels.rows import sparse_shares, sparse_total
from daogou.learn.neighbours import nearest

FEWEST = 50
"""Candidates of an item in a small catalogue, where the density would leave next to none."""

STEPS = 60
TOLERANCE = 1e-4
"""Conjugate gradients stop here: the residual is a ten-thousandth of what it was."""


@dataclass(frozen=True)
class SparseEase:
    """Recipe.

    density         share of all pairs of items that may carry a weight
    neighbours      most items that explain one item, whatever the density allows
    regularization  pulls all weights towards zero, in shoppers
    frequency       an item of n takers is held back by regularization * (n / mean n)^frequency: above 0, what
                    everybody takes explains less
    activity        a shopper with n items counts n^-activity: above 0, the busiest do not drown the others
    """

    density: float = 0.01
    neighbours: int = 200
    regularization: float = 110.0
    frequency: float = 0.5
    activity: float = 0.5

    def __post_init__(self) -> None:
        more_than("density", self.density, 0)
        between("density", self.density, 0, 1)
        at_least("neighbours", self.neighbours, 1)
        more_than("regularization", self.regularization, 0)
        at_least("frequency", self.frequency, 0)
        at_least("activity", self.activity, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> SparseEaseModel:
        """`seed` changes nothing. Same dataset, same model, whatever the number of threads."""
        matrix = dataset.matrix()
        candidates = nearest(
            matrix, neighbours=self.candidates(dataset.n_items), shrinkage=0.0, similarity="cosine", floor=1
        )
        counts = shopper_counts(matrix, self.activity)
        explained = _solved(matrix, candidates, counts, item_ridges(matrix, self.regularization, self.frequency))
        return SparseEaseModel(csr_matrix(explained.T, dtype=np.float32))

    def candidates(self, n_items: int) -> int:
        """How many items may explain one item."""
        return min(self.neighbours, max(FEWEST, int(self.density * n_items)))


@dataclass(frozen=True, eq=False)
class SparseEaseModel:
    """weights  (n_items, n_items) sparse; row = item seen, column = item scored; zero diagonal"""

    weights: csr_matrix

    def __post_init__(self) -> None:
        same_shape("weights", self.weights.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return int(self.weights.shape[0])

    @property
    def score_table(self) -> csr_matrix:
        """(n_items, n_items) its rows, weighed by the history, sum to `score_all`."""
        return self.weights

    def score(self, query: Query, items: I32) -> F32:
        """Sum over the history of its weights towards each asked item, shape (len(items),); 0.0 with no history."""
        return np.asarray(self.contributions(query, items).sum(axis=0))

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return sparse_total(self.weights, *known_history(query, self.n_items))

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return batch_totals(history_matrix(queries, self.n_items), self.weights)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        return spread(sparse_shares(self.weights, *known_history(query, self.n_items), items), query, self.n_items)


def shopper_counts(matrix: csr_matrix, activity: float) -> F32:
    """(n_users,) n^-activity for a shopper of n items, scaled so that the mean over all interactions is 1."""
    taken = np.diff(matrix.indptr).astype(np.float64)
    counts = np.maximum(taken, 1.0) ** -activity
    return np.asarray(counts * (taken.sum() / max(float(counts @ taken), 1e-12)), np.float32)


def item_ridges(matrix: csr_matrix, regularization: float, frequency: float) -> F32:
    """(n_items,) the penalty on the weight of every item where it explains another."""
    takers = np.bincount(matrix.indices, minlength=matrix.shape[1])
    usual = matrix.nnz / max(int((takers > 0).sum()), 1)
    return np.asarray(regularization * (np.maximum(takers, 1) / max(usual, 1.0)) ** frequency, np.float32)


def _solved(matrix: csr_matrix, candidates: csr_matrix, counts: F32, ridge: F32) -> csr_matrix:
    """Row j holds the weights of what explains item j."""
    from daogou.learn.kernels.local_ridge import solve_items

    takers = csr_matrix(matrix.T)
    solved = np.zeros(candidates.nnz, np.float32)
    solve_items(
        takers.indptr.astype(np.int64),
        takers.indices.astype(np.int32),
        counts,
        candidates.indptr.astype(np.int64),
        candidates.indices.astype(np.int32),
        ridge,
        STEPS,
        np.float32(TOLERANCE),
        solved,
    )
    return csr_matrix((solved, candidates.indices, candidates.indptr), shape=candidates.shape)
