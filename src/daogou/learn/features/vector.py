"""A vector made elsewhere, such as an image's embedding: each direction scaled by what training rows show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import polars as pl

from daogou.core.errors import InvalidField
from daogou.core.types import F32, F64
from daogou.learn.checks import at_least, one_of
from daogou.learn.features.column import Known
from daogou.learn.features.field import About, Part


@dataclass(frozen=True)
class Vector:
    """width  how many numbers each vector has
    scale  standard: mean 0 and deviation 1 in each direction; none: as it is. No vector becomes all zeros
    """

    name: str
    width: int
    about: About = "item"
    scale: Literal["standard", "none"] = "standard"

    kind: ClassVar[str] = "vector"

    def __post_init__(self) -> None:
        at_least("width", self.width, 1)
        one_of("scale", self.scale, ("standard", "none"))

    def fit(self, values: pl.Series, known: Known) -> FittedVector:
        table, present = self._read(values)
        if self.scale == "none" or not present.any():
            return FittedVector(self, (0.0,) * self.width, (1.0,) * self.width)
        centre, spread = table[present].mean(axis=0), table[present].std(axis=0)
        spread[spread <= 1e-12 * np.maximum(1.0, np.abs(centre))] = 1.0
        return FittedVector(self, tuple(centre.tolist()), tuple(spread.tolist()))

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedVector:
        return FittedVector(self, tuple(learned["centre"]), tuple(learned["spread"]))

    def _read(self, values: pl.Series) -> tuple[F64, np.ndarray]:
        """(n, width) with zeros where there is none, and which rows have one."""
        if values.dtype == pl.Null:
            return np.zeros((len(values), self.width)), np.zeros(len(values), bool)
        if not isinstance(values.dtype, pl.List | pl.Array):
            raise InvalidField(self.name, f"a column of {values.dtype}", "a list of numbers per row", rule="wrong_type")
        lists = values.cast(pl.List(pl.Float64))
        lengths = lists.list.len().fill_null(0).to_numpy()
        wrong = np.flatnonzero((lengths != 0) & (lengths != self.width))
        if len(wrong):
            size = f"a vector of {lengths[wrong[0]]}"
            raise InvalidField(f"{self.name}[{wrong[0]}]", size, f"{self.width} numbers, or nothing", rule="wrong_size")
        present = lengths > 0
        table = np.zeros((len(values), self.width))
        flat = lists.filter(pl.Series(present)).explode().cast(pl.Float64).fill_null(float("nan")).to_numpy()
        table[present] = np.asarray(flat, np.float64).reshape(-1, self.width)
        if not np.isfinite(table).all():
            row = int(np.flatnonzero(~np.isfinite(table).all(axis=1))[0])
            raise InvalidField(f"{self.name}[{row}]", values[row], "finite numbers", rule="not_a_number")
        return table, present


@dataclass(frozen=True)
class FittedVector:
    """centre, spread  (width,) each direction becomes (number - centre) / spread"""

    column: Vector
    centre: tuple[float, ...]
    spread: tuple[float, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.column.name, "numbers", width=self.column.width),)

    @property
    def learned(self) -> dict[str, Any]:
        return {"centre": list(self.centre), "spread": list(self.spread)}

    def encode(self, values: pl.Series) -> F32:
        table, present = self.column._read(values)
        scaled = (table - np.array(self.centre)) / np.array(self.spread)
        return np.where(present[:, None], scaled, 0.0).astype(np.float32)
