"""VSTAN: STAN that also minds where in the visit the past one is met, and how rare an item is.

It keeps what shoppers did, without their names: erasing a shopper takes a new fit.

Good for: visits of a few clicks, shops where taste changes by the week, fits in seconds; the best of the neighbours of
sessions where its two more settings are chosen on the shop's own data. Weak for: as STAN.
Cost: one sort of the interactions; 16 bytes per interaction once fitted; a query reads at most 50 * `newest` entries.
Source: Ludewig, Mauro, Latifi, Jannach, "Empirical analysis of session-based recommendation algorithms", User Modeling
and User-Adapted Interaction 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least
from daogou.learn.session_neighbours import SessionNeighbours, by_item, past_table, rarities, voices


@dataclass(frozen=True)
class Vstan:
    """Recipe. A moment is one click, or one order with all its lines; 0 for a reach means "without end".

    session_gap_minutes  after so long without an event a new session begins
    neighbours           how many past sessions speak for each query
    newest               how many sessions of each item are looked at, from the newest on
    memory               a history item so many moments back counts 1/e
    entry_memory         a session whose newest shared item lies so many moments back counts 1/e, once more
    closeness            an item of a past session so many moments from what is shared counts 1/e
    freshness_days       a session so many days old counts 1/e
    length               a session of n items counts n^-`length`: 0.5 is the cosine, 0 the plain product
    rarity               an item counts 1 + `rarity` * log(sessions / sessions with it)
    """

    session_gap_minutes: float = 30.0
    neighbours: int = 500
    newest: int = 1000
    memory: float = 3.0
    entry_memory: float = 3.0
    closeness: float = 5.0
    freshness_days: float = 40.0
    length: float = 0.5
    rarity: float = 0.1

    def __post_init__(self) -> None:
        for field in (
            "session_gap_minutes",
            "memory",
            "entry_memory",
            "closeness",
            "freshness_days",
            "length",
            "rarity",
        ):
            at_least(field, getattr(self, field), 0)
        at_least("neighbours", self.neighbours, 1)
        at_least("newest", self.newest, 1)

    def fit(self, dataset: Dataset, *, seed: int = 0) -> SessionNeighbours:
        """Exact; `seed` changes nothing."""
        table, ended_us = past_table(dataset, self.session_gap_minutes)
        return SessionNeighbours(
            table,
            by_item(table),
            voices(table, ended_us, freshness_days=self.freshness_days, length=self.length),
            np.asarray(1.0 + self.rarity * rarities(table), np.float32),
            int(self.neighbours),
            int(self.newest),
            float(self.memory),
            float(self.entry_memory),
            float(self.closeness),
        )
