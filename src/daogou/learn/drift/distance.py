"""How far one day lies from the days before, and how far days usually lie from each other.

Sources: population stability index after Siddiqi, "Credit Risk Scorecards", 2006, its sampling noise after Yurdakul,
"Statistical properties of the population stability index", 2018; two-sample statistic after Kolmogorov and Smirnov;
bounds by median and its absolute deviation after Hampel 1974.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import chi2

from daogou.core.types import F64

DEVIATIONS = 6.0
"""A day so many robust standard deviations beyond the usual day is told."""
LEAST_DAYS = 7
N_BINS = 10
_SCALE = 1.4826  # makes the median absolute deviation a standard deviation where days vary normally
_BY_CHANCE = 1e-4
"""How often chance alone may give a larger index than the bound."""
_EMPTY = 0.5


def psi(before: F64, now: F64) -> float:
    """Population stability index of two histograms over the same bins; empty bins count half an entry."""
    p = np.maximum(before, _EMPTY) / np.maximum(before, _EMPTY).sum()
    q = np.maximum(now, _EMPTY) / np.maximum(now, _EMPTY).sum()
    return float(((q - p) * np.log(q / p)).sum())


def noise(n_before: float, n_now: float, n_bins: int) -> float:
    """The index that chance alone gives two samples of the same distribution, in the mean."""
    return (n_bins - 1) * (1 / max(n_before, 1) + 1 / max(n_now, 1))


def noise_bound(n_before: float, n_now: float, n_bins: int) -> float:
    """The index that chance alone exceeds once in ten thousand times: it is spread like a chi-squared."""
    return float(chi2.isf(_BY_CHANCE, max(n_bins - 1, 1))) * (1 / max(n_before, 1) + 1 / max(n_now, 1))


def ks(before: F64, now: F64) -> float:
    """Largest distance between two samples' distribution functions, in [0, 1]."""
    both = np.sort(np.concatenate([before, now]))
    low, high = np.searchsorted(np.sort(before), both, "right"), np.searchsorted(np.sort(now), both, "right")
    return float(np.abs(low / len(before) - high / len(now)).max()) if len(before) and len(now) else 0.0


def bound(past: Sequence[float], least: float = 0.0) -> float:
    """The value that an unusual day exceeds, from those of past days; never below `least`."""
    values = np.asarray(past, np.float64)
    middle = float(np.median(values))
    spread = _SCALE * float(np.median(np.abs(values - middle)))
    return max(middle + DEVIATIONS * max(spread, 0.05 * abs(middle)), least)


def histograms(values: Sequence[F64]) -> F64:
    """(n_days, n_bins) each day's values over bins that hold equally much of all days together."""
    everything = np.concatenate(values)
    edges = np.unique(np.quantile(everything, np.linspace(0, 1, N_BINS + 1)[1:-1]))
    return np.stack([np.bincount(np.searchsorted(edges, one, "right"), minlength=len(edges) + 1) for one in values])


def shifts(counts: F64) -> tuple[list[float], float, float]:
    """The index of every past day against the other past days, that of the last day, and its bound.

    counts  (n_days, n_bins) the last row is the day in question
    """
    past, today = counts[:-1], counts[-1]
    total = past.sum(axis=0)
    usual = [psi(total - day, day) for day in past]
    least = noise_bound(float(total.sum()), float(today.sum()), counts.shape[1])
    return usual, psi(total, today), bound(usual, least)
