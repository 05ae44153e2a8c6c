"""What the bilingual shop showed: lists drawn from popularity mixed with pure chance, the probability kept exactly.

Each week has one distribution over the items on sale: 70 % in proportion to recent popularity, 30 % even. A list
draws its places one after the other without repeating (Plackett-Luce); what is recorded for a place is the chance
of that item given what stands above it, among the items in scope: the whole shop, a department or a product type.
"""

from __future__ import annotations

import numpy as np

from daogou.core.types import F64, I32
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.catalogue import Catalogue

SHARE_EVEN = 0.3
PRIOR = 2.0  # popularity of an item nobody has touched yet
WEEKLY_MEMORY = 0.85  # popularity that is left a week later


def week_policy(catalogue: Catalogue, popularity: F64, first_day: int) -> F64:
    """(n_items,) chance of each item for the first place of a list; 0 for coupons and what is not on sale."""
    on_sale = (
        (catalogue.created_day < first_day)
        & (catalogue.last_day >= min(first_day + 7, seasons.N_DAYS))
        & ~catalogue.is_coupon
    )
    liked = np.where(on_sale, popularity + PRIOR, 0.0)
    return np.asarray((1 - SHARE_EVEN) * liked / liked.sum() + SHARE_EVEN * on_sale / on_sale.sum(), np.float64)


def scopes(of_item: I32, n_scopes: int) -> I32:
    """(n_scopes, most) the items of each scope, padded with -1.

    of_item  (n_items,) scope of each item, -1 for none
    """
    members = [np.nonzero(of_item == scope)[0] for scope in range(n_scopes)]
    most = max(len(one) for one in members)
    table = np.full((n_scopes, most), -1, np.int32)
    for scope, one in enumerate(members):
        table[scope, : len(one)] = one
    return table


def draw_slates(policy: F64, candidates: I32, k: int, rng: np.random.Generator) -> tuple[I32, F64]:
    """Draw one list per row of candidates.

    policy      (n_items,) unnormalised
    candidates  (n, m) items in scope, padded with -1

    Returns items (n, k), -1 where a scope has too few, and the propensity of each place, NaN beside -1.
    Exponential races: the i-th smallest of E_j / p_j is the i-th item drawn without repeating.
    """
    weight = np.where(candidates >= 0, policy[candidates], 0.0)
    places = min(k, candidates.shape[1])
    with np.errstate(divide="ignore"):
        race = rng.standard_exponential(candidates.shape) / weight
    first = np.argpartition(race, places - 1, axis=1)[:, :places]
    order = np.argsort(np.take_along_axis(race, first, axis=1), axis=1)
    chosen = np.take_along_axis(first, order, axis=1)
    share = np.take_along_axis(weight, chosen, axis=1) / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    left = 1.0 - (np.cumsum(share, axis=1) - share)
    items = np.take_along_axis(candidates, chosen, axis=1)
    is_real = share > 0
    propensity = np.where(is_real, np.minimum(share / np.maximum(left, 1e-12), 1.0), np.nan)
    return np.where(is_real, items, -1).astype(np.int32), np.asarray(propensity, np.float64)
