"""The best k of many scores, the same on every machine and for every order of work."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, I32, I64

CROWD = 8
"""A row in which so many times k items reach the bar, as where a model says nothing, is thinned by tie order first."""


def tie_order(n_items: int, seed: int) -> I64:
    """(n_items,) a fixed shuffle that decides among equal scores, the same for every model.

    Item numbers often follow age or sales, so breaking ties by number would favour a model that says nothing.
    """
    return np.random.default_rng(seed).permutation(n_items)


def top_k(scores: F32, k: int, ties: I64) -> I32:
    """Item numbers of the k highest scores per row, best first; -1 where only -inf is left.

    scores  (n_rows, n_items); NaN is refused by an assertion, -inf means masked
    ties    (n_items,) among equal scores the lower value comes first

    Of every row only what reaches its k-th highest score is ordered; there score and tie order are packed into one
    integer per item, so no two are equal and the answer is unique.
    """
    assert not np.isnan(scores).any(), "a model scored NaN"
    n_rows, n_items = scores.shape
    size = min(k, n_items)
    ranked = np.full((n_rows, k), -1, np.int32)
    if not n_rows or not size:
        return ranked
    bar = np.partition(scores, n_items - size, axis=1)[:, n_items - size]
    reaches = scores >= bar[:, None]
    by_tie = np.argsort(ties)
    for crowded in np.flatnonzero(np.count_nonzero(reaches, axis=1) > CROWD * size):
        tied = by_tie[scores[crowded, by_tie] == bar[crowded]]
        reaches[crowded, tied[size:]] = False
    row, item = np.nonzero(reaches)
    keys = (_ordered(scores[row, item]).astype(np.int64) << 32) | (n_items - ties[item])
    order = np.lexsort((-keys, row))
    starts = np.searchsorted(row, np.arange(n_rows))
    best = item[order[starts[:, None] + np.arange(size)]]
    ranked[:, :size] = np.where(np.take_along_axis(scores, best, axis=1) > -np.inf, best, -1)
    return ranked


def _ordered(scores: F32) -> I32:
    """The bits of each float32 as an integer that sorts as the float does; both zeros are one."""
    bits = (scores + np.float32(0.0)).view(np.int32)
    return np.asarray(np.where(bits < 0, bits ^ np.int32(0x7FFFFFFF), bits), np.int32)
