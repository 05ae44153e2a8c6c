"""The sums over rows of a sparse matrix that many histories pick, each history into a dense row of its own.

A sparse product would first count, then gather, then spread its result; adding straight into the dense rows is a
third of the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from daogou.learn.kernels.compiled import compiled

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from daogou.core.types import F32


def batch_totals(histories: csr_matrix, matrix: csr_matrix) -> F32:
    """(n_histories, n_columns) histories @ matrix as a dense array, float32."""
    summed = np.zeros((histories.shape[0], matrix.shape[1]), np.float32)
    _add_rows(histories.indptr, histories.indices, histories.data, matrix.indptr, matrix.indices, matrix.data, summed)
    return summed


@compiled()
def _add_rows(starts, rows, strengths, indptr, indices, data, summed) -> Any:  # type: ignore[no-untyped-def]
    for history in range(len(starts) - 1):
        for place in range(starts[history], starts[history + 1]):
            row, strength = rows[place], strengths[place]
            for cell in range(indptr[row], indptr[row + 1]):
                summed[history, indices[cell]] += strength * data[cell]
