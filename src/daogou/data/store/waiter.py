"""Waiting for a database that may never answer: the work is done on a thread, and whoever waits may stop waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeAlias, TypeVar

from daogou.core.errors import StorageUnavailable

T = TypeVar("T")
_Job: TypeAlias = tuple["Future[Any]", Callable[[], Any]]


class Waiter:
    """Does one thing after the other on the thread `name`; what is given up keeps that thread until it ends."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[_Job | None] | None = None
        self._lock = threading.Lock()

    def within(self, work: Callable[[], T], seconds: float) -> T:
        """What `work` gives. Raises StorageUnavailable when it takes longer."""
        answer: Future[T] = Future()
        with self._lock:
            if self._jobs is None:
                self._jobs = SimpleQueue()
                threading.Thread(target=_work, args=(self._jobs,), name=self._name, daemon=True).start()
            jobs = self._jobs
            jobs.put((answer, work))
        try:
            return answer.result(seconds)
        except TimeoutError:
            self._abandon(jobs)
            raise StorageUnavailable(
                f"The database did not answer within {seconds:g} s. Try again in a moment."
            ) from None

    def leave(self) -> None:
        """Let the thread end."""
        with self._lock:
            jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.put(None)

    def _abandon(self, jobs: SimpleQueue[_Job | None]) -> None:
        with self._lock:
            if self._jobs is jobs:
                self._jobs = None
        jobs.put(None)


def _work(jobs: SimpleQueue[_Job | None]) -> None:
    while (job := jobs.get()) is not None:
        answer, work = job
        try:
            answer.set_result(work())
        except BaseException as error:  # the one who asked hears it
            answer.set_exception(error)
