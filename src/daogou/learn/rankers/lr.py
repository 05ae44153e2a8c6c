"""Logistic regression: every feature votes for or against, with one weight each. The floor that others must beat.

Good for: few examples, exact reasons, a sound probability. Weak for: what only holds for two features together.
Cost: one sparse product per step of L-BFGS, 20 to 200 steps; 4 bytes per value learned.
Source: Richardson, Dominowska, Ragno, "Predicting clicks", WWW 2007.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32, F64
from daogou.learn.checks import at_least, same_shape
from daogou.learn.features.field import Encoded
from daogou.learn.features.spec import FittedFeatures
from daogou.learn.rankers.chance import chance
from daogou.learn.rankers.design import design_matrix
from daogou.learn.rankers.examples import Examples


@dataclass(frozen=True)
class Lr:
    """Recipe.

    regularization  pulls the weights towards zero, as strongly as so many examples of doubt
    iterations      at most so many steps
    """

    regularization: float = 1.0
    iterations: int = 200

    def __post_init__(self) -> None:
        at_least("regularization", self.regularization, 0)
        at_least("iterations", self.iterations, 1)

    def fit(
        self,
        examples: Examples,
        *,
        seed: int = 0,
        validation: Examples | None = None,
        progress: Progress = silent,
    ) -> LrModel:
        """The one optimum; neither `seed` nor `validation` changes it. Raises InvalidInput for labels of one kind."""
        examples.refuse_one_class()
        features = examples.spec.fit(examples.table)
        matrix = design_matrix(features.encode(examples.table), features.n_rows)
        weights, bias = _descend(matrix, examples.labels.astype(np.float64), self, progress)
        return LrModel(features, weights, bias)


@dataclass(frozen=True, eq=False)
class LrModel:
    """weights  (table rows + numbers,) one per value of a category and per number; 0 for what was never learned
    bias     what speaks for it where nothing else does
    """

    features: FittedFeatures
    weights: F32
    bias: float

    def __post_init__(self) -> None:
        n_numbers = sum(field.width for field in self.features.of_kind("numbers"))
        same_shape("weights", self.weights.shape, (self.features.n_rows + n_numbers,))

    def score(self, encoded: Encoded) -> F32:
        """(n,) sums of weights."""
        matrix = design_matrix(encoded, self.features.n_rows)
        return np.asarray(matrix @ self.weights + np.float32(self.bias), np.float32)

    def predict(self, table: pl.DataFrame) -> F32:
        """(n,) probabilities."""
        return chance(self.score(self.features.encode(table)))


def _descend(matrix: csr_matrix, labels: F64, recipe: Lr, progress: Progress) -> tuple[F32, float]:
    from scipy.optimize import minimize  # here, for serving does not need it

    wide = matrix.astype(np.float64)
    turned = csr_matrix(wide.T)
    steps = 0

    def loss(point: F64) -> tuple[float, F64]:
        weights, bias = point[:-1], point[-1]
        margin = wide @ weights + bias
        error = 1 / (1 + np.exp(-np.clip(margin, -500, 500))) - labels
        value = np.logaddexp(0, margin).sum() - labels @ margin + recipe.regularization / 2 * (weights @ weights)
        slope = np.append(turned @ error + recipe.regularization * weights, error.sum())
        return float(value), slope

    def report(_: F64) -> None:
        nonlocal steps
        steps += 1
        progress(steps, recipe.iterations, "logistic regression")

    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", callback=report, options={"maxiter": recipe.iterations})
    if not np.isfinite(found.x).all():
        raise InvalidInput("The weights grew without end. Use a larger regularization.")
    return found.x[:-1].astype(np.float32), float(found.x[-1])
