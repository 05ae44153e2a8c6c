"""A price, or any other number, as one of a few ranges that hold equally many training rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import polars as pl

from daogou.core.types import I32
from daogou.learn.checks import at_least
from daogou.learn.features.column import FIRST, MISSING, Known, as_numbers
from daogou.learn.features.field import About, Part


@dataclass(frozen=True)
class Buckets:
    """buckets  how many ranges; fewer where many rows share one value"""

    name: str
    about: About = "item"
    buckets: int = 10

    kind: ClassVar[str] = "buckets"

    def __post_init__(self) -> None:
        at_least("buckets", self.buckets, 1)

    def fit(self, values: pl.Series, known: Known) -> FittedBuckets:
        numbers = as_numbers(values)
        present = numbers[~np.isnan(numbers)]
        shares = np.linspace(0, 1, self.buckets + 1)[1:-1]
        edges = np.unique(np.quantile(present, shares)) if len(present) else np.empty(0)
        return FittedBuckets(self, tuple(edges.tolist()))

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedBuckets:
        return FittedBuckets(self, tuple(learned["edges"]))


@dataclass(frozen=True)
class FittedBuckets:
    """edges  ascending; a number on an edge belongs to the range above"""

    column: Buckets
    edges: tuple[float, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.column.name, "id", n_rows=FIRST + len(self.edges) + 1),)

    @property
    def learned(self) -> dict[str, Any]:
        return {"edges": list(self.edges)}

    def encode(self, values: pl.Series) -> I32:
        numbers = as_numbers(values)
        place = FIRST + np.searchsorted(np.array(self.edges), numbers, side="right")
        return np.where(np.isnan(numbers), MISSING, place).astype(np.int32)[:, None]
