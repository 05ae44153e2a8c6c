"""What networks are made of. A network's formula is written once and runs on either of two kinds of layers:

- these, made of plain arrays, which answer shoppers and need nothing but numpy;
- those of `learnable.py`, made of torch tensors, which learn.

Formulas use only what numpy arrays and torch tensors spell alike: arithmetic, `sum`, `reshape`, `swapaxes`, slices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
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
    kept    what was computed of them once, by name
    """

    arrays: Mapping[str, F32]
    kept: dict[str, F32] = part(default_factory=dict)

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


def deep(layers: Layers, name: str, x: Any, widths: Sequence[int], dropout: float, *, summed: Any = None) -> Any:
    """(n, widths[-1]) a tower of hidden layers, each normalised.

    summed  (n, widths[0]) the sums of the first layer, where they are known; `x` is not looked at then
    """
    for number, width in enumerate(widths):
        layer = f"{name}/{number}"
        sums = layers.linear(layer, x, width) if number or summed is None else summed
        x = layers.dropout(layers.relu(layers.norm(layer, sums)), dropout)
    return x


def summed_vectors(
    layers: ArrayLayers, name: str, table: str, fields: Sequence[Field], encoded: Encoded, rest: Sequence[F32]
) -> F32:
    """(n, width) what the linear layer `name` makes of `flat(embedded(layers, table, fields, …))` beside `rest`.

    rest  (n, factors) each

    The vectors are not laid side by side: what is the same for all examples is summed once, and of a number, whose
    vector is the number times one row, only the number itself is multiplied.
    """
    weight, vectors = layers.arrays[f"{name}/weight"], layers.arrays[f"{table}/table"]
    factors = vectors.shape[1]
    places = iter(range(0, len(weight), factors))
    total = np.repeat(layers.arrays[f"{name}/bias"][None, :], len(encoded), axis=0)
    ids = [one for one in fields if one.kind == "id"]
    for one in ids:
        block, rows = weight[(at := next(places)) : at + factors], encoded.ids[:, one.start]
        shared = len(rows) > 0 and bool((rows == rows[0]).all())
        total += vectors[rows[:1] if shared else rows] @ block
    numbers = [one for one in fields if one.kind == "numbers"]
    for one in (one for one in fields if one.kind != "id"):
        block = weight[(at := next(places)) : at + factors]
        if one.kind == "bag":
            bag = encoded.bags[one.start]
            mean = vectors[bag].sum(1) / (bag > 0).sum(1).clip(1)[:, None]
            total += mean @ block
        elif (key := f"{name}/{one.start}") not in layers.kept:
            layers.kept[key] = layers.arrays[f"{table}/numbers {one.start}/weight"] @ block
    if numbers:
        columns = np.concatenate([np.arange(one.start, one.start + one.width) for one in numbers])
        if name not in layers.kept:
            layers.kept[name] = np.concatenate([layers.kept[f"{name}/{one.start}"] for one in numbers])
        total += encoded.numbers[:, columns] @ layers.kept[name]
    for vector in rest:
        total += vector @ weight[(at := next(places)) : at + factors]
    return total


def one(layers: Layers, name: str, x: Any) -> Any:
    """(n,) one number of each example."""
    return layers.linear(name, x, 1)[:, 0]
