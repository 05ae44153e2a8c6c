"""One model's lists turned into figures: one column per figure with a value per user, and what is of all lists."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32, I64, Bools
from daogou.learn.evaluation.catalogue_facts import CatalogueFacts
from daogou.learn.metrics.beyond import coverage, entropy, gini
from daogou.learn.metrics.calibration import miscalibration
from daogou.learn.metrics.diversity import intra_list_distance, serendipity
from daogou.learn.metrics.novelty import (
    average_popularity,
    expected_free_discovery,
    expected_popularity_complement,
    long_tail_share,
    popularity_lift,
    self_information,
)
from daogou.learn.metrics.ranking import METRICS


def ranking_columns(hit: Bools, n_relevant: I64, ks: tuple[int, ...]) -> dict[str, F64]:
    """ "ndcg@20" → (n_users,), every ranking figure at every length."""
    return {f"{metric}@{k}": METRICS[metric](hit, n_relevant, k) for k, metric in product(ks, METRICS)}


def beyond_columns(
    ranked: I32, hit: Bools, expected: I32, histories: csr_matrix, facts: CatalogueFacts, ks: tuple[int, ...]
) -> dict[str, F64]:
    """ "novelty@20" → (n_users,), every figure beyond accuracy that has a value per user; NaN where it has none.

    expected   (n_users, max(ks)) the baseline's lists for the same users
    histories  (n_users, n_items) how much each user took of each item
    """
    found: dict[str, F64] = {}
    for k in ks:
        part, seen = ranked[:, :k], hit[:, :k]
        found[f"novelty@{k}"] = self_information(part, facts.popularity, facts.n_users)
        found[f"epc@{k}"] = expected_popularity_complement(part, facts.popularity)
        found[f"efd@{k}"] = expected_free_discovery(part, facts.share_of_all, facts.n_interactions)
        found[f"popularity@{k}"] = average_popularity(part, facts.popularity)
        found[f"popularity_lift@{k}"] = popularity_lift(part, histories, facts.popularity)
        found[f"long_tail@{k}"] = long_tail_share(part, facts.is_head)
        found[f"serendipity@{k}"] = serendipity(part, seen, expected[:, :k])
        if facts.features is not None:
            found[f"diversity@{k}"] = intra_list_distance(part, facts.features)
        if facts.categories is not None:
            found[f"miscalibration@{k}"] = miscalibration(part, histories, facts.categories)
    return found


def catalogue_figures(ranked: I32, n_items: int, ks: tuple[int, ...]) -> dict[str, float]:
    """ "coverage@20" → one figure of all lists together."""
    found = {}
    for k in ks:
        found[f"coverage@{k}"] = coverage(ranked[:, :k], n_items)
        found[f"gini@{k}"] = gini(ranked[:, :k], n_items)
        found[f"entropy@{k}"] = entropy(ranked[:, :k], n_items)
    return found


def best_sellers(facts: CatalogueFacts, owned: csr_matrix | None, n_users: int, k: int) -> I32:
    """(n_users, k) what a list of best-sellers would show: the baseline that serendipity is measured against.

    owned  (n_users, n_items) stored entries may not be shown; None where everything may
    """
    order = facts.by_popularity
    if owned is None:
        lists = np.full((n_users, k), -1, np.int32)
        lists[:, : len(order)] = order[:k]
        return lists
    lists = np.full((n_users, k), -1, np.int32)
    for user in range(n_users):
        barred = owned.indices[owned.indptr[user] : owned.indptr[user + 1]]
        first = order[: k + len(barred)]
        kept = first[~np.isin(first, barred)][:k]
        lists[user, : len(kept)] = kept
    return lists


def means(values: Mapping[str, F64]) -> dict[str, float]:
    """The mean of each column over the users who have the figure; columns that nobody has are left out."""
    return {name: float(np.nanmean(column)) for name, column in values.items() if not np.isnan(column).all()}
