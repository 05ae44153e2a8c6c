"""Keep a mix right when its members are fitted again on more data.

A popularity count grows with every month, an EASE score does not. If the scales stayed, the weights would slowly come
to mean something else. So both fits answer the same questions, and each scale moves as the member's spread moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from daogou.core.protocols import Model
from daogou.core.types import Query
from daogou.learn.evaluation.lists import block_rows, score_block
from daogou.learn.training.mix import Mix
from daogou.learn.training.pool import scales_of, spreads_of


def measure(models: Mapping[str, Model], queries: Sequence[Query]) -> dict[str, float]:
    """Each member's usual spread of best scores over these queries; 1 where it says nothing to anybody."""
    return {name: _measure_one(model, queries) for name, model in models.items()}


def rescaled(mix: Mix, before: Mapping[str, float], after: Mapping[str, float]) -> Mix:
    """The same weights for members fitted again: `before` and `after` are `measure` of the same queries."""
    return Mix(
        mix.weights,
        {name: scale * after[name] / before[name] for name, scale in mix.scales.items()},
        mix.cold,
    )


def equal_mix(models: Mapping[str, Model], queries: Sequence[Query]) -> Mix:
    """All members alike, where there is too little data to learn weights from."""
    scales = measure(models, queries) if queries else dict.fromkeys(models, 1.0)
    return Mix(dict.fromkeys(models, 1.0 / len(models)), scales)


def _measure_one(model: Model, queries: Sequence[Query]) -> float:
    rows = block_rows(model.n_items)
    spreads = [spreads_of(score_block(model, queries[start : start + rows])) for start in range(0, len(queries), rows)]
    return float(scales_of(np.concatenate(spreads)[None, :])[0])
