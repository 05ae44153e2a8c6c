"""STAN: recommend what past visits that went like this one went on to.

The past sessions that share items with the newest part of a history answer it; the fresher a session and the nearer an
item to what is shared, the more it counts. Like `user_knn` it keeps what shoppers did, without their names: erasing a
shopper takes a new fit.

Good for: visits of a few clicks, shops where taste changes by the week, fits in seconds. Weak for: shoppers whose past
is one item, brand-new items.
Cost: one sort of the interactions; 16 bytes per interaction once fitted; a query reads at most 50 * `newest` entries.
Source: Garg, Gupta, Malhotra, Vig, Shroff, "Sequence and time aware neighborhood for session-based recommendations",
SIGIR 2019.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least
from daogou.learn.session_neighbours import SessionNeighbours, by_item, past_table, voices


@dataclass(frozen=True)
class Stan:
    """Recipe. A moment is one click, or one order with all its lines; 0 for the last three means "without end".

    session_gap_minutes  after so long without an event a new session begins
    neighbours           how many past sessions speak for each query
    newest               how many sessions of each item are looked at, from the newest on
    memory               a history item so many moments back counts 1/e
    closeness            an item of a past session so many moments from what is shared counts 1/e
    freshness_days       a session so many days old counts 1/e
    """

    session_gap_minutes: float = 30.0
    neighbours: int = 500
    newest: int = 1000
    memory: float = 3.0
    closeness: float = 5.0
    freshness_days: float = 40.0

    def __post_init__(self) -> None:
        for field in ("session_gap_minutes", "memory", "closeness", "freshness_days"):
            at_least(field, getattr(self, field), 0)
        at_least("neighbours", self.neighbours, 1)
        at_least("newest", self.newest, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> SessionNeighbours:
        """Exact; `seed` changes nothing."""
        table, ended_us = past_table(dataset, self.session_gap_minutes)
        return SessionNeighbours(
            table,
            by_item(table),
            voices(table, ended_us, freshness_days=self.freshness_days, length=0.5),
            np.ones(dataset.n_items, np.float32),
            int(self.neighbours),
            int(self.newest),
            float(self.memory),
            0.0,
            float(self.closeness),
        )
