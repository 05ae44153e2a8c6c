"""Count which items share voters, each voter once per pair and by its weight, and keep each item's most similar.

As `cooccurrence`, with a floor on trusted voters. Rows of one voter lie side by side, so that remembering the last
voter of each pair is enough to count nobody twice.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import get_num_threads

from daogou.learn.kernels.compiled import compiled
from daogou.learn.kernels.cooccurrence import CHUNKS, COSINE, JACCARD, _push, _sink


def keep_nearest_voted(first: int, *given: Any) -> None:
    """Fill the neighbours of items first, first + 1, ..., best first, on all processors.

    indptr, rows           CSR of items by rows, rows ascending
    row_indptr, items      the same by row
    voter, vote, is_firm   (n_rows,) as in `Votes`
    heft                   (n_items,) float32: summed votes of the voters of each item
    total                  summed votes of all
    kind, shrinkage, floor as in `nearest`, the floor in firm voters
    found, values, lengths as in `keep_nearest`
    """
    with ThreadPoolExecutor(get_num_threads()) as threads:
        deque(threads.map(lambda chunk: _keep_voted(chunk, first, *given), range(CHUNKS)), maxlen=0)


@compiled(fastmath=False, nogil=True)
def _keep_voted(  # type: ignore[no-untyped-def]
    chunk, first, indptr, rows, row_indptr, items, voter, vote, is_firm, heft, total, kind, shrinkage, floor, found,
    values, lengths,
) -> Any:  # fmt: skip
    n_asked, k = found.shape
    n_items = len(indptr) - 1
    shared = np.zeros(n_items, np.float32)
    firm = np.zeros(n_items, np.int32)
    last = np.full(n_items, -1, np.int32)
    touched = np.empty(n_items, np.int32)
    likeness = np.empty(1, np.float32)
    bits = likeness.view(np.int32)
    heap = np.empty(k, np.int64)
    for asked in range(chunk, n_asked, CHUNKS):
        item = first + asked
        n_touched = 0
        for t in range(indptr[item], indptr[item + 1]):
            row = rows[t]
            who, weight, counts = voter[row], vote[row], is_firm[row]
            for s in range(row_indptr[row], row_indptr[row + 1]):
                other = items[s]
                if last[other] == who:
                    continue
                if last[other] < 0:
                    touched[n_touched] = other
                    n_touched += 1
                last[other] = who
                shared[other] += weight
                firm[other] += counts
        own = heft[item]
        n_kept = 0
        for t in range(n_touched):
            other = touched[t]
            both, agreed = shared[other], firm[other]
            shared[other], firm[other], last[other] = 0, 0, -1
            if other == item or agreed < floor or both <= 0:
                continue
            one = heft[other]
            if kind == COSINE:
                likeness[0] = both / (np.sqrt(own * one) + shrinkage)
            elif kind == JACCARD:
                likeness[0] = both / (own + one - both + shrinkage)
            else:
                likeness[0] = np.log1p(both * (total / (own * one))) * (both / (both + shrinkage))
            key = (np.int64(bits[0]) << 32) | (np.int64(0x7FFFFFFF) - other)
            if n_kept < k:
                _push(heap, n_kept, key)
                n_kept += 1
            elif key > heap[0]:
                _sink(heap, k, key)
        lengths[asked] = n_kept
        for place in range(n_kept - 1, -1, -1):
            key = heap[0]
            _sink(heap, place, heap[place])
            bits[0] = np.int32(key >> 32)
            found[asked, place] = np.int32(np.int64(0x7FFFFFFF) - (key & np.int64(0xFFFFFFFF)))
            values[asked, place] = likeness[0]
