"""FinalNet: layers whose halves are multiplied, so that a short tower sees high degrees of features together.

Two streams, one with a gate on its features, answer by their mean, and each learns what the mean says.
Good for: many categories with plenty of examples. Weak for: few examples.
Cost: 2 * weights multiply-adds per example; 4 bytes per weight and 4 * factors per value of a category.
Source: Zhu et al., "FINAL: Factorized Interaction Layer for CTR Prediction", SIGIR 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidField
from daogou.core.protocols import Progress, silent
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import Layers, embedded, flat, one
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network


@dataclass(frozen=True)
class FinalNet:
    """Recipe.

    factors         numbers per feature
    hidden          widths of the layers of the gated stream, each even
    hidden_plain    widths of the layers of the other stream, each even
    dropout         share of hidden numbers left out at each step
    regularization  pulls the numbers of features towards zero; the setting that matters most on small sets
    learning_rate   length of a step
    batch_size      examples per step
    epochs          at most so many passes over the examples
    patience        stop after so many epochs without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    factors: int = 10
    hidden: tuple[int, ...] = (400, 400)
    hidden_plain: tuple[int, ...] = (400,)
    dropout: float = 0.1
    regularization: float = 0.1
    learning_rate: float = 0.001
    batch_size: int = 4096
    epochs: int = 100
    patience: int = 2
    held_out: float = 0.1

    def __post_init__(self) -> None:
        check_network(self)
        for width in (*self.hidden, *self.hidden_plain):
            if width % 2:
                raise InvalidField("hidden", width, "even widths, for the halves of a layer are multiplied")

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
        gates = layers.linear("gate", vectors.swapaxes(1, 2), len(fields)).swapaxes(1, 2)
        gated = layers.concat([vectors, vectors * (1 + gates)])  # open at the start
        return (
            one(layers, "gated", self._multiplied(layers, "gated", flat(gated), self.hidden)),
            one(layers, "plain", self._multiplied(layers, "plain", flat(vectors), self.hidden_plain)),
        )

    def _multiplied(self, layers: Layers, name: str, x: Any, widths: Sequence[int]) -> Any:
        """(n, widths[-1]) each layer is one half of a weighted sum, and that half times the other."""
        for number, width in enumerate(widths):
            layer = f"{name}/{number}"
            both = layers.linear(layer, x, width)
            half = both[:, : width // 2]
            x = layers.norm(layer, layers.concat([half, half * both[:, width // 2 :]]))
            x = layers.dropout(layers.relu(x), self.dropout)
        return x
