"""The online features of some candidates, in the order of `ONLINE`: exactly what is logged and learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.clock import HOUR_US
from daogou.core.types import F32, I32
from daogou.decide.pool import Pool
from daogou.decide.rank.facts import ItemFacts
from daogou.decide.retrieve.signal import Occasion, Signal
from daogou.learn.online import ONLINE

SOURCES = ONLINE[2:9]
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
    numbers = pool.numbers
    table = np.full((len(numbers), len(ONLINE)), np.nan, np.float32)
    table[:, 0] = np.log(pool.scores / pool.scores[:1])
    table[:, 1] = np.log(np.arange(1, len(numbers) + 1))
    table[:, 2:9] = 0.0
    for signal in signals:
        if signal.name in SOURCES:
            table[:, 2 + SOURCES.index(signal.name)] += signal.scores[numbers] / pool.scores
    table[:, 9:20] = facts.table(occasion.now_us)[numbers]
    if len(occasion.query.history):
        _add_taste(table, facts, occasion, numbers)
    return Known(numbers, np.clip(table, -MOST, MOST).astype(np.float16).astype(np.float32))


def _add_taste(table: F32, facts: ItemFacts, occasion: Occasion, numbers: I32) -> None:
    """How each candidate lies to what the shopper did before."""
    history = occasion.query.history
    weights = occasion.query.strengths().astype(np.float64)
    weights /= weights.sum()
    prices = facts.prices[history]
    priced = ~np.isnan(prices)
    if priced.any():
        usual = np.average(prices[priced], weights=weights[priced])
        table[:, 20] = facts.prices[numbers] - usual
        table[:, 21] = np.abs(table[:, 20])
    for column, of_item in enumerate((occasion.catalogue.category, facts.department, facts.brand), start=22):
        table[:, column] = _shares(of_item, history, weights, numbers)
    _add_meetings(table, occasion, numbers)


def _shares(of_item: I32, history: I32, weights: np.ndarray, numbers: I32) -> np.ndarray:
    """(len(numbers),) the part of the history's weight on items that share each candidate's value."""
    own = of_item[numbers]
    held = np.bincount(of_item[history], weights=weights, minlength=int(own.max(initial=0)) + 1)
    return held[own]


def _add_meetings(table: F32, occasion: Occasion, numbers: I32) -> None:
    """How often and how lately the shopper met the candidates themselves; few of them were met at all."""
    met = occasion.past.met
    table[:, 25] = 0.0
    for place in np.flatnonzero(np.isin(numbers, met.numbers)).tolist():
        row = int(np.searchsorted(met.numbers, numbers[place]))
        table[place, 25] = np.log1p(met.times[row])
        table[place, 26] = np.log1p(max(occasion.now_us - met.last_us[row], 0) / HOUR_US)
