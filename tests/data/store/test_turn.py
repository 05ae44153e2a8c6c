"""Writers stand in line: who has just written goes behind who waits, and nobody who dies keeps a place."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from daogou.core.errors import StorageUnavailable
from daogou.core.types import Event
from daogou.data.store import Appended, Store, open_store, sqlite
from daogou.data.store.turn import next_in_line

HOLD_THE_PLACE = """
import sys, time
from pathlib import Path
from daogou.data.store.turn import next_in_line
with next_in_line(Path(sys.argv[1]), time.monotonic() + 60):
    print("held", flush=True)
    sys.stdin.read()
"""

HOLD_THE_DATABASE = """
import sys
from daogou.core.types import Event
from daogou.data.store import open_store
store = open_store("sqlite:///" + sys.argv[1])
with store._backend.writing() as driver:
    driver.execute("INSERT INTO pruned_events VALUES ('never committed')")
    print("held", flush=True)
    sys.stdin.read()
"""

APPEND_WHEN_TOLD = """
import sys
from daogou.core.types import Event
from daogou.data.store import open_store
store = open_store("sqlite:///" + sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
store.append([Event("from the one who waits in line", "search", 1)])
"""


@contextmanager
def program(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """A running program that has come to where it prints "held"; killed with SIGKILL at the end."""
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            assert running.stdout.readline() == "held\n"
            yield running
        finally:
            running.kill()


def place_is_taken(line: Path) -> bool:
    with next_in_line(line, time.monotonic() - 1) as has_place:
        return not has_place


def wait_until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not claim():
        assert time.monotonic() < deadline, "waited for half a minute in vain"
        time.sleep(0.001)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
def line(path: Path) -> Path:
    return path.with_name("shop.db-line")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def test_who_has_just_written_goes_behind_who_waits(store: Store, line: Path) -> None:
    backend = store._backend  # type: ignore[attr-defined]
    waiting = threading.Thread(target=store.append, args=([Event("waited", "search", 1)],))
    with backend.writing() as driver:
        driver.execute("INSERT INTO pruned_events VALUES ('first')")
        waiting.start()
        wait_until(lambda: place_is_taken(line))
    with backend.writing() as driver:  # at once, and yet the other one was before us
        assert driver.execute("SELECT event_id FROM events").fetchall() == [("waited",)]
    waiting.join()


def test_the_place_is_free_again_once_a_write_has_begun(store: Store, line: Path) -> None:
    with store._backend.writing():  # type: ignore[attr-defined]
        assert not place_is_taken(line)


def test_threads_of_one_process_exclude_each_other(line: Path) -> None:
    with next_in_line(line, time.monotonic() + 1) as has_place:
        assert has_place
        assert place_is_taken(line)
    assert not place_is_taken(line)


def test_kill_9_of_the_next_in_line_frees_the_place(line: Path) -> None:
    with program(HOLD_THE_PLACE, line) as holder:
        assert place_is_taken(line)
        holder.kill()
        holder.wait()
        assert not place_is_taken(line)


def test_kill_9_of_a_writer_and_of_the_next_in_line_lets_the_others_write(path: Path, store: Store, line: Path) -> None:
    with program(APPEND_WHEN_TOLD, path) as next_one, program(HOLD_THE_DATABASE, path) as writer:
        print(file=next_one.stdin, flush=True)
        wait_until(lambda: place_is_taken(line))
        next_one.kill()
        next_one.wait()
        writer.kill()
        writer.wait()
        assert store.append([Event("e1", "search", 1)]) == Appended(1, 0)
    assert store.statistics()["pruned_events"] == 0
    assert store.count_events() == 1


def test_everyone_in_line_waits_no_longer_than_the_limit(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    errors: list[StorageUnavailable] = []

    def refused() -> None:
        with pytest.raises(StorageUnavailable, match="database is locked") as caught:
            store.append([Event("e1", "search", 1)])
        errors.append(caught.value)

    with program(HOLD_THE_DATABASE, path):
        began = time.monotonic()
        threads = [threading.Thread(target=refused) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - began < 30  # not one limit after the other, with room for a slow machine
    assert len(errors) == 4
    assert store.append([Event("e1", "search", 1)]) == Appended(1, 0)


def test_a_line_that_cannot_be_kept_does_not_stop_anyone(store: Store, line: Path) -> None:
    line.unlink()
    line.mkdir()
    assert store.append([Event("e1", "search", 1)]) == Appended(1, 0)
