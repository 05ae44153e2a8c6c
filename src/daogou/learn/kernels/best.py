"""The best few of many scores: the loops behind a list's candidates, compiled when this file is imported.

Without branches that depend on the data, which processors guess wrongly: scores above 0 are counted by the leading bits
of their representation, those that may be among the best are gathered, and NumPy sorts them as whole numbers. On 4,000
scores not seen before this takes half the time of a heap or of a partition with a sort of what is left; on a million,
where few scores are looked at twice, it takes a little longer than a partition.
"""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32, I32
from daogou.learn.kernels.compiled import compiled, read_only

KEPT_BITS = 20
"""Bits of a float32 that do not choose its bin: eight bins for every doubling remain."""
N_BINS = 1 << (31 - KEPT_BITS)
_NUMBER = 0xFFFFFFFF
_BITS, _KEYS = read_only(types.int32), types.uint64[::1]


@compiled(types.int64(_BITS, types.int64, _KEYS))
def _gather(bits: I32, size: int, keys: np.ndarray) -> int:
    """Write keys of all that may be among the `size` highest into `keys`, in any order; returns how many.

    bits  (n,) the scores as whole numbers, in whose order positive scores are
    keys  (n + 1,) the score's bits above, and below them the number, turned round so that the lower one is larger
    """
    counts = np.zeros(N_BINS, np.int64)
    for one in bits:
        counts[max(one, 0) >> KEPT_BITS] += 1
    lowest, n_above = N_BINS - 1, counts[N_BINS - 1]
    while lowest > 0 and n_above < size:
        lowest -= 1
        n_above += counts[lowest]
    bar = max(lowest << KEPT_BITS, 1)
    n_found = 0
    for number in range(len(bits)):
        keys[n_found] = (np.uint64(max(bits[number], 0)) << np.uint64(32)) | np.uint64(_NUMBER - number)
        n_found += bits[number] >= bar
    return n_found


@compiled(types.void(_KEYS, types.int32[::1], types.int32[::1]))
def _read(keys: np.ndarray, numbers: I32, bits: I32) -> None:
    for place in range(len(numbers)):
        key = keys[len(keys) - 1 - place]
        numbers[place] = _NUMBER - np.int64(key & np.uint64(_NUMBER))
        bits[place] = np.int32(key >> np.uint64(32))


def best_positive(scores: F32, size: int) -> tuple[I32, F32]:
    """Numbers and scores, both (n,), of the `size` highest scores above 0, best first; of equals the lower number."""
    keys = np.empty(len(scores) + 1, np.uint64)
    keys = keys[: _gather(scores.view(np.int32), size, keys)]
    keys.sort()
    size = min(size, len(keys))
    numbers, bits = np.empty(size, np.int32), np.empty(size, np.int32)
    _read(keys, numbers, bits)
    return numbers, bits.view(np.float32)
