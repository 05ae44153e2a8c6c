"""Shoppers' pasts, read from the event log once and kept until something is added to them.

Before each use one look at the log's index tells whether the kept past is still the log's: nothing can go stale. The
pasts of those who asked last are kept ready, with all that was made of them; the others are packed.
"""

from __future__ import annotations

import struct
import sys
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np

from daogou.core.clock import DAY_US, HOUR_US
from daogou.core.settings import HistorySettings, RuleSettings
from daogou.core.types import (
    DECISIVE_EVENTS,
    EVENT_NAMES,
    EVENT_WEIGHTS,
    F32,
    I32,
    I64,
    HistoryRow,
    Item,
    Query,
)
from daogou.data.dataset import history_query
from daogou.data.store.store import Store
from daogou.decide.catalogue import Catalogue
from daogou.decide.eligibility import bought_and_barred, disliked
from daogou.decide.lines import Lines
from daogou.decide.reach import Reach
from daogou.decide.standing import standing
from daogou.learn.training.history import decayed_query

MOST_DECISIONS = 10_000

MOST_READY = 4_096
"""Shoppers whose pasts are kept ready, 5 to 10 KB each."""

MOST_PACKED_BYTES = 32_000_000
"""Of all packed pasts together, with what it takes to find them."""

ENTRY_BYTES = 250
"""What one packed past takes beside its bytes and its key."""

IS_TRADE = np.array([name in ("purchase", "refund") for name in EVENT_NAMES])
IS_DECISIVE = np.array([name in DECISIVE_EVENTS for name in EVENT_NAMES])

Key: TypeAlias = str | tuple[str, ...]


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
    decided   `lines`, and before them what was taken, returned or turned down earlier
    n_older   how many of `decided` come before `lines`
    items     the catalogue's, by number
    """

    settings: HistorySettings = field(default_factory=HistorySettings)
    worth: Mapping[str, float] = field(default_factory=lambda: EVENT_WEIGHTS)
    decided: Lines = field(default_factory=lambda: Lines.of((), {}))
    items: Sequence[Item] = ()
    n_older: int = 0
    _bought: tuple[tuple[int, int, RuleSettings], I32] | None = None

    @cached_property
    def lines(self) -> Lines:
        """The newest lines, as many as the shop's settings want."""
        return self.decided.only(slice(self.n_older, None)) if self.n_older else self.decided

    @property
    def rows(self) -> list[HistoryRow]:
        """The lines about items that the catalogue knows, made anew each time."""
        lines = self.lines
        columns = zip(
            lines.numbers.tolist(), lines.kinds.tolist(), lines.at_us.tolist(), lines.quantities.tolist(), strict=True
        )
        return [
            HistoryRow(EVENT_NAMES[kind], self.items[number].id, at_us, quantity)
            for number, kind, at_us, quantity in columns
            if number >= 0
        ]

    def query(self, now_us: int) -> Query:
        """As models are asked with it, in catalogue numbers, weighed exactly as in training and evaluation."""
        folded = self._folded
        return decayed_query(
            Query(folded.history, folded.weights, folded.at_us, now_us), self.settings.half_life_days * DAY_US
        )

    @cached_property
    def _weights(self) -> F32:
        """(n_lines,) what each line counts."""
        of_kind = np.array([self.worth.get(name, 0.0) for name in EVENT_NAMES], np.float32)
        return of_kind[self.lines.kinds]

    @cached_property
    def _folded(self) -> Query:
        known = self.lines.numbers >= 0
        return history_query(self.lines.numbers[known], self._weights[known], self.lines.at_us[known])

    @cached_property
    def met(self) -> Met:
        """How often and when last, by item."""
        known = self.lines.numbers >= 0
        items, of_line, times = np.unique(self.lines.numbers[known], return_inverse=True, return_counts=True)
        last_us = np.zeros(len(items), np.int64)
        np.maximum.at(last_us, of_line, self.lines.at_us[known])
        return Met(items, times, last_us)

    @cached_property
    def strongest(self) -> Mapping[str, str]:
        """For each item id the weightiest thing done with it: a purchase before a cart before a look."""
        weakest_first = np.argsort(self._weights, kind="stable")
        numbers, kinds = self.lines.numbers[weakest_first].tolist(), self.lines.kinds[weakest_first].tolist()
        return {
            self.items[number].id: EVENT_NAMES[kind] for number, kind in zip(numbers, kinds, strict=True) if number >= 0
        }

    @cached_property
    def disliked(self) -> I32:
        """Numbers of items turned down and not taken up again."""
        return disliked(self.decided)

    def bought(self, catalogue: Catalogue, rules: RuleSettings, now_us: int) -> I32:
        """Numbers of items owned already that must not come back, as of the last full hour."""
        hour = now_us // HOUR_US
        asked = (hour, catalogue.revision, rules)
        if self._bought is None or self._bought[0] != asked:
            trades = self.decided.only(IS_TRADE[self.decided.kinds])
            found = bought_and_barred(trades, catalogue, rules, hour * HOUR_US)
            self._bought = (asked, found)
        return self._bought[1]


