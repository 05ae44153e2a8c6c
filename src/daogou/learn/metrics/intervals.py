"""How sure a mean over users is: percentile bootstrap, for one model or for the difference of two.

Users are drawn with replacement; all columns share the same draws, so differences between columns are paired.
Cost: O(resamples * n_users * n_columns) time; memory is bounded by working in chunks of resamples.
Source: Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import F64

CHUNK_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its confidence interval, low ≤ mean ≤ high except in tiny samples."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether 0 lies outside: for a difference, whether it is more than chance at this level."""
        return self.low > 0.0 or self.high < 0.0

    def to_dict(self) -> dict[str, float]:
        return {"mean": self.mean, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Draws:
    """How often users are drawn again, and how sure an interval is."""

    resamples: int = 1000
    level: float = 0.95
    seed: int = 0


def resampled_means(values: F64, *, resamples: int = 1000, seed: int = 0) -> F64:
    """Means of `resamples` draws of users, shape (resamples, n_columns).

    values  (n_users, n_columns) one figure per user and column
    """
    n_users = len(values)
    if not n_users or resamples < 1:
        raise InvalidInput(f"Cannot resample {n_users} users {resamples} times. Use at least one of each.")
    generator = np.random.default_rng(seed)
    chunk = max(1, CHUNK_CELLS // n_users)
    parts = []
    for start in range(0, resamples, chunk):
        size = min(chunk, resamples - start)
        drawn = generator.integers(0, n_users, size=(size, n_users)) + np.arange(size)[:, None] * n_users
        times = np.bincount(drawn.ravel(), minlength=size * n_users).reshape(size, n_users)
        parts.append(times @ values / n_users)
    return np.concatenate(parts)


def interval_of(mean: float, resampled: F64, *, level: float = 0.95) -> Interval:
    """The percentile interval around `mean` from its resampled copies, shape (resamples,)."""
    low, high = np.quantile(resampled, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(mean), float(low), float(high))


def bootstrap_interval(values: F64, *, resamples: int = 1000, seed: int = 0, level: float = 0.95) -> Interval:
    """Confidence interval of the mean of one figure per user, shape (n_users,)."""
    column = np.asarray(values, np.float64)[:, None]
    resampled = resampled_means(column, resamples=resamples, seed=seed)[:, 0]
    return interval_of(column.mean(), resampled, level=level)


def paired_bootstrap(
    values: F64, baseline: F64, *, resamples: int = 1000, seed: int = 0, level: float = 0.95
) -> Interval:
    """Confidence interval of mean(values) - mean(baseline), both (n_users,) for the same users in the same order."""
    if len(values) != len(baseline):
        raise InvalidInput(f"{len(values)} users against {len(baseline)}. A paired test needs the same users in both.")
    difference = np.asarray(values, np.float64) - np.asarray(baseline, np.float64)
    return bootstrap_interval(difference, resamples=resamples, seed=seed, level=level)
