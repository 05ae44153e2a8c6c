"""The worker: looks whether training is due, runs each attempt in a process of its own, and watches over the canary.

It holds no model and hardly any memory. Killed at any moment it leaves nothing half done: an attempt under way goes on
or dies by itself, what serves stays, and the next worker sees from one small file how far things were.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import FrameType

import msgspec
from prometheus_client import start_http_server

from daogou.core.clock import Clock, system_clock
from daogou.core.errors import ArtifactRefused, DaogouError
from daogou.core.settings import Settings, database_url, files_folder
from daogou.data.store import open_store
from daogou.learn.canary import read_canary
from daogou.learn.releases import current_release
from daogou.learn.training.release import current_name, read_info
from daogou.serve.handover import environment_for, folder_and_settings
from daogou.serve.monitor.log import SINK, configure_log, logger
from daogou.serve.monitor.training import TrainingMetrics
from daogou.serve.training.due import Facts, is_quiet, why_due
from daogou.serve.training.once import ANOTHER_RUNS, MADE, WHY_VARIABLE
from daogou.serve.training.state import (
    TrainingState,
    asked_reason,
    forget_asking,
    read_state,
    write_state,
)
from daogou.serve.training.watch import watch_canary

CANARY_EVERY_SECONDS = 60.0
SECONDS_TO_STOP = 20


class Worker:
    """`run` until stopped, or `look` once.

    environment  for the processes of attempts, see `environment_for`
    """

    def __init__(self, folder: Path, settings: Settings, clock: Clock, environment: Mapping[str, str]) -> None:
        self._folder, self._settings, self._clock = folder, settings, clock
        self._environment = dict(environment)
        self._root = files_folder(settings, folder) / "models"
        self._attempt: subprocess.Popen[bytes] | None = None
        self._canary_seen_at = -CANARY_EVERY_SECONDS
        self._ending = threading.Event()

    @property
    def is_training(self) -> bool:
        """Whether an attempt of this worker is under way."""
        return self._attempt is not None

    def run(self, beside: int | None = None) -> None:
        """Look again and again, until stopped or until the process `beside` which it works is gone."""
        self._take_up()
        while not self._ending.is_set():
            if beside is not None and os.getppid() != beside:
                logger().info("worker stops", reason="the server is gone")
                break
            try:
                self.look()
            except DaogouError as error:
                logger().warning("worker waits", error=error.code, reason=str(error))
            self._wait()
        self._give_up_attempt()

    def stop(self) -> None:
        """End after the present look; an attempt under way is told to stop."""
        self._ending.set()

    def look(self) -> None:
        """End an attempt that is over, begin one that is due, watch the canary."""
        if self._attempt is not None:
            status = self._attempt.poll()
            if status is None:
                return
            self._attempt = None
            self._ended(status)
        if time.monotonic() - self._canary_seen_at >= CANARY_EVERY_SECONDS:
            self._canary_seen_at = time.monotonic()
            watch_canary(self._folder, self._settings, self._clock())
        if read_canary(self._root) is not None:
            return  # a release at a time: another would put an end to the comparison
        state, now_us = read_state(self._root), self._clock()
        chosen, zone = self._settings.training, self._settings.shop.timezone
        if is_quiet(chosen, zone, now_us):
            return
        facts = self._facts()
        why = why_due(chosen, zone, state, facts, now_us)
        if why is not None:
            self._begin(why, state, facts, now_us)

    def _take_up(self) -> None:
        """An attempt that the last worker left open counts as failed, unless it is still running, which shows soon."""
        state = read_state(self._root)
        if state.is_open:
            logger().info("worker takes up", reason="the last attempt has no end", why=state.why)
            self._note_end(state, is_well=False)
        elif not state.began_us:
            write_state(self._root, msgspec.structs.replace(state, began_us=self._clock(), ended_us=self._clock()))

    def _begin(self, why: str, state: TrainingState, facts: Facts, now_us: int) -> None:
        write_state(
            self._root, msgspec.structs.replace(state, began_us=now_us, n_events=facts.n_events, why=why)
        )  # fmt: skip
        forget_asking(self._root)
        self._attempt = subprocess.Popen(
            [sys.executable, "-m", "daogou.serve.training.once"],
            env={**os.environ, **self._environment, WHY_VARIABLE: why},
            stdin=subprocess.DEVNULL,
        )

    def _ended(self, status: int) -> None:
        state = read_state(self._root)
        if status == ANOTHER_RUNS:
            write_state(self._root, msgspec.structs.replace(state, ended_us=self._clock()))
            return
        self._note_end(state, is_well=status == MADE)
        if status != MADE:
            left = self._settings.training.retries - state.failures
            logger().error("training ended badly", status=status, tries_left=max(0, left))

    def _note_end(self, state: TrainingState, *, is_well: bool) -> None:
        now_us = self._clock()
        changes = (
            {"failures": 0, "trained": state.trained + 1, "ended_well_us": now_us}
            if is_well
            else {"failures": state.failures + 1, "failed": state.failed + 1}
        )
        write_state(self._root, msgspec.structs.replace(state, ended_us=now_us, **changes))

    def _facts(self) -> Facts:
        with closing(open_store(database_url(self._settings, self._folder))) as store:
            n_events = store.count_events()
            known = self._known_items() if self._settings.training.after_new_items else None
            share = 0.0
            if known is not None:
                ids = [item.id for item in store.all_items()]
                share = sum(one not in known for one in ids) / len(ids) if ids else 0.0
        return Facts(n_events, share, current_name(self._root) is None, asked_reason(self._root))

    def _known_items(self) -> frozenset[str] | None:
        """Ids of the items that the serving release knows; None without one."""
        if current_name(self._root) is None:
            return None
        path = current_release(self._root)
        try:
            names = list(read_info(path)["models"])
            found = next((path / "models" / name / "item_ids.json" for name in names), None)
            return None if found is None else frozenset(msgspec.json.decode(found.read_bytes(), type=list[str]))
        except (ArtifactRefused, OSError, KeyError, msgspec.DecodeError):
            return None

    def _wait(self) -> None:
        until = time.monotonic() + self._settings.training.look_every_seconds
        while not self._ending.is_set() and (left := until - time.monotonic()) > 0:
            if self._attempt is not None and self._attempt.poll() is not None:
                return
            self._ending.wait(min(left, 0.5))

    def _give_up_attempt(self) -> None:
        if self._attempt is None or self._attempt.poll() is not None:
            return
        self._attempt.terminate()
        try:
            self._attempt.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._attempt.kill()
            self._attempt.wait()


def run_worker(folder: Path, settings: Settings, beside: int | None = None) -> None:
    """Work for the shop in `folder` until told to stop."""
    configure_log()
    worker = Worker(folder, settings, system_clock, environment_for(folder, settings))

    def end(number: int, frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    chosen = settings.training
    if chosen.metrics_port:
        metrics = TrainingMetrics([(settings.shop.id, files_folder(settings, folder) / "models", system_clock)])
        start_http_server(chosen.metrics_port, settings.server.host, metrics.registry)
    logger().info("worker", shop=settings.shop.id, schedule=chosen.schedule, every_hours=chosen.every_hours)
    worker.run(beside)
    logger().info("worker ended", shop=settings.shop.id)
    SINK.end()


def main() -> None:
    """Beside a server: what the environment names."""
    folder, settings = folder_and_settings()
    beside = int(sys.argv[2]) if sys.argv[1:2] == ["--beside"] else None
    run_worker(folder, settings, beside)


if __name__ == "__main__":
    main()
