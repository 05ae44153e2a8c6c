"""Who took what in which order: the shape that sequence networks learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.histories import is_known

MICROSECONDS_PER_MINUTE = 60_000_000
N_GAPS, N_HOURS, N_DAYS = 33, 25, 8  # 0 of each means unknown


@dataclass(frozen=True, eq=False)
class Sequences:
    """items  (n,) item numbers, one shopper after the other, oldest first
    at_us   (n,) when
    starts  (n_sequences + 1,) sequence s is rows starts[s]:starts[s + 1]
    """

    items: I32
    at_us: I64
    starts: I64

    @classmethod
    def of(cls, dataset: Dataset) -> Sequences:
        """What each shopper took; an item taken several times running counts once, at its first time."""
        kept = np.flatnonzero(dataset.weight > 0)
        user, item = dataset.user[kept], dataset.item[kept]
        is_new = np.ones(len(kept), bool)
        is_new[1:] = (user[1:] != user[:-1]) | (item[1:] != item[:-1])
        user, kept = user[is_new], kept[is_new]
        starts = np.searchsorted(user, np.arange(dataset.n_users + 1)).astype(np.int64)
        return cls(np.asarray(dataset.item[kept], np.int32), np.asarray(dataset.at_us[kept], np.int64), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> I64:
        """(n_sequences,)"""
        return np.diff(self.starts)

    def without_last(self, chosen: I64) -> Sequences:
        """The same with the last item taken off the sequences named in `chosen`."""
        keep = np.ones(len(self.items), bool)
        keep[self.starts[chosen + 1] - 1] = False
        shorter = self.lengths()
        shorter[chosen] -= 1
        starts = np.concatenate(([0], np.cumsum(shorter)))
        return Sequences(self.items[keep], self.at_us[keep], starts)

    def last(self, chosen: I64) -> tuple[I32, list[Query]]:
        """The last item of each chosen sequence, and the query that asked for it."""
        ends = self.starts[chosen + 1] - 1
        queries = [
            Query(self.items[start:end], at_us=self.at_us[start:end], now_us=int(self.at_us[end]))
            for start, end in zip(self.starts[chosen].tolist(), ends.tolist(), strict=True)
        ]
        return self.items[ends], queries


def held_out(sequences: Sequences, most: int, seed: int) -> I64:
    """At most `most` sequences, drawn by `seed`, whose last item may be held out: those of three items or more."""
    eligible = np.flatnonzero(sequences.lengths() >= 3)
    if len(eligible) > most:
        eligible = np.random.default_rng(seed).choice(eligible, most, replace=False)
    return np.sort(eligible).astype(np.int64)


def recent(query: Query, n_items: int, most: int) -> Query:
    """The last `most` items of a history that the model knows, with their times where they are known."""
    known = np.flatnonzero(is_known(query, n_items))[-most:]
    at_us = query.at_us[known] if len(query.at_us) else query.at_us
    return Query(query.history[known], at_us=at_us, now_us=query.now_us)


def clock(at_us: I64, next_us: I64) -> tuple[I32, I32, I32]:
    """What is known of the moment something is asked: minutes since the last item in powers of two, hour, weekday.

    at_us    when the last item was taken
    next_us  when the next one is asked for, UTC; where it is not later than 0, all three are 0: unknown
    """
    is_told = (next_us > 0) & (at_us > 0)
    minutes = np.maximum(next_us - at_us, 0) / MICROSECONDS_PER_MINUTE
    gap = 1 + np.minimum(np.log2(1 + minutes).astype(np.int32), N_GAPS - 2)
    hour = 1 + (next_us // (60 * MICROSECONDS_PER_MINUTE)) % 24
    day = 1 + (next_us // (24 * 60 * MICROSECONDS_PER_MINUTE) + 3) % 7  # 1970 began on a Thursday
    return tuple(np.where(is_told, one, 0).astype(np.int32) for one in (gap, hour, day))  # type: ignore[return-value]


def next_item_quality(scores: F32, targets: I32, queries: list[Query]) -> tuple[float, float]:
    """HR@10 and NDCG@10 of one target a row, among all items the history does not hold; a tie counts against us.

    scores  (n_queries, n_items); written into
    """
    rows = np.arange(len(targets))
    target = scores[rows, targets][:, None].copy()
    for row, query in enumerate(queries):
        scores[row, query.history] = -np.inf
    rank = (scores >= target).sum(axis=1) - (scores[rows, targets] >= target[:, 0])
    hit = rank < 10
    return float(hit.mean()), float((hit / np.log2(rank + 2.0)).mean())
