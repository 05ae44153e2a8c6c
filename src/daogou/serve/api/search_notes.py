"""Counts what is searched for and what finds nothing, a little later and in handfuls; never who searched.

A crash may lose the last few seconds of it.
"""

from __future__ import annotations

import asyncio
from threading import Lock

from daogou.core.clock import DAY_US
from daogou.core.errors import DaogouError
from daogou.data.store.search_log import NotedSearch, SearchLog
from daogou.privacy.searched import counted_words
from daogou.serve.monitor.log import logger

LINGER_SECONDS = 2.0
MOST_WAITING = 10_000
"""Of different words; what goes beyond is not counted, so that a flood of made-up words fills no disk."""


class SearchNotes:
    """Collects on the event loop and writes in a thread after LINGER_SECONDS."""

    def __init__(self, log: SearchLog) -> None:
        self._log = log
        self._waiting: dict[tuple[int, str], list[int]] = {}
        self._lock, self._writing = Lock(), Lock()
        self._is_due = False

    def add(self, words: str, at_us: int, *, found_nothing: bool) -> None:
        """One search."""
        key = (at_us // DAY_US, counted_words(words))
        with self._lock:
            if not key[1] or (len(self._waiting) >= MOST_WAITING and key not in self._waiting):
                return
            counts = self._waiting.setdefault(key, [0, 0])
            counts[0] += 1
            counts[1] += found_nothing
        if not self._is_due:
            self._is_due = True
            loop = asyncio.get_running_loop()
            loop.call_later(LINGER_SECONDS, loop.run_in_executor, None, self.flush)

    def flush(self) -> None:
        """Write down what waits; where the database does not take it, it goes on waiting."""
        self._is_due = False
        with self._writing:
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            try:
                self._log.add([NotedSearch(day, words, *counts) for (day, words), counts in waiting.items()])
            except DaogouError as error:
                logger().warning("Searches could not be counted.", error=str(error))
                with self._lock:
                    for key, (count, empty) in waiting.items():
                        counts = self._waiting.setdefault(key, [0, 0])
                        counts[0], counts[1] = counts[0] + count, counts[1] + empty
