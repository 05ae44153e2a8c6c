"""How sure a share is: clicks of impressions, purchases of clicks."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from daogou.core.types import F64
from daogou.learn.metrics.intervals import Interval, interval_of, resampled_means

FEWEST_GROUPS = 30


def wilson(count: int, n: int, *, level: float = 0.95) -> Interval:
    """Interval of a share from independent trials; without any trial it reaches from 0 to 1 around NaN.

    Source: Wilson, "Probable inference", JASA 1927.
    """
    if n == 0:
        return Interval(float("nan"), 0.0, 1.0)
    z = float(ndtri((1.0 + level) / 2.0))
    share = count / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == n else min(1.0, centre + half)
    return Interval(share, low, high)


def share_interval(counts: F64, trials: F64, *, resamples: int = 1000, seed: int = 0, level: float = 0.95) -> Interval:
    """Interval of Σcounts / Σtrials where trials come in groups (one shopper's impressions) that are alike inside.

    counts, trials  (n_groups,) per group

    Draws whole groups with replacement; with fewer than 30 groups, or where nothing or everything happened, the draws
    say little and Wilson's interval stands in.
    """
    total, happened = float(np.sum(trials)), float(np.sum(counts))
    if len(trials) < FEWEST_GROUPS or not 0.0 < happened < total:
        return wilson(round(happened), round(total), level=level)
    drawn = resampled_means(np.stack([counts, trials], axis=1).astype(np.float64), resamples=resamples, seed=seed)
    return interval_of(happened / total, drawn[:, 0] / np.maximum(drawn[:, 1], 1e-300), level=level)
