"""Do groups of items get the attention that shoppers' choices call for? By popularity, age, category, brand, seller."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32
from daogou.learn.evaluation.catalogue_facts import CatalogueFacts, ItemGroups
from daogou.learn.evaluation.result import Exposure
from daogou.learn.metrics.fairness import exposure_by_group
from daogou.learn.metrics.intervals import Draws, Interval, interval_of, resampled_means


def item_exposure(
    ranked: Sequence[I32], relevant: csr_matrix, facts: CatalogueFacts, draws: Draws
) -> list[tuple[Exposure, ...]]:
    """Exposure of every group of items by every model.

    ranked    per model (n_users, k), of users with at least one target
    relevant  (n_users, n_items) stored entries are targets
    """
    found: list[list[Exposure]] = [[] for _ in ranked]
    for groups in facts.groups:
        n = len(groups.names)
        chosen = _choices(relevant, groups)
        shown = [exposure_by_group(one, groups.of_item, n) for one in ranked]
        columns = np.concatenate([chosen, *shown], axis=1)
        drawn = resampled_means(columns, resamples=draws.resamples, seed=draws.seed)
        means = columns.mean(axis=0)
        for model in range(len(ranked)):
            for number, name in enumerate(groups.names):
                place = (model + 1) * n + number
                found[model].append(
                    Exposure(
                        kind=groups.kind,
                        name=name,
                        catalogue=float(np.mean(groups.of_item == number)),
                        chosen=interval_of(means[number], drawn[:, number], level=draws.level),
                        shown=interval_of(means[place], drawn[:, place], level=draws.level),
                        parity=_ratio(means[place], means[number], drawn[:, place], drawn[:, number], draws.level),
                    )
                )
    return [tuple(one) for one in found]


def _choices(relevant: csr_matrix, groups: ItemGroups) -> F64:
    """(n_users, n_groups) share of each user's targets that belong to each group."""
    n_users, n_groups = relevant.shape[0], len(groups.names)
    counts = np.diff(relevant.indptr)
    row = np.repeat(np.arange(n_users), counts)
    group = groups.of_item[relevant.indices]
    inside = group >= 0
    weight = (1.0 / np.maximum(counts, 1))[row[inside]]
    return np.asarray(
        csr_matrix((weight, (row[inside], group[inside])), shape=(n_users, n_groups)).toarray(), np.float64
    )


def _ratio(shown: float, chosen: float, shown_drawn: F64, chosen_drawn: F64, level: float) -> Interval | None:
    possible = chosen_drawn > 0
    if chosen <= 0.0 or not possible.any():
        return None
    return interval_of(shown / chosen, shown_drawn[possible] / chosen_drawn[possible], level=level)
