"""What rankers learn from: rows of what was known at a moment, and whether the shopper then clicked or bought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import F32, I64, Bools
from daogou.learn.checks import between
from daogou.learn.features.spec import FeatureSpec


@dataclass(frozen=True, eq=False)
class Examples:
    """Build it with `of`, which checks.

    table   n rows
    labels  (n,) 1 where it happened, 0 where it did not
    spec    how the columns are to be read
    """

    table: pl.DataFrame
    labels: F32
    spec: FeatureSpec

    @classmethod
    def of(cls, table: pl.DataFrame, spec: FeatureSpec, *, label: str = "label", repeats: bool = True) -> Examples:
        """Take the column `label` (0 or 1, or false and true) as what is to be learned.

        repeats  False leaves out rows that equal an earlier one in every column, the label included

        Raises InvalidInput for no rows or no such column, InvalidField for a label that is neither 0 nor 1.
        """
        if label not in table.columns:
            raise InvalidInput(f"The table has no column {label!r}. It has: {', '.join(table.columns) or 'none'}.")
        if not len(table):
            raise InvalidInput("There are no examples. Give at least one row.")
        kept = table if repeats else table.unique(maintain_order=True)
        return cls(kept.drop(label), _labels(kept[label]), spec)

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: I64 | Bools) -> Examples:
        """The chosen rows, in this order."""
        places = np.flatnonzero(rows) if rows.dtype == bool else rows
        return Examples(self.table[places.tolist()], self.labels[places], self.spec)

    def split(self, share: float, *, seed: int = 0) -> tuple[Examples, Examples]:
        """All but a share of the rows, and that share, drawn at random from either label alike.

        Where rows have a time, cutting the table there tells more about tomorrow than this does.
        """
        between("share", share, 0, 1)
        random = np.random.default_rng(seed)
        held = np.zeros(len(self), bool)
        for label in (0.0, 1.0):
            rows = random.permutation(np.flatnonzero(self.labels == label))
            held[rows[: round(share * len(rows))]] = True
        return self.take(~held), self.take(held)

    def refuse_one_class(self) -> None:
        """Raise InvalidInput where nothing happened or everything did: there is nothing to tell apart."""
        happened = int(self.labels.sum())
        if happened in (0, len(self)):
            seen = "every label is 1" if happened else "every label is 0"
            raise InvalidInput(
                f"Of {len(self):,} examples {seen}, so nothing can be told apart. Give examples of both, "
                "for example impressions that were not clicked."
            )


def _labels(values: pl.Series) -> F32:
    labels = values.cast(pl.Float32, strict=False)
    wrong = ~labels.is_in([0.0, 1.0]).fill_null(False)
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise InvalidField(f"{values.name}[{row}]", values[row], "0 or 1", rule="not_a_label")
    return np.asarray(labels.to_numpy(), np.float32)
