"""Find the largest inner products of one query among very many vectors, reading bytes instead of floats.

Each row is known by its rounded numbers and by how far these are off, so its product lies within a known margin. Only
where that margin reaches above the worst of the best so far is the exact product made: what comes out is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from daogou.learn.kernels.compiled import compiled, read_only
from daogou.learn.rough import WIDTH

BLOCK = 256
"""Rows between two looks at whether any further one can still be among the best."""

F32_IN, I32_IN, MATRIX_IN = read_only(types.float32), read_only(types.int32), read_only(types.float32, 2)
CODES_IN, CODED_IN = read_only(types.int8, 3), read_only(types.int16, 2)


@compiled(fastmath=False)
def _lift(values, rows, place, value, row) -> Any:  # type: ignore[no-untyped-def]
    """Put a pair into the free place and lift it while it is smaller than its parent."""
    while place > 0 and value < values[(place - 1) // 2]:
        parent = (place - 1) // 2
        values[place], rows[place] = values[parent], rows[parent]
        place = parent
    values[place], rows[place] = value, row


@compiled(fastmath=False)
def _sink(values, rows, value, row) -> Any:  # type: ignore[no-untyped-def]
    """Put a pair in place of the smallest and let it sink below all that are smaller."""
    size, place = len(values), 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and values[child + 1] < values[child]:
            child += 1
        if values[child] >= value:
            break
        values[place], rows[place] = values[child], rows[child]
        place = child
    values[place], rows[place] = value, row


@compiled()
def _multiply(codes, coded, dots) -> Any:  # type: ignore[no-untyped-def]
    for row in range(len(codes)):
        total = np.int32(0)
        for j in range(WIDTH):
            total += np.int32(codes[row, 0, j]) * np.int32(coded[0, j])
        dots[row] = total
    for part in range(1, codes.shape[1]):
        for row in range(len(codes)):
            total = np.int32(0)
            for j in range(WIDTH):
                total += np.int32(codes[row, part, j]) * np.int32(coded[part, j])
            dots[row] += total


@compiled(
    types.int64(
        I32_IN, CODES_IN, F32_IN, F32_IN, F32_IN, F32_IN, F32_IN, F32_IN, MATRIX_IN,
        F32_IN, CODED_IN, types.float32, types.float32, types.float32, types.float32[::1], types.int32[::1],
    ),
)  # fmt: skip
def largest(  # type: ignore[no-untyped-def]
    order, codes, scales, errors, reaches, weights, extras, rests, vectors,
    query, coded, step, length, missed, values, rows,
) -> Any:  # fmt: skip
    """Fill `values` and `rows` with the best positive scores, a heap with the worst first; returns how many.

    The score of the row at place p is weights[p] * (query . vectors[order[p]]) + extras[p].

    order    (n,) row of `vectors` at each place
    codes    (n, parts, WIDTH) int8, filled up with 0; weights[p] * vectors[order[p]] is about scales[p] * codes[p],
             and errors[p] away from it
    reaches  (n,) no row from p on is longer than this, weight included
    rests    (n,) no row from p on has more beside its product
    coded    (parts, WIDTH) int16; the query is about step * coded, and `missed` away from it; `length` is its own
    """
    n, d = len(codes), vectors.shape[1]
    dots, most = np.empty(BLOCK, np.int32), np.empty(BLOCK, np.float32)
    k, filled, bar = len(values), 0, np.float32(0.0)
    for start in range(0, n, BLOCK):
        reach = reaches[start]
        if length * reach + rests[start] <= bar:
            break
        doubt = missed * reach * np.float32(1.01) + np.float32(1e-5) * length * reach  # the second for rounding
        end = min(start + BLOCK, n)
        _multiply(codes[start:end], coded, dots)
        for place in range(start, end):
            near = scales[place] * step * np.float32(dots[place - start])
            most[place - start] = near + errors[place] * length + extras[place]
        for place in range(start, end):
            if most[place - start] + doubt <= bar:
                continue
            row = order[place]
            score = np.float32(0.0)
            for j in range(d):
                score += query[j] * vectors[row, j]
            score = score * weights[place] + extras[place]
            if score <= bar:
                continue
            if filled < k:
                _lift(values, rows, filled, score, row)
                filled += 1
            else:
                _sink(values, rows, score, row)
            if filled == k:
                bar = values[0]
    return filled
