"""What the ranker networks share: how they are fitted, and the model that answers from arrays, without torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress
from daogou.core.types import F32
from daogou.learn.checks import at_least, between, more_than
from daogou.learn.features.field import Encoded
from daogou.learn.features.spec import FittedFeatures
from daogou.learn.rankers.chance import chance
from daogou.learn.rankers.examples import Examples
from daogou.learn.rankers.layers import ArrayLayers, Network

BLOCK = 4096
"""Examples scored at once, so that a long table needs little memory."""


@dataclass(frozen=True, eq=False)
class NetworkModel:
    """recipe  with the formula
    arrays  its weights by name, tables with one row per row of the features
    """

    features: FittedFeatures
    recipe: Network
    arrays: Mapping[str, F32]

    def __post_init__(self) -> None:
        for name, array in self.arrays.items():
            if name.endswith("/table") and len(array) != self.features.n_rows:
                raise InvalidInput(f"{name} has {len(array)} rows for features that need {self.features.n_rows}.")

    def score(self, encoded: Encoded) -> F32:
        """(n,) higher is likelier."""
        layers, fields = self._layers, self.features.fields
        scores = np.empty(len(encoded), np.float32)
        for start in range(0, len(encoded), BLOCK):
            rows = slice(start, start + BLOCK)
            streams = self.recipe.forward(layers, fields, encoded.take(rows))
            scores[rows] = sum(streams) / len(streams)
        return scores

    @cached_property
    def _layers(self) -> ArrayLayers:
        return ArrayLayers(self.arrays)

    def predict(self, table: pl.DataFrame) -> F32:
        """(n,) probabilities."""
        return chance(self.score(self.features.encode(table)))


def check_network(recipe: Any) -> None:
    """Refuse settings with which no network can be trained."""
    for name in ("factors", "batch_size", "epochs", "patience"):
        at_least(name, getattr(recipe, name), 1)
    at_least("batch_size", recipe.batch_size, 2)
    at_least("regularization", recipe.regularization, 0)
    more_than("learning_rate", recipe.learning_rate, 0)
    between("held_out", recipe.held_out, 0.01, 0.5)
    if hasattr(recipe, "dropout"):
        between("dropout", recipe.dropout, 0, 0.95)


def fit_network(
    recipe: Any,
    examples: Examples,
    seed: int,
    validation: Examples | None,
    checkpoint: Path | None,
    progress: Progress,
) -> NetworkModel:
    """Train until the AUC on the validation stops growing, and keep the best.

    validation  where there is none, a share of the examples is held out
    checkpoint  folder that remembers every finished epoch; given again, an interrupted training goes on from there

    Raises InvalidInput for labels of one kind, in the examples or among those held out; MissingExtra without torch;
    StorageFull where a checkpoint does not fit on the disk.
    """
    from daogou.learn.rankers.learnable import learned_arrays

    examples.refuse_one_class()
    if validation is None:
        examples, validation = examples.split(recipe.held_out, seed=seed)
        _refuse_too_few(validation)
    else:
        validation.refuse_one_class()
    features = examples.spec.fit(examples.table)
    parts = _parts(features, (examples, validation))
    arrays = learned_arrays(recipe, features, parts, seed=seed, checkpoint=checkpoint, progress=progress)
    return NetworkModel(features, recipe, arrays)


def _parts(features: FittedFeatures, parts: Sequence[Examples]) -> list[tuple[Encoded, F32]]:
    return [(features.encode(part.table), part.labels) for part in parts]


def _refuse_too_few(validation: Examples) -> None:
    if not 0 < validation.labels.sum() < len(validation):
        raise InvalidInput(
            "Too few examples of one label to hold some out for validation. Give more of them, or a validation part."
        )
