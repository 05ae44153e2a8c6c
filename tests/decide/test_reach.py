"""The breaker before the database: opened by one failure, closed by one answer in time, and nobody waits meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from daogou.core.errors import NotFound, StorageUnavailable
from daogou.decide.reach import Reach


class Database:
    """Answers 7, or fails, or hangs, as told."""

    def __init__(self) -> None:
        self.is_away = False
        self.asked = 0
        self.may_answer = threading.Event()
        self.may_answer.set()

    def read(self) -> int:
        self.asked += 1
        assert self.may_answer.wait(30)
        if self.is_away:
            raise StorageUnavailable("The database cannot be used.")
        return 7


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to be so")


@pytest.fixture
def database() -> Database:
    return Database()


def test_while_all_is_well_every_read_is_asked(database: Database) -> None:
    reach = Reach(database.read)
    assert [reach.ask(database.read, None), reach.require(database.read)] == [7, 7]
    assert (reach.away, reach.times_lost) == (None, 0)


def test_one_failure_opens_it_and_then_nothing_is_asked(database: Database) -> None:
    reach = Reach(database.read, look_every_seconds=3_600)
    database.is_away = True
    assert reach.ask(database.read, "known") == "known"
    wait_until(lambda: database.asked == 2)  # the read and the first probe, which fails too
    assert [reach.ask(database.read, "known") for _ in range(100)] == ["known"] * 100
    with pytest.raises(StorageUnavailable, match="cannot be used"):
        reach.require(database.read)
    with pytest.raises(StorageUnavailable):
        reach.check()
    assert (database.asked, reach.times_lost) == (2, 1)
    reach.close()


def test_it_closes_by_itself_once_the_database_is_back(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    reach = Reach(database.read, look_every_seconds=0.01)
    database.is_away = True
    reach.ask(database.read, None)
    assert reach.away is not None
    assert "nothing here needs a restart" in caplog.text
    database.is_away = False
    wait_until(lambda: reach.away is None)
    assert reach.ask(database.read, None) == 7


def test_a_remote_read_that_hangs_is_given_up(database: Database) -> None:
    reach = Reach(database.read, is_remote=True, patience_seconds=0.05, look_every_seconds=0.01)
    assert reach.ask(database.read, None) == 7
    database.may_answer.clear()
    assert reach.ask(database.read, "known") == "known"
    assert str(reach.away).startswith("The database did not answer within 0.05 s.")
    database.may_answer.set()
    wait_until(lambda: reach.away is None)
    reach.close()
    wait_until(lambda: all(thread.name != "store-reader" for thread in threading.enumerate()))


def test_a_probe_that_comes_late_does_not_close_it(database: Database) -> None:
    reach = Reach(database.read, patience_seconds=-1.0, look_every_seconds=0.01)  # every probe is late
    database.is_away = True
    reach.ask(database.read, None)
    database.is_away = False
    wait_until(lambda: database.asked > 5)
    assert reach.away is not None
    reach.close()


def test_an_error_that_is_not_the_databases_reaches_whoever_asked_and_opens_nothing() -> None:
    def missing() -> None:
        raise NotFound("No rules of this version.")

    for is_remote in (False, True):
        reach = Reach(lambda: None, is_remote=is_remote)
        with pytest.raises(NotFound):
            reach.require(missing)
        assert reach.away is None
        reach.close()


def test_without_a_probe_nothing_is_guarded(database: Database) -> None:
    reach = Reach()
    database.is_away = True
    with pytest.raises(StorageUnavailable):
        reach.ask(database.read, "known")
    assert reach.away is None


def test_a_large_read_may_take_its_time(database: Database) -> None:
    reach = Reach(database.read, is_remote=True, patience_seconds=0.01)

    def large() -> int:
        time.sleep(0.1)
        return 8

    assert reach.require(large, is_large=True) == 8
    assert reach.away is None
    reach.close()
