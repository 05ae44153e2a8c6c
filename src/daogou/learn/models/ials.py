"""iALS: give every item a few numbers so that a shopper's history predicts the rest, by alternating least squares.

Good for: any size of catalogue, small models, sparse logs, vectors for nearest-neighbour search. Weak for: new items.
Cost: per iteration 16 * factors * n_interactions multiply-adds a side; 4 * factors * n_items bytes once fitted.
Sources: Hu, Koren, Volinsky, ICDM 2008 (the model); Rendle, Krichene, Zhang, Koren, "Revisiting the performance of
iALS on item recommendation benchmarks", RecSys 2022 (the regularisation that grows with how often something occurs).

The loss, with S the pairs that occurred and w their weights:

    sum over S of w (x_u f_i - 1)^2  +  alpha * sum over all pairs of (x_u f_i)^2
    + regularization * (sum_u (w_u + alpha n_items)^exponent |x_u|^2 + sum_i (w_i + alpha n_users)^exponent |f_i|^2)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import sposv
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, more_than, same_shape
from daogou.learn.histories import known_history, spread


@dataclass(frozen=True)
class Ials:
    """Recipe.

    factors         numbers per item; more is better until it is flat, at more cost
    iterations      rounds over shoppers and items; 8 to 16 are enough
    regularization  pulls all factors towards zero; search 0.001 to 0.02
    alpha           weight of the pairs that did not occur; smaller favours rare items
    exponent        1: regularise by frequency (Rendle 2022), 0: the same for all (Hu 2008)
    steps           conjugate-gradient steps per row and round
    block           above 0: instead of those steps, one exact step per block of so many factors (iALS++)
    """

    factors: int = 64
    iterations: int = 12
    regularization: float = 0.007
    alpha: float = 0.3
    exponent: float = 1.0
    steps: int = 3
    block: int = 0

    def __post_init__(self) -> None:
        for name in ("factors", "iterations", "steps"):
            at_least(name, getattr(self, name), 1)
        more_than("regularization", self.regularization, 0)
        at_least("block", self.block, 0)
        at_least("alpha", self.alpha, 0)
        at_least("exponent", self.exponent, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> IalsModel:
        """Same dataset and seed, same model, whatever the number of threads."""
        factors = fit_factors(dataset.matrix(), self, seed)
        factors, spectrum = diagonalised(factors)
        return IalsModel(factors, spectrum, float(self.alpha), float(self.regularization), float(self.exponent))


@dataclass(frozen=True, eq=False)
class IalsModel:
    """factors   (n_items, d) rotated so that factors.T @ factors is diagonal
    spectrum  (d,) that diagonal
    alpha, regularization, exponent  as in the recipe; a history is folded in with them
    """

    factors: F32
    spectrum: F32
    alpha: float
    regularization: float
    exponent: float

    def __post_init__(self) -> None:
        same_shape("spectrum", self.spectrum.shape, self.factors.shape[1:])

    @property
    def n_items(self) -> int:
        return len(self.factors)

    def score(self, query: Query, items: I32) -> F32:
        """Fold the history in, then one dot product per asked item, shape (len(items),); 0.0 with no history."""
        return self.factors[items] @ self.fold_in(query)

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return self.factors @ self.fold_in(query)

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        return self.query_vectors(queries) @ self.factors.T

    @property
    def item_vectors(self) -> F32:
        """(n_items, d)"""
        return self.factors

    def query_vectors(self, queries: Sequence[Query]) -> F32:
        """(len(queries), d) one fold-in per row."""
        folded = [self.fold_in(query) for query in queries]
        return np.asarray(folded, np.float32).reshape(-1, self.factors.shape[1])

    def fold_in(self, query: Query) -> F32:
        """(d,) the shopper's factors: what fitting would have given this history against these item factors."""
        history, strengths = known_history(query, self.n_items)
        rows = self.factors[history]
        return self._solve(rows, strengths, strengths @ rows)

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) w_h f_h A^-1 f_i: exact, since the fold-in is linear once A is formed."""
        history, strengths = known_history(query, self.n_items)
        rows = self.factors[history]
        weighted = strengths[:, None] * rows
        return spread(weighted @ self._solve(rows, strengths, self.factors[items].T), query, self.n_items)

    def _solve(self, rows: F32, strengths: F32, right: F32) -> F32:
        """A^-1 right, with A = rows' diag(strengths) rows + alpha diag(spectrum) + ridge I."""
        if not len(rows):
            return np.zeros_like(right)
        ridge = self.regularization * (float(strengths.sum()) + self.alpha * self.n_items) ** self.exponent
        normal = (rows * strengths[:, None]).T @ rows
        normal[np.diag_indices_from(normal)] += self.alpha * self.spectrum + ridge
        _, solved, refused = sposv(normal, right)
        assert refused == 0, "the ridge keeps the matrix positive definite"
        return np.asarray(solved, np.float32)


def fit_factors(matrix: csr_matrix, recipe: Ials, seed: int) -> F32:
    """(n_items, d) item factors after all rounds."""
    from daogou.learn.kernels.least_squares import solve_rows
    from daogou.learn.kernels.subspace import sweep_rows

    n_users, n_items = matrix.shape
    by_item = csr_matrix(matrix.T)
    start = np.random.default_rng(seed).standard_normal((n_items, recipe.factors), np.float32)
    items: F32 = start * np.float32(0.1 / np.sqrt(recipe.factors))
    users = np.zeros((n_users, recipe.factors), np.float32)
    user_ridge, item_ridge = _ridges(matrix, n_items, recipe), _ridges(by_item, n_users, recipe)
    for _ in range(recipe.iterations):
        for table, ridge, user_side in ((matrix, user_ridge, True), (by_item, item_ridge, False)):
            fixed, moved = (items, users) if user_side else (users, items)
            turn, spectrum = _axes(fixed)
            fixed, moved = fixed @ turn, moved @ turn
            shared = np.float32(recipe.alpha) * spectrum
            problem = (table.indptr, table.indices, table.data, fixed, shared, ridge)
            if recipe.block:
                sweep_rows(*problem, min(recipe.block, recipe.factors), moved)
            else:
                solve_rows(*problem, recipe.steps, moved)
            items, users = (fixed, moved) if user_side else (moved, fixed)
    return items


def diagonalised(factors: F32) -> tuple[F32, F32]:
    """Rotate factors (no dot product changes) so that factors.T @ factors is diagonal; return them and the diagonal."""
    turn, spectrum = _axes(factors)
    return factors @ turn, spectrum


def _axes(factors: F32) -> tuple[F32, F32]:
    values, vectors = np.linalg.eigh((factors.T @ factors).astype(np.float64))
    return vectors.astype(np.float32), np.maximum(values, 0.0).astype(np.float32)


def _ridges(table: csr_matrix, n_others: int, recipe: Ials) -> F32:
    weight = np.asarray(table.sum(axis=1), np.float64).ravel()
    ridge = recipe.regularization * (weight + recipe.alpha * n_others) ** recipe.exponent
    return np.asarray(ridge, np.float32)
