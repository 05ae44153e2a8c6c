"""Is one side of an experiment better, when the figures may be looked at as often as one likes?

A usual 95 % interval is right for one look; looked at every minute it is wrong sooner or later, nearly surely. A
confidence sequence holds at all times at once. This one is the asymptotic sequence of a normal mixture, the boundary of
Robbins's mixture SPRT, over shoppers, whose lists are not independent of one another.
Sources: Robbins, "Statistical methods related to the law of the iterated logarithm", 1970; Johari, Koomen, Pekelis &
Walsh, "Always valid inference: continuous monitoring of A/B tests", 2022; Waudby-Smith, Arbour, Sinha, Kennedy &
Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", 2024, section 2.
"""

from __future__ import annotations

import math

import numpy as np

from daogou.core.types import F64
from daogou.learn.metrics.intervals import Interval

NARROWEST_AT = 500
"""Shoppers at which the sequence is as narrow as it can be made; it holds at every other number too."""


def ratio_of_sums(totals: F64, counts: F64) -> tuple[float, float]:
    """The mean per list, and its variance with shoppers as the units, by the delta method.

    totals, counts  (n_shoppers,) for example clicks and lists of each; all counts > 0
    """
    n = len(totals)
    mean = float(totals.sum() / counts.sum())
    if n < 2:
        return mean, math.inf
    residual = totals - mean * counts
    return mean, float((residual**2).sum() / counts.sum() ** 2 * n / (n - 1))


def always_valid_difference(
    totals: F64, counts: F64, base_totals: F64, base_counts: F64, *, level: float = 0.95
) -> Interval:
    """Mean per list minus the baseline's, with an interval that holds at every look at once.

    totals, counts            (n_shoppers,) of the side asked about
    base_totals, base_counts  (n_base_shoppers,) of the other
    """
    mean, variance = ratio_of_sums(np.asarray(totals, np.float64), np.asarray(counts, np.float64))
    base, base_variance = ratio_of_sums(np.asarray(base_totals, np.float64), np.asarray(base_counts, np.float64))
    n = 2.0 * min(len(totals), len(base_totals))
    width = math.sqrt(variance + base_variance) * widening(n, level)
    return Interval(mean - base, mean - base - width, mean - base + width)


def widening(n: float, level: float) -> float:
    """By how many standard errors the interval reaches to each side after `n` shoppers; 1.96 becomes about 3."""
    alpha = 1.0 - level
    told = -2.0 * math.log(alpha)
    rho = (told + math.log(1.0 + told)) / NARROWEST_AT  # the variance of the mixture that is best at that number
    return math.sqrt(2.0 * (n * rho + 1.0) / (n * rho) * math.log(math.sqrt(n * rho + 1.0) / alpha))
