"""A category: one of many values, such as brand, city or item number. One-hot to a linear model, a row to a network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import polars as pl

from daogou.core.types import I32
from daogou.learn.checks import at_least
from daogou.learn.features.column import FIRST, MISSING, UNKNOWN, Known, as_texts
from daogou.learn.features.field import About, Part


@dataclass(frozen=True)
class Category:
    """about      whom it describes
    min_count  a value that occurs less often in the training rows counts as unknown
    buckets    0 remembers every value; otherwise values are hashed into so many, which needs no memory of them
    """

    name: str
    about: About = "context"
    min_count: int = 1
    buckets: int = 0

    kind: ClassVar[str] = "category"

    def __post_init__(self) -> None:
        at_least("min_count", self.min_count, 1)
        at_least("buckets", self.buckets, 0)

    def fit(self, values: pl.Series, known: Known) -> FittedCategory:
        if self.buckets:
            return FittedCategory(self, ())
        texts = pl.Series("value", as_texts(values), pl.String).drop_nulls()
        counted = texts.value_counts().filter(pl.col("count") >= self.min_count)
        return FittedCategory(self, tuple(counted["value"].sort().to_list()))

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedCategory:
        return FittedCategory(self, tuple(learned["values"]))


@dataclass(frozen=True)
class FittedCategory:
    """values  every remembered value, sorted; value i is row FIRST + i"""

    column: Category
    values: tuple[str, ...]

    @property
    def n_rows(self) -> int:
        return FIRST + (self.column.buckets or len(self.values))

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.column.name, "id", n_rows=self.n_rows),)

    @property
    def learned(self) -> dict[str, Any]:
        return {"values": list(self.values)}

    @cached_property
    def _rows(self) -> dict[str | None, int]:
        return {None: MISSING} | {value: FIRST + place for place, value in enumerate(self.values)}

    def rows_of(self, texts: list[str | None]) -> I32:
        """(len(texts),) the row of each value."""
        if self.column.buckets:
            return np.array([self._hashed(text) for text in texts], np.int32)
        rows = self._rows
        return np.array([rows.get(text, UNKNOWN) for text in texts], np.int32)

    def encode(self, values: pl.Series) -> I32:
        return self.rows_of(as_texts(values))[:, None]

    def _hashed(self, text: str | None) -> int:
        if text is None:
            return MISSING
        digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
        return FIRST + int.from_bytes(digest, "little") % self.column.buckets
