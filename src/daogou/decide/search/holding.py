"""What search holds of the catalogue, the index and the dictionary, and how both keep step with it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from daogou.core.types import Item
from daogou.decide.search.dictionary import Dictionary
from daogou.decide.search.index import Index

PART = 2_000
"""Items taken in at once beside the answering, which waits only while their postings are merged."""
PAUSE_SECONDS = 0.002
_LOG = logging.getLogger("daogou.decide")


class Holding:
    """lock: held while the index is read, and while a part of it is put in."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self.index = Index(items)
        self.dictionary = Dictionary()
        self.lock = threading.RLock()
        self._changed: dict[int, None] = dict.fromkeys(range(len(items)))
        self._warming: threading.Thread | None = None

    def note(self, numbers: Sequence[int]) -> None:
        """These items have other words now."""
        self._changed.update(dict.fromkeys(numbers))

    def warm_up(self, prepare: Callable[[], None]) -> None:
        """Begin to take in the catalogue in a thread of its own, which then calls `prepare`."""
        if self._warming is None and self._changed:
            self._warming = threading.Thread(target=self._take_in, args=(prepare,), name="daogou-search", daemon=True)
            self._warming.start()

    @property
    def is_warming(self) -> bool:
        """Whether the first taking in still goes on."""
        return self._warming is not None and self._warming.is_alive()

    def refresh(self) -> None:
        """Take over what changed; while the catalogue is being taken in, that goes on beside and is not waited for."""
        if self._changed and not self.is_warming:
            with self.lock:
                self._take(self._drain())

    def _take_in(self, prepare: Callable[[], None]) -> None:
        try:
            while self._changed:
                numbers = self._drain()
                for start in range(0, len(numbers), PART):
                    with self.lock:
                        self._take(numbers[start : start + PART])
                    time.sleep(PAUSE_SECONDS)  # shoppers are being answered meanwhile
            with self.lock:
                self.index.merge()
            prepare()
        except Exception:
            _LOG.exception("The search index could not be built; it is tried again with the next search.")
            self._changed.update(dict.fromkeys(range(len(self._items))))

    def _drain(self) -> list[int]:
        changed, self._changed = self._changed, {}
        return sorted(changed)

    def _take(self, numbers: Sequence[int]) -> None:
        self.index.take(numbers)
        self.dictionary.take(self._items[number] for number in numbers)
