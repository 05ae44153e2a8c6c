"""One half round of non-negative factorisation: multiply every row's factors towards what its ratings ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import prange

from daogou.learn.kernels.compiled import compiled


@compiled(parallel=True)
def multiply_rows(indptr, columns, stars, fixed, pull, moved) -> Any:  # type: ignore[no-untyped-def]
    """Update `moved` (n_rows, d) in place; rows are independent of each other, so threads change nothing.

    indptr, columns, stars  CSR of the ratings
    fixed  (n_columns, d) the factors of the other side
    pull   regularization, counted once per rating
    """
    n_rows, d = moved.shape
    for row in prange(n_rows):
        start, end = indptr[row], indptr[row + 1]
        if start == end:
            continue
        p = moved[row]
        above, below = np.zeros(d, np.float32), np.zeros(d, np.float32)
        for t in range(start, end):
            q = fixed[columns[t]]
            dot = np.float32(0.0)
            for k in range(d):
                dot += p[k] * q[k]
            for k in range(d):
                above[k] += q[k] * stars[t]
                below[k] += q[k] * dot
        n_rated = np.float32(end - start)
        for k in range(d):
            whole = below[k] + n_rated * pull * p[k]
            if whole > 0.0:
                p[k] *= above[k] / whole
