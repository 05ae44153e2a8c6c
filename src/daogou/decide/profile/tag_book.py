"""Which items have which tag, kept in step with the catalogue; built when the first profile is asked for."""

from __future__ import annotations

import numpy as np

from daogou.core.types import I32, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.profile.tag import Tag, tags_of


class TagBook:
    """Costs a microsecond to ask while the catalogue stands still, and milliseconds after it changed.

    Memory: some 60 bytes per item and tag.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._revision = -1
        self._seen: list[Item] = []
        self._carriers: dict[Tag, set[int]] = {}
        self._numbers: dict[Tag, I32] = {}

    def carriers(self, tag: Tag) -> I32:
        """Numbers of the items that have it, ascending."""
        self._refresh()
        found = self._numbers.get(tag)
        if found is None:
            held = self._carriers.get(tag, ())
            found = self._numbers[tag] = np.sort(np.fromiter(held, np.int32, len(held)))
        return found

    def share(self, tag: Tag) -> float:
        """Part of the catalogue that has it, 0 to 1."""
        self._refresh()
        return len(self._carriers.get(tag, ())) / max(len(self._seen), 1)

    def _refresh(self) -> None:
        if self._revision == self._catalogue.revision:
            return
        items = self._catalogue.items
        for number, item in enumerate(items):
            if number == len(self._seen):
                self._seen.append(item)
                self._take(number, set(), tags_of(item))
            elif self._seen[number] is not item:
                self._take(number, tags_of(self._seen[number]), tags_of(item))
                self._seen[number] = item
        self._revision = self._catalogue.revision

    def _take(self, number: int, before: set[Tag], after: set[Tag]) -> None:
        for tag in before ^ after:
            self._numbers.pop(tag, None)
        for tag in before - after:
            self._carriers[tag].discard(number)
        for tag in after - before:
            self._carriers.setdefault(tag, set()).add(number)
