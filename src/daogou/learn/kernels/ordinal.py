"""Stars as levels of a hidden number: draw the number between its cuts, and see how well the cuts fit.

Sources: Acklam's rational approximation of the inverse normal distribution (relative error below 1.2e-9).
"""

from __future__ import annotations

import math
from typing import Any

from daogou.learn.kernels.compiled import compiled

ROOT_HALF = math.sqrt(0.5)
DENSITY = 1.0 / math.sqrt(2.0 * math.pi)
TAIL = 0.02425
A = (
    -39.69683028665376,
    220.9460984245205,
    -275.9285104469687,
    138.3577518672690,
    -30.66479806614716,
    2.506628277459239,
)
B = (-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572)
C = (-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163983)
D = (7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416)


@compiled(parallel=False)
def draw_hidden(predicted, level, bounds, chances, hidden) -> Any:  # type: ignore[no-untyped-def]
    """Fill `hidden` (n,): normal around `predicted` with deviation 1, between bounds[level] and bounds[level + 1].

    chances  (n,) uniform numbers from 0 to 1

    Works in the left tail, mirrored where the whole range lies right of the middle: there differences keep digits.
    """
    for t in range(len(predicted)):
        low, high = bounds[level[t]] - predicted[t], bounds[level[t] + 1] - predicted[t]
        sign = 1.0
        if low > 0.0:
            low, high, sign = -high, -low, -1.0
        below, above = 0.5 * math.erfc(-low * ROOT_HALF), 0.5 * math.erfc(-high * ROOT_HALF)
        share = below + chances[t] * (above - below)
        if share <= 0.0:
            x = high
        elif share < TAIL:
            q = math.sqrt(-2.0 * math.log(share))
            x = (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5]) / (
                (((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0
            )
        elif share > 1.0 - TAIL:
            q = math.sqrt(-2.0 * math.log(1.0 - share)) if share < 1.0 else 9.0
            x = -(((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5]) / (
                (((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0
            )
        else:
            q = share - 0.5
            r = q * q
            x = (
                (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5])
                * q
                / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
            )
        hidden[t] = predicted[t] + sign * min(max(x, low), high)


@compiled(parallel=False)
def fit_of_cuts(predicted, level, bounds, slopes, curvature) -> Any:  # type: ignore[no-untyped-def]
    """The log-likelihood of the levels; fills slopes (n_cuts,) and the negative second derivatives (n_cuts, n_cuts)."""
    n_cuts = len(slopes)
    slopes[:] = 0.0
    curvature[:] = 0.0
    fit = 0.0
    for t in range(len(predicted)):
        k = level[t]
        low, high = bounds[k] - predicted[t], bounds[k + 1] - predicted[t]
        if low > 0.0:
            share = 0.5 * (math.erfc(low * ROOT_HALF) - math.erfc(high * ROOT_HALF))
        else:
            share = 0.5 * (math.erfc(-high * ROOT_HALF) - math.erfc(-low * ROOT_HALF))
        share = max(share, 1e-300)
        fit += math.log(share)
        at_low = DENSITY * math.exp(-0.5 * low * low) / share
        at_high = DENSITY * math.exp(-0.5 * high * high) / share
        if k < n_cuts:
            slopes[k] += at_high
            curvature[k, k] += at_high * (at_high + high)
        if k > 0:
            slopes[k - 1] -= at_low
            curvature[k - 1, k - 1] += at_low * (at_low - low)
        if 0 < k < n_cuts:
            curvature[k - 1, k] -= at_low * at_high
            curvature[k, k - 1] -= at_low * at_high
    return fit
