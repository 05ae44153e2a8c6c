"""Are groups of shoppers served alike, and do groups of items get the places that shoppers' choices call for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32, I64
from daogou.learn.metrics.intervals import Interval, interval_of, resampled_means


@dataclass(frozen=True)
class Gap:
    """Best-served minus worst-served group.

    difference  with its interval, groups drawn each for itself
    by_chance   the gap that shuffled group labels exceed in one case of twenty: the largest of several groups always
                exceeds the smallest
    """

    best: int
    worst: int
    difference: Interval
    by_chance: float

    @property
    def is_more_than_chance(self) -> bool:
        return self.difference.mean > self.by_chance

    def to_dict(self) -> dict[str, Any]:
        return {
            "difference": self.difference.to_dict(),
            "by_chance": self.by_chance,
            "is_more_than_chance": self.is_more_than_chance,
        }


def draws_by_group(values: F64, group: I64, *, resamples: int = 1000, seed: int = 0) -> F64:
    """Resampled means of each group for itself, (n_groups, resamples, n_columns); arguments as in `user_group_gap`."""
    groups = range(int(group.max()) + 1)
    return np.stack([resampled_means(values[group == one], resamples=resamples, seed=seed + one) for one in groups])


def user_group_gap(
    values: F64, group: I64, *, drawn: F64 | None = None, shuffles: int = 500, seed: int = 0, level: float = 0.95
) -> list[Gap]:
    """Maximum minus minimum over groups of the mean of each column.

    values  (n_users, n_columns) one figure per user and column, for example one column per model
    group   (n_users,) number of each user's group, from 0, none empty
    drawn   what `draws_by_group` gave, where it is at hand
    """
    resampled = draws_by_group(values, group, seed=seed) if drawn is None else drawn
    sizes = np.bincount(group).astype(np.float64)
    means = _group_means(values, group, sizes)
    gaps = np.ptp(resampled, axis=0)
    generator = np.random.default_rng(seed)
    shuffled = [np.ptp(_group_means(values, generator.permutation(group), sizes), axis=0) for _ in range(shuffles)]
    by_chance = np.quantile(shuffled, level, axis=0)
    return [
        Gap(
            best=int(means[:, column].argmax()),
            worst=int(means[:, column].argmin()),
            difference=interval_of(float(np.ptp(means[:, column])), gaps[:, column], level=level),
            by_chance=float(by_chance[column]),
        )
        for column in range(values.shape[1])
    ]


def exposure_by_group(ranked: I32, group: I64, n_groups: int) -> F64:
    """(n_lists, n_groups) how much of a shopper's attention each group of items gets; a full list sums to 1.

    ranked  (n_lists, k) item numbers; -1 marks an empty place
    group   (n_items,) number of each item's group; -1 for none

    A place counts 1 / log2(rank + 1). Source: Singh & Joachims, "Fairness of exposure in rankings", KDD 2018.
    """
    discount = 1.0 / np.log2(np.arange(2, ranked.shape[1] + 2))
    of_place = np.where(ranked >= 0, group[ranked], -1)
    row = np.repeat(np.arange(len(ranked)), ranked.shape[1])
    weight = np.tile(discount / discount.sum(), len(ranked))
    chosen = of_place.ravel() >= 0
    places = (row[chosen], of_place.ravel()[chosen])
    return np.asarray(csr_matrix((weight[chosen], places), shape=(len(ranked), n_groups)).toarray(), np.float64)


def _group_means(values: F64, group: I64, sizes: F64) -> F64:
    members = csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), shape=(len(sizes), len(group)))
    return np.asarray(members @ values / sizes[:, None], np.float64)
