"""Sums over the rows of a matrix that a history picks, in one pass and without copying the rows.

Compiled when this file is imported: these loops answer shoppers, and nobody should wait for a compiler. They take
a half to a quarter of the time that gathering the rows with NumPy first takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import types

from daogou.core.types import F32, I8, I32, I64
from daogou.learn.kernels.compiled import compiled, read_only

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


F32_IN, I32_IN, I64_IN = read_only(types.float32), read_only(types.int32), read_only(types.int64)
MATRIX_IN, BYTES_IN = read_only(types.float32, 2), read_only(types.int8, 2)
F32_OUT, TABLE_OUT = types.float32[::1], types.float32[:, ::1]


def sparse_total(matrix: csr_matrix, rows: I32, strengths: F32) -> F32:
    """(n_columns,) the sum of the rows, each times its strength; a row may be asked several times."""
    summed = np.empty(matrix.shape[1], np.float32)
    _sparse_total(matrix.indptr, matrix.indices, matrix.data, _inside(rows, matrix.shape[0]), _f32(strengths), summed)
    return summed


def sparse_shares(matrix: csr_matrix, rows: I32, strengths: F32, columns: I32) -> F32:
    """(len(rows), len(columns)) the cells, each row times its strength; a column may be asked several times."""
    shares = np.zeros((len(rows), len(columns)), np.float32)
    _sparse_shares(
        matrix.indptr, matrix.indices, matrix.data, _inside(rows, matrix.shape[0]), _f32(strengths),
        _inside(columns, matrix.shape[1]), matrix.shape[1], shares,
    )  # fmt: skip
    return shares


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


def byte_total(cells: I8, scales: F32, rows: I32, strengths: F32) -> F32:
    """(n_columns,) the sum of the rows of a matrix kept in bytes, each times its scale and its strength."""
    summed = np.zeros(cells.shape[1], np.float32)
    within = _inside(rows, len(cells))
    _byte_total(cells, within, _f32(strengths) * scales[within], summed)
    return summed


def byte_shares(cells: I8, scales: F32, rows: I32, strengths: F32, columns: I32) -> F32:
    """(len(rows), len(columns)) the cells of a matrix kept in bytes, each row times its scale and its strength."""
    shares = np.empty((len(rows), len(columns)), np.float32)
    within = _inside(rows, len(cells))
    _byte_shares(cells, within, _f32(strengths) * scales[within], _inside(columns, cells.shape[1]), shares)
    return shares


def _inside(numbers: I32, end: int) -> I32:
    """The same numbers, for a loop that does not look whether they point into the matrix."""
    numbers = np.ascontiguousarray(numbers, np.int32)
    if not are_within(numbers, end):
        raise IndexError(f"numbers from {numbers.min()} to {numbers.max()} were asked of a matrix that has {end}")
    return numbers


def _f32(strengths: F32) -> F32:
    return np.ascontiguousarray(strengths, np.float32)


@compiled(types.bool_(I32_IN, types.int64))
def are_within(numbers: I32, end: int) -> bool:
    """Whether all numbers are from 0 to below `end`: one pass, where a minimum and a maximum are two calls."""
    for number in numbers:  # noqa: SIM110  (a loop is what compiles)
        if number < 0 or number >= end:
            return False
    return True


@compiled(
    types.void(I32_IN, I32_IN, F32_IN, I32_IN, F32_IN, F32_OUT),
    types.void(I64_IN, I64_IN, F32_IN, I32_IN, F32_IN, F32_OUT),
)
def _sparse_total(indptr: I32 | I64, indices: I32 | I64, data: F32, rows: I32, strengths: F32, summed: F32) -> None:
    total = np.zeros(len(summed))
    for place in range(len(rows)):
        for cell in range(indptr[rows[place]], indptr[rows[place] + 1]):
            total[indices[cell]] += data[cell] * strengths[place]
    summed[:] = total


@compiled(
    types.void(I32_IN, I32_IN, F32_IN, I32_IN, F32_IN, I32_IN, types.int64, TABLE_OUT),
    types.void(I64_IN, I64_IN, F32_IN, I32_IN, F32_IN, I32_IN, types.int64, TABLE_OUT),
)
def _sparse_shares(
    indptr: I32 | I64, indices: I32 | I64, data: F32, rows: I32, strengths: F32, columns: I32, n_columns: int,
    shares: F32,
) -> None:  # fmt: skip
    place_of = np.full(n_columns, -1, np.int32)
    for place in range(len(columns)):
        if place_of[columns[place]] < 0:
            place_of[columns[place]] = place
    for row in range(len(rows)):
        for cell in range(indptr[rows[row]], indptr[rows[row] + 1]):
            place = place_of[indices[cell]]
            if place >= 0:
                shares[row, place] += data[cell] * strengths[row]
    for place in range(len(columns)):
        first = place_of[columns[place]]
        if first != place:
            shares[:, place] = shares[:, first]


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


@compiled(types.void(MATRIX_IN, I32_IN, F32_IN, I32_IN, TABLE_OUT))
def _dense_shares(matrix: F32, rows: I32, strengths: F32, columns: I32, shares: F32) -> None:
    for row in range(len(rows)):
        cells = matrix[rows[row]]
        for column in range(len(columns)):
            shares[row, column] = cells[columns[column]] * strengths[row]


@compiled(types.void(BYTES_IN, I32_IN, F32_IN, F32_OUT))
def _byte_total(cells: I8, rows: I32, strengths: F32, summed: F32) -> None:
    fours = len(rows) // 4 * 4
    for row in range(0, fours, 4):
        a, b, c, d = strengths[row], strengths[row + 1], strengths[row + 2], strengths[row + 3]
        one, two = cells[rows[row]], cells[rows[row + 1]]
        three, four = cells[rows[row + 2]], cells[rows[row + 3]]
        for column in range(len(summed)):
            summed[column] += (
                np.float32(one[column]) * a
                + np.float32(two[column]) * b
                + np.float32(three[column]) * c
                + np.float32(four[column]) * d
            )
    for row in range(fours, len(rows)):
        strength, own = strengths[row], cells[rows[row]]
        for column in range(len(summed)):
            summed[column] += np.float32(own[column]) * strength


@compiled(types.void(BYTES_IN, I32_IN, F32_IN, I32_IN, types.float32[:, ::1]))
def _byte_shares(cells: I8, rows: I32, strengths: F32, columns: I32, shares: F32) -> None:
    for row in range(len(rows)):
        own = cells[rows[row]]
        for column in range(len(columns)):
            shares[row, column] = np.float32(own[columns[column]]) * strengths[row]
