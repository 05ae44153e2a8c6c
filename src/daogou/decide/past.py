"""Shoppers' pasts, read from the event log once and kept until something is added to them.

Before each use one look at the log's index tells whether the kept past is still the log's: nothing can go stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from daogou.core.clock import DAY_US, HOUR_US
from daogou.core.settings import HistorySettings, RuleSettings
from daogou.core.types import EVENT_WEIGHTS, I32, I64, HistoryRow, Query
from daogou.data.dataset import history_query
from daogou.data.store.store import Store
from daogou.decide.catalogue import Catalogue
from daogou.decide.eligibility import bought_and_barred, disliked
from daogou.learn.training.history import decayed_query

MOST_DECISIONS = 10_000
MOST_LINES_KEPT = 300_000
"""Lines of all kept pasts together, about 100 bytes each."""

TRADES = frozenset({"purchase", "refund"})


@dataclass(frozen=True, eq=False)
class Met:
    """numbers (n,) ascending; times (n,) lines about each; last_us (n,) of the last one"""

    numbers: I32
    times: I64
    last_us: I64


@dataclass(eq=False)
class Past:
    """What a shopper did, oldest first.

    settings  how it fades; worth: what each kind of event counts
    rows     the newest lines; numbers: of each one's item, -1 where the catalogue does not know it
    decided  what was taken, returned or turned down, also before `rows`; decided_numbers likewise
    """

    settings: HistorySettings = field(default_factory=HistorySettings)
    worth: Mapping[str, float] = field(default_factory=lambda: EVENT_WEIGHTS)
    rows: list[HistoryRow] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    decided: list[HistoryRow] = field(default_factory=list)
    decided_numbers: list[int] = field(default_factory=list)
    _bought: tuple[tuple[int, int, RuleSettings], I32] | None = None

    def query(self, now_us: int) -> Query:
        """As models are asked with it, in catalogue numbers, weighed exactly as in training and evaluation."""
        folded = self._folded
        return decayed_query(
            Query(folded.history, folded.weights, folded.at_us, now_us), self.settings.half_life_days * DAY_US
        )

    @cached_property
    def _folded(self) -> Query:
        items = np.array(self.numbers, np.int32)
        weights = np.array([self.worth.get(row.name, 0.0) for row in self.rows], np.float32)
        at_us = np.array([row.at_us for row in self.rows], np.int64)
        known = items >= 0
        return history_query(items[known], weights[known], at_us[known])

    @cached_property
    def met(self) -> Met:
        """How often and when last, by item."""
        known = [(number, row.at_us) for number, row in zip(self.numbers, self.rows, strict=True) if number >= 0]
        numbers = np.array([number for number, _ in known], np.int32)
        items, of_line, times = np.unique(numbers, return_inverse=True, return_counts=True)
        last_us = np.zeros(len(items), np.int64)
        np.maximum.at(last_us, of_line, np.array([at_us for _, at_us in known], np.int64))
        return Met(items, times, last_us)

    @cached_property
    def strongest(self) -> Mapping[str, str]:
        """For each item id the weightiest thing done with it: a purchase before a cart before a look."""
        found: dict[str, str] = {}
        for row in self.rows:
            held = found.get(row.item_id)
            if held is None or self.worth.get(row.name, 0.0) >= self.worth.get(held, 0.0):
                found[row.item_id] = row.name
        return found

    @cached_property
    def disliked(self) -> I32:
        """Numbers of items turned down and not taken up again."""
        return disliked(self.decided, self.decided_numbers)

    def bought(self, catalogue: Catalogue, rules: RuleSettings, now_us: int) -> I32:
        """Numbers of items owned already that must not come back, as of the last full hour."""
        hour = now_us // HOUR_US
        asked = (hour, catalogue.revision, rules)
        if self._bought is None or self._bought[0] != asked:
            found = bought_and_barred(*self._trades, catalogue, rules, hour * HOUR_US)
            self._bought = (asked, found)
        return self._bought[1]

    @cached_property
    def _trades(self) -> tuple[list[HistoryRow], list[int]]:
        """Purchases and refunds among `decided`, with their numbers."""
        chosen = [place for place, row in enumerate(self.decided) if row.name in TRADES]
        return [self.decided[place] for place in chosen], [self.decided_numbers[place] for place in chosen]


NO_PAST = Past()


class PastBook:
    """The pasts of those who asked last, each as the log has it now.

    settings  how many of the newest lines are read of each, and how they fade
    worth     what each kind of event counts
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, settings: HistorySettings, worth: Mapping[str, float]
    ) -> None:
        self._store, self._catalogue, self._settings, self._worth = store, catalogue, settings, worth
        self._kept: OrderedDict[tuple[str, ...], tuple[tuple[int, ...], Past]] = OrderedDict()
        self._n_lines = 0

    def past(self, people: list[str]) -> Past:
        """The past of these person keys."""
        if not people:
            return NO_PAST
        key = tuple(people)
        stamp = (*self._store.past_stamp(people), len(self._catalogue))
        held = self._kept.get(key)
        if held is not None and held[0] == stamp:
            self._kept.move_to_end(key)
            return held[1]
        past = self._read(people)
        self._keep(key, stamp, past)
        return past

    def _read(self, people: list[str]) -> Past:
        rows = self._store.history(people, self._settings.max_rows)
        numbers = self._numbers(rows)
        if len(rows) < self._settings.max_rows:
            return Past(self._settings, self._worth, rows, numbers, rows, numbers)
        decided = self._store.decisions(people, MOST_DECISIONS)
        return Past(self._settings, self._worth, rows, numbers, decided, self._numbers(decided))

    def _numbers(self, rows: list[HistoryRow]) -> list[int]:
        number_of = self._catalogue.number_of
        return [number_of.get(row.item_id, -1) for row in rows]

    def _keep(self, key: tuple[str, ...], stamp: tuple[int, ...], past: Past) -> None:
        replaced = self._kept.pop(key, None)
        self._n_lines += _lines(past) - (_lines(replaced[1]) if replaced else 0)
        self._kept[key] = (stamp, past)
        while self._n_lines > MOST_LINES_KEPT and len(self._kept) > 1:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._n_lines -= _lines(oldest)


def _lines(past: Past) -> int:
    return len(past.rows) + (len(past.decided) if past.decided is not past.rows else 0)
