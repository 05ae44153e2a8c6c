"""Adam on some rows of a table: only what a batch touched is moved, and its running means with it.

Source: Kingma & Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.learn.kernels.compiled import compiled

DECAY, SQUARE_DECAY, TINY = np.float32(0.9), np.float32(0.999), np.float32(1e-8)


@compiled()
def move_rows(values, means, squares, rows, gradients, rate, step) -> Any:  # type: ignore[no-untyped-def]
    """Move `values` against the gradients in place, and `means` and `squares` towards them.

    values, means, squares  (n, d) float32
    rows, gradients         (m,) different row numbers, and (m, d) float32
    rate, step              learning rate, and how many steps were made, this one included
    """
    # An untouched row keeps its means, so they are not corrected for its own number of steps but for that of all.
    mean_share = np.float32(1.0) - DECAY ** np.float32(step)
    square_share = np.float32(1.0) - SQUARE_DECAY ** np.float32(step)
    for place in range(len(rows)):
        row = rows[place]
        for k in range(values.shape[1]):
            slope = gradients[place, k]
            means[row, k] = DECAY * means[row, k] + (np.float32(1.0) - DECAY) * slope
            squares[row, k] = SQUARE_DECAY * squares[row, k] + (np.float32(1.0) - SQUARE_DECAY) * slope * slope
            size = np.sqrt(squares[row, k] / square_share) + TINY
            values[row, k] -= np.float32(rate) * (means[row, k] / mean_share) / size
