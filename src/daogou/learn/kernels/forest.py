"""Walking many rows through many trees; compiled when this file is imported, for it answers shoppers."""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32, F64, I32, U8
from daogou.learn.kernels.compiled import compiled, read_only

CATEGORICAL, LEFT_BY_DEFAULT = 1, 2
ZERO_IS_MISSING, NAN_IS_MISSING = 1, 2
NEARLY_ZERO = 1e-35

I32_IN, U8_IN, F64_IN = read_only(types.int32), read_only(types.uint8), read_only(types.float64)


@compiled(
    types.void(
        read_only(types.float32, 2), I32_IN, I32_IN, F64_IN, U8_IN, I32_IN, I32_IN, F64_IN, I32_IN,
        read_only(types.uint32), types.float64[::1],
    ),
    fastmath=False,  # for what is not a number is asked about
)  # fmt: skip
def add_leaves(
    rows: F32, roots: I32, feature: I32, threshold: F64, kind: U8, left: I32, right: I32, leaf: F64, starts: I32,
    bits: np.ndarray, total: F64,
) -> None:  # fmt: skip
    """Add to `total` (n_rows,) the value of the leaf each row of `rows` (n_rows, n_features) reaches in each tree.

    roots                     (n_trees,) first node of each tree; a negative number is a leaf, as in left and right
    feature, threshold, kind  (n_nodes,) what each node asks; left, right: (n_nodes,) the next node, or ~leaf
    leaf                      (n_leaves,)
    starts, bits              which categories go left: the set a categorical node's threshold names, 32 to a word
    """
    for root in roots:
        for row in range(len(rows)):
            node = root
            while node >= 0:
                value = float(rows[row, feature[node]])
                asked = kind[node]
                missing = (asked >> 2) & 3
                if asked & CATEGORICAL:
                    goes_left = False
                    if not np.isnan(value) and value >= 0:
                        category = np.int64(value)
                        which = np.int64(threshold[node])
                        word = starts[which] + category // 32
                        if word < starts[which + 1]:
                            goes_left = ((bits[word] >> np.uint32(category % 32)) & np.uint32(1)) != 0
                else:
                    if np.isnan(value) and missing != NAN_IS_MISSING:
                        value = 0.0
                    is_missing = (missing == NAN_IS_MISSING and np.isnan(value)) or (
                        missing == ZERO_IS_MISSING and abs(value) <= NEARLY_ZERO
                    )
                    goes_left = (asked & LEFT_BY_DEFAULT) != 0 if is_missing else value <= threshold[node]
                node = left[node] if goes_left else right[node]
            total[row] += leaf[~node]
