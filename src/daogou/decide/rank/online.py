"""The online features of some candidates, in the order of `ONLINE`: exactly what is logged and learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32
from daogou.decide.pool import Pool
from daogou.decide.rank.facts import ItemFacts
from daogou.decide.rank.taste import FIRST_FACT, FIRST_SOURCE, tell
from daogou.decide.retrieve.signal import Occasion, Signal
from daogou.learn.online import ONLINE

SOURCES = ONLINE[FIRST_SOURCE:FIRST_FACT]
MOST = 60_000.0
"""Largest number kept: half precision has none beyond 65,504."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The online features (n, len(ONLINE)) of some items, by their numbers (n,)."""

    numbers: I32
    features: F32

    def of(self, numbers: Sequence[int]) -> F32:
        """(len(numbers), len(ONLINE)) those of these items, NaN where they are not among them."""
        place_of = dict(zip(self.numbers.tolist(), range(len(self.numbers)), strict=True))
        found = np.full((len(numbers), len(ONLINE)), np.nan, np.float32)
        for row, number in enumerate(numbers):
            if number in place_of:
                found[row] = self.features[place_of[number]]
        return found


def online_features(facts: ItemFacts, occasion: Occasion, signals: Sequence[Signal], pool: Pool) -> Known:
    """Of every candidate, of half precision, as the log keeps them, so that training sees what serving saw.

    pool  the candidates, best first, with the sum of `signals` as their scores
    """
    numbers, query, met = pool.numbers, occasion.query, occasion.past.met
    table = np.full((len(numbers), len(ONLINE)), np.nan, np.float32)
    table[:, FIRST_SOURCE:FIRST_FACT] = 0.0
    tell(
        table, numbers, pool.scores, facts.table(occasion.now_us), query.history, query.strengths(), facts.prices,
        occasion.catalogue.category, facts.department, facts.brand, met.numbers, met.times, met.last_us,
        occasion.now_us,
    )  # fmt: skip
    for signal in signals:
        column = source_column(signal.name)
        if column is not None:
            table[:, column] += signal.scores[numbers] / pool.scores
    return Known(numbers, as_logged(table))


def as_logged(table: F32) -> F32:
    """The same features in the half precision of the log."""
    return np.asarray(np.clip(table, -MOST, MOST).astype(np.float16), np.float32)


def source_column(name: str) -> int | None:
    """Which feature says how much a signal of this name brings; None where none does."""
    return FIRST_SOURCE + SOURCES.index(name) if name in SOURCES else None
