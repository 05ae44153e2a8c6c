"""Keep the best k of many scores per row while they pass by in tiles, so that no row need ever be held whole.

A row's best so far lie in a heap whose root is the worst of them. Almost every score is below that root, so a tile is
read in strips: one vectorised comparison per score finds the few strips that hold anything worth a closer look.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.learn.kernels.compiled import compiled

STRIP = 16
"""Scores compared at once before any of them is looked at alone."""


@compiled(fastmath=False)
def absorb(tile, first, rows, ties, scores, items, filled) -> Any:  # type: ignore[no-untyped-def]
    """Take a tile of scores into the heaps; False where a score is not a number.

    tile    (n_rows, width) float32; column c is item first + c; -inf is never kept
    rows    (n_rows,) int64: whose heap each row of the tile goes to
    ties    (n_items,) among equal scores the lower value is the better
    scores, items  (n_heaps, k) float32 and int32: the heaps, worst at place 0 once full
    filled  (n_heaps,) int64: how many places are taken
    """
    n_rows, width = tile.shape
    k = scores.shape[1]
    for line in range(n_rows):
        row = rows[line]
        for start in range(0, width, STRIP):
            bar = scores[row, 0] if filled[row] == k else np.float32(-np.inf)
            if start + STRIP <= width and not _is_promising(tile[line, start : start + STRIP], bar):
                continue
            for column in range(start, min(start + STRIP, width)):
                score, item = tile[line, column], first + column
                if score < bar:
                    continue
                if score != score:
                    return False
                if score == -np.inf:
                    continue
                if filled[row] < k:
                    _push(scores[row], items[row], filled[row], score, item, ties)
                    filled[row] += 1
                elif _is_worse(scores[row, 0], items[row, 0], score, item, ties):
                    _sink(scores[row], items[row], k, score, item, ties)
    return True


@compiled(fastmath=False)
def in_order(scores, items, filled, ties) -> Any:  # type: ignore[no-untyped-def]
    """Turn every heap into a list, best first, with item -1 and score -inf in the places left over."""
    n_rows, k = scores.shape
    for row in range(n_rows):
        for last in range(filled[row] - 1, 0, -1):
            score, item = scores[row, last], items[row, last]
            scores[row, last], items[row, last] = scores[row, 0], items[row, 0]
            _sink(scores[row], items[row], last, score, item, ties)
        for place in range(filled[row], k):
            scores[row, place], items[row, place] = -np.inf, -1


@compiled(fastmath=False)
def hide(tile, first, indptr, indices, seen) -> Any:  # type: ignore[no-untyped-def]
    """Write -inf over the stored entries of a CSR table that fall into the tile.

    indptr, indices  one row per row of the tile, columns ascending
    seen             (n_rows,) int64: how far each row has been read; 0 before its first tile
    """
    n_rows, width = tile.shape
    for row in range(n_rows):
        place, end = indptr[row] + seen[row], indptr[row + 1]
        while place < end and indices[place] < first + width:
            tile[row, indices[place] - first] = -np.inf
            place += 1
        seen[row] = place - indptr[row]


@compiled(fastmath=False)
def _is_promising(strip, bar) -> Any:  # type: ignore[no-untyped-def]
    """Does any score reach the bar, or is any not a number? The fixed length is what makes this a few instructions."""
    found = np.int32(0)
    for place in range(STRIP):
        found |= np.int32(not (strip[place] < bar))
    return found != 0


@compiled(fastmath=False)
def _is_worse(score, item, than_score, than_item, ties) -> Any:  # type: ignore[no-untyped-def]
    return score < than_score or (score == than_score and ties[item] > ties[than_item])


@compiled(fastmath=False)
def _push(scores, items, place, score, item, ties) -> Any:  # type: ignore[no-untyped-def]
    """Put a pair into the free place and lift it while it is worse than its parent."""
    while place > 0:
        parent = (place - 1) // 2
        if not _is_worse(score, item, scores[parent], items[parent], ties):
            break
        scores[place], items[place] = scores[parent], items[parent]
        place = parent
    scores[place], items[place] = score, item


@compiled(fastmath=False)
def _sink(scores, items, size, score, item, ties) -> Any:  # type: ignore[no-untyped-def]
    """Put a pair in place of the root of the first `size` places and let it sink below all that are worse."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and _is_worse(scores[child + 1], items[child + 1], scores[child], items[child], ties):
            child += 1
        if not _is_worse(scores[child], items[child], score, item, ties):
            break
        scores[place], items[place] = scores[child], items[child]
        place = child
    scores[place], items[place] = score, item
