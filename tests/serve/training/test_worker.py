"""The worker begins what is due, in a process of its own, and nothing it is killed in the middle of is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from daogou.core.clock import DAY_US, SECOND_US, system_clock
from daogou.core.settings import Settings, database_url, files_folder, read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import open_store
from daogou.learn.promotion import standings
from daogou.learn.release_log import happenings
from daogou.learn.training.lock import training_lock
from daogou.learn.training.release import current_name
from daogou.serve.handover import environment_for
from daogou.serve.monitor.training import TrainingMetrics
from daogou.serve.training.attempt import train_and_judge
from daogou.serve.training.once import ANOTHER_RUNS, MADE
from daogou.serve.training.state import TrainingState, ask_for_training, read_state, write_state
from daogou.serve.training.worker import Worker

TOML = """
[training]
every_hours = 1000
look_every_seconds = 0.1

[models.ease]
recipe = "ease"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shop of forty shoppers of two tastes, over two months."""
    (tmp_path / "shop.toml").write_text(TOML)
    with closing(open_store(database_url(Settings(), tmp_path))) as store:
        store.put_items([Item(f"p{n}", {"en": f"Mug {n}"}, price_minor=100) for n in range(12)])
        now_us = system_clock()
        store.append([
            Event(f"e{turn}-{shopper}", "purchase", now_us - (60 - turn * 4) * DAY_US + shopper * SECOND_US,
                  (EventLine(f"p{(turn * 2 + shopper % 2) % 12}"),), user_id=f"u{shopper}",
                  transaction_id=f"t{turn}-{shopper}")
            for turn in range(14) for shopper in range(40)
        ])  # fmt: skip
    return tmp_path


def root_of(folder: Path) -> Path:
    return files_folder(read_settings(folder), folder) / "models"


def worker_of(folder: Path) -> Worker:
    settings = read_settings(folder)
    return Worker(folder, settings, system_clock, environment_for(folder, settings))


def once(folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **environment_for(folder, read_settings(folder))}
    return subprocess.run(
        [sys.executable, "-m", "daogou.serve.training.once"], env=environment, capture_output=True, check=False
    )  # fmt: skip


def test_an_attempt_trains_judges_and_serves_and_the_next_one_is_held_against_it(folder: Path) -> None:
    settings = read_settings(folder)
    first = train_and_judge(folder, settings, system_clock, why="a test")
    assert (first.became, first.verdict.ruling) == ("serving", "promote")
    root = root_of(folder)
    assert current_name(root) == first.release
    second = train_and_judge(folder, settings, system_clock)
    assert second.verdict.figures["lists"]["overlap"] > 0.9
    assert [one.what for one in happenings(root, second.release)] == ["trained", "judged", "promoted"]
    manual = read_settings(folder, {"training": {"promote": "manual"}})
    held = train_and_judge(folder, manual, system_clock)
    assert held.became == "held"
    assert current_name(root) == second.release
    tried = read_settings(folder, {"training": {"canary": {"share": 0.2}}})
    canary = train_and_judge(folder, tried, system_clock)
    assert {one.name: one.standing for one in standings(root)}[canary.release] == "canary"
    assert current_name(root) == second.release


def test_what_is_asked_for_is_trained_in_a_process_of_its_own(folder: Path) -> None:
    root = root_of(folder)
    write_state(root, TrainingState(began_us=system_clock() - DAY_US, ended_us=system_clock() - DAY_US + 1))
    worker = worker_of(folder)
    ask_for_training(root, "tastes moved")
    worker.look()
    assert worker.is_training
    assert read_state(root).is_open
    deadline = time.monotonic() + 240
    while worker.is_training and time.monotonic() < deadline:
        time.sleep(0.2)
        worker.look()
    state = read_state(root)
    assert (state.trained, state.failures, state.why) == (1, 0, "tastes moved")
    assert current_name(root) is not None
    told = generate_latest(TrainingMetrics([("shop", root, system_clock)]).registry).decode()
    assert 'daogou_trainings_total{outcome="trained",shop="shop"} 1.0' in told


def test_the_second_of_two_trainings_says_who_is_at_it_and_ends_cleanly(folder: Path) -> None:
    with training_lock(root_of(folder)):
        refused = once(folder)
    assert refused.returncode == ANOTHER_RUNS
    assert f"process {os.getpid()} on" in refused.stderr.decode()
    assert all(json.loads(line) for line in refused.stderr.splitlines())


def test_a_training_that_is_killed_leaves_what_serves_and_the_next_one_sweeps_up(folder: Path) -> None:
    root = root_of(folder)
    environment = {**os.environ, **environment_for(folder, read_settings(folder))}
    command = [sys.executable, "-m", "daogou.serve.training.once"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as training:
        deadline = time.monotonic() + 120
        while not list((root / ".building").glob("*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        training.send_signal(signal.SIGKILL)
    assert current_name(root) is None
    assert list((root / ".building").glob("*"))
    assert once(folder).returncode == MADE
    assert current_name(root) is not None
    assert not (root / ".building").exists()


def test_a_worker_that_was_killed_in_an_attempt_counts_it_as_failed_and_a_stopped_one_ends(folder: Path) -> None:
    root = root_of(folder)
    write_state(root, TrainingState(began_us=system_clock(), why="schedule"))
    worker = worker_of(folder)
    worker.stop()
    worker.run()
    state = read_state(root)
    assert (state.failures, state.failed, state.is_open) == (1, 1, False)


def test_a_broken_state_is_a_fresh_one(tmp_path: Path) -> None:
    (tmp_path / "training.json").write_text("{")
    assert read_state(tmp_path) == TrainingState()
