"""What is true of SQLite only: how it is opened, what a full or locked disk looks like, what a fork does."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput, StorageFull, StorageUnavailable, UnknownName
from daogou.core.types import Event, EventLine
from daogou.data.store import Appended, EventWriter, Store, open_store, sqlite


def views(first: int, n: int) -> list[Event]:
    return [
        Event(f"e{number}", "view_item", number, (EventLine(f"item{number}"),), visitor_id=f"v{number}")
        for number in range(first, first + n)
    ]


def send_until_refused(store: Store) -> tuple[int, StorageFull]:
    """How many events were acknowledged before the disk refused, and what it said."""
    acknowledged = 0
    while True:
        try:
            acknowledged += store.append(views(acknowledged, 100)).accepted
        except StorageFull as error:
            return acknowledged, error


def break_off(backend: sqlite.SqliteBackend) -> None:
    with backend.writing() as driver:
        driver.execute("INSERT INTO pruned_events VALUES ('a')")
        raise ZeroDivisionError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


def test_commits_wait_for_the_disk(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    backend = store._backend  # type: ignore[attr-defined]
    assert backend.read("PRAGMA journal_mode") == [("wal",)]
    assert backend.read("PRAGMA synchronous") == [(2,)]  # 2 is FULL
    assert backend.read("PRAGMA busy_timeout") == [(10_000,)]
    store.close()


def test_reading_a_past_and_the_revision_needs_no_scan(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    backend = store._backend  # type: ignore[attr-defined]
    past = backend.read(f"EXPLAIN QUERY PLAN {store._events.past}", ("u:anna", 9))  # type: ignore[attr-defined]
    assert [row[3] for row in past] == ["SEARCH events USING INDEX ix_events_past (person=?)"]
    revision = backend.read(f"EXPLAIN QUERY PLAN {store._catalogue.revision}")  # type: ignore[attr-defined]
    assert [row[3] for row in revision] == ["SEARCH items USING COVERING INDEX ix_items_revision"]
    store.close()


def test_a_full_database_takes_nothing_acknowledges_nothing_and_recovers(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "PRAGMA max_page_count = 60"))
    store = open_store(f"sqlite:///{path}")
    n_in, error = send_until_refused(store)
    assert re.search(r"shop\.db is full; nothing was written\. Free some space", str(error))
    assert 0 < n_in == store.count_events()
    assert len(store.history([f"v:v{n_in - 1}"], 10)) == 1
    with EventWriter(store) as writer:
        answers = [writer.submit(views(first, 100)) for first in range(n_in, n_in + 1_000, 100)]
        errors = [answer.exception(10) for answer in answers]
    assert all(isinstance(error, StorageFull) for error in errors)
    assert store.count_events() == n_in
    store.close()

    monkeypatch.undo()
    store = open_store(f"sqlite:///{path}")
    assert store.append(views(0, n_in + 1_000)) == Appended(1_000, n_in)
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = shutil.which("mount")
    if os.name == "nt" or os.geteuid() != 0 or mount is None:
        pytest.skip("needs the right to mount a two-megabyte disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip(f"needs the right to mount a two-megabyte disk: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_really_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 500_000)
    store = open_store(f"sqlite:///{small_disk}/shop.db")
    acknowledged, _ = send_until_refused(store)
    assert 0 < acknowledged == store.count_events()
    ballast.unlink()
    assert store.append(views(0, acknowledged + 100)) == Appended(100, acknowledged)
    store.close()


def test_a_lock_that_is_held_too_long_is_said_to_be_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    store = open_store(f"sqlite:///{path}")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="database is locked"):
        store.append(views(0, 1))
    assert store.count_events() == 0  # reading never waits
    holder.execute("ROLLBACK")
    holder.close()
    assert store.append(views(0, 1)) == Appended(1, 0)
    store.close()


def test_a_file_that_is_no_database_is_said_to_be_none(path: Path) -> None:
    path.write_bytes(b"not a database at all, but long enough to look like one" * 100)
    with pytest.raises(StorageUnavailable, match="file is not a database"):
        open_store(f"sqlite:///{path}")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match=r"Folder .*nowhere does not exist\. Create it"):
        open_store(f"sqlite:///{tmp_path}/nowhere/shop.db")


@pytest.mark.parametrize(
    ("url", "error", "message"),
    [
        ("sqlite://", InvalidInput, "lives in memory"),
        ("sqlite:///:memory:", InvalidInput, "lives in memory"),
        ("shop.db", InvalidInput, "is not a database URL"),
        ("mysql://localhost/shop", UnknownName, "No database is called 'mysql'. Known: postgresql, sqlite"),
    ],
)
def test_a_url_we_cannot_use_is_refused_with_what_to_use(url: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        open_store(url)


def test_a_closed_store_says_so(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    store.close()
    with pytest.raises(StorageUnavailable, match=r"The store shop\.db is closed"):
        store.count_events()


def test_an_error_inside_a_transaction_takes_everything_back(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(ZeroDivisionError):
        break_off(store._backend)  # type: ignore[attr-defined]
    assert store.statistics()["pruned_events"] == 0
    assert store.append(views(0, 1)) == Appended(1, 0)
    store.close()


def test_nothing_is_acknowledged_into_a_file_that_was_removed_or_replaced(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    assert store.append(views(0, 1)) == Appended(1, 0)
    aside = path.with_suffix(".aside")
    path.rename(aside)
    with pytest.raises(StorageUnavailable, match="was removed or replaced while in use"):
        store.append(views(1, 1))
    path.write_bytes(b"")
    with pytest.raises(StorageUnavailable, match="was removed or replaced while in use"):
        store.append(views(1, 1))
    aside.rename(path)
    assert store.append(views(1, 1)) == Appended(1, 0)
    store.close()
