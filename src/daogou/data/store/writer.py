"""Group commit: many callers' events go to the disk together, and each caller hears back only after they are there.

One thread writes. While it waits for the disk the next callers queue up, so the busier the shop, the larger the
groups: one `fsync` serves all of them.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType

from daogou.core.errors import DaogouError, DiskFailed, StorageUnavailable
from daogou.core.types import Event
from daogou.data.store.store import Appended, ServedSlate, Store
from daogou.data.store.waiter import Waiter

MOST_SLATES_HELD = 5_000
"""Served slates kept in memory while they cannot be written; of more, the newest."""


@dataclass(frozen=True, slots=True)
class _Letter:
    events: tuple[Event, ...] = ()
    slates: tuple[ServedSlate, ...] = ()
    answer: Future[Appended] = field(default_factory=Future)


class EventWriter:
    """Give events to `submit` from any thread; close it (or use `with`) to write what is still queued.

    max_group          events after which a group is written at once
    linger_ms          how long a group waits for company, once there was company in the last one
    max_waiting        events that may queue; more is refused, so that a slow disk is noticed and memory is not eaten
    patience_seconds   how long one group may take; then its senders hear that it failed and the next one is written,
                       while the first may still come through: events count once, so sending again is safe
    slates_dropped     served slates that were never written, because the store was away for too long
    disk_failed        why this process must not write any more, None while all is well
    """

    def __init__(
        self,
        store: Store,
        *,
        max_group: int = 200,
        linger_ms: float = 2.0,
        max_waiting: int = 50_000,
        patience_seconds: float | None = None,
    ) -> None:
        self._store = store
        self._patience_seconds = patience_seconds
        self._waiter = Waiter("event-disk")
        self._max_group = max_group
        self._linger_seconds = linger_ms / 1_000
        self._max_waiting = max_waiting
        self._waiting = 0
        self._lock = threading.Lock()
        self._letters: queue.SimpleQueue[_Letter | None] = queue.SimpleQueue()
        self._is_closed = False
        self._held: list[ServedSlate] = []
        self.slates_dropped = 0
        self.disk_failed: str | None = None
        self._thread = threading.Thread(target=self._run, name="event-writer", daemon=True)
        self._thread.start()

    def __enter__(self) -> EventWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def waiting(self) -> int:
        """Events given to us and not yet on the disk."""
        return self._waiting

    def submit(self, events: Sequence[Event]) -> Future[Appended]:
        """Queue events; the future resolves after they are on the disk, or fails with why they are not.

        Raises StorageUnavailable when too many are waiting or the writer is closed.
        """
        letter = _Letter(tuple(events))
        if not letter.events:
            letter.answer.set_result(Appended(0, 0))
            return letter.answer
        self._post(letter, len(letter.events))
        return letter.answer

    def log_slate(self, slate: ServedSlate) -> None:
        """Queue a served slate; it goes to the disk with the next group, and nobody waits for it."""
        self._post(_Letter(slates=(slate,)), 1)

    def close(self) -> None:
        """Write what is queued, then stop."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            self._letters.put(None)
        self._thread.join()
        self._waiter.leave()

    def _post(self, letter: _Letter, size: int) -> None:
        with self._lock:
            if self._is_closed:
                raise StorageUnavailable("The event writer is closed; nothing was taken. Send again in a moment.")
            if self._waiting + size > self._max_waiting:
                raise StorageUnavailable(
                    f"{self._waiting} events are waiting for the disk, {self._max_waiting} may. Send again in a moment."
                )
            self._waiting += size
            self._letters.put(letter)

    def _run(self) -> None:
        had_company = False
        is_open = True
        while is_open:
            first = self._letters.get()
            if first is None:
                return
            group, is_open = self._gather(first, self._linger_seconds if had_company else 0.0)
            had_company = len(group) > 1
            self._write(group)

    def _gather(self, first: _Letter, linger_seconds: float) -> tuple[list[_Letter], bool]:
        """The first letter and those that come before the group is full or the time is up; False at the end."""
        group = [first]
        size = _size(first)
        deadline = time.monotonic() + linger_seconds
        while size < self._max_group:
            try:
                left = deadline - time.monotonic()
                letter = self._letters.get(timeout=left) if left > 0 else self._letters.get_nowait()
            except queue.Empty:
                break
            if letter is None:
                return group, False
            group.append(letter)
            size += _size(letter)
        return group, True

    def _write(self, group: list[_Letter]) -> None:
        senders = [letter for letter in group if letter.events]
        slates = [*self._held, *(slate for letter in group for slate in letter.slates)]
        answers: list[Appended | DaogouError] | BaseException
        try:
            answers = self._append([letter.events for letter in senders], slates)
        except Exception as error:
            answers = error  # nothing is in: every sender must hear it, and the thread must live on
            if isinstance(error, DiskFailed):
                self.disk_failed = str(error)
            self.slates_dropped += max(len(slates) - MOST_SLATES_HELD, 0)
            self._held = slates[-MOST_SLATES_HELD:]
        else:
            self._held = []
        with self._lock:
            self._waiting -= sum(map(_size, group))
        for number, letter in enumerate(senders):
            answer = answers if isinstance(answers, BaseException) else answers[number]
            if not letter.answer.set_running_or_notify_cancel():
                continue
            if isinstance(answer, BaseException):
                letter.answer.set_exception(answer)
            else:
                letter.answer.set_result(answer)

    def _append(self, groups: Sequence[Sequence[Event]], slates: Sequence[ServedSlate]) -> list[Appended | DaogouError]:
        if self._patience_seconds is None:
            return self._store.append_groups(groups, slates)
        return self._waiter.within(lambda: self._store.append_groups(groups, slates), self._patience_seconds)


def _size(letter: _Letter) -> int:
    return len(letter.events) + len(letter.slates)
