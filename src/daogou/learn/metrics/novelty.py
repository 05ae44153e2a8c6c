"""How well known the shown items are, one figure per user: what a list adds to what sells by itself.

Popularity of an item is the share of training users who had it, in [0, 1]. A user without any place gets 0.
Sources: Zhou et al., PNAS 2010 (self-information); Vargas & Castells, RecSys 2011 (EPC, EFD); Abdollahpouri et al.,
"Managing popularity bias in recommender systems with personalized re-ranking", FLAIRS 2019 (average popularity, lift).
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32, Bools


def self_information(ranked: I32, popularity: F64, n_users: int) -> F64:
    """(n_users,) mean of -log2(popularity) over a list's places, in bits; an unseen item counts as half a user.

    ranked      (n_lists, k) item numbers; -1 marks an empty place
    popularity  (n_items,) share of the `n_users` training users who had the item
    """
    return _mean_over_places(ranked, -np.log2(np.maximum(popularity, 0.5 / max(n_users, 1))))


def expected_popularity_complement(ranked: I32, popularity: F64) -> F64:
    """EPC, (n_lists,): mean of 1 - popularity over the places, weighed by 1 / log2(rank + 1); 1 = nobody had it."""
    return _discounted(ranked, 1.0 - popularity)


def expected_free_discovery(ranked: I32, share_of_interactions: F64, n_interactions: int) -> F64:
    """EFD, (n_lists,): mean of -log2(share of all interactions) in bits, weighed by 1 / log2(rank + 1).

    share_of_interactions  (n_items,) sums to 1; an item never taken counts as half of one of `n_interactions`
    """
    return _discounted(ranked, -np.log2(np.maximum(share_of_interactions, 0.5 / max(n_interactions, 1))))


def average_popularity(ranked: I32, popularity: F64) -> F64:
    """ARP, (n_lists,): mean popularity of the shown items."""
    return _mean_over_places(ranked, popularity)


def popularity_lift(ranked: I32, histories: csr_matrix, popularity: F64) -> F64:
    """How much more popular a user's list is than what the user took before: 0.5 = by half, 0 = alike, below 0 = less.

    histories  (n_lists, n_items) stored entries are what each user had; without any there is no figure (NaN)
    """
    counts = np.diff(histories.indptr)
    owned = np.asarray(histories.astype(bool).astype(np.float64) @ popularity, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        before = owned / counts
        lift = average_popularity(ranked, popularity) / before - 1.0
    return np.where(owned > 0, lift, np.nan)


def long_tail_share(ranked: I32, is_head: Bools) -> F64:
    """(n_lists,) share of a list's places that go to items outside the head.

    is_head  (n_items,) the best-selling items, however the caller draws that line
    """
    return _mean_over_places(ranked, (~is_head).astype(np.float64))


def _mean_over_places(ranked: I32, value: F64) -> F64:
    filled = ranked >= 0
    summed = np.where(filled, value[ranked], 0.0).sum(axis=1)
    return np.asarray(summed / np.maximum(filled.sum(axis=1), 1), np.float64)


def _discounted(ranked: I32, value: F64) -> F64:
    discount = 1.0 / np.log2(np.arange(2, ranked.shape[1] + 2))
    weight = np.where(ranked >= 0, discount, 0.0)
    return np.asarray((weight * value[ranked]).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-300), np.float64)
