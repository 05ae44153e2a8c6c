"""Sums over the rows of a matrix that a history picks, in one pass and without copying the rows.

Compiled when this file is imported: these loops answer shoppers, and nobody should wait for a compiler. They take
a half to a quarter of the time that gathering the rows with NumPy first takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import types

from daogou.core.types import F32, F64, I32, I64
from daogou.learn.kernels.compiled import compiled, read_only

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


F32_IN, I32_IN, I64_IN = read_only(types.float32), read_only(types.int32), read_only(types.int64)
MATRIX_IN = read_only(types.float32, 2)
F32_OUT, F64_OUT = types.float32[::1], types.float64[::1]


def sparse_total(matrix: csr_matrix, rows: I32, strengths: F32) -> F32:
    """(n_columns,) the sum of the rows, each times its strength; a row may be asked several times."""
    summed = np.zeros(matrix.shape[1], np.float64)
    _sparse_total(matrix.indices, matrix.data, *_bounds(matrix, rows), _f32(strengths), summed)
    return summed.astype(np.float32)


def sparse_shares(matrix: csr_matrix, rows: I32, strengths: F32, columns: I32) -> F32:
    """(len(rows), len(columns)) the cells, each row times its strength; a column may be asked several times."""
    place = np.full(matrix.shape[1], -1, np.int32)
    place[columns] = counting = np.arange(len(columns), dtype=np.int32)
    shares = np.zeros((len(rows), len(columns)), np.float32)
    _sparse_shares(matrix.indices, matrix.data, *_bounds(matrix, rows), _f32(strengths), place, shares)
    kept = place[columns]
    return shares if np.array_equal(kept, counting) else shares[:, kept]


def dense_total(matrix: F32, rows: I32, strengths: F32) -> F32:
    """(n_columns,) the sum of the rows of a dense matrix, each times its strength."""
    summed = np.zeros(matrix.shape[1], np.float32)
    _dense_total(matrix, _inside(rows, len(matrix)), _f32(strengths), summed)
    return summed


def dense_shares(matrix: F32, rows: I32, strengths: F32, columns: I32) -> F32:
    """(len(rows), len(columns)) the cells of a dense matrix, each row times its strength."""
    shares = np.empty((len(rows), len(columns)), np.float32)
    within = _inside(columns, matrix.shape[1])
    _dense_shares(matrix, _inside(rows, len(matrix)), _f32(strengths), within, shares)
    return shares


def _bounds(matrix: csr_matrix, rows: I32) -> tuple[I64, I64]:
    return matrix.indptr[rows].astype(np.int64), matrix.indptr[1:][rows].astype(np.int64)


def _inside(numbers: I32, end: int) -> I32:
    """The same numbers, for a loop that does not look whether they point into the matrix."""
    if len(numbers) and (numbers.min() < 0 or numbers.max() >= end):
        raise IndexError(f"numbers from {numbers.min()} to {numbers.max()} were asked of a matrix that has {end}")
    return np.ascontiguousarray(numbers, np.int32)


def _f32(strengths: F32) -> F32:
    return np.ascontiguousarray(strengths, np.float32)


@compiled(
    types.void(I32_IN, F32_IN, I64_IN, I64_IN, F32_IN, F64_OUT),
    types.void(I64_IN, F32_IN, I64_IN, I64_IN, F32_IN, F64_OUT),
)
def _sparse_total(indices: I32 | I64, data: F32, starts: I64, ends: I64, strengths: F32, summed: F64) -> None:
    for row in range(len(starts)):
        for cell in range(starts[row], ends[row]):
            summed[indices[cell]] += data[cell] * strengths[row]


@compiled(
    types.void(I32_IN, F32_IN, I64_IN, I64_IN, F32_IN, I32_IN, types.float32[:, ::1]),
    types.void(I64_IN, F32_IN, I64_IN, I64_IN, F32_IN, I32_IN, types.float32[:, ::1]),
)
def _sparse_shares(
    indices: I32 | I64, data: F32, starts: I64, ends: I64, strengths: F32, place: I32, shares: F32
) -> None:
    for row in range(len(starts)):
        for cell in range(starts[row], ends[row]):
            column = place[indices[cell]]
            if column >= 0:
                shares[row, column] += data[cell] * strengths[row]


@compiled(types.void(MATRIX_IN, I32_IN, F32_IN, F32_OUT))
def _dense_total(matrix: F32, rows: I32, strengths: F32, summed: F32) -> None:
    fours = len(rows) // 4 * 4
    for row in range(0, fours, 4):  # four at a time: the sums are fetched and stored a quarter as often
        a, b, c, d = strengths[row], strengths[row + 1], strengths[row + 2], strengths[row + 3]
        one, two = matrix[rows[row]], matrix[rows[row + 1]]
        three, four = matrix[rows[row + 2]], matrix[rows[row + 3]]
        for column in range(len(summed)):
            summed[column] += one[column] * a + two[column] * b + three[column] * c + four[column] * d
    for row in range(fours, len(rows)):
        strength, cells = strengths[row], matrix[rows[row]]
        for column in range(len(summed)):
            summed[column] += cells[column] * strength


@compiled(types.void(MATRIX_IN, I32_IN, F32_IN, I32_IN, types.float32[:, ::1]))
def _dense_shares(matrix: F32, rows: I32, strengths: F32, columns: I32, shares: F32) -> None:
    for row in range(len(rows)):
        cells = matrix[rows[row]]
        for column in range(len(columns)):
            shares[row, column] = cells[columns[column]] * strengths[row]
