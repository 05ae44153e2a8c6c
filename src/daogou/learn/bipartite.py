"""The table of shoppers and items as a graph: degrees, and the table divided by their roots."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64


def degrees(matrix: csr_matrix) -> F64:
    """(n_items,) how many shoppers took each item, at least 1."""
    return np.maximum(np.bincount(matrix.indices, minlength=matrix.shape[1]), 1).astype(np.float64)


def normalised(matrix: csr_matrix) -> csr_matrix:
    """Every entry divided by the roots of its shopper's and its item's degree."""
    lengths = np.diff(matrix.indptr)
    values = 1.0 / np.sqrt(np.repeat(lengths, lengths) * degrees(matrix)[matrix.indices])
    return csr_matrix((values.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)
