"""Variety within a list: the greedy loops, compiled when this file is imported.

Both choose one candidate after the other by what it is worth beside those already chosen. That worth never rises while
the list grows, so sorting by the worth that each had when it was chosen gives the order in which they were chosen:
variety becomes one factor per candidate, and every share of its score stays exact.
"""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32
from daogou.learn.kernels.compiled import compiled, read_only

F32_IN, F32_MATRIX, F32_OUT = read_only(types.float32), read_only(types.float32, 2), types.float32[::1]
LEAST = 1e-6
"""What is left of the score of an item that adds nothing at all."""


def marginal_relevance(relevance: F32, alike: F32, strength: float, depth: int) -> F32:
    """(n,) worth of each candidate: (1 - strength) · relevance + strength · (1 - likeness to the nearest chosen one).

    relevance  (n,) in (0, 1]
    alike      (n, n)
    depth      how many are chosen; the others are worth what they would add after those

    This is MMR's value plus the constant `strength`, which changes no order and keeps it above 0.
    Source: Carbonell & Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998.
    """
    worth = np.empty(len(relevance), np.float32)
    _marginal(relevance, alike, strength, min(depth, len(relevance)), worth)
    return worth


def determinantal(relevance: F32, alike: F32, strength: float, depth: int) -> F32:
    """(n,) worth of each candidate: relevance times the length of what the chosen ones do not span of it, in (0, 1].

    alike  (n, n) positive semi-definite with ones on the diagonal; counted as (1 - strength) · identity + strength · it

    Greedy choice of the most likely list under a determinantal point process: the square of the worth is the factor by
    which the determinant grows.
    Source: Chen, Zhang & Zhou, "Fast greedy MAP inference for determinantal point process", NeurIPS 2018.
    """
    worth = np.empty(len(relevance), np.float32)
    _determinantal(relevance, alike, strength, min(depth, len(relevance)), worth)
    return worth


@compiled(types.void(F32_IN, F32_MATRIX, types.float64, types.int64, F32_OUT))
def _marginal(relevance: F32, alike: F32, strength: float, depth: int, worth: F32) -> None:
    n = len(relevance)
    nearest = np.zeros(n, np.float32)
    is_chosen = np.zeros(n, np.bool_)
    for one in range(n):
        worth[one] = max((1.0 - strength) * relevance[one] + strength, LEAST)
    for _ in range(depth):
        best = -1
        for one in range(n):
            if not is_chosen[one] and (best < 0 or worth[one] > worth[best]):
                best = one
        is_chosen[best] = True
        for one in range(n):
            if not is_chosen[one] and alike[best, one] > nearest[one]:
                nearest[one] = min(alike[best, one], 1.0)
                worth[one] = max((1.0 - strength) * relevance[one] + strength * (1.0 - nearest[one]), LEAST)


@compiled(types.void(F32_IN, F32_MATRIX, types.float64, types.int64, F32_OUT))
def _determinantal(relevance: F32, alike: F32, strength: float, depth: int, worth: F32) -> None:
    n = len(relevance)
    spanned = np.zeros((depth, n), np.float32)  # row k: each candidate along the k-th chosen direction
    apart = np.ones(n, np.float32)  # squared length of what is not spanned
    is_chosen = np.zeros(n, np.bool_)
    along = np.empty(n, np.float32)
    for one in range(n):
        worth[one] = relevance[one]
    for step in range(depth):
        best = -1
        for one in range(n):
            if not is_chosen[one] and (best < 0 or worth[one] > worth[best]):
                best = one
        is_chosen[best] = True
        length = np.sqrt(max(apart[best], np.float32(LEAST)))
        for one in range(n):
            along[one] = strength * alike[best, one]
        for before in range(step):
            own = spanned[before, best]
            for one in range(n):
                along[one] -= own * spanned[before, one]
        for one in range(n):
            part = along[one] / length
            spanned[step, one] = part
            if not is_chosen[one]:
                apart[one] = max(apart[one] - part * part, np.float32(LEAST))
                worth[one] = relevance[one] * np.sqrt(apart[one])
