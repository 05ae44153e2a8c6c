"""Examples as one sparse matrix: a one for every category that holds, a share for every entry of a bag, the numbers.

This is how linear models see the features: columns 0 to n_rows - 1 are the rows of the table, the rest are numbers.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32
from daogou.learn.features.field import Encoded


def design_matrix(encoded: Encoded, n_rows: int) -> csr_matrix:
    """(n, n_rows + number of numbers) float32; the entries of a bag sum to 1, so long histories do not count more."""
    n, n_numbers = encoded.numbers.shape
    blocks: list[tuple[I32, F32]] = [(encoded.ids, (encoded.ids > 0).astype(np.float32))]
    for bag in encoded.bags:
        full = np.broadcast_to(bag, (n, bag.shape[1]))
        taken = full > 0
        blocks.append((full, (taken / np.maximum(taken.sum(axis=1, keepdims=True), 1)).astype(np.float32)))
    places = np.broadcast_to(n_rows + np.arange(n_numbers, dtype=np.int32), (n, n_numbers))
    blocks.append((places, encoded.numbers))
    columns = np.concatenate([column for column, _ in blocks], axis=1)
    values = np.concatenate([value for _, value in blocks], axis=1)
    starts = np.arange(n + 1, dtype=np.int64) * columns.shape[1]
    matrix = csr_matrix((values.ravel(), columns.ravel(), starts), shape=(n, n_rows + n_numbers))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix
