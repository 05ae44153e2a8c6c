"""Gather what was read and store it, one transaction per batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from daogou.core.types import Event, Item, User
from daogou.data.ingest.columns import Kind
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.report import Tally
from daogou.data.store.store import Appended

MOST_LINES = 50_000
_ASK_AT_ONCE = 500


class ImportStore(Protocol):
    """The part of a store that an import needs."""

    def append(self, events: Sequence[Event], /) -> Appended: ...
    def put_items(self, items: Sequence[Item], /) -> int: ...
    def put_users(self, users: Sequence[User], /) -> None: ...
    def items(self, ids: Sequence[str], /) -> list[Item]: ...
    def count_events(self) -> int: ...
    def catalogue_revision(self) -> int: ...


class Batches:
    """Items, users or events on their way into the store."""

    def __init__(self, store: ImportStore, kind: Kind, options: ImportOptions, tally: Tally) -> None:
        self._store, self._kind, self._tally = store, kind, tally
        self._size, self._is_dry_run = max(1, options.batch_size), options.dry_run
        self._waiting: list[Item | User | Event] = []
        self._n_lines = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to flush."""
        return len(self._waiting) >= self._size or self._n_lines >= MOST_LINES

    def add(self, one: Item | User | Event) -> None:
        """Take one along."""
        self._waiting.append(one)
        if isinstance(one, Event):
            self._n_lines += len(one.lines)

    def flush(self) -> None:
        """Store what is waiting; counted only once it is in."""
        if not self._waiting:
            return
        if self._kind == "events":
            events = cast(list[Event], self._waiting)
            self._look_for_unknown_items(events)
            appended = Appended(len(events), 0) if self._is_dry_run else self._store.append(events)
            self._tally.accepted["events"] += appended.accepted
            self._tally.duplicates += appended.duplicates
        else:
            self._put()
            self._tally.accepted[self._kind] += len(self._waiting)
        self._waiting, self._n_lines = [], 0

    def has_at_least(self, accepted: int) -> bool:
        """Whether the store can be the one that took this many rows: a new, empty store starts anew."""
        if self._kind == "events":
            return self._store.count_events() >= accepted
        return self._kind == "users" or accepted == 0 or self._store.catalogue_revision() > 0

    def _put(self) -> None:
        if self._kind == "items":
            items = cast(list[Item], self._waiting)
            self._tally.known_items.update(item.id for item in items)
            if not self._is_dry_run:
                self._store.put_items(items)
        elif not self._is_dry_run:
            self._store.put_users(cast(list[User], self._waiting))

    def _look_for_unknown_items(self, events: Sequence[Event]) -> None:
        known, unknown = self._tally.known_items, self._tally.unknown_items
        fresh = list({line.item_id for event in events for line in event.lines} - known - unknown)
        for start in range(0, len(fresh), _ASK_AT_ONCE):
            asked = fresh[start : start + _ASK_AT_ONCE]
            found = {item.id for item in self._store.items(asked)}
            known |= found
            unknown.update(one for one in asked if one not in found)
        if unknown:
            self._tally.unknown_item_lines += sum(line.item_id in unknown for event in events for line in event.lines)
