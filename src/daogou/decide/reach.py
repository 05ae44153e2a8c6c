"""Whether the database answers, found out without a shopper waiting for it.

Every read that a shopper waits for goes through `Reach`. One that fails, or is not back in time, opens the breaker:
nothing more is asked, and lists are made from what the process knows. A thread asks again at once and then from time to
time; the first answer in time closes the breaker. See docs/decisions/0014-answers-do-not-wait-for-the-database.md.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from daogou.core.errors import StorageUnavailable
from daogou.data.store.waiter import Waiter

T = TypeVar("T")
D = TypeVar("D")

PATIENCE_SECONDS = 0.25
LOOK_EVERY_SECONDS = 1.0
SLOW_READ_SECONDS = 1.0
"""A read of a database in a local file cannot be given up half-way; one that took longer opens the breaker too."""

MOST_PROBE_SECONDS = 5.0
"""A probe that hangs longer is left behind: its connection may be dead while the database is back."""

_LOG = logging.getLogger("daogou.decide")


class Reach:
    """The breaker of one process and database; with no `probe` it guards nothing, and every error goes to the caller.

    probe        a cheap read that shows whether the database answers
    is_remote    reads go over a network: each is waited for `patience_seconds` and no longer
    away         why nothing is asked now, None while all is well
    times_lost   how often the database went away
    """

    def __init__(
        self,
        probe: Callable[[], object] | None = None,
        *,
        is_remote: bool = False,
        patience_seconds: float = PATIENCE_SECONDS,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
    ) -> None:
        self.away: str | None = None
        self.times_lost = 0
        self._probe = probe
        self._patience_seconds = patience_seconds
        self._look_every_seconds = look_every_seconds
        self._waiter = Waiter("store-reader") if is_remote else None
        self._lock = threading.Lock()
        self._is_closed = threading.Event()

    def require(self, read: Callable[[], T], *, is_large: bool = False) -> T:
        """What `read` gives; `is_large` for one whose size has no bound, which is waited for.

        Raises StorageUnavailable: at once while the database is away, else when it fails or is not back in time.
        """
        if self._probe is None:
            return read()
        self.check()
        try:
            if self._waiter is not None and not is_large:
                return self._waiter.within(read, self._patience_seconds)
            began = time.monotonic()
            found = read()
        except StorageUnavailable as error:
            self._lose(str(error))
            raise
        took_seconds = time.monotonic() - began
        if took_seconds > SLOW_READ_SECONDS and not is_large:
            self._lose(f"A read took {took_seconds:.1f} s.")
        return found

    def ask(self, read: Callable[[], T], otherwise: D, *, is_large: bool = False) -> T | D:
        """What `read` gives, `otherwise` where `require` would raise; with no probe it raises too."""
        if self._probe is None:
            return read()
        try:
            return self.require(read, is_large=is_large)
        except StorageUnavailable:
            return otherwise

    def check(self) -> None:
        """Raise StorageUnavailable while the database is away."""
        if self.away is not None:
            raise StorageUnavailable(self.away)

    def close(self) -> None:
        """Stop asking."""
        self._is_closed.set()
        if self._waiter is not None:
            self._waiter.leave()

    def _lose(self, why: str) -> None:
        with self._lock:
            if self.away is not None or self._is_closed.is_set():
                return
            self.away = why
            self.times_lost += 1
        _LOG.warning(
            "The database does not answer: %s Lists are made from what this process knows, events are refused until "
            "it is back. Look at the database, its disk and the network; nothing here needs a restart.",
            why,
        )
        threading.Thread(target=self._look_until_back, name="store-probe", daemon=True).start()

    def _look_until_back(self) -> None:
        assert self._probe is not None
        began, waiter, pause = time.monotonic(), Waiter("store-prober"), 0.0
        while not self._is_closed.wait(pause):
            pause = self._look_every_seconds
            asked = time.monotonic()
            try:
                waiter.within(self._probe, MOST_PROBE_SECONDS)
            except Exception:  # whatever it is, it is not back
                continue
            if time.monotonic() - asked <= self._patience_seconds:
                break
        waiter.leave()
        with self._lock:
            self.away = None
        if not self._is_closed.is_set():
            _LOG.info("The database answers again after %.1f s.", time.monotonic() - began)
