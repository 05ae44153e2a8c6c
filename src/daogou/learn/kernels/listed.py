"""Sums over a few rows of a sparse matrix with very many columns, of which only those met are looked at.

A dense row of sums would cost more than the sums: clearing and reading a million places for the few thousand met.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
from numba import types

from daogou.core.types import F32, F64, I32, I64
from daogou.learn.kernels.compiled import compiled
from daogou.learn.kernels.rows import F32_IN, I32_IN, I64_IN

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SCRATCH = threading.local()


def listed_total(matrix: csr_matrix, rows: I32, strengths: F32) -> tuple[I32, F32]:
    """(n,) the columns that any of the rows holds, in no order, and (n,) the sum of the rows there.

    The sums are those of `sparse_total`; each row counts times its strength.
    """
    starts, ends = matrix.indptr[rows].astype(np.int64), matrix.indptr[1:][rows].astype(np.int64)
    sums = _unmet(matrix.shape[1])
    met = np.empty(int((ends - starts).sum()), np.int32)
    values = np.empty(len(met), np.float32)
    n = _listed_total(
        matrix.indices, matrix.data, starts, ends, np.ascontiguousarray(strengths, np.float32), sums, met, values
    )
    return met[:n], values[:n]


def _unmet(n: int) -> F64:
    """(n,) all NaN; the loop leaves it so. One per thread, for making it costs more than using it."""
    held: F64 | None = getattr(_SCRATCH, "sums", None)
    if held is None or len(held) < n:
        held = _SCRATCH.sums = np.full(n, np.nan)
    return held


@compiled(
    types.int64(I32_IN, F32_IN, I64_IN, I64_IN, F32_IN, types.float64[::1], types.int32[::1], types.float32[::1]),
    types.int64(I64_IN, F32_IN, I64_IN, I64_IN, F32_IN, types.float64[::1], types.int32[::1], types.float32[::1]),
    fastmath=False,
)
def _listed_total(
    indices: I32 | I64, data: F32, starts: I64, ends: I64, strengths: F32, sums: F64, met: I32, values: F32
) -> int:
    n = 0
    for row in range(len(starts)):
        for cell in range(starts[row], ends[row]):
            column = indices[cell]
            if sums[column] != sums[column]:
                sums[column] = 0.0
                met[n] = column
                n += 1
            sums[column] += data[cell] * strengths[row]
    for place in range(n):
        values[place] = sums[met[place]]
        sums[met[place]] = np.nan
    return n
