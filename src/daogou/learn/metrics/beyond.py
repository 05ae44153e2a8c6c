"""What the lists do to the catalogue: how much of it is shown, how unexpected, how evenly."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F64, I32, I64


def coverage(ranked: I32, n_items: int) -> float:
    """Share of the catalogue that stands in at least one list, from 0 to 1.

    ranked  (n_users, k) item numbers; -1 marks an empty place
    """
    return len(np.unique(ranked[ranked >= 0])) / n_items if n_items else 0.0


def novelty(ranked: I32, n_users_of_item: I64, n_users: int) -> float:
    """Mean self-information of the shown items in bits: -log2 of the share of users who already had the item.

    n_users_of_item  (n_items,) how many of the `n_users` training users had it; an unseen item counts as
                     half a user, since its information would be infinite

    Source: Zhou et al., "Solving the apparent diversity-accuracy dilemma", PNAS 2010.
    """
    shown = ranked[ranked >= 0]
    if not len(shown) or not n_users:
        return 0.0
    share = np.maximum(n_users_of_item[shown], 0.5) / n_users
    return float(-np.log2(share).mean())


def gini(ranked: I32, n_items: int) -> float:
    """How unevenly the places go to items: 0 = every item equally often, near 1 = all to one item.

    Items never shown count as zero. Source: Gini 1912, discrete form over the whole catalogue.
    """
    counts = np.sort(np.bincount(ranked[ranked >= 0], minlength=n_items)).astype(np.float64)
    total = counts.sum()
    if not total:
        return 0.0
    place: F64 = np.arange(1, n_items + 1, dtype=np.float64)
    return float((2.0 * place - n_items - 1.0) @ counts / (n_items * total))


def entropy(ranked: I32, n_items: int) -> float:
    """How evenly the places go to items, in bits: log2(n_items) = every item equally often, 0 = all to one item.

    Source: Shannon 1948, over the share of all places that each item of the catalogue gets.
    """
    counts = np.bincount(ranked[ranked >= 0], minlength=n_items).astype(np.float64)
    total = counts.sum()
    share = counts[counts > 0] / total if total else counts[:0]
    return float(-(share @ np.log2(share))) + 0.0
