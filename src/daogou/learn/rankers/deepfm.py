"""DeepFM: a factorization machine and a tower of hidden layers that look at the same vectors and add up.

Good for: many categories with plenty of examples; the usual first network. Weak for: few examples.
Cost: 2 * weights multiply-adds per example; 4 bytes per weight and 4 * (factors + 1) per value of a category.
Source: Guo, Tang, Ye, Li, He, "DeepFM: A Factorization-Machine based Neural Network for CTR Prediction", IJCAI 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.protocols import Progress, silent
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import Layers, deep, embedded, flat, one, pairs, votes
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network


@dataclass(frozen=True)
class DeepFm:
    """Recipe.

    factors         numbers per feature
    hidden          widths of the hidden layers
    dropout         share of hidden numbers left out at each step
    regularization  pulls the numbers of features towards zero; the setting that matters most on small sets
    learning_rate   length of a step
    batch_size      examples per step
    epochs          at most so many passes over the examples
    patience        stop after so many epochs without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    factors: int = 10
    hidden: tuple[int, ...] = (400, 400, 400)
    dropout: float = 0.2
    regularization: float = 0.05
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
        tower = one(layers, "deep", deep(layers, "deep", flat(vectors), self.hidden, self.dropout))
        return (votes(layers, fields, encoded) + pairs(vectors) + tower,)
