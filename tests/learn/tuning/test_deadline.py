"""Work that takes too long is stopped in the middle."""

from __future__ import annotations

import signal
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import pytest

from daogou.learn.tuning.deadline import TimeUp, deadline


def test_work_in_time_is_left_alone() -> None:
    with deadline(5.0):
        done = sum(range(100))
    assert done == 4950
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def count_for(seconds: float) -> None:
    began = time.monotonic()
    with deadline(0.05):
        while time.monotonic() - began < seconds:
            pass


def test_work_that_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(TimeUp):
        count_for(10.0)
    assert time.monotonic() - began < 5


def test_code_that_answers_failures_does_not_swallow_it() -> None:
    def work() -> None:
        with deadline(0.05):
            try:
                time.sleep(10)
            except Exception:
                pytest.fail("swallowed")

    with pytest.raises(TimeUp):
        work()


def test_no_time_left_stops_at_once() -> None:
    with pytest.raises(TimeUp), deadline(-3.0):
        time.sleep(10)


def test_who_listened_to_the_alarm_before_hears_it_again_afterwards() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    try:
        with deadline(5.0):
            pass
        signal.raise_signal(signal.SIGALRM)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert heard == [signal.SIGALRM]


def test_away_from_the_first_thread_work_runs_to_its_end() -> None:
    done = []

    def work() -> None:
        with deadline(0.01):
            time.sleep(0.1)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=10)
    assert done == [True]


class Loud:
    """Cleans up for longer than there is time; an error raised here would be swallowed."""

    def __del__(self) -> None:
        count_up(0.2)


def count_up(seconds: float) -> None:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        pass


def test_an_alarm_that_rings_where_errors_are_swallowed_rings_again() -> None:
    def work() -> None:
        with deadline(0.05):
            Loud()
            time.sleep(10)

    began = time.monotonic()
    with pytest.raises(TimeUp):
        work()
    assert 0.2 <= time.monotonic() - began < 5


def test_an_import_is_finished_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(0.3)\nis_whole = True\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def work() -> None:
        with deadline(0.05):
            import_module("slow_to_import")
            time.sleep(10)

    with pytest.raises(TimeUp):
        work()
    assert sys.modules["slow_to_import"].is_whole
