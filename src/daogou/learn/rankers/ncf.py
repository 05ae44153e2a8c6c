"""NCF: a user's and an item's numbers, multiplied (gmf), led through a tower (mlp), or both (neumf).

Shipped to compare with: on published splits a plain dot product of factors (the model `ials`) is better and cheaper.
Good for: nothing in particular. Weak for: circumstances, which it does not see.
Cost: 2 * weights multiply-adds per example; 4 * factors bytes per value of a category, twice that for neumf.
Sources: He et al., "Neural Collaborative Filtering", WWW 2017; Rendle, Krichene, Zhang, Anderson, "Neural
Collaborative Filtering vs. Matrix Factorization Revisited", RecSys 2020.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.learn.checks import one_of
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import Layers, deep, embedded, one
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network


@dataclass(frozen=True)
class Ncf:
    """Recipe. Uses only the fields about user and item, and needs one of each.

    form            gmf, mlp or neumf
    factors         numbers per feature
    hidden          widths of the hidden layers of mlp and neumf
    dropout         share of hidden numbers left out at each step
    regularization  pulls the numbers of features towards zero
    learning_rate   length of a step
    batch_size      examples per step
    epochs          at most so many passes over the examples
    patience        stop after so many epochs without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    form: Literal["gmf", "mlp", "neumf"] = "neumf"
    factors: int = 16
    hidden: tuple[int, ...] = (64, 32, 16)
    dropout: float = 0.0
    regularization: float = 0.001
    learning_rate: float = 0.001
    batch_size: int = 1024
    epochs: int = 50
    patience: int = 3
    held_out: float = 0.1

    def __post_init__(self) -> None:
        check_network(self)
        one_of("form", self.form, ("gmf", "mlp", "neumf"))

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
        parts = []
        if self.form != "mlp":
            user, item = self._sides(layers, "gmf", fields, encoded)
            parts.append(user * item)
        if self.form != "gmf":
            pair = layers.concat(self._sides(layers, "mlp", fields, encoded))
            parts.append(deep(layers, "mlp", pair, self.hidden, self.dropout))
        return (one(layers, "out", layers.concat(parts)),)

    def _sides(self, layers: Layers, name: str, fields: Sequence[Field], encoded: Encoded) -> list[Any]:
        """The user's numbers and the item's, (n, factors) each: the sum over all fields about them."""
        sides = []
        for about in ("user", "item"):
            own = [field for field in fields if field.about == about]
            if not own:
                raise InvalidInput(f"The ranker 'ncf' needs a column about the {about}, and the spec has none.")
            sides.append(embedded(layers, name, own, encoded, self.factors).sum(1))
        return sides
