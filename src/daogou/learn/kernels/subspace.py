"""Improve one small weighted least-squares problem per row by exact steps in blocks of coordinates, rows in parallel.

The problem is that of `least_squares`; its caller's rotation serves here too, for the part shared by all rows, being
diagonal, adds nothing to a block's gradient but its own coordinates. One sweep costs about d * (block + 3)
multiply-adds per history item and d * block^2 / 6 per row, where an exact solution costs d^2 / 2 and d^3 / 6.
Source: Rendle, Krichene, Zhang, Koren, "iALS++: Speeding up Matrix Factorization with Subspace Optimization", 2021.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import prange

from daogou.learn.kernels.compiled import compiled

CHUNKS = 64
"""Rows are dealt out in turn to this many chunks, so that busy rows, often numbered first, are spread evenly."""


@compiled(parallel=True)
def sweep_rows(  # type: ignore[no-untyped-def]
    indptr, indices, weights, factors, spectrum, ridge, block, solved
) -> Any:
    """Improve `solved` (n_rows, d) in place by one sweep over its blocks; rows without history become 0.

    indptr, indices, weights  CSR of the history, weights float32
    factors   (n_columns, d) float32
    spectrum  (d,) float32
    ridge     (n_rows,) float32
    block     coordinates solved at once
    """
    n_rows, d = solved.shape
    roots = np.sqrt(weights)
    longest = 0
    for row in range(n_rows):
        longest = max(longest, indptr[row + 1] - indptr[row])
    for chunk in prange(CHUNKS):
        missing = np.empty(longest, np.float32)
        step, part = np.empty(block, np.float32), np.zeros((longest, block), np.float32)
        for row in range(chunk, n_rows, CHUNKS):
            start, n = indptr[row], indptr[row + 1] - indptr[row]
            x = solved[row]
            if n == 0:
                x[:] = 0.0
                continue
            for t in range(n):
                f = factors[indices[start + t]]
                dot = np.float32(0.0)
                for k in range(d):
                    dot += f[k] * x[k]
                missing[t] = np.float32(1.0) - dot
            for first in range(0, d, block):
                width = min(block, d - first)
                for k in range(width):
                    step[k] = -(spectrum[first + k] + ridge[row]) * x[first + k]
                for t in range(n):
                    root, item = roots[start + t], indices[start + t]
                    pull = root * missing[t]
                    for k in range(width):
                        part[t, k] = root * factors[item, first + k]
                        step[k] += pull * part[t, k]
                rows = part[:n]
                normal = np.dot(rows.T, rows)
                for k in range(width):
                    normal[k, k] += spectrum[first + k] + ridge[row]
                _solve(normal, step, width)
                for t in range(n):
                    item = indices[start + t]
                    dot = np.float32(0.0)
                    for k in range(width):
                        dot += factors[item, first + k] * step[k]
                    missing[t] -= dot
                for k in range(width):
                    x[first + k] += step[k]


@compiled()
def _solve(normal, right, n) -> Any:  # type: ignore[no-untyped-def]
    """Replace `right` by normal^-1 right, reading the lower triangle and overwriting it by its Cholesky factor."""
    for k in range(n):
        for m in range(k + 1):
            total = normal[k, m]
            for j in range(m):
                total -= normal[k, j] * normal[m, j]
            normal[k, m] = np.sqrt(total) if k == m else total / normal[m, m]
    for k in range(n):
        total = right[k]
        for j in range(k):
            total -= normal[k, j] * right[j]
        right[k] = total / normal[k, k]
    for k in range(n - 1, -1, -1):
        total = right[k]
        for j in range(k + 1, n):
            total -= normal[j, k] * right[j]
        right[k] = total / normal[k, k]
