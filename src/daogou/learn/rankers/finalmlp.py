"""FinalMLP: two plain towers that see the features through different gates, joined by products of their outcomes.

One gate is set by who the user is, the other by what the item is, so each tower weighs the features for its own case.
Good for: many categories with plenty of examples. Weak for: few examples.
Cost: 2 * weights multiply-adds per example; 4 bytes per weight and 12 * factors per value of a category.
Source: Mao et al., "FinalMLP: An Enhanced Two-Stream MLP Model for CTR Prediction", AAAI 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidField
from daogou.core.protocols import Progress, silent
from daogou.learn.checks import at_least
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import Layers, deep, embedded, flat, one
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network


@dataclass(frozen=True)
class FinalMlp:
    """Recipe.

    factors         numbers per feature
    hidden          widths of the layers of the tower gated by the user
    hidden_item     widths of the layers of the tower gated by the item
    gate            width of the hidden layer of each gate
    heads           groups into which the towers' outcomes are cut before they are multiplied
    dropout         share of hidden numbers left out at each step
    regularization  pulls the numbers of features towards zero; the setting that matters most on small sets
    learning_rate   length of a step
    batch_size      examples per step
    epochs          at most so many passes over the examples
    patience        stop after so many epochs without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    factors: int = 10
    hidden: tuple[int, ...] = (400,)
    hidden_item: tuple[int, ...] = (100,)
    gate: int = 400
    heads: int = 5
    dropout: float = 0.4
    regularization: float = 0.05
    learning_rate: float = 0.001
    batch_size: int = 4096
    epochs: int = 100
    patience: int = 2
    held_out: float = 0.1

    def __post_init__(self) -> None:
        check_network(self)
        at_least("gate", self.gate, 1)
        at_least("heads", self.heads, 1)
        for name, widths in (("hidden", self.hidden), ("hidden_item", self.hidden_item)):
            if not widths or widths[-1] % self.heads:
                raise InvalidField(name, widths, f"a last width that {self.heads} heads divide")

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
        features = flat(embedded(layers, "factors", fields, encoded, self.factors))
        towers = []
        for about, widths in (("user", self.hidden), ("item", self.hidden_item)):
            gated = features * self._gate(layers, about, fields, encoded, features.shape[1])
            towers.append(deep(layers, about, gated, widths, self.dropout))
        return (self._joined(layers, *towers),)

    def _gate(self, layers: Layers, about: str, fields: Sequence[Field], encoded: Encoded, width: int) -> Any:
        """(n, width) from 0 to 2, by the fields about this side, or by all where none is."""
        deciding = [field for field in fields if field.about == about] or fields
        seen = flat(embedded(layers, f"{about} gate", deciding, encoded, self.factors))
        inner = layers.relu(layers.linear(f"{about} gate/inner", seen, self.gate))
        return layers.sigmoid(layers.linear(f"{about} gate/outer", inner, width)) * 2

    def _joined(self, layers: Layers, user: Any, item: Any) -> Any:
        """(n,) a vote of each tower, and one of every pair of numbers within a head."""
        total = one(layers, "user", user) + one(layers, "item", item)
        n_user, n_item = user.shape[1] // self.heads, item.shape[1] // self.heads
        for head in range(self.heads):
            ours = user[:, head * n_user : (head + 1) * n_user]
            theirs = item[:, head * n_item : (head + 1) * n_item]
            total = total + (layers.linear(f"pairs/{head}", ours, n_item, bias=False) * theirs).sum(1)
        return total
