"""How alike every two rows of a table of ratings are, over the columns that both have.

Row by row, the sums over shared columns are gathered in a table that fits the processor's nearest cache; every pair
is met once. Rows are independent of each other, so the number of threads changes nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import prange

from daogou.learn.kernels.compiled import compiled

SHARED_NORMS, FULL_NORMS, SHARED_MEANS, SQUARED_DIFFERENCE = 0, 1, 2, 3
"""What to make of the sums; see `Knn` for the formulas."""

CHUNKS = 64
"""Rows are dealt out in turn to this many chunks: a later row has more pairs."""


@compiled(parallel=True)
def fill_similarities(  # type: ignore[no-untyped-def]
    indptr, columns, values, column_indptr, rows, column_values, norms, kind, least_shared, shrinkage, filled
) -> Any:
    """Fill `filled` (n_rows, n_rows) float32, symmetric, with a zero diagonal.

    indptr, columns, values             CSR of the ratings, already centred; float64
    column_indptr, rows, column_values  the same by column, rows ascending
    norms         (n_rows,) root of the summed squares of each row, for FULL_NORMS
    least_shared  pairs with fewer shared columns are worth 0
    shrinkage     multiplies by (n - 1) / (n - 1 + shrinkage), n the shared columns
    """
    n_rows = len(indptr) - 1
    for chunk in prange(CHUNKS):
        sums = np.zeros((n_rows, 6), np.float64)  # shared, xy, xx, yy, x, y
        for row in range(chunk, n_rows, CHUNKS):
            for t in range(indptr[row], indptr[row + 1]):
                x, column = values[t], columns[t]
                for s in range(column_indptr[column], column_indptr[column + 1]):
                    other = rows[s]
                    if other >= row:
                        break
                    y = column_values[s]
                    sums[other, 0] += 1.0
                    if kind == SQUARED_DIFFERENCE:
                        sums[other, 1] += (x - y) * (x - y)
                        continue
                    sums[other, 1] += x * y
                    if kind == FULL_NORMS:
                        continue
                    sums[other, 2] += x * x
                    sums[other, 3] += y * y
                    if kind == SHARED_MEANS:
                        sums[other, 4] += x
                        sums[other, 5] += y
            for other in range(row):
                n, xy, xx, yy, x, y = sums[other]
                sums[other] = 0.0
                alike = 0.0
                if n >= least_shared:
                    if kind == SQUARED_DIFFERENCE:
                        alike = n / (xy + n)
                    else:
                        below = xx * yy
                        if kind == FULL_NORMS:
                            below = (norms[row] * norms[other]) ** 2
                        elif kind == SHARED_MEANS:
                            xy = n * xy - x * y
                            spread_x, spread_y = n * xx - x * x, n * yy - y * y
                            # rounding must not make a spread out of equal ratings
                            is_spread = spread_x > 1e-9 * n * xx and spread_y > 1e-9 * n * yy
                            below = spread_x * spread_y if is_spread else 0.0
                        alike = xy / np.sqrt(below) if below > 0.0 else 0.0
                    if shrinkage > 0.0:
                        alike *= (n - 1.0) / (n - 1.0 + shrinkage)
                filled[row, other] = alike
                filled[other, row] = alike
        for row in range(chunk, n_rows, CHUNKS):
            filled[row, row] = 0.0
