"""A history: what somebody took before, oldest first, in the words of another column, such as the items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import polars as pl

from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import I32
from daogou.learn.checks import at_least
from daogou.learn.features.category import FittedCategory
from daogou.learn.features.column import MISSING, UNKNOWN, Known, as_texts
from daogou.learn.features.field import About, Part


@dataclass(frozen=True)
class History:
    """of      the category whose values it lists, so that both share what is learned about them
    length  only so many of the last entries count
    """

    name: str
    of: str
    about: About = "user"
    length: int = 50

    kind: ClassVar[str] = "history"

    def __post_init__(self) -> None:
        at_least("length", self.length, 1)

    def fit(self, values: pl.Series, known: Known) -> FittedHistory:
        return self.restore({}, known)

    def restore(self, learned: Mapping[str, Any], known: Known) -> FittedHistory:
        category = known.get(self.of)
        if not isinstance(category, FittedCategory):
            names = ", ".join(name for name, one in known.items() if isinstance(one, FittedCategory)) or "none"
            raise InvalidInput(f"The history {self.name!r} is of {self.of!r}, which is no category. Known: {names}.")
        return FittedHistory(self, category)

    def entries(self, values: pl.Series) -> pl.Series:
        """Every entry of every row, for learning the words."""
        return pl.Series(values.name, [entry for one in _lists(values).to_list() for entry in one or ()]).drop_nulls()


@dataclass(frozen=True)
class FittedHistory:
    """of  the category that knows the entries"""

    column: History
    of: FittedCategory

    @property
    def parts(self) -> tuple[Part, ...]:
        return (Part(self.column.name, "bag", self.column.length, self.of.n_rows, self.column.of, ordered=True),)

    @property
    def learned(self) -> dict[str, Any]:
        return {}

    def encode(self, values: pl.Series) -> I32:
        """Entries nobody knows are left out; what is left stands at the end, so the last entry is always last."""
        lists = [one or [] for one in _lists(values).to_list()]
        lengths = [len(one) for one in lists]
        entries = pl.Series(values.name, [entry for one in lists for entry in one])
        rows = self.of.rows_of(as_texts(entries))
        owner = np.repeat(np.arange(len(values)), lengths)
        kept = (rows != UNKNOWN) & (rows != MISSING)
        return _flush_right(owner[kept], rows[kept], len(values), self.column.length)


def _lists(values: pl.Series) -> pl.Series:
    if values.dtype != pl.Null and not isinstance(values.dtype, pl.List | pl.Array):
        allowed = "a list per row, oldest first"
        raise InvalidField(values.name, f"a column of {values.dtype}", allowed, rule="wrong_type")
    return values


def _flush_right(owner: np.ndarray, rows: I32, n: int, length: int) -> I32:
    """(n, length) each owner's last rows at the right end, -1 before them."""
    counts = np.bincount(owner, minlength=n)
    from_end = np.repeat(np.cumsum(counts), counts) - np.arange(len(rows))
    table = np.full((n, length), -1, np.int32)
    kept = from_end <= length
    table[owner[kept], length - from_end[kept]] = rows[kept]
    return table
