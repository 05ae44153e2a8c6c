"""Which streams show which item, and how each item was when they were last told; one look costs one step per item."""

from __future__ import annotations

from collections.abc import Set

from daogou.core.types import Item
from daogou.decide.catalogue import Catalogue
from daogou.serve.push.subscriber import Subscriber


class Showcase:
    """One per hub."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._streams: dict[str, dict[Subscriber, None]] = {}
        self._told: dict[str, Item | None] = {}
        self._shown: dict[Subscriber, Set[str]] = {}

    def put(self, subscriber: Subscriber) -> None:
        """Note what a stream shows; before the catalogue is refreshed again after its lists were made."""
        before, now = self._shown.get(subscriber, frozenset()), subscriber.shown()
        for item_id in before - now:
            self._drop(item_id, subscriber)
        for item_id in now - before:
            if item_id not in self._streams:
                self._streams[item_id], self._told[item_id] = {}, self._catalogue.item(item_id)
            self._streams[item_id][subscriber] = None
        self._shown[subscriber] = now

    def forget(self, subscriber: Subscriber) -> None:
        """The stream is gone."""
        for item_id in self._shown.pop(subscriber, frozenset()):
            self._drop(item_id, subscriber)

    def changed(self) -> dict[str, list[Subscriber]]:
        """The streams that show each item that was replaced in the catalogue since the last look."""
        found = [one for one, told in self._told.items() if self._catalogue.item(one) is not told]
        self._told.update((one, self._catalogue.item(one)) for one in found)
        return {one: list(self._streams[one]) for one in found}

    def _drop(self, item_id: str, subscriber: Subscriber) -> None:
        streams = self._streams[item_id]
        del streams[subscriber]
        if not streams:
            del self._streams[item_id], self._told[item_id]