NO_PAST = Past()


class PastBook:
    """The pasts of those who asked last, each as the log has it now.

    settings  how many of the newest lines are read of each, and how they fade
    worth     what each kind of event counts
    reach     while the database is away, a past that is kept ready is used as it was, and others are not known
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        settings: HistorySettings,
        worth: Mapping[str, float],
        reach: Reach | None = None,
    ) -> None:
        self._store, self._catalogue, self._settings, self._worth = store, catalogue, settings, worth
        self._reach = reach or Reach()
        self._ready: OrderedDict[Key, tuple[tuple[int, ...], Past]] = OrderedDict()
        self._packed: OrderedDict[Key, bytes] = OrderedDict()  # each begins with its stamp
        self._n_bytes = 0

    def past(self, people: Sequence[str]) -> Past:
        """The past of these person keys."""
        return self.past_as_of(people, self._reach.ask(lambda: self._store.past_stamp(people), None) if people else ())

    def past_as_of(self, people: Sequence[str], found: tuple[int, ...] | None) -> Past:
        """The past of these person keys, of whom the log's index has just said `found`; None: it was not there."""
        if not people:
            return NO_PAST
        key = people[0] if len(people) == 1 else tuple(people)
        held = self._ready.get(key)
        if found is None:
            return NO_PAST if held is None else held[1]
        stamp = (*found, len(self._catalogue))
        if held is not None and held[0] == stamp:
            self._ready.move_to_end(key)
            return held[1]
        past = self._unpacked(key, stamp) or self._reach.ask(lambda: self._read(people), None)
        if past is None:
            return NO_PAST if held is None else held[1]
        self._ready[key] = (stamp, past)
        self._ready.move_to_end(key)
        if len(self._ready) > MOST_READY:
            self._pack(*self._ready.popitem(last=False))
        return past

    def _read(self, people: Sequence[str]) -> Past:
        read = self._store.history(people, self._settings.max_rows)
        lines = self._lines(standing(read))
        if len(read) < self._settings.max_rows:
            return self._of(lines)
        decided = self._lines(standing(self._store.decisions(people, MOST_DECISIONS)))
        n_older = max(len(decided) - int(IS_DECISIVE[lines.kinds].sum()), 0)
        return self._of(decided.only(slice(n_older)).followed_by(lines), n_older)

    def _lines(self, rows: list[HistoryRow]) -> Lines:
        return Lines.of(rows, self._catalogue.number_of)

    def _of(self, decided: Lines, n_older: int = 0) -> Past:
        return Past(self._settings, self._worth, decided, self._catalogue.items, n_older)

    def _unpacked(self, key: Key, stamp: tuple[int, ...]) -> Past | None:
        packed = self._packed.get(key)
        head = _head(stamp)
        if packed is None or not packed.startswith(head):
            return None
        n_older = int.from_bytes(packed[len(head) : len(head) + 2], "little")
        return self._of(Lines.unpacked(packed[len(head) + 2 :]), n_older)

    def _pack(self, key: Key, held: tuple[tuple[int, ...], Past]) -> None:
        stamp, past = held
        head = _head(stamp)
        packed = self._packed.pop(key, None)
        if packed is not None:
            self._n_bytes -= _room(key, packed)
        if packed is None or not packed.startswith(head):
            packed = head + past.n_older.to_bytes(2, "little") + past.decided.packed()
        self._packed[key] = packed
        self._n_bytes += _room(key, packed)
        while self._n_bytes > MOST_PACKED_BYTES and self._packed:
            self._n_bytes -= _room(*self._packed.popitem(last=False))


def _head(stamp: tuple[int, ...]) -> bytes:
    return struct.pack(f"<{len(stamp)}q", *stamp)


def _room(key: Key, packed: bytes) -> int:
    return len(packed) + sys.getsizeof(key) + ENTRY_BYTES
