"""The strongest directions of a large sparse matrix, by random projection: two passes instead of a full SVD.

Source: Halko, Martinsson, Tropp, "Finding structure with randomness", SIAM Review 2011, algorithms 4.4 and 5.1.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import lu, qr
from scipy.sparse import csr_matrix

from daogou.core.types import F32

OVERSAMPLE = 12


def right_singular(matrix: csr_matrix, rank: int, *, seed: int, passes: int = 3) -> tuple[F32, F32]:
    """Approximate right singular vectors (n_columns, rank) and values (rank,), strongest first.

    `rank` is cut to what the matrix can have. Signs are fixed (each vector's largest entry is positive), so the same
    seed gives the same numbers.
    """
    rank = min(rank, *matrix.shape)
    if rank == 0 or not matrix.nnz:
        return np.zeros((matrix.shape[1], 0), np.float32), np.zeros(0, np.float32)
    width = min(rank + OVERSAMPLE, *matrix.shape)
    basis = np.random.default_rng(seed).standard_normal((matrix.shape[1], width), np.float32)
    by_column = csr_matrix(matrix.T)
    for _ in range(passes - 1):
        basis, _ = lu(by_column @ (matrix @ basis), permute_l=True, check_finite=False)  # spans the same as QR, in 1/5
    basis, _ = qr(by_column @ (matrix @ basis), mode="economic", check_finite=False)
    _, values, turn = np.linalg.svd(matrix @ basis, full_matrices=False)
    vectors = basis @ turn[:rank].T
    largest = np.abs(vectors).argmax(axis=0)
    vectors *= np.where(vectors[largest, np.arange(rank)] < 0, -1, 1)
    return vectors.astype(np.float32), values[:rank].astype(np.float32)
