"""What every kind of column promises: described, fitted on training rows, then the same for every row to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from daogou.core.errors import InvalidField
from daogou.core.types import F64
from daogou.learn.features.field import About, Part

Known: TypeAlias = Mapping[str, "FittedColumn"]
UNKNOWN, MISSING, FIRST = 0, 1, 2
"""Rows of a feature: a value never learned, no value, and the first of the learned ones."""


class Column(Protocol):
    """How one column is to be read; a frozen dataclass of settings."""

    kind: ClassVar[str]

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> About: ...

    def fit(self, values: pl.Series, known: Known) -> FittedColumn:
        """Learn from training rows. `known` holds the categories, which are fitted first."""
        ...

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedColumn:
        """What `fit` gave, from what `learned` said."""
        ...


class FittedColumn(Protocol):
    """A column with what training rows taught about it."""

    @property
    def column(self) -> Column: ...

    @property
    def parts(self) -> tuple[Part, ...]:
        """The features it gives, all of one kind."""
        ...

    @property
    def learned(self) -> dict[str, Any]:
        """All it knows, as JSON."""
        ...

    def encode(self, values: pl.Series) -> NDArray[Any]:
        """ids: (n, parts) rows from 0; numbers: (n, width); bag: (n, width) rows from 0, -1 where there is none."""
        ...


def as_texts(values: pl.Series) -> list[str | None]:
    """Any column as texts; whole numbers, truth values and texts that look alike are alike."""
    if values.dtype.is_nested():
        raise InvalidField(values.name, f"a column of {values.dtype}", "one text or number per row", rule="wrong_type")
    return values.cast(pl.String).to_list()


def as_numbers(values: pl.Series) -> F64:
    """(n,) with NaN where there is none. Raises InvalidField at the first text that is no number, or infinity."""
    if values.dtype.is_nested() or values.dtype.is_temporal():
        raise InvalidField(values.name, f"a column of {values.dtype}", "one number per row", rule="wrong_type")
    numbers = values.cast(pl.Float64, strict=False)
    wrong = numbers.is_infinite().fill_null(False) | (numbers.is_null() & values.is_not_null())
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise InvalidField(f"{values.name}[{row}]", values[row], "a finite number, or nothing", rule="not_a_number")
    return np.asarray(numbers.fill_null(float("nan")).to_numpy(), np.float64)
