"""A copy of the database is of one moment, whole, and costs the writers nothing but the disk."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table

from daogou.core.errors import StorageUnavailable
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import Store, database_file, open_store, place_snapshot
from daogou.data.store.migrations import HEAD
from daogou.data.store.snapshot import facts_of, faults_of, read_tables, write_tables


def event(number: int) -> Event:
    return Event(f"e{number}", "view_item", number, (EventLine(f"i{number % 50}"),), visitor_id=f"v{number % 100}")


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as opened:
        opened.put_items([Item(f"i{number}", {"en": f"Item {number}"}) for number in range(50)])
        opened.append([event(number) for number in range(5_000)])
        yield opened


def test_a_copy_holds_everything_and_stands_alone(store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    store.snapshot(tmp_path / "copy.db", lambda done, total, what: told.append((done, total)))
    facts = facts_of(tmp_path / "copy.db")
    assert (facts.version, facts.last_seq, facts.counts["events"], facts.counts["items"]) == (HEAD, 5_000, 5_000, 50)
    assert faults_of(tmp_path / "copy.db") == ()
    assert told
    assert told[-1][0] == told[-1][1]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("copy.db-")]


def test_a_copy_made_while_others_write_holds_a_beginning_of_the_log_without_a_gap(
    store: Store, tmp_path: Path
) -> None:
    stop, begun = threading.Event(), threading.Event()
    written = [5_000]

    def write() -> None:
        with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as other:
            while not stop.is_set():
                other.append([event(written[0] + number) for number in range(20)])
                written[0] += 20
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(30)
        acknowledged = written[0]
        store.snapshot(tmp_path / "copy.db")
        at_the_end = written[0]
    finally:
        stop.set()
        writer.join()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copied:
        seqs = [seq for (seq,) in copied.execute("SELECT seq FROM events ORDER BY seq")]
    assert seqs == list(range(1, len(seqs) + 1))
    assert acknowledged <= len(seqs) <= at_the_end + 20
    assert len(seqs) % 20 == 0, "a batch is in the copy whole or not at all"


def test_a_copy_put_in_place_answers_like_the_first(store: Store, tmp_path: Path) -> None:
    store.snapshot(tmp_path / "copy.db")
    url = f"sqlite:///{tmp_path}/elsewhere/shop.db"
    place_snapshot(url, tmp_path / "copy.db")
    with closing(open_store(url)) as placed:
        assert list(placed.iterate_events()) == list(store.iterate_events())
        assert list(placed.all_items()) == list(store.all_items())
        placed.append([event(9_999)])
        assert placed.last_seq() == 5_001


def test_the_tables_of_any_backend_make_the_same_file(store: Store, tmp_path: Path) -> None:
    store.snapshot(tmp_path / "copy.db")
    rows_of = read_tables(tmp_path / "copy.db")

    def rows(table: Table):  # type: ignore[no-untyped-def]
        return rows_of(table)

    write_tables(tmp_path / "written.db", rows)
    assert facts_of(tmp_path / "written.db").counts == facts_of(tmp_path / "copy.db").counts
    with closing(open_store(f"sqlite:///{tmp_path}/written.db")) as written:
        assert list(written.iterate_events()) == list(store.iterate_events())


def test_health_says_size_and_finds_damage(store: Store, tmp_path: Path) -> None:
    health = store.health(thorough=True)
    assert health.n_bytes > 0
    assert (health.clock_us, health.faults) == (None, ())
    store.snapshot(tmp_path / "copy.db")
    with (tmp_path / "copy.db").open("r+b") as file:
        file.seek(4096 * 10)
        file.write(b"\xff" * 4096 * 4)
    assert faults_of(tmp_path / "copy.db")


def test_what_is_no_shops_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database, but long enough to be looked at " * 40)
    with pytest.raises(StorageUnavailable, match="is not the database of a shop"):
        facts_of(tmp_path / "x.db")
    assert faults_of(tmp_path / "x.db")


def test_only_a_database_that_is_a_file_has_one() -> None:
    assert database_file("sqlite:////srv/shop.db") == Path("/srv/shop.db")
