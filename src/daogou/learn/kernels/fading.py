"""How much of each item of a history is left: the loop behind `decayed_query`, compiled when this file is imported."""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32, I64
from daogou.learn.kernels.compiled import compiled, read_only

LEAST = 1e-6
"""What weighs less is as good as forgotten."""


@compiled(
    types.int64(
        read_only(types.float32), read_only(types.int64), types.int64, types.float64, types.float32[::1]
    )
)  # fmt: skip
def faded(strengths: F32, at_us: I64, now_us: int, half_life_us: float, left: F32) -> int:
    """Write what is left of each item into `left`, and return how many are below LEAST; those get 0.

    strengths  (n,) summed weights
    at_us      (n,) when each last happened; of length 0 where that is unknown
    left       (n,) the root of the strength, halved once per half-life, over the root of the sum of all
    """
    n_gone, total = 0, 0.0
    roots = np.empty(len(strengths))
    for place in range(len(strengths)):
        root = np.sqrt(np.float64(max(strengths[place], np.float32(0))))
        if len(at_us):
            root *= 2.0 ** (-max(now_us - at_us[place], 0) / half_life_us)
        if root <= LEAST:
            root = 0.0
            n_gone += 1
        roots[place] = root
        total += root
    normal = np.sqrt(total) if total > 0 else 1.0
    for place in range(len(strengths)):
        left[place] = roots[place] / normal
    return n_gone
