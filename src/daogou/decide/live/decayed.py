"""Counts that fade: each counts 1 when it happens, a half one half-life later, and is never touched in between.

All values are kept as they would stand at one common moment, so that time passing costs nothing: what is asked for is
multiplied once, and only every other day everything is moved to a newer moment.
"""

from __future__ import annotations

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import F32, F64, I32, I64

_ROOM = 1_024
_MOST_HALF_LIVES = 32  # beyond that, what is new would be written as 2 ** 32 times what is old


class Decayed:
    """Several rows of counts per item, each row under several half-lives.

    half_lives_us  (n_half_lives,) in microseconds
    """

    def __init__(self, n_rows: int, half_lives_us: F64, now_us: int) -> None:
        self._half_lives = half_lives_us
        self._at_us = now_us
        self._values: F32 = np.zeros((n_rows, len(half_lives_us), _ROOM), np.float32)

    @property
    def n_bytes(self) -> int:
        """What the counts take in memory."""
        return self._values.nbytes

    def add(self, rows: I32, numbers: I32, at_us: I64, now_us: int) -> None:
        """Count one each for `numbers[i]` in row `rows[i]` at `at_us[i]`; what lies ahead of us counts as now."""
        self._advance(now_us)
        self._grow(int(numbers.max(initial=-1)) + 1)
        ages = (np.minimum(at_us, now_us) - self._at_us)[:, None] / self._half_lives[None, :]
        halves = np.arange(len(self._half_lives))
        places = (rows[:, None], halves[None, :], numbers[:, None])
        np.add.at(self._values, places, np.exp2(ages).astype(np.float32))

    def counts(self, row: int, half_life: int, n_items: int, now_us: int) -> F32:
        """(n_items,) the counts of one row as of now; where the clock was set back, as of the common moment."""
        self._grow(n_items)
        faded = np.exp2(min(self._at_us - now_us, 0) / self._half_lives[half_life])
        counts: F32 = self._values[row, half_life, :n_items] * np.float32(faded)
        return counts

    def empty(self, row: int) -> None:
        """Forget one row."""
        self._values[row] = 0

    def total(self, row: int, half_life: int) -> float:
        """The sum of one row, as of the common moment: good for comparing rows."""
        return float(self._values[row, half_life].sum())

    def _advance(self, now_us: int) -> None:
        elapsed = (now_us - self._at_us) / self._half_lives
        if elapsed.max(initial=0.0) > _MOST_HALF_LIVES:
            self._values *= np.exp2(-elapsed).astype(np.float32)[None, :, None]
            self._at_us = now_us

    def _grow(self, n_items: int) -> None:
        room = self._values.shape[2]
        if n_items > room:
            grown = np.zeros((*self._values.shape[:2], n_items + n_items // 4), np.float32)
            grown[:, :, :room] = self._values
            self._values = grown


def days(*numbers: float) -> F64:
    """Half-lives in microseconds."""
    return np.array(numbers, np.float64) * DAY_US
