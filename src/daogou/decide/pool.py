"""The candidates still in the running: blended scores, and the share of every cause in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, Query
from daogou.decide.retrieve.signal import Signal


@dataclass(frozen=True, slots=True)
class Pool:
    """numbers (n,) catalogue numbers, best first; scores (n,) blended scores, all > 0."""

    numbers: I32
    scores: F32

    def times(self, factors: F32) -> Pool:
        """The same candidates in the order of their scores times `factors` (n,)."""
        scores = self.scores * factors
        order = np.argsort(-scores, kind="stable")
        return Pool(self.numbers[order], scores[order])


@dataclass(frozen=True, slots=True)
class Causes:
    """Who argues for what.

    numbers  (n_causes,) catalogue numbers of history items, anchors or cart items
    mass     (n_causes,) each one's part of the history's total weight; 0 for anchors and cart items
    shares   (n_causes, n_pool) score each cause brings to each candidate
    sources  (n_signals, n_pool) score each signal brings; what no cause brings is sources.sum(0) - shares.sum(0)
    """

    numbers: I32
    mass: F32
    shares: F32
    sources: F32

    def scaled(self, factors: F32) -> Causes:
        """The same where the score of each candidate is multiplied by its factor, (n_pool,): all parts stay exact."""
        return Causes(self.numbers, self.mass, self.shares * factors, self.sources * factors)


def blend(signals: Sequence[Signal], n_items: int) -> F32:
    """(n_items,) the sum of all signals."""
    total = np.zeros(n_items, np.float32)
    for signal in signals:
        total += signal.scores
    return total


def top(scores: F32, size: int) -> Pool:
    """The best `size` items with a positive score; ties go to the lower number, so answers repeat exactly."""
    if size < len(scores):
        bar = np.partition(scores, len(scores) - size)[len(scores) - size]
        numbers = np.flatnonzero(scores >= max(bar, np.finfo(np.float32).tiny))
    else:
        numbers = np.flatnonzero(scores > 0)
    order = np.argsort(-scores[numbers], kind="stable")[:size]
    chosen = numbers[order].astype(np.int32)
    return Pool(chosen, scores[chosen])


def attribute(signals: Sequence[Signal], query: Query, pool: I32) -> Causes:
    """Split the scores of `pool` over the causes of all signals; `query` is the shopper's history."""
    arguing = [signal for signal in signals if len(signal.causes)]
    numbers = _union([signal.causes for signal in arguing])
    shares = np.zeros((len(numbers), len(pool)), np.float32)
    for signal in arguing:
        rows = slice(None) if signal.causes is numbers else np.searchsorted(numbers, signal.causes)
        shares[rows] += signal.contributions(pool)
    sources = np.stack([signal.scores[pool] for signal in signals]) if signals else np.empty((0, len(pool)), np.float32)
    return Causes(numbers, _mass(numbers, query), shares, sources)


def _mass(numbers: I32, query: Query) -> F32:
    """(len(numbers),) what part of the history's total weight each one carries."""
    if not len(query.weights):
        return np.zeros(len(numbers), np.float32)
    part: F32 = query.weights / query.weights.sum()
    if numbers is query.history:
        return part
    part_of = dict(zip(query.history.tolist(), part.tolist(), strict=True))
    return np.array([part_of.get(number, 0.0) for number in numbers.tolist()], np.float32)


def _union(lists: Sequence[I32]) -> I32:
    """All numbers of all lists, each once; one list alone, or the same one several times, is returned as it is."""
    if not lists:
        return np.empty(0, np.int32)
    if all(one is lists[0] for one in lists):
        return lists[0]
    return np.unique(np.concatenate(lists)).astype(np.int32)
