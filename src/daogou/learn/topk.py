"""The best k of many scores, the same on every machine and for every order of work."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F32, I32, I64

ROWS, COLUMNS = 256, 1_024
"""Size of the tile of products held at once: 1 MB, about what the processor's second cache holds."""


def tie_order(n_items: int, seed: int) -> I64:
    """(n_items,) a fixed shuffle that decides among equal scores, the same for every model.

    Item numbers often follow age or sales, so breaking ties by number would favour a model that says nothing.
    """
    return np.random.default_rng(seed).permutation(n_items)


def top_k(scores: F32, k: int, ties: I64) -> I32:
    """Item numbers of the k highest scores per row, best first; -1 where only -inf is left.

    scores  (n_rows, n_items); NaN is refused by an assertion, -inf means masked
    ties    (n_items,) among equal scores the lower value comes first
    """
    best = Best(len(scores), k, ties)
    best.take(np.ascontiguousarray(scores, np.float32), 0)
    return best.lists()


def top_products(queries: F32, items: F32, k: int, ties: I64, *, masked: csr_matrix | None = None) -> I32:
    """Item numbers of the k largest inner products of every query with all items, best first; exact.

    queries  (n_queries, d)
    items    (n_items, d)
    ties     (n_items,) among equal products the lower value comes first
    masked   (n_queries, n_items) stored entries are left out

    The products are made and forgotten in tiles, so memory grows with n_queries * k and not with the catalogue.
    """
    lists = [np.empty((0, k), np.int32)]
    for start in range(0, len(queries), ROWS):
        block = np.ascontiguousarray(queries[start : start + ROWS], np.float32)
        hidden = None if masked is None else masked[start : start + ROWS]
        lists.append(_top_products(block, items, k, ties, hidden))
    return np.concatenate(lists)


def _top_products(queries: F32, items: F32, k: int, ties: I64, masked: csr_matrix | None) -> I32:
    from daogou.learn.kernels.top_k import hide

    best = Best(len(queries), k, ties)
    read = np.zeros(len(queries), np.int64)
    room = np.empty(len(queries) * COLUMNS, np.float32)
    if masked is not None and not masked.has_sorted_indices:
        masked = masked.sorted_indices()
    for first in range(0, len(items), COLUMNS):
        part = items[first : first + COLUMNS]
        tile = room[: len(queries) * len(part)].reshape(len(queries), len(part))
        np.matmul(queries, part.T, out=tile)
        if masked is not None:
            hide(tile, first, masked.indptr, masked.indices, read)
        best.take(tile, first)
    return best.lists()


class Best:
    """The best k of each of n_rows rows, of the scores taken so far.

    ties  (n_items,) among equal scores the lower value is the better
    """

    def __init__(self, n_rows: int, k: int, ties: I64) -> None:
        size = min(k, len(ties))
        self.k, self.ties = k, ties
        self.scores = np.full((n_rows, size), -np.inf, np.float32)
        self.items = np.full((n_rows, size), -1, np.int32)
        self.filled = np.zeros(n_rows, np.int64)

    def take(self, tile: F32, first: int, rows: I64 | None = None) -> None:
        """Columns of the tile are the items from `first` on, its rows are `rows`, or all."""
        from daogou.learn.kernels.top_k import absorb  # here, for answering a shopper does not need it

        if not self.scores.size:
            return
        every = np.arange(len(tile)) if rows is None else rows
        assert absorb(tile, first, every, self.ties, self.scores, self.items, self.filled), "a model scored NaN"

    def lists(self) -> I32:
        """(n_rows, k) items, best first, -1 in the places left over. The heaps are used up."""
        return self.ranked()[0]

    def ranked(self) -> tuple[I32, F32]:
        """(n_rows, k) items and (n_rows, k) scores, best first, -1 and -inf in the places left over."""
        from daogou.learn.kernels.top_k import in_order

        in_order(self.scores, self.items, self.filled, self.ties)
        left_over = ((0, 0), (0, self.k - self.items.shape[1]))
        items = np.pad(self.items, left_over, constant_values=-1)
        return items, np.pad(self.scores, left_over, constant_values=-np.inf)
