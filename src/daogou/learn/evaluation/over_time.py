"""Does demand crowd on fewer items from month to month? The sign of a shop that only sells what it already shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import kendalltau

from daogou.core.types import F64, I64
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.catalogue_facts import HEAD_SHARE
from daogou.learn.evaluation.protocols import target_rows

FEWEST_CHOICES = 200
"""A month with fewer says little about concentration."""


@dataclass(frozen=True)
class Month:
    """How concentrated one month's choices were.

    head_share  share of the choices that went to the best-selling fifth of the items chosen that month, brought to
                `per` choices by drawing, since a month with more choices reaches further into the tail
    """

    month: str
    n: int
    head_share: float


@dataclass(frozen=True)
class Demand:
    """Concentration of demand by month, oldest first.

    tau, p_value  Kendall's rank correlation of head_share with time, and its p: above 0 = it crowds on fewer items
    per           choices per month that every month was brought to
    """

    months: tuple[Month, ...]
    tau: float
    p_value: float
    per: int

    @property
    def direction(self) -> str:
        """ "rising", "falling", or "steady" where it could be chance."""
        if not self.p_value <= 0.05:
            return "steady"
        return "rising" if self.tau > 0 else "falling"

    def to_dict(self) -> dict[str, Any]:
        return {
            "months": [{"month": one.month, "n": one.n, "head_share": one.head_share} for one in self.months],
            "tau": self.tau,
            "p_value": self.p_value,
            "direction": self.direction,
            "per": self.per,
        }


def demand_by_month(dataset: Dataset, *, draws: int = 20, seed: int = 0) -> Demand | None:
    """Concentration of what shoppers chose (purchases where there are any), None with fewer than four full months.

    The first and the last month are left out where they are not whole.
    """
    rows, _ = target_rows(dataset)
    at_us, item = dataset.at_us[rows], dataset.item[rows]
    if not len(at_us):
        return None
    month = at_us.astype("datetime64[us]").astype("datetime64[M]")
    names, number = np.unique(month, return_inverse=True)
    counts = np.bincount(number)
    whole = [one for one in range(len(names)) if counts[one] >= FEWEST_CHOICES and _is_whole(names[one], at_us)]
    if len(whole) < 4:
        return None
    per = int(min(counts[one] for one in whole))
    generator = np.random.default_rng(seed)
    months = tuple(
        Month(str(names[one]), int(counts[one]), _head_share(item[number == one], per, draws, generator))
        for one in whole
    )
    tau, p_value = kendalltau(np.arange(len(months)), [one.head_share for one in months])
    return Demand(months, float(np.nan_to_num(tau)), float(np.nan_to_num(p_value, nan=1.0)), per)


def _is_whole(month: np.datetime64, at_us: I64) -> bool:
    first, after = (
        month.astype("datetime64[us]").astype(np.int64),
        (month + 1).astype("datetime64[us]").astype(np.int64),
    )
    day = 86_400_000_000
    return bool(at_us.min() < first + 3 * day and at_us.max() >= after - 3 * day)


def _head_share(items: F64 | I64, per: int, draws: int, generator: np.random.Generator) -> float:
    shares = []
    for _ in range(draws):
        drawn = generator.choice(items, per, replace=False)
        counts = np.sort(np.unique(drawn, return_counts=True)[1])[::-1]
        shares.append(counts[: int(np.ceil(HEAD_SHARE * len(counts)))].sum() / per)
    return float(np.mean(shares))
