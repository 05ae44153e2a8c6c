"""What else is known of a user or an item: a sparse table, and which columns are of one kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_matrix, hstack

from daogou.core.errors import InvalidField, InvalidInput
from daogou.core.types import I32, I64, Item

US_PER_DAY = 86_400_000_000

Values = str | Sequence[str] | None
"""What one user or item has of one kind: a word, several, or none."""


@dataclass(frozen=True, eq=False)
class Attributes:
    """table  (n, n_attributes) finite; a row per user, or per item
    kinds  (n_attributes,) which columns belong together, numbered from 0 in ascending order
    """

    table: csr_matrix
    kinds: I32

    @classmethod
    def of(cls, table: csr_matrix, kinds: ArrayLike | None = None) -> Attributes:
        """From any sparse table, for example who is whose friend; without `kinds` all columns are of one kind.

        Raises InvalidInput for NaN, or kinds that are not one per column in ascending order.
        """
        rows = csr_matrix(table, dtype=np.float32)
        rows.sum_duplicates()
        if not np.isfinite(rows.data).all():
            raise InvalidField("attributes", "NaN or infinite", "finite numbers", rule="out_of_range")
        numbers = np.zeros(rows.shape[1], np.int32) if kinds is None else np.asarray(kinds, np.int32)
        if numbers.shape != (rows.shape[1],) or (np.diff(numbers) < 0).any() or (numbers < 0).any():
            raise InvalidInput(
                f"kinds has shape {numbers.shape} for {rows.shape[1]} columns. Use one number per column, ascending."
            )
        return cls(rows, np.unique(numbers, return_inverse=True)[1].astype(np.int32))

    @classmethod
    def of_words(cls, columns: Mapping[str, Sequence[Values]]) -> Attributes:
        """One kind per entry, for example {"sex": ["F", "M"], "genres": [("Drama", "War"), None]}.

        A row with m words of one kind has 1 / sqrt(m) at each, so that no kind grows with its number of words.
        """
        if len({len(values) for values in columns.values()}) > 1:
            raise InvalidInput("The columns differ in length. Use one value, or None, per user or item.")
        tables = [_one_hot(values) for values in columns.values()]
        kinds = np.repeat(np.arange(len(tables)), [table.shape[1] for table in tables])
        return cls.of(csr_matrix(hstack(tables)) if tables else csr_matrix((0, 0)), kinds)


def attributes_of_items(items: Sequence[Item]) -> Attributes:
    """Brand, every level of every category, and tags."""
    return Attributes.of_words(
        {
            "brand": [item.brand for item in items],
            "category": [
                ["/".join(path[:depth]) for path in item.categories for depth in range(1, len(path) + 1)]
                for item in items
            ],
            "tags": [item.tags for item in items],
        }
    )


def day_of(at_us: I64) -> I32:
    """(n,) days since 1970 in UTC"""
    return np.asarray(at_us // US_PER_DAY, np.int32)


def _one_hot(values: Sequence[Values]) -> csr_matrix:
    lists = [sorted({one} if isinstance(one, str) else set(one or ())) for one in values]
    lists = [[word for word in words if word] for words in lists]
    numbers = {word: number for number, word in enumerate(sorted({word for words in lists for word in words}))}
    starts = np.concatenate([[0], np.cumsum([len(words) for words in lists])])
    columns = np.array([numbers[word] for words in lists for word in words], np.int32)
    worth = np.repeat([len(words) ** -0.5 if words else 0.0 for words in lists], np.diff(starts))
    return csr_matrix((worth.astype(np.float32), columns, starts), shape=(len(lists), len(numbers)))
