"""Several serving processes under one parent: replaced one by one on SIGHUP, with training beside them where wanted.

The parent holds the listening socket, so a call that comes while a process is replaced waits in its queue or goes to
the other. A new process is in service before the old one is told to stop; the old one answers what it has, see
`serve.connection`. A process that does not get ready leaves the old one serving.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from socket import socket

from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from daogou.serve.monitor.metrics import SHARED_FOLDER

SECONDS_TO_GET_READY = 120
"""For the first opening of a large shop on a busy machine; a process that hangs for longer is replaced."""

LONGEST_PAUSE_SECONDS = 300.0
_LOG = logging.getLogger("daogou.serve")


class Supervisor(Multiprocess):
    """uvicorn's own, with a trainer.

    trainer  the command of a worker that trains in the background; None: none
    """

    def __init__(self, config: Config, sockets: list[socket], trainer: list[str] | None = None) -> None:
        config.timeout_worker_healthcheck = SECONDS_TO_GET_READY
        super().__init__(config, sockets)
        self._trainer = Trainer(trainer) if trainer is not None else None

    def keep_subprocess_alive(self) -> None:
        """Replace whoever died; forget the figures of those who only told what was so while they lived."""
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        self._forget(before)
        if self._trainer is not None and not self.should_exit.is_set():
            self._trainer.keep_alive()

    def restart_all(self) -> None:
        """Replace every process, one after the other; the trainer at the end."""
        before = {process.pid for process in self.processes}
        super().restart_all()
        self._forget(before)
        if self._trainer is not None:
            self._trainer.stop()

    def terminate_all(self) -> None:
        """Tell everybody to stop."""
        if self._trainer is not None:
            self._trainer.stop()
        super().terminate_all()

    def _forget(self, before: set[int | None]) -> None:
        if SHARED_FOLDER in os.environ:
            for pid in before - {process.pid for process in self.processes} - {None}:
                mark_process_dead(pid)  # type: ignore[no-untyped-call]


class Trainer:
    """A worker process that is started again when it ends, each time after a longer pause while it ends soon."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause_seconds = 1.0

    def keep_alive(self) -> None:
        """Start it where it does not run and its pause is over."""
        if self._process is not None and self._process.poll() is None:
            return
        lived = time.monotonic() - self._began
        if self._process is not None:
            if lived < self._pause_seconds:
                return
            self._pause_seconds = 1.0 if lived > LONGEST_PAUSE_SECONDS else self._pause_seconds * 2
            self._pause_seconds = min(self._pause_seconds, LONGEST_PAUSE_SECONDS)
            _LOG.warning("The training worker ended with %s and is started again.", self._process.returncode)
        self._began = time.monotonic()
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        """Tell it to stop and wait a moment; what it was at is taken up again by the next one."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def trainer_command() -> list[str]:
    """A worker that stops when this process is gone; it takes shop and settings from the environment."""
    return [sys.executable, "-m", "daogou.serve.training.worker", "--beside", str(os.getpid())]
