"""From a score to a probability."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32


def chance(scores: F32) -> F32:
    """The logistic function, without overflow at either end."""
    small = np.exp(-np.abs(scores))
    return np.where(scores >= 0, 1 / (1 + small), small / (1 + small)).astype(np.float32)
