"""The candidates still in the running: blended scores, and the share of every cause in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, I64, Query
from daogou.decide.retrieve.signal import Signal
from daogou.learn.kernels.best import best_positive


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

    def of(self, places: I64) -> Causes:
        """The same for some of the candidates."""
        return Causes(self.numbers, self.mass, self.shares[:, places], self.sources[:, places])

    def scaled(self, factors: F32) -> Causes:
        """The same where the score of each candidate is multiplied by its factor, (n_pool,): all parts stay exact."""
        return Causes(self.numbers, self.mass, self.shares * factors, self.sources * factors)


def blend(signals: Sequence[Signal], n_items: int) -> F32:
    """(n_items,) the sum of all signals."""
    total = np.zeros(n_items, np.float32)
    among = common_numbers(signals)
    if among is not None:
        total[among] = np.sum([signal.scores[among] for signal in signals], axis=0)
        return total
    for signal in signals:
        total += signal.scores
    return total


def common_numbers(signals: Sequence[Signal]) -> I32 | None:
    """The numbers of all items with a score other than 0, where all signals name the same; else None."""
    among = signals[0].among if signals else None
    return among if all(signal.among is among for signal in signals) else None


def top(scores: F32, size: int, among: I32 | None = None) -> Pool:
    """The best `size` items with a positive score; ties go to the lower number, so answers repeat exactly.

    among  ascending numbers of all items with a score other than 0, where they are known
    """
    if among is not None:
        found = top(scores[among], size)
        return Pool(among[found.numbers], found.scores)
    return Pool(*best_positive(scores, size))


def attribute(signals: Sequence[Signal], query: Query, pool: I32) -> Causes:
    """Split the scores of `pool` over the causes of all signals; `query` is the shopper's history."""
    numbers, parts = _parts(signals, pool)
    shares = parts[0] if parts else np.empty((0, len(pool)), np.float32)
    for part in parts[1:]:
        shares = shares + part
    return Causes(numbers, _mass(numbers, query), shares, _sources(signals, pool))


def attributed(signals: Sequence[Signal], query: Query, pool: I32) -> tuple[Causes, F32]:
    """The same, and (n_arguing, n_causes, n_pool) the shares by each signal that argues from anything."""
    numbers, parts = _parts(signals, pool)
    stacked = np.array(parts, np.float32).reshape(len(parts), len(numbers), len(pool))
    return Causes(numbers, _mass(numbers, query), stacked.sum(axis=0), _sources(signals, pool)), stacked


def _parts(signals: Sequence[Signal], pool: I32) -> tuple[I32, list[F32]]:
    """The numbers of all causes, and of each signal that argues from anything (n_causes, n_pool) its shares."""
    arguing = [signal for signal in signals if len(signal.causes)]
    numbers = _union([signal.causes for signal in arguing])
    parts = []
    for signal in arguing:
        part = np.ascontiguousarray(signal.contributions(pool), np.float32)
        if signal.causes is not numbers:
            own, part = part, np.zeros((len(numbers), len(pool)), np.float32)
            part[np.searchsorted(numbers, signal.causes)] = own
        parts.append(part)
    return numbers, parts


def _sources(signals: Sequence[Signal], pool: I32) -> F32:
    """(n_signals, n_pool) what each signal says of each candidate."""
    sources = np.empty((len(signals), len(pool)), np.float32)
    for row, signal in zip(sources, signals, strict=True):
        row[:] = signal.scores[pool]
    return sources


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
