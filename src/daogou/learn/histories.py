"""Reading a shopper's history the way every model does: known items only, in order, with their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, Bools, Query


def is_known(query: Query, n_items: int) -> Bools:
    """(len(history),) False where the model never met the item: a number below 0 or from n_items on."""
    return (query.history >= 0) & (query.history < n_items)


def known_history(query: Query, n_items: int) -> tuple[I32, F32]:
    """The history a model can use, oldest first, and how much each item counts."""
    history, strengths = query.history, query.strengths()
    if not len(history) or history.view(np.uint32).max() < n_items:  # a negative number reads as a huge one
        return history, strengths
    known = is_known(query, n_items)
    return history[known], strengths[known]


def history_matrix(queries: Sequence[Query], n_items: int) -> csr_matrix:
    """(len(queries), n_items) one row of weights per history, float32."""
    pairs = [known_history(query, n_items) for query in queries]
    lengths = [len(history) for history, _ in pairs]
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    indices = np.concatenate([np.empty(0, np.int32), *(history for history, _ in pairs)])
    data = np.concatenate([np.empty(0, np.float32), *(strengths for _, strengths in pairs)])
    return csr_matrix((data, indices, starts), shape=(len(pairs), n_items), dtype=np.float32)


def spread(rows: NDArray[np.floating[Any]], query: Query, n_items: int) -> F32:
    """Put contributions of the known history back among all of it: unknown items contribute 0.

    rows  (n_known, n_asked); the answer has shape (len(query.history), n_asked)
    """
    if len(rows) == len(query.history):
        return np.asarray(rows, np.float32)
    placed = np.zeros((len(query.history), rows.shape[1]), np.float32)
    placed[is_known(query, n_items)] = rows
    return placed
