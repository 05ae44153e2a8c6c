"""Rows of numbers that stand for items: to length 1, and several put side by side by weight."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32


def unit_rows(rows: F32) -> F32:
    """Rows of length 1; a row of zeros stays zeros."""
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.where(length > 0, length, 1), np.float32)


def side_by_side(one: F32, other: F32, share: float) -> F32:
    """(n, d + e): inner products of rows are 1 - share parts of those in `one` and share parts of those in `other`."""
    return np.concatenate([one * np.float32(np.sqrt(1 - share)), other * np.float32(np.sqrt(share))], axis=1)
