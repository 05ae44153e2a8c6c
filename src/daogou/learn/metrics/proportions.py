"""How sure a share is: clicks of impressions, purchases of clicks."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtri, stdtrit

from daogou.core.types import F64
from daogou.learn.metrics.intervals import Interval


def wilson(count: float, n: float, *, level: float = 0.95) -> Interval:
    """Interval of a share from independent trials; without any trial it reaches from 0 to 1 around NaN.

    Source: Wilson, "Probable inference", JASA 1927.
    """
    if n <= 0:
        return Interval(float("nan"), 0.0, 1.0)
    z = float(ndtri((1.0 + level) / 2.0))
    share = count / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == n else min(1.0, centre + half)
    return Interval(share, low, high)


def grouped_share(counts: F64, trials: F64, *, level: float = 0.95) -> Interval:
    """Interval of Σcounts / Σtrials where trials come in groups that are alike inside: one shopper's impressions.

    counts, trials  (n_groups,) per group

    Wilson's interval for as many independent trials as the groups are worth: the trials divided by the design effect
    (the variance between groups over that of independent trials), and fewer still where there are few groups.
    Sources: Kish 1965; Korn & Graubard, "Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data", Survey Methodology 1998.
    """
    used = np.asarray(trials, np.float64) > 0
    counts, trials = np.asarray(counts, np.float64)[used], np.asarray(trials, np.float64)[used]
    n, happened, n_groups = float(trials.sum()), float(counts.sum()), len(trials)
    if n_groups < 2 or not 0.0 < happened < n:
        return wilson(happened, n, level=level)
    share = happened / n
    between = n_groups / (n_groups - 1) * float(np.square(counts - share * trials).sum())
    effect = max(between / (n * share * (1.0 - share)), 1.0)
    tail = (1.0 + level) / 2.0
    caution = (float(ndtri(tail)) / float(stdtrit(n_groups - 1, tail))) ** 2
    worth = n / effect * caution
    return wilson(share * worth, worth, level=level)
