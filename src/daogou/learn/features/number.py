"""A number: missing values filled, outliers pulled in, scaled. What is typical is learned from training rows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import polars as pl

from daogou.core.errors import InvalidField
from daogou.core.types import F32, F64
from daogou.learn.checks import between, one_of
from daogou.learn.features.column import Known, as_numbers
from daogou.learn.features.field import About, Part


@dataclass(frozen=True)
class Number:
    """scale     standard: mean 0 and deviation 1; range: from 0 to 1; none: as it is
    log       take the logarithm of one plus the size first, sign kept: for counts and durations
    outliers  this share of the training values at either end is pulled in to the value there, and so are later ones
    missing   what stands for no value: the median, zero, or refuse the row. Where the training rows lack some, a second
              number says whether the value was missing
    """

    name: str
    about: About = "context"
    scale: Literal["standard", "range", "none"] = "standard"
    log: bool = False
    outliers: float = 0.001
    missing: Literal["median", "zero", "refuse"] = "median"

    kind: ClassVar[str] = "number"

    def __post_init__(self) -> None:
        one_of("scale", self.scale, ("standard", "range", "none"))
        one_of("missing", self.missing, ("median", "zero", "refuse"))
        between("outliers", self.outliers, 0, 0.25)

    def fit(self, values: pl.Series, known: Known) -> FittedNumber:
        numbers = self._read(values)
        present = numbers[~np.isnan(numbers)]
        if not len(present):
            present = np.zeros(1)
        low, high = np.quantile(present, [self.outliers, 1 - self.outliers])
        inside = np.clip(present, low, high)
        fill = float(np.median(inside)) if self.missing == "median" else 0.0
        centre, spread = self._scaled(inside)
        flags = bool(np.isnan(numbers).any())
        return FittedNumber(self, float(low), float(high), fill, centre, spread, flags)

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedNumber:
        return FittedNumber(self, **learned)

    def _read(self, values: pl.Series) -> F64:
        numbers = as_numbers(values)
        if self.missing == "refuse" and np.isnan(numbers).any():
            row = int(np.flatnonzero(np.isnan(numbers))[0])
            allowed = 'a number, or let the feature fill in with missing = "median"'
            raise InvalidField(f"{self.name}[{row}]", values[row], allowed, rule="missing")
        return np.sign(numbers) * np.log1p(np.abs(numbers)) if self.log else numbers

    def _scaled(self, inside: F64) -> tuple[float, float]:
        """Centre and spread; a constant has spread 1, so that it becomes 0 and says nothing."""
        if self.scale == "none":
            return 0.0, 1.0
        if self.scale == "range":
            centre, spread = float(inside.min()), float(np.ptp(inside))
        else:
            centre, spread = float(inside.mean()), float(inside.std())
        return centre, spread if spread > 1e-12 * max(1.0, abs(centre)) else 1.0


@dataclass(frozen=True)
class FittedNumber:
    """low, high       where outliers are pulled in to
    fill            stands for no value
    centre, spread  the number becomes (number - centre) / spread
    flags           whether a second number says that the value was missing
    """

    column: Number
    low: float
    high: float
    fill: float
    centre: float
    spread: float
    flags: bool

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.column.name, "numbers", width=1 + self.flags),)

    @property
    def learned(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "column"}

    def encode(self, values: pl.Series) -> F32:
        numbers = self.column._read(values)
        is_missing = np.isnan(numbers)
        inside = np.where(is_missing, self.fill, np.clip(numbers, self.low, self.high))
        scaled = (inside - self.centre) / self.spread
        return np.stack([scaled, is_missing][: 1 + self.flags], axis=1).astype(np.float32)
