"""Is a difference more than chance, also when many differences are looked at?"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri, stdtr

from daogou.core.errors import InvalidInput
from daogou.core.types import F64
from daogou.learn.metrics.intervals import Interval


def paired_p_value(values: F64, baseline: F64) -> float:
    """Two-sided p of the paired t-test on figures of the same users, both (n_users,); 1 where no two differ.

    Source: Student 1908; Urbano, Lima & Hanjalic, SIGIR 2019, find it the best calibrated test for such figures.
    """
    if len(values) != len(baseline):
        raise InvalidInput(f"{len(values)} users against {len(baseline)}. A paired test needs the same users in both.")
    difference = np.asarray(values, np.float64) - np.asarray(baseline, np.float64)
    n = len(difference)
    if n < 2 or not difference.any():
        return 1.0
    spread = float(difference.std(ddof=1))
    if spread == 0.0:
        return 0.0
    t = float(difference.mean()) / (spread / np.sqrt(n))
    return float(2.0 * stdtr(n - 1, -abs(t)))


def holm(p_values: Sequence[float]) -> list[float]:
    """p values after Holm's correction: the chance of even one false alarm among all stays below the level.

    Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
    """
    order = np.argsort(p_values, kind="stable")
    steps = np.asarray(p_values, np.float64)[order] * np.arange(len(order), 0, -1)
    adjusted = np.empty(len(order))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return [float(one) for one in adjusted]


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """p values after Benjamini and Hochberg's correction: the expected share of false alarms stays below the level.

    Source: Benjamini & Hochberg, "Controlling the false discovery rate", 1995.
    """
    order = np.argsort(p_values, kind="stable")[::-1]
    n = len(order)
    steps = np.asarray(p_values, np.float64)[order] * n / np.arange(n, 0, -1)
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps), 1.0)
    return [float(one) for one in adjusted]


def mantel_haenszel(
    counts: F64, trials: F64, base_counts: F64, base_trials: F64, *, level: float = 0.95
) -> Interval | None:
    """Common risk ratio over strata with its interval; None where nothing can be compared.

    counts, trials            (n_strata,) clicks and impressions under what is asked about, for example at place 3
    base_counts, base_trials  (n_strata,) the same under the baseline, for example at place 0

    Within a stratum (one item in one placement) both sides are alike but for what is asked about, so the ratio is not
    moved by better items standing higher. Sources: Mantel & Haenszel 1959; Greenland & Robins 1985 for the interval.
    """
    both = (np.asarray(trials) > 0) & (np.asarray(base_trials) > 0)
    a, b, n1, n0 = (np.asarray(one, np.float64)[both] for one in (counts, base_counts, trials, base_trials))
    n = n1 + n0
    above, below = float((a * n0 / n).sum()), float((b * n1 / n).sum())
    if above == 0.0 or below == 0.0:
        return None
    variance = float(((n1 * n0 * (a + b) - a * b * n) / (n * n)).sum()) / (above * below)
    width = float(ndtri((1.0 + level) / 2.0)) * math.sqrt(max(variance, 0.0))
    ratio = above / below
    return Interval(ratio, ratio * math.exp(-width), ratio * math.exp(width))
