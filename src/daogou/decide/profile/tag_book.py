"""Which items have which tag, kept in step with the catalogue; built when the first profile is asked for.

A price level depends on what else is sold, so it is looked up beside the items' own tags.
"""

from __future__ import annotations

import numpy as np

from daogou.core.types import I32, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.profile.tag import PRICE, Tag, tags_of
from daogou.learn.facets import Facets, facets_of

_NONE = np.empty(0, np.int32)


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
        self._facets: tuple[int, Facets] = (-1, {})

    def carriers(self, tag: Tag) -> I32:
        """Numbers of the items that have it, ascending."""
        if tag.kind == PRICE:
            return self.facets.get(PRICE, {}).get(tag.value, _NONE)
        self._refresh()
        found = self._numbers.get(tag)
        if found is None:
            held = self._carriers.get(tag, ())
            found = self._numbers[tag] = np.sort(np.fromiter(held, np.int32, len(held)))
        return found

    @property
    def facets(self) -> Facets:
        """What shoppers can be asked about; made again after the catalogue changed."""
        if self._facets[0] != self._catalogue.revision:
            products = [item for item in self._catalogue.items if item.kind != "coupon" and not item.is_hidden]
            numbers = np.array([self._catalogue.number_of[item.id] for item in products], np.int32)
            found = facets_of(products)
            shifted = {facet: {one: numbers[held] for one, held in values.items()} for facet, values in found.items()}
            self._facets = (self._catalogue.revision, shifted)
        return self._facets[1]

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
