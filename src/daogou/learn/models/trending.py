"""Trending: what shoppers took lately, older interest fading by half every `half_life_days`.

Good for: fashion, seasons, news of the week, filler that does not go stale. Weak for: anything personal.
Cost: one sort of the interactions; 4 * n_items bytes once fitted.

Absolute, not relative to an item's own past: a ratio rewards items that went from one sale to three, which in a
small shop is noise. Exponential fading keeps the order of items the same however late it is asked, so scores fitted
at the last event stay right until new events are learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import F32, I32, I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import more_than
from daogou.learn.trust.votes import voices


@dataclass(frozen=True)
class Trending:
    """Recipe. A shopper counts once per item, at the time of the latest event; so one busy shopper makes no trend.

    Those who neither bought nor came back count for a part.
    """

    half_life_days: float = 14.0

    def __post_init__(self) -> None:
        more_than("half_life_days", self.half_life_days, 0)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> TrendingModel:
        """Fade towards the last event; `seed` changes nothing. Where nobody is known, orders count instead."""
        item, at_us, voice = _latest_of_each_shopper(dataset) if dataset.n_interactions else _order_lines(dataset)
        now_us = int(at_us.max()) if len(at_us) else 0
        faded = np.exp2((at_us - now_us) / (self.half_life_days * DAY_US))
        heat = np.bincount(item, weights=faded * voice, minlength=dataset.n_items).astype(np.float32)
        return TrendingModel(heat, now_us)


@dataclass(frozen=True, eq=False)
class TrendingModel:
    """heat    (n_items,) shoppers, each worth 1 at `now_us` and half of it one half-life earlier
    now_us  the last event learned from
    """

    heat: F32
    now_us: int

    @property
    def n_items(self) -> int:
        return len(self.heat)

    @property
    def common_scores(self) -> F32:
        """(n_items,) what `score_all` copies for everybody."""
        return self.heat

    def score(self, query: Query, items: I32) -> F32:
        """The heat of the asked items, whoever asks."""
        return self.heat[items]

    def score_all(self, query: Query) -> F32:
        """(n_items,) a copy, so that the caller may write into it."""
        return self.heat.copy()

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items) the same row for each."""
        return np.tile(self.heat, (len(queries), 1))


def _latest_of_each_shopper(dataset: Dataset) -> tuple[I32, I64, F32]:
    """Item, time and voice of the last positive event of every (shopper, item)."""
    wanted = dataset.weight > 0
    user, item, at_us = dataset.user[wanted], dataset.item[wanted], dataset.at_us[wanted]
    pair = user.astype(np.int64) * max(dataset.n_items, 1) + item
    last = len(pair) - 1 - np.unique(pair[::-1], return_index=True)[1]
    return item[last], at_us[last], voices(dataset)[user[last]]


def _order_lines(dataset: Dataset) -> tuple[I32, I64, F32]:
    lines = dataset.baskets.tocoo()
    return lines.col.astype(np.int32), dataset.basket_at_us[lines.row], np.ones(lines.nnz, np.float32)
