"""How different the items of one list are, and how many hits nobody needed us for."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32, Bools


def intra_list_distance(ranked: I32, features: csr_matrix) -> F64:
    """ILD, (n_lists,): mean cosine distance over all pairs of a list; 0 = all alike, 1 = nothing in common.

    ranked    (n_lists, k) item numbers; -1 marks an empty place
    features  (n_items, n_features) the declared description of an item, ≥ 0, rows of any length; an item without any
              is at distance 1 from every other; a list of fewer than two items has no distance (NaN)

    The sum over pairs is (|Σx|² - Σ|x|²) / 2 for unit rows, so no pair is ever formed: O(places · features per item).
    Source: Ziegler et al., "Improving recommendation lists through topic diversification", WWW 2005.
    """
    unit = _unit_rows(features)
    has_features = np.diff(unit.indptr) > 0
    filled = ranked >= 0
    n = filled.sum(axis=1)
    shown = csr_matrix(
        (np.ones(int(n.sum())), ranked[filled], np.concatenate([[0], np.cumsum(n)])),
        shape=(len(ranked), features.shape[0]),
    )
    summed = csr_matrix(shown @ unit)
    squared = np.asarray(summed.multiply(summed).sum(axis=1), np.float64).ravel()
    own = np.where(filled, has_features[ranked], False).sum(axis=1)
    pairs = n * (n - 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = 1.0 - (squared - own) / pairs
    return np.where(pairs > 0, np.clip(distance, 0.0, 1.0), np.nan)


def serendipity(ranked: I32, hit: Bools, expected: I32) -> F64:
    """(n_lists,) share of the places that hold a hit which the baseline's list of the same length does not.

    ranked    (n_lists, k) item numbers; -1 marks an empty place
    hit       (n_lists, k) whether the shopper went on to choose it
    expected  (n_lists, m) the baseline's list for the same shopper, for example the best-sellers

    Source: Ge, Delgado-Battenfeld & Jannach, "Beyond accuracy", RecSys 2010: unexpected and useful.
    """
    known = np.sort(expected.astype(np.int64) + np.arange(len(expected))[:, None] * (1 << 32), axis=None)
    asked = ranked.astype(np.int64) + np.arange(len(ranked))[:, None] * (1 << 32)
    if not len(known):
        return np.asarray(hit.mean(axis=1), np.float64)
    place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.asarray((hit & (known[place] != asked)).mean(axis=1), np.float64)


def _unit_rows(features: csr_matrix) -> csr_matrix:
    rows = csr_matrix(features, dtype=np.float64)
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(length, 1e-300), np.diff(rows.indptr))
    rows.eliminate_zeros()
    return rows
