"""One small ridge regression per item, all items in parallel: explain who took it by who took its candidates.

Item j with candidates C solves  (X_C' X_C + ridge I) b = X_C' x_j  by conjugate gradients; X is shoppers by items. The
small Gram matrix is counted on the spot from the shoppers of the candidates, so no table of all pairs is ever held.
Source: the problem is that of Ning & Karypis, "SLIM", ICDM 2011, with the penalty of Steck, WWW 2019; the counting by
chains of a shopper's earlier candidates is ours.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

CHUNKS = 64
"""Items are dealt out in turn to this many chunks, so that popular items, often numbered first, are spread evenly."""


def _solve_items(indptr, indices, counts, starts, candidates, ridge, steps, tolerance, solved):  # type: ignore[no-untyped-def]
    """Fill `solved` with the weight of every candidate.

    indptr, indices     CSR of items by shoppers: who took each item
    starts, candidates  CSR of items by items: row j lists what may explain item j, never j itself
    counts              (n_users,) float32: how much each shopper counts
    ridge               (n_items,) float32: penalty on the weight of each candidate, in shoppers
    steps, tolerance    stop after so many steps, or when the residual has shrunk by this factor
    solved              (len(candidates),) float32, in the order of `candidates`
    """
    n_items, n_users = len(starts) - 1, len(counts)
    widest = 0
    for j in range(n_items):
        widest = max(widest, starts[j + 1] - starts[j])
    for chunk in prange(CHUNKS):
        gram = np.empty((widest, widest), np.float32)
        right, direction, image, residual = (
            np.empty(widest, np.float32),
            np.empty(widest, np.float32),
            np.empty(widest, np.float32),
            np.empty(widest, np.float32),
        )
        latest = np.full(n_users, -1, np.int32)
        took = np.zeros(n_users, np.bool_)
        earlier, place = np.empty(1024, np.int32), np.empty(1024, np.int32)
        for j in range(chunk, n_items, CHUNKS):
            first, n = starts[j], starts[j + 1] - starts[j]
            if n == 0:
                continue
            n_entries = 0
            for a in range(n):
                n_entries += indptr[candidates[first + a] + 1] - indptr[candidates[first + a]]
            if n_entries > len(earlier):
                earlier, place = np.empty(2 * n_entries, np.int32), np.empty(2 * n_entries, np.int32)
            for t in range(indptr[j], indptr[j + 1]):
                took[indices[t]] = True
            entry = 0
            for a in range(n):
                row = gram[a]
                row[: a + 1] = 0.0
                both, own = np.float32(0.0), np.float32(0.0)
                item = candidates[first + a]
                for t in range(indptr[item], indptr[item + 1]):
                    user = indices[t]
                    count = counts[user]
                    own += count
                    if took[user]:
                        both += count
                    before = latest[user]
                    earlier[entry], place[entry] = before, a
                    latest[user] = entry
                    entry += 1
                    while before >= 0:
                        row[place[before]] += count
                        before = earlier[before]
                row[a] = own + ridge[item]
                right[a] = both
            for a in range(n):
                item = candidates[first + a]
                for t in range(indptr[item], indptr[item + 1]):
                    latest[indices[t]] = -1
                for b in range(a):
                    gram[b, a] = gram[a, b]
            for t in range(indptr[j], indptr[j + 1]):
                took[indices[t]] = False
            _descend(gram, right, n, steps, tolerance, direction, image, residual, solved[first : first + n])


@njit(fastmath=True, cache=False)
def _descend(gram, right, n, steps, tolerance, direction, image, residual, x):  # type: ignore[no-untyped-def]
    """Conjugate gradients from zero with the diagonal as preconditioner."""
    fit = np.float32(0.0)
    for a in range(n):
        x[a] = 0.0
        residual[a] = right[a]
        direction[a] = right[a] / gram[a, a]
        fit += residual[a] * direction[a]
    enough = fit * tolerance * tolerance
    for _ in range(steps):
        if fit <= enough:
            break
        curvature = np.float32(0.0)
        for a in range(n):
            row = gram[a]
            total = np.float32(0.0)
            for b in range(n):
                total += row[b] * direction[b]
            image[a] = total
            curvature += total * direction[a]
        length = fit / curvature
        better = np.float32(0.0)
        for a in range(n):
            x[a] += length * direction[a]
            residual[a] -= length * image[a]
            better += residual[a] * residual[a] / gram[a, a]
        turn = better / fit
        fit = better
        for a in range(n):
            direction[a] = residual[a] / gram[a, a] + turn * direction[a]


def _compiled(function: Any) -> Any:
    """Compile on first use; keep the result on disk where a folder for it can be written (else it compiles anew)."""
    try:
        return njit(parallel=True, fastmath=True, cache=True)(function)
    except RuntimeError:
        return njit(parallel=True, fastmath=True)(function)


solve_items = _compiled(_solve_items)
