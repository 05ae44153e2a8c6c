"""Which words of a query are values of the catalogue: a colour, a brand, a category.

A word is a value where it is spelled so, or where it stands in about the same items: 灰色 in the titles of all that is
grey. Items that have the value come before those that only mention the word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from daogou.core.types import F32, I32, Bools
from daogou.decide.catalogue import Catalogue
from daogou.decide.search.facets import FacetBook, FacetField, Values
from daogou.decide.search.matching import Matched
from daogou.decide.search.slots import Slot, cut_query
from daogou.decide.search.thesaurus import Key

SAME_ITEMS = 0.8
"""Overlap (items of both over items of either) from which a word stands for a value."""
LEAST_ITEMS = 3
HAVING = 0.35
"""What a word counts more for items that have it as a value."""
MOST_COMPARED = 24
"""Facets looked at per query."""


@dataclass(frozen=True)
class Read:
    """Values, any of which words of the query mean. places: of the slots; is_spelled: they spell it."""

    facet: FacetField
    values: tuple[str, ...]
    places: tuple[int, ...]
    is_spelled: bool


class Awareness:
    """The values of a catalogue by how they are spelled, made for each facet when it is first looked at."""

    def __init__(self, catalogue: Catalogue, facets: FacetBook) -> None:
        self._catalogue, self._facets = catalogue, facets
        self._spelled: dict[str, tuple[Values, dict[Key, int]]] = {}

    def prepare(self) -> None:
        """Make what the first query would wait for."""
        self._spellings()

    def read(self, slots: Sequence[Slot], matched: Matched) -> list[Read]:
        """Every value that the words mean, longest spellings first; each word means one value."""
        found: list[Read] = []
        taken: set[int] = set()
        spelled = self._spellings()
        fields = self._facets.fields()
        for place, slot in enumerate(slots):
            for name, named in slot.names:
                if name in fields:
                    found.append(Read(fields[name], named, (place,), is_spelled=True))
                    taken.add(place)
        for length in range(min(len(slots), 4), 0, -1):
            for first in range(len(slots) - length + 1):
                places = tuple(range(first, first + length))
                if taken.isdisjoint(places):
                    key = tuple(term for place in places for term in slots[place].key)
                    for facet, values, numbers in spelled:
                        if key in numbers:
                            found.append(Read(facet, (values.texts[numbers[key]],), places, is_spelled=True))
                            taken.update(places)
                            break
        for place in range(len(slots)):
            if place not in taken and len(matched.about[place]) >= LEAST_ITEMS:
                read = self._by_items(matched.about[place], place)
                if read is not None:
                    found.append(read)
        return found

    def _spellings(self) -> list[tuple[FacetField, Values, dict[Key, int]]]:
        """Of each facet its values by their terms, made when its values change."""
        found = []
        for facet in islice(self._facets.fields().values(), MOST_COMPARED):
            held = self._facets.values(facet)
            if held is None:
                continue
            made = self._spelled.get(facet.name)
            if made is None or made[0] is not held[0]:
                made = self._spelled[facet.name] = held[0], _by_terms(held[0])
            found.append((facet, *made))
        return found

    def _by_items(self, about: I32, place: int) -> Read | None:
        best, read = SAME_ITEMS, None
        for facet in self._facets.stated(about):
            held = self._facets.values(facet)
            if held is None:
                continue
            values, combinations = held
            both = values.counts(combinations[about])
            totals = self._facets.totals(facet, values, combinations)
            overlap = both / np.maximum(totals + len(about) - both, 1)
            at = int(overlap.argmax())
            if overlap[at] > best:
                best, read = float(overlap[at]), Read(facet, (values.texts[at],), (place,), is_spelled=False)
        return read

    def lifts(self, read: Sequence[Read], matched: Matched) -> F32:
        """(n_found,) what the scores gain: items that have a value the words mean."""
        having: dict[tuple[int, ...], Bools] = {}
        for one in read:
            has = one.facet.having(self._catalogue, one.values)[matched.numbers]
            having[one.places] = has | having[one.places] if one.places in having else has
        lifts = np.zeros(len(matched.numbers), np.float32)
        for places, has in having.items():
            lifts += has * np.float32(HAVING * sum(matched.wanted[place] for place in places))
        return lifts


def told(read: Sequence[Read]) -> Mapping[str, tuple[str, ...]]:
    """As the result says it: facet name → values."""
    found: dict[str, tuple[str, ...]] = {}
    for one in read:
        found[one.facet.name] = tuple(dict.fromkeys((*found.get(one.facet.name, ()), *one.values)))
    return found


def _by_terms(values: Values) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for number, text in enumerate(values.texts):
        key = tuple(term for slot in cut_query(text.replace("_", " ")) for term in slot.key)
        if key and not (len(key) == 1 and (key[0].isdigit() or (len(key[0]) == 1 and key[0].isascii()))):
            found.setdefault(key, number)
    return found
