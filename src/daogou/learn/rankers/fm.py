"""Factorization machine: every feature votes, and so does every pair of features, through a few numbers for each.

Good for: sparse categories whose pairs matter (who likes which app); a small, quick model. Weak for: what takes three
features to see.
Cost: 2 * factors multiply-adds per feature and example; 4 * (factors + 1) bytes per value of a category.
Source: Rendle, "Factorization Machines", ICDM 2010.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.protocols import Progress, silent
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import Layers, embedded, pairs, votes
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network


@dataclass(frozen=True)
class Fm:
    """Recipe.

    factors         numbers per feature
    regularization  pulls the numbers of features towards zero
    learning_rate   length of a step
    batch_size      examples per step
    epochs          at most so many passes over the examples
    patience        stop after so many epochs without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    factors: int = 10
    regularization: float = 0.01
    learning_rate: float = 0.001
    batch_size: int = 4096
    epochs: int = 100
    patience: int = 2
    held_out: float = 0.1

    def __post_init__(self) -> None:
        check_network(self)

    def fit(
        self,
        examples: Examples,
        *,
        seed: int = 0,
        validation: Examples | None = None,
        checkpoint: Path | None = None,
        progress: Progress = silent,
    ) -> NetworkModel:
        """Same examples and seed, same model; see fit_network."""
        return fit_network(self, examples, seed, validation, checkpoint, progress)

    def forward(self, layers: Layers, fields: Sequence[Field], encoded: Encoded) -> tuple[Any, ...]:
        vectors = embedded(layers, "factors", fields, encoded, self.factors)
        return (votes(layers, fields, encoded) + pairs(vectors),)
