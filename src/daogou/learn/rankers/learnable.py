"""The layers of `layers.py` made of torch tensors, and training with them. Imported only while a network is fitted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.protocols import Progress
from daogou.core.types import F32
from daogou.learn.deep import Training, seeded, train
from daogou.learn.features.field import Encoded
from daogou.learn.features.spec import FittedFeatures
from daogou.learn.metrics.classification import auc
from daogou.learn.rankers.layers import Network

import torch  # isort: skip  (after learn.deep, which says what to do where it is missing)
from torch import Tensor, nn
from torch.nn import functional

SMALL_START = 1e-4
"""Deviation of the vectors of features before the first step: a feature nobody learned of stays silent."""
LEAST_STEPS = 20
"""Steps per pass over the examples, at least: few examples are cut into smaller batches than the recipe says."""
DIGITS = 4
"""Of the AUC that says when to stop: a smaller gain is not worth an epoch."""
EVALUATED = 8192
"""Examples scored at once while validating."""
STEADY = 1e-5
"""Added to variances, as everywhere in batch normalisation."""


class Learnable(nn.Module):
    """A network that learns. Weights come into being when the formula first names them."""

    def __init__(self, recipe: Network, features: FittedFeatures, sample: Encoded) -> None:
        super().__init__()
        self.recipe = recipe
        self.fields = features.fields
        self.n_rows = features.n_rows
        self(sample)

    def forward(self, encoded: Encoded) -> tuple[Tensor, ...]:
        return self.recipe.forward(self, self.fields, encoded)

    def rows(self, name: str, rows: Tensor, width: int) -> Tensor:
        table = self._weight(f"{name}/table", self.n_rows, width)
        return functional.embedding(rows, table, padding_idx=0)

    def linear(self, name: str, x: Tensor, width: int, *, bias: bool = True) -> Tensor:
        product = x @ self._weight(f"{name}/weight", x.shape[-1], width)
        return product + self._weight(f"{name}/bias", width) if bias else product

    def norm(self, name: str, x: Tensor) -> Tensor:
        width = x.shape[-1]
        scale, shift = self._weight(f"{name}/scale", width), self._weight(f"{name}/shift", width)
        mean, variance = self._seen(f"{name}/mean", width, 0.0), self._seen(f"{name}/variance", width, 1.0)
        return functional.batch_norm(x, mean, variance, scale, shift, self.training, eps=STEADY)

    def relu(self, x: Tensor) -> Tensor:
        return functional.relu(x)

    def sigmoid(self, x: Tensor) -> Tensor:
        return torch.sigmoid(x)

    def dropout(self, x: Tensor, share: float) -> Tensor:
        """As usual, but with masks from numpy's generator, which is many times as quick as torch's on a CPU."""
        dropped = round(share * 256)
        if not self.training or not dropped:
            return x
        random = np.random.Generator(np.random.SFC64(int(torch.randint(2**31, ()))))
        kept = random.integers(0, 256, tuple(x.shape), np.uint8) >= dropped
        return x * torch.from_numpy(kept * np.float32(256 / (256 - dropped))).to(x.device)

    def concat(self, parts: Sequence[Tensor], axis: int = 1) -> Tensor:
        return torch.cat(tuple(parts), axis)

    def arrays(self) -> dict[str, F32]:
        """The weights as arrays; what normalisation has seen is folded into one scale and one shift."""
        found = {name: value.detach().cpu().numpy().copy() for name, value in self.named_parameters()}
        for name, value in self.named_buffers():
            if name.endswith("/variance"):
                layer = name.removesuffix("/variance")
                found[f"{layer}/scale"] = found[f"{layer}/scale"] / np.sqrt(value.cpu().numpy() + STEADY)
        for name, value in self.named_buffers():
            if name.endswith("/mean"):
                layer = name.removesuffix("/mean")
                found[f"{layer}/shift"] = found[f"{layer}/shift"] - found[f"{layer}/scale"] * value.cpu().numpy()
        return found

    def penalty(self) -> Tensor:
        """Half the sum of squares of all vectors of features."""
        tables = [one for name, one in self.named_parameters() if name.endswith("/table")]
        return torch.stack([(one * one).sum() for one in tables]).sum() / 2

    def _weight(self, name: str, *shape: int) -> nn.Parameter:
        if name not in self._parameters:
            self.register_parameter(name, nn.Parameter(_start(name, shape)))
        found = self._parameters[name]
        assert found is not None
        return found

    def _seen(self, name: str, width: int, value: float) -> Tensor:
        if name not in self._buffers:
            self.register_buffer(name, torch.full((width,), value))
        found = self._buffers[name]
        assert found is not None
        return found


def _start(name: str, shape: Sequence[int]) -> Tensor:
    start = torch.zeros(*shape)
    if name.endswith("/table"):
        nn.init.normal_(start, std=SMALL_START)
        start[0] = 0
    elif name.endswith("/weight"):
        nn.init.xavier_normal_(start)
    elif name.endswith("/scale"):
        start += 1
    return start


@dataclass(frozen=True)
class Batches:
    """One pass over the examples in a new order, in batches of nearly the same size."""

    examples: Mapping[str, Tensor]
    size: int
    order: Tensor

    def __len__(self) -> int:
        return -(-len(self.order) // self.size)

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        for chosen in torch.tensor_split(self.order, len(self)):
            yield {name: value[chosen] for name, value in self.examples.items()}


def learned_arrays(
    recipe: Any,
    features: FittedFeatures,
    parts: Sequence[tuple[Encoded, F32]],
    *,
    seed: int,
    checkpoint: Path | None,
    progress: Progress,
) -> dict[str, F32]:
    """Weights by name. `parts` are the examples to learn from and those that say when to stop, with their labels."""
    (encoded, labels), (held, held_labels) = parts
    examples = _tensors(encoded) | {"label": torch.tensor(labels)}
    with seeded(seed):
        network = Learnable(recipe, features, _encoded({name: rows[:2] for name, rows in examples.items()}))

    def loss(network: nn.Module, batch: Mapping[str, Tensor]) -> tuple[Tensor, float]:
        assert isinstance(network, Learnable)
        n = len(batch["label"])
        return _loss(network(_encoded(batch)), batch["label"]) + recipe.regularization * n * network.penalty(), n

    size = max(2, min(recipe.batch_size, len(labels) // LEAST_STEPS))

    def batches(epoch: int) -> Batches:
        order = np.random.default_rng((seed, epoch)).permutation(len(labels))
        return Batches(examples, size, torch.from_numpy(order))

    train(
        network,
        loss=loss,
        batches=batches,
        validate=lambda network: round(auc(_scores(network, held, EVALUATED), held_labels > 0), DIGITS),
        training=Training(
            epochs=recipe.epochs,
            learning_rate=recipe.learning_rate,
            decay="plateau",
            patience=recipe.patience,
            clip_norm=10,
            seed=seed,
        ),
        checkpoint=checkpoint,
        identity=f"{recipe} {seed} {_fingerprint(examples)}",
        progress=progress,
        what=type(recipe).__name__,
    )
    return network.arrays()


def _loss(streams: Sequence[Tensor], labels: Tensor) -> Tensor:
    """Summed logarithmic loss of the mean; where there are several streams, each also learns what the mean says."""
    cost = functional.binary_cross_entropy_with_logits
    mean = torch.stack(tuple(streams)).mean(0)
    total = cost(mean, labels, reduction="sum")
    if len(streams) > 1:
        taught = torch.sigmoid(mean).detach()
        total = total + sum(cost(stream, taught, reduction="sum") for stream in streams)
    return total


def _scores(network: nn.Module, encoded: Encoded, size: int) -> np.ndarray[Any, Any]:
    device = next(network.parameters()).device
    rows = _tensors(encoded)
    found = []
    for start in range(0, len(encoded), size):
        streams = network(_encoded({name: value[start : start + size].to(device) for name, value in rows.items()}))
        found.append(torch.stack(streams).mean(0).cpu().numpy())
    return np.concatenate(found).astype(np.float64)


def _tensors(encoded: Encoded) -> dict[str, Tensor]:
    bags = {f"bag {place}": torch.from_numpy(bag) for place, bag in enumerate(encoded.bags)}
    return {"ids": torch.from_numpy(encoded.ids), "numbers": torch.from_numpy(encoded.numbers), **bags}


def _fingerprint(examples: Mapping[str, Tensor]) -> str:
    """Sixteen hex digits that change when any example does."""
    digest = hashlib.sha256()
    for value in examples.values():
        digest.update(np.ascontiguousarray(value.numpy()).data)
    return digest.hexdigest()[:16]


def _encoded(batch: Mapping[str, Tensor]) -> Any:
    bags = tuple(value for name, value in batch.items() if name.startswith("bag "))
    return Encoded(batch["ids"], batch["numbers"], bags)  # type: ignore[arg-type]
