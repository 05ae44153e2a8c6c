"""What a factorisation machine sees of each rating: a row for the user, a row for the item, a row for the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, eye, hstack, vstack

from daogou.core.types import F32, F64, I32, Bools
from daogou.learn.ratings.attributes import Attributes
from daogou.learn.ratings.given import Ratings


@dataclass(frozen=True, eq=False)
class Block:
    """The rows that ratings share. Its features are: one per known row itself, then what is told of the row.

    indptr, rows, values  CSC: for each feature the rows that have it
    row_of     (n,) the row of each rating
    groups     (n_features,) features of one kind, numbered from 0 in ascending order; group 0 is the row itself
    is_rated   (n_rows,) whether the row has a feature of its own; the last row, for the unknown, has no feature at all
    n_own      how many features of group 0 there are
    """

    indptr: I32
    rows: I32
    values: F64
    row_of: I32
    groups: I32
    is_rated: Bools
    n_own: int

    @property
    def n_features(self) -> int:
        return len(self.groups)


def blocks_of(ratings: Ratings, *, implicit: bool, attributes: bool, day_numbers: I32) -> list[Block]:
    """User, item and, where there is any day number, day.

    implicit     who rated what is told of both sides
    attributes   the attributes of both sides are told
    day_numbers  (n_days,) ascending
    """
    sides = [
        _block(ratings.user, told_of(ratings.by_user, ratings.user_attributes, implicit, attributes)),
        _block(ratings.item, told_of(ratings.by_item, ratings.item_attributes, implicit, attributes)),
    ]
    if len(day_numbers) and ratings.day is not None:
        days = np.searchsorted(day_numbers, ratings.day).astype(np.int32)
        sides.append(_block(days, [csr_matrix((len(day_numbers), 0), dtype=np.float32)]))
    return sides


def told_of(
    table: csr_matrix, attributes: Attributes | None, use_implicit: bool, use_attributes: bool
) -> list[csr_matrix]:
    """Tables with a row per row of `table`, one per kind: whom it meets in a rating, each kind of attribute."""
    told = [implicit_rows(table)] if use_implicit else [csr_matrix((table.shape[0], 0), dtype=np.float32)]
    if use_attributes and attributes is not None and len(attributes.kinds):
        columns = attributes.table.tocsc()
        told += [csr_matrix(columns[:, attributes.kinds == kind]) for kind in np.unique(attributes.kinds)]
    return told


def implicit_rows(table: csr_matrix) -> csr_matrix:
    """1 / sqrt(n) at each of the n columns a row has."""
    counts = np.diff(table.indptr)
    worth: F32 = np.repeat(1.0 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    return csr_matrix((worth, table.indices, table.indptr), shape=table.shape)


def _block(row_of: I32, told: Sequence[csr_matrix]) -> Block:
    n = told[0].shape[0]
    is_rated = np.append(np.bincount(row_of, minlength=n) > 0, False)
    own = csc_matrix(eye(n, dtype=np.float32, format="csc")[:, np.flatnonzero(is_rated)])
    widths = [own.shape[1], *(table.shape[1] for table in told)]
    known = hstack([own, *told], format="csr")
    table = csc_matrix(vstack([known, csr_matrix((1, known.shape[1]), dtype=np.float32)]))
    groups = np.unique(np.repeat(np.arange(len(widths)), widths), return_inverse=True)[1]
    return Block(
        table.indptr.astype(np.int32),
        table.indices.astype(np.int32),
        table.data.astype(np.float64),
        row_of.astype(np.int32),
        groups.astype(np.int32),
        is_rated,
        own.shape[1],
    )
