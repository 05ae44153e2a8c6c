"""Attacks on a shop, as somebody would write them who knows nothing of its defences: for measuring what they achieve.

Sources: profiles of shilling after Lam & Riedl, "Shilling recommender systems for fun and profit", WWW 2004, and
Mobasher, Burke, Bhaumik, Williams, ACM TOIT 2007; pairs after Yang, Gong, Cai, NDSS 2017.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.types import I32, I64
from daogou.data.dataset import Dataset

Filler = Literal["random", "average", "bandwagon"]
Pace = Literal["at once", "slow"]
Taken = tuple[I32, I32, I64]
"""Parallel user, item and at_us of what fake shoppers took; users are numbered from 0."""


def shilling(dataset: Dataset, target: int, n_fake: int, length: int, filler: Filler, pace: Pace, seed: int) -> Taken:
    """Profiles that hold the target among items that make them look real.

    random: any items; average: as often as real shoppers take them; bandwagon: half best sellers, half any
    """
    rng = np.random.default_rng(seed)
    popularity = np.asarray(dataset.matrix().sum(axis=0), np.float64).ravel() + 1e-9
    best = np.argsort(-popularity)[: max(length // 2, 1)]
    profiles = []
    for _ in range(n_fake):
        if filler == "average":
            chosen = rng.choice(dataset.n_items, length, replace=False, p=popularity / popularity.sum())
        elif filler == "bandwagon":
            chosen = np.concatenate([best, rng.choice(dataset.n_items, length - len(best), replace=False)])
        else:
            chosen = rng.choice(dataset.n_items, length, replace=False)
        profiles.append(np.unique(np.append(chosen, target)))
    return _taken(profiles, dataset, pace, rng)


def joined_pair(dataset: Dataset, anchor: int, target: int, n_fake: int, padding: int, pace: Pace, seed: int) -> Taken:
    """Accounts that take the anchor and the target, and so many random items beside them."""
    rng = np.random.default_rng(seed)
    profiles = [
        np.unique(np.concatenate([[anchor, target], rng.choice(dataset.n_items, padding, replace=False)]))
        for _ in range(n_fake)
    ]
    return _taken(profiles, dataset, pace, rng)


def with_fakes(dataset: Dataset, taken: Taken) -> Dataset:
    """The dataset with these shoppers after the real ones; its own baskets and items stay."""
    user, item, at_us = taken
    n_fake = int(user.max(initial=-1)) + 1
    return Dataset.of(
        np.concatenate([dataset.user, user + dataset.n_users]).astype(np.int32),
        np.concatenate([dataset.item, item]).astype(np.int32),
        at_us=np.concatenate([dataset.at_us, at_us]),
        weight=np.concatenate([dataset.weight, np.ones(len(user), np.float32)]),
        event=np.concatenate([dataset.event, np.full(len(user), dataset.event[0], np.uint8)]),
        user_ids=[*dataset.user_ids, *(f"fake{number}" for number in range(n_fake))],
        item_ids=dataset.item_ids,
        items=dataset.items,
    )


def _taken(profiles: list[I64], dataset: Dataset, pace: Pace, rng: np.random.Generator) -> Taken:
    """Each account acts on one day: all within the newest two days, or spread over the newest half year."""
    newest = int(dataset.at_us.max())
    reach = 2 * DAY_US if pace == "at once" else min(180 * DAY_US, newest - int(dataset.at_us.min()))
    begins = newest - rng.integers(0, reach, len(profiles)) - 3_600 * SECOND_US
    lengths = [len(one) for one in profiles]
    user = np.repeat(np.arange(len(profiles)), lengths).astype(np.int32)
    pauses = rng.exponential(30 * SECOND_US, len(user)).astype(np.int64)
    return user, np.concatenate(profiles).astype(np.int32), np.minimum(np.repeat(begins, lengths) + pauses, newest)
