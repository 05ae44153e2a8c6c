"""A store that is a few dictionaries, and files made of text."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import zstandard

from daogou.core.clock import Clock, standing_clock
from daogou.core.types import Event, Item, User
from daogou.data.store.store import Appended

NOW_US = 1_795_255_200_000_000  # 2026-11-21T10:00:00Z


class Shelf:
    """What an import needs of a store, kept in memory. `fails_after` events it breaks, like a pulled plug."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.catalogue: dict[str, Item] = {}
        self.people: dict[str, User] = {}
        self.transactions = 0
        self.fails_after: int | None = None

    def append(self, events: Sequence[Event]) -> Appended:
        if self.fails_after is not None and len(self.events) + len(events) > self.fails_after:
            raise KeyboardInterrupt
        self.transactions += 1
        before = len(self.events)
        for event in events:
            self.events.setdefault(event.event_id, event)
        accepted = len(self.events) - before
        return Appended(accepted, len(events) - accepted)

    def put_items(self, items: Sequence[Item]) -> int:
        self.catalogue.update((item.id, item) for item in items)
        return self.catalogue_revision()

    def put_users(self, users: Sequence[User]) -> None:
        self.people.update((user.id, user) for user in users)

    def items(self, ids: Sequence[str]) -> list[Item]:
        return [self.catalogue[one] for one in ids if one in self.catalogue]

    def count_events(self) -> int:
        return len(self.events)

    def catalogue_revision(self) -> int:
        return len(self.catalogue)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(scope="session")
def new_shelf() -> Callable[[], Shelf]:
    """For property tests, which need a fresh one per example."""
    return Shelf


@pytest.fixture
def now_us() -> int:
    return NOW_US


@pytest.fixture
def clock() -> Clock:
    return standing_clock(NOW_US)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file: write("orders.csv", text or bytes, pack="gzip" | "zstd")."""

    def written(name: str, content: str | bytes, pack: str | None = None) -> Path:
        raw = content.encode() if isinstance(content, str) else content
        if pack == "gzip":
            raw = gzip.compress(raw, mtime=0)
        elif pack == "zstd":
            raw = zstandard.compress(raw)
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return written
