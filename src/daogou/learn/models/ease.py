"""EASE: recommend what is usually taken together, by one matrix inverse.

Good for: catalogues up to some 20,000 items with dense logs; exact reasons. Weak for: brand-new items.
Cost: O(n_items^3) time, 4 * n_items^2 bytes while fitting and once fitted (float32, inverted in place).
Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, more_than, same_shape
from daogou.learn.histories import history_matrix, known_history, spread
from daogou.learn.kernels.rows import dense_shares, dense_total

BLOCK = 512
"""Rows handled at once where a whole matrix would double the memory."""

DENSE_GAIN = 250.0
"""A dense multiply-add is about this much cheaper than a sparse one (measured: 0.012 ns against 3 ns)."""


@dataclass(frozen=True)
class Ease:
    """Recipe. Larger `regularization` pulls all weights towards zero; published values run from 80 to 1,320.

    memory_limit_mb  refuse catalogues whose weights would need more
    """

    regularization: float = 250.0
    memory_limit_mb: int = 4_000

    def __post_init__(self) -> None:
        more_than("regularization", self.regularization, 0)
        at_least("memory_limit_mb", self.memory_limit_mb, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> EaseModel:
        """Exact; `seed` changes nothing. Raises InvalidInput for a catalogue above the memory limit."""
        refusal = self.refusal(dataset.n_items)
        if refusal:
            raise InvalidInput(refusal)
        gram = item_gram(dataset.matrix())
        gram[np.diag_indices_from(gram)] += self.regularization
        return EaseModel(_weights(gram, self.regularization))

    def refusal(self, n_items: int) -> str | None:
        """Why a catalogue of this size cannot be learned within the memory limit, and what to do; None where it can."""
        needed_mb = 4 * n_items**2 / 1e6
        if needed_mb <= self.memory_limit_mb:
            return None
        return (
            f"EASE on {n_items:,} items needs {needed_mb:,.0f} MB, more than memory_limit_mb = "
            f"{self.memory_limit_mb:,}. Raise memory_limit_mb if the machine has that much to spare, "
            "or use the model sparse_ease, ials or item_knn, whose size grows only linearly."
        )


@dataclass(frozen=True, eq=False)
class EaseModel:
    """weights  (n_items, n_items); row = item seen, column = item scored; zero diagonal"""

    weights: F32

    def __post_init__(self) -> None:
        same_shape("weights", self.weights.shape, (self.n_items, self.n_items))

    @property
    def n_items(self) -> int:
        return len(self.weights)

    def score(self, query: Query, items: I32) -> F32:
        """Sum over the history of its weights towards each asked item, shape (len(items),); 0.0 with no history."""
        history, strengths = known_history(query, self.n_items)
        return strengths @ self.weights[np.ix_(history, items)]

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item: a gather of len(history) rows and their weighted sum."""
        history, strengths = known_history(query, self.n_items)
        return dense_total(self.weights, history, strengths)

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return np.asarray(history_matrix(queries, self.n_items) @ self.weights, np.float32)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) what each history item adds to or takes from each score."""
        history, strengths = known_history(query, self.n_items)
        return spread(dense_shares(self.weights, history, strengths, items), query, self.n_items)


def item_gram(matrix: csr_matrix) -> F32:
    """(n_items, n_items) how many shoppers share each pair; only the lower triangle is sure to be filled."""
    n_users, n_items = matrix.shape
    sparse_work = float((np.diff(matrix.indptr).astype(np.float64) ** 2).sum()) * DENSE_GAIN
    if sparse_work < float(n_users) * n_items**2:
        return _gram_sparse(matrix)
    return _gram_dense(matrix)


def _gram_sparse(matrix: csr_matrix) -> F32:
    by_item = csr_matrix(matrix.T)
    gram = np.empty((matrix.shape[1], matrix.shape[1]), np.float32)
    for start in range(0, len(gram), BLOCK):
        gram[start : start + BLOCK] = (by_item[start : start + BLOCK] @ matrix).toarray()
    return gram


def _gram_dense(matrix: csr_matrix) -> F32:
    from scipy.linalg.blas import ssyrk  # here, for serving does not need it

    # LAPACK counts in columns: its upper triangle is the lower one of the row-major view we work with.
    columns = np.zeros((matrix.shape[1], matrix.shape[1]), np.float32, order="F")
    for start in range(0, matrix.shape[0], BLOCK):
        rows = matrix[start : start + BLOCK].toarray()
        columns = ssyrk(1.0, rows.T, beta=1.0, c=columns, overwrite_c=1)
    return columns.T


def _weights(gram: F32, regularization: float) -> F32:
    """Turn the regularised Gram matrix into EASE weights, in the same memory: B_ij = -P_ij / P_jj, P = gram^-1."""
    from scipy.linalg.lapack import spotrf, spotri  # here, for serving does not need it

    if not len(gram):
        return gram
    factor, refused = spotrf(gram.T, lower=0, clean=0, overwrite_a=1)
    if refused:
        raise InvalidInput(
            f"The item matrix is not positive definite in float32 with regularization = {regularization:g}. Raise it."
        )
    inverse, _ = spotri(factor, lower=0, overwrite_c=1)
    weights: F32 = inverse.T
    for start in range(0, len(weights), BLOCK):
        end = start + BLOCK
        corner = np.tril(weights[start:end, start:end])
        weights[start:end, start:end] = corner + np.tril(corner, -1).T
        weights[start:end, end:] = weights[end:, start:end].T
    weights /= -np.diag(weights).copy()
    np.fill_diagonal(weights, 0.0)  # an item must not recommend itself
    return weights
