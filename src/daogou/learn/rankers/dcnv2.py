"""DCN-V2: layers that multiply the features with themselves, one degree higher each, beside a tower of hidden layers.

Good for: what only several features together tell, at any known degree. Weak for: few examples.
Cost: (fields * factors)^2 multiply-adds per cross layer and example, and those of the tower; 4 bytes per weight.
Source: Wang et al., "DCN V2: Improved Deep & Cross Network", WWW 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.protocols import Progress, silent
from daogou.learn.checks import at_least
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import Layers, deep, embedded, flat, one
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network


@dataclass(frozen=True)
class Dcnv2:
    """Recipe.

    factors         numbers per feature
    crosses         cross layers; features are multiplied up to this number plus one times
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
    crosses: int = 3
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
        at_least("crosses", self.crosses, 1)

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
        start = flat(embedded(layers, "factors", fields, encoded, self.factors))
        crossed = start
        for number in range(self.crosses):
            crossed = start * layers.linear(f"cross/{number}", crossed, start.shape[1]) + crossed
        tower = deep(layers, "deep", start, self.hidden, self.dropout)
        return (one(layers, "out", layers.concat([crossed, tower])),)
