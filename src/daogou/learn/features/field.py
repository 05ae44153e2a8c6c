"""What rankers learn from: each feature's place in three plain arrays.

Every feature that stands for one of many things (a brand, an hour, a word) is a row of one table. Row 0 of that table
is nobody's: it fills up short histories and texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from daogou.core.types import F32, I32, I64

About: TypeAlias = Literal["user", "item", "context"]
Kind: TypeAlias = Literal["id", "numbers", "bag"]


@dataclass(frozen=True)
class Part:
    """One feature that a column gives, before it has a place.

    width     columns it takes: 1 for an id, so many numbers, at most so many entries of a bag
    n_rows    how many different things it can stand for; 0 for numbers
    rows_of   the column whose rows it shares, such as the item of a history of items; "" for rows of its own
    ordered   a bag whose entries come oldest first
    """

    name: str
    kind: Kind
    width: int = 1
    n_rows: int = 0
    rows_of: str = ""
    ordered: bool = False


@dataclass(frozen=True)
class Field:
    """One feature with its place.

    about      whom it describes: a user, an item, or the moment and circumstances (context)
    start      first column in Encoded.ids or Encoded.numbers; for a bag its place in Encoded.bags
    first_row  its rows of the table are first_row to first_row + n_rows - 1; both 0 for numbers
    """

    name: str
    about: About
    kind: Kind
    start: int
    width: int
    first_row: int
    n_rows: int
    ordered: bool


@dataclass(frozen=True, eq=False)
class Encoded:
    """Examples as arrays.

    ids      (n, number of id fields) rows of the table
    numbers  (n, sum of widths) scaled, finite
    bags     one (n, width) array of rows per bag field, 0 where there is none; (1, width) where all n share it
    """

    ids: I32
    numbers: F32
    bags: tuple[I32, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: I64 | slice) -> Encoded:
        """The chosen examples, in this order."""
        bags = tuple(bag if len(bag) != len(self) else bag[rows] for bag in self.bags)
        return Encoded(self.ids[rows], self.numbers[rows], bags)


def nothing(n: int, fields: tuple[Field, ...]) -> Encoded:
    """n examples in which no field says anything yet."""
    n_ids = sum(field.kind == "id" for field in fields)
    n_numbers = sum(field.width for field in fields if field.kind == "numbers")
    bags = tuple(np.zeros((1, field.width), np.int32) for field in fields if field.kind == "bag")
    return Encoded(np.zeros((n, n_ids), np.int32), np.zeros((n, n_numbers), np.float32), bags)
