"""Count which items share shoppers and keep each item's most similar, all items in parallel.

An item's counts are gathered in a table of all items that stays in the processor's cache; only the places that were
touched are read again. The best so far lie in a heap of single integers, similarity above, item number below, so that
ties go to the lower item.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import get_num_threads

from daogou.learn.kernels.compiled import compiled

COSINE, JACCARD, LIFT = 0, 1, 2

CHUNKS = 64
"""Items are dealt out in turn to this many chunks, so that popular items, often numbered first, are spread evenly."""


def keep_nearest(first: int, *given: Any) -> None:
    """Fill the neighbours of items first, first + 1, ..., best first, on all processors.

    indptr, rows        CSR of items by rows (shoppers or orders)
    row_indptr, items   the same by row
    kind, shrinkage     COSINE, JACCARD or LIFT, as in `nearest`
    floor               pairs that share fewer rows are dropped; at least 1
    found, values       (n_asked, k) int32 and float32: items and similarities
    lengths             (n_asked,) int64: how many places were filled
    """
    # Threads over a loop without the interpreter's lock: as fast as a parallel loop, and compiled in half the time.
    with ThreadPoolExecutor(get_num_threads()) as threads:
        deque(threads.map(lambda chunk: _keep_nearest(chunk, first, *given), range(CHUNKS)), maxlen=0)


@compiled(fastmath=False, nogil=True)
def _keep_nearest(  # type: ignore[no-untyped-def]
    chunk, first, indptr, rows, row_indptr, items, kind, shrinkage, floor, found, values, lengths
) -> Any:
    """As `keep_nearest`, of every `CHUNKS`-th item from first + chunk on."""
    n_asked, k = found.shape
    n_items, n_rows = len(indptr) - 1, len(row_indptr) - 1
    shared = np.zeros(n_items, np.int32)
    touched = np.empty(n_items, np.int32)
    likeness = np.empty(n_items, np.float32)
    bits = likeness.view(np.int32)
    heap = np.empty(k, np.int64)
    for asked in range(chunk, n_asked, CHUNKS):
        item = first + asked
        n_touched = 0
        for t in range(indptr[item], indptr[item + 1]):
            for s in range(row_indptr[rows[t]], row_indptr[rows[t] + 1]):
                other = items[s]
                touched[n_touched] = other
                n_touched += shared[other] == 0
                shared[other] += 1
        own = np.float32(indptr[item + 1] - indptr[item])
        for t in range(n_touched):
            other = touched[t]
            both = np.float32(shared[other])
            one = np.float32(indptr[other + 1] - indptr[other])
            if kind == COSINE:
                likeness[t] = both / (np.sqrt(own * one) + shrinkage)
            elif kind == JACCARD:
                likeness[t] = both / (own + one - both + shrinkage)
            else:
                expected = np.float32(n_rows) / (own * one)
                likeness[t] = np.log1p(both * expected) * (both / (both + shrinkage))
        n_kept = 0
        for t in range(n_touched):
            other = touched[t]
            count = shared[other]
            shared[other] = 0
            if other == item or count < floor:
                continue
            key = (np.int64(bits[t]) << 32) | (np.int64(0x7FFFFFFF) - other)
            if n_kept < k:
                _push(heap, n_kept, key)
                n_kept += 1
            elif key > heap[0]:
                _sink(heap, k, key)
        lengths[asked] = n_kept
        for last in range(n_kept - 1, -1, -1):
            key = heap[0]
            _sink(heap, last, heap[last])
            likeness.view(np.int32)[0] = np.int32(key >> 32)
            found[asked, last] = np.int32(np.int64(0x7FFFFFFF) - (key & np.int64(0xFFFFFFFF)))
            values[asked, last] = likeness[0]


@compiled(fastmath=False)
def _push(heap, place, key) -> Any:  # type: ignore[no-untyped-def]
    """Put a key into the free place and lift it while it is smaller than its parent."""
    while place > 0 and key < heap[(place - 1) // 2]:
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = key


@compiled(fastmath=False)
def _sink(heap, size, key) -> Any:  # type: ignore[no-untyped-def]
    """Put a key in place of the root of the first `size` places and let it sink below all that are smaller."""
    if size == 0:
        return
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = key
