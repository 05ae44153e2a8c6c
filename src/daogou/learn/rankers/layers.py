"""What networks are made of. A network's formula is written once and runs on either of two kinds of layers:

- these, made of plain arrays, which answer shoppers and need nothing but numpy;
- those of `learnable.py`, made of torch tensors, which learn.

Formulas use only what numpy arrays and torch tensors spell alike: arithmetic, `sum`, `reshape`, `swapaxes`, slices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from daogou.core.types import F32
from daogou.learn.features.field import Encoded, Field
from daogou.learn.rankers.chance import chance


class Layers(Protocol):
    """Named parts with weights. The first use of a name decides its shape. Arrays are numpy's or torch's."""

    def rows(self, name: str, rows: Any, width: int) -> Any:
        """(..., width) a learned vector for each row of the table of features; zeros for row 0."""
        ...

    def linear(self, name: str, x: Any, width: int, *, bias: bool = True) -> Any:
        """(..., width) a weighted sum of the last axis."""
        ...

    def norm(self, name: str, x: Any) -> Any:
        """(n, width) each column brought to mean 0 and deviation 1 as seen while learning, then scaled anew."""
        ...

    def relu(self, x: Any) -> Any: ...

    def sigmoid(self, x: Any) -> Any: ...

    def dropout(self, x: Any, share: float) -> Any:
        """While learning, a random share of the numbers is 0; otherwise nothing happens."""
        ...

    def concat(self, parts: Sequence[Any], axis: int = 1) -> Any:
        """Side by side; a part with one row is repeated for the others."""
        ...


class Network(Protocol):
    """A recipe whose formula is `forward`."""

    def forward(self, layers: Layers, fields: Sequence[Field], encoded: Encoded) -> tuple[Any, ...]:
        """Scores (n,) of one or more streams; the network's score is their mean, and each stream learns from it."""
        ...


@dataclass(frozen=True)
class ArrayLayers:
    """Layers of plain arrays.

    arrays  name/weight (inputs, outputs), name/bias, name/scale and name/shift, name/table (n_rows, width)
    """

    arrays: Mapping[str, F32]

    def rows(self, name: str, rows: Any, width: int) -> Any:
        return self.arrays[f"{name}/table"].take(rows, axis=0)

    def linear(self, name: str, x: Any, width: int, *, bias: bool = True) -> Any:
        product = x @ self.arrays[f"{name}/weight"]
        if bias:
            product += self.arrays[f"{name}/bias"]
        return product

    def norm(self, name: str, x: Any) -> Any:
        return x * self.arrays[f"{name}/scale"] + self.arrays[f"{name}/shift"]

    def relu(self, x: Any) -> Any:
        return np.maximum(x, 0)

    def sigmoid(self, x: Any) -> Any:
        return chance(x)

    def dropout(self, x: Any, share: float) -> Any:
        return x

    def concat(self, parts: Sequence[Any], axis: int = 1) -> Any:
        n = max(len(part) for part in parts)
        return np.concatenate([np.broadcast_to(part, (n, *part.shape[1:])) for part in parts], axis=axis)


def embedded(layers: Layers, name: str, fields: Sequence[Field], encoded: Encoded, width: int) -> Any:
    """(n, len(fields), width) a learned vector per field: ids first, then the others, each in their order.

    A category has its own; numbers have one per unit of each; a bag has the mean of its entries' (zeros when empty).
    """
    columns = [field.start for field in fields if field.kind == "id"]
    parts = [layers.rows(name, encoded.ids[:, columns], width)] if columns else []
    for field in fields:
        if field.kind == "numbers":
            numbers = encoded.numbers[:, None, field.start : field.start + field.width]
            parts.append(layers.linear(f"{name}/numbers {field.start}", numbers, width, bias=False))
        elif field.kind == "bag":
            bag = encoded.bags[field.start]
            total = layers.rows(name, bag, width).sum(1)
            parts.append((total / (bag > 0).sum(1).clip(1)[:, None])[:, None, :])
    return layers.concat(parts)


def votes(layers: Layers, fields: Sequence[Field], encoded: Encoded) -> Any:
    """(n,) what each feature adds by itself: the linear part."""
    return embedded(layers, "votes", fields, encoded, 1).sum(1)[:, 0]


def pairs(vectors: Any) -> Any:
    """(n,) the sum of products over all pairs of fields, at the cost of one pass: ((sum v)^2 - sum v^2) / 2."""
    total = vectors.sum(1)
    return ((total * total).sum(1) - (vectors * vectors).sum((1, 2))) / 2


def flat(vectors: Any) -> Any:
    """(n, fields * width)"""
    return vectors.reshape(len(vectors), -1)


def deep(layers: Layers, name: str, x: Any, widths: Sequence[int], dropout: float) -> Any:
    """(n, widths[-1]) a tower of hidden layers, each normalised."""
    for number, width in enumerate(widths):
        layer = f"{name}/{number}"
        x = layers.dropout(layers.relu(layers.norm(layer, layers.linear(layer, x, width))), dropout)
    return x


def one(layers: Layers, name: str, x: Any) -> Any:
    """(n,) one number of each example."""
    return layers.linear(name, x, 1)[:, 0]
