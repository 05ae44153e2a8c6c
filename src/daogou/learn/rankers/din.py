"""DIN: look at a shopper's history through the eyes of each candidate, so that only what is akin to it counts.

Good for: histories that mix several interests; ranking some hundred candidates for one visit. Weak for: no history.
Cost: entries * attention * (factors + 3) multiply-adds per candidate beside the tower; 4 * factors bytes per item.
Source: Zhou et al., "Deep Interest Network for Click-Through Rate Prediction", KDD 2018.

How much an entry k of the history counts for a candidate q is a small network of q, k, q - k and q * k. Its first layer
is a weighted sum, so the part of q alone is computed once per candidate, the part of k alone once per entry, and only
the products need every pair. Where all candidates share one history, as they do when a visit is ranked, q * k times its
weights is k times (q times the weights), which turns all pairs into one matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.checks import at_least
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import ArrayLayers, Layers, deep, embedded, flat, one, summed_vectors
from daogou.learn.rankers.network import NetworkModel, check_network, fit_network

CANDIDATES = 64
"""Candidates weighed at once, so that what is computed of all pairs stays in the processor's cache."""


@dataclass(frozen=True)
class Din:
    """Recipe. Needs a History of a category that describes the item.

    factors         numbers per feature
    attention       width of the hidden layer that weighs the entries of the history
    hidden          widths of the hidden layers
    dropout         share of hidden numbers left out at each step
    regularization  pulls the numbers of features towards zero
    learning_rate   length of a step
    batch_size      examples per step
    epochs          at most so many passes over the examples
    patience        stop after so many epochs without gain on the validation
    held_out        share of the examples held out for validation, where none are given
    """

    factors: int = 32
    attention: int = 40
    hidden: tuple[int, ...] = (200, 80)
    dropout: float = 0.1
    regularization: float = 0.005
    learning_rate: float = 0.001
    batch_size: int = 1024
    epochs: int = 50
    patience: int = 2
    held_out: float = 0.1

    def __post_init__(self) -> None:
        check_network(self)
        at_least("attention", self.attention, 1)

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
        histories = [field for field in fields if field.ordered]
        others = [field for field in fields if not field.ordered]
        if not histories:
            raise InvalidInput("The ranker 'din' needs a History in the spec. Without one, use deepfm or finalnet.")
        interests = [self._interest(layers, history, others, encoded) for history in histories]
        x = summed = None
        if isinstance(layers, ArrayLayers):
            rest = [interest[:, 0] for interest in interests]
            summed = summed_vectors(layers, "deep/0", "factors", others, encoded, rest)
        else:
            x = flat(layers.concat([embedded(layers, "factors", others, encoded, self.factors), *interests]))
        return (one(layers, "out", deep(layers, "deep", x, self.hidden, self.dropout, summed=summed)),)

    def _interest(self, layers: Layers, history: Field, fields: Sequence[Field], encoded: Encoded) -> Any:
        """(n, 1, factors) the entries of the history, each as strongly as it is akin to the candidate."""
        candidate = candidate_of(history, fields)
        asked = layers.rows("factors", encoded.ids[:, candidate.start], self.factors)
        bag = encoded.bags[history.start]
        entries = layers.rows("factors", bag, self.factors)
        name = f"attention/{history.start}"
        if isinstance(layers, ArrayLayers) and len(bag) == 1:
            akin = shared_weights(layers, name, asked, entries, self.attention)
        else:
            akin = weights(layers, name, asked, entries, self.attention)
        return (akin * (bag > 0))[:, None, :] @ entries


def candidate_of(history: Field, fields: Sequence[Field]) -> Field:
    """The category whose values the history lists."""
    for field in fields:
        if field.kind == "id" and field.first_row == history.first_row:
            return field
    raise InvalidInput(f"The history {history.name!r} is of no column of the spec.")


def weights(layers: Layers, name: str, asked: Any, entries: Any, width: int) -> Any:
    """(n, length) how strongly each entry counts for its candidate.

    asked    (n, factors)
    entries  (n or 1, length, factors)
    """
    hidden = layers.linear(f"{name}/asked", asked, width)[:, None, :]
    hidden = hidden + layers.linear(f"{name}/entry", entries, width, bias=False)
    hidden = hidden + layers.linear(f"{name}/product", asked[:, None, :] * entries, width, bias=False)
    return layers.linear(f"{name}/weight", layers.relu(hidden), 1)[:, :, 0]


def shared_weights(layers: ArrayLayers, name: str, asked: F32, entries: F32, width: int) -> F32:
    """The same where all candidates share one history, entries (1, length, factors), as one matrix product."""
    n, factors = asked.shape
    history = entries[0]
    length = len(history)
    arrays = layers.arrays
    product, entry = arrays[f"{name}/product/weight"], arrays[f"{name}/entry/weight"]
    # Of a candidate everything is linear before the rectifier, so all that the history says of it is one matrix.
    matrix = np.empty((factors + 1, length, width), np.float32)
    np.multiply(history.T[:, :, None], product[:, None, :], out=matrix[:-1])
    matrix[:-1] += arrays[f"{name}/asked/weight"][:, None, :]
    np.add(history @ entry, arrays[f"{name}/asked/bias"], out=matrix[-1])
    extended = np.ones((n, factors + 1), np.float32)
    extended[:, :-1] = asked
    akin: F32 = np.empty((n, length), np.float32)
    for start in range(0, n, CANDIDATES):
        some = slice(start, min(start + CANDIDATES, n))
        hidden = extended[some] @ matrix.reshape(factors + 1, -1)
        np.maximum(hidden, 0, out=hidden)
        akin[some] = (hidden.reshape(-1, width) @ arrays[f"{name}/weight/weight"]).reshape(-1, length)
    return akin + arrays[f"{name}/weight/bias"]
