"""The best k of many scores, the same on every machine and for every order of work."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, I32, I64


def tie_order(n_items: int, seed: int) -> I64:
    """(n_items,) a fixed shuffle that decides among equal scores, the same for every model.

    Item numbers often follow age or sales, so breaking ties by number would favour a model that says nothing.
    """
    return np.random.default_rng(seed).permutation(n_items)


def top_k(scores: F32, k: int, ties: I64) -> I32:
    """Item numbers of the k highest scores per row, best first; -1 where only -inf is left.

    scores  (n_rows, n_items); NaN is refused by an assertion, -inf means masked
    ties    (n_items,) among equal scores the lower value comes first

    Only the scores at or above the k-th highest are sorted: O(n_items) per row and a small sort.
    """
    assert not np.isnan(scores).any(), "a model scored NaN"
    n_rows, n_items = scores.shape
    size = min(k, n_items)
    ranked = np.full((n_rows, k), -1, np.int32)
    if not n_rows or not size:
        return ranked
    kth = np.partition(scores, n_items - size, axis=1)[:, n_items - size]
    row, item = np.nonzero(scores >= kth[:, None])
    value = scores[row, item]
    possible = value > -np.inf
    row, item, value = row[possible], item[possible], value[possible]
    order = np.lexsort((ties[item], -value, row))
    row, item = row[order], item[order]
    place = np.arange(len(row)) - np.searchsorted(row, np.arange(n_rows))[row]
    inside = place < size
    ranked[row[inside], place[inside]] = item[inside]
    return ranked
