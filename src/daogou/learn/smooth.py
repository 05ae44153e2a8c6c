"""The smooth part of a history on the graph of shoppers and items: D^-1/2 V V' D^1/2, the ideal low-pass filter.

R is the table of shoppers and items with every entry divided by the roots of both degrees, V the right singular vectors
of R with the largest singular values, D the degrees of the items.
Source: Shen et al., "How Powerful is Graph Convolution for Recommendation?" (GF-CF), CIKM 2021.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, F64, I32


def degrees(matrix: csr_matrix) -> F64:
    """(n_items,) how many shoppers took each item, at least 1."""
    return np.maximum(np.bincount(matrix.indices, minlength=matrix.shape[1]), 1).astype(np.float64)


def normalised(matrix: csr_matrix) -> csr_matrix:
    """Every entry divided by the roots of its shopper's and its item's degree."""
    lengths = np.diff(matrix.indptr)
    values = 1.0 / np.sqrt(np.repeat(lengths, lengths) * degrees(matrix)[matrix.indices])
    return csr_matrix((values.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)


def smooth(vectors: F32, root: F32, history: I32, strengths: F32) -> F32:
    """(n_items,) the smooth part of one history.

    vectors  (n_items, d) V
    root     (n_items,) D^1/2
    """
    return np.asarray(root * (vectors @ ((strengths / root[history]) @ vectors[history])), np.float32)


def smooth_batch(vectors: F32, root: F32, histories: csr_matrix) -> F32:
    """(n_histories, n_items) the smooth parts of several."""
    divided = np.asarray(histories.data / root[histories.indices], np.float32)
    scaled = csr_matrix((divided, histories.indices, histories.indptr), shape=histories.shape)
    return np.asarray((np.asarray(scaled @ vectors) @ vectors.T) * root, np.float32)


def smooth_shares(vectors: F32, root: F32, history: I32, strengths: F32, items: I32) -> F32:
    """(len(history), len(items)) what each history item adds to the smooth part at each asked item."""
    seen = vectors[history] * (strengths / root[history])[:, None]
    return np.asarray(seen @ (vectors[items] * root[items][:, None]).T, np.float32)
