"""The search index: every item's terms with what they say of it, built from the catalogue and kept in step with it.

Items that change go into a small segment of their own, made anew with each change until it is worth merging; what the
older segments say of them no longer counts. Nothing is written to disk: the catalogue is the only truth.
Cost at 100,000 items of two languages: see benchmarks/results/search.md.
Source of the formula: BM25F, Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from daogou.core.types import F32, I32, U8, Item
from daogou.decide.search.collecting import Collected, Vocabulary, usual_lengths
from daogou.decide.search.segment import Segment, meet, merged

SMALL = 500
"""Items in the newest segment from which it is closed and the next one begun."""
NOBODY = 255
"""Owner of an item that no segment knows yet."""
SAMPLED = 2_000
"""Items from which the usual lengths of fields are taken."""


class Index:
    """segments: closed ones, and last the newest."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self.vocabulary = Vocabulary()
        self.segments: list[Segment] = []
        self.n_items = 0
        self._owner: U8 = np.full(1_024, NOBODY, np.uint8)
        self._newest: dict[int, None] = {}  # items of the last segment while it is open
        self._usual: dict[str, float] = {}

    @property
    def owner(self) -> U8:
        """(n_items,) the place in `segments` of the one that knows each item."""
        return self._owner[: self.n_items]

    def take(self, numbers: Iterable[int]) -> None:
        """Take over items, new or changed, by their numbers."""
        changed = dict.fromkeys(numbers)
        if not changed:
            return
        if not self._usual:
            self._usual = usual_lengths(self._items[:SAMPLED], self.vocabulary)
        if len(changed) >= SMALL:
            self._close()
            self._append(sorted(changed))
            self._close()
            return
        if self._newest:
            self.segments.pop()
        self._newest.update(changed)
        self._append(sorted(self._newest))
        if len(self._newest) >= SMALL:
            self._close()

    def merge(self) -> None:
        """Make one segment of all."""
        self._close()
        while len(self.segments) > 1:
            self._merge_last()

    def _append(self, numbers: Sequence[int]) -> None:
        self._make_room(len(self._items))
        self.segments.append(self.segment_of(numbers))
        self._owner[numbers] = len(self.segments) - 1
        self.n_items = len(self._items)

    def _close(self) -> None:
        """Begin another segment with the next change; each kept one is twice as large as the one after it."""
        self._newest.clear()
        while len(self.segments) > 1 and self.segments[-2].n_postings < 2 * self.segments[-1].n_postings:
            self._merge_last()

    def _merge_last(self) -> None:
        place = len(self.segments) - 2
        self.segments[place:] = [merged(self.segments[place:], self.owner, place, len(self.vocabulary.words))]
        self.owner[self.owner == place + 1] = place

    def segment_of(self, numbers: Sequence[int]) -> Segment:
        """The postings of these items, ascending."""
        collected = Collected(self.vocabulary)
        for number in numbers:
            collected.add(number, self._items[number], self._usual)
        return collected.segment()

    def _make_room(self, n_items: int) -> None:
        if len(self._owner) < n_items:
            grown: U8 = np.full(2 * n_items, NOBODY, np.uint8)
            grown[: len(self._owner)] = self._owner
            self._owner = grown

    def n_with(self, term: str) -> int:
        """How many items have the term; those that lost it since the last merge are still counted."""
        number = self.vocabulary.number_of.get(term)
        return 0 if number is None else sum(segment.n_with(number) for segment in self.segments)

    def n_with_all(self, terms: Sequence[str]) -> int:
        """How many items have all the terms in one field, about."""
        if len(terms) == 1:
            return self.n_with(terms[0])
        if not all(map(self.n_with, terms)):
            return 0
        return sum(len(items) for _, items, _, _ in self.postings(terms))

    def rarity(self, n_with: float) -> float:
        """What a term says by being rare: the inverse document frequency of BM25."""
        return math.log1p((self.n_items - n_with + 0.5) / (n_with + 0.5))

    def postings(self, terms: Sequence[str]) -> list[tuple[int, I32, F32, U8]]:
        """By segment, the items that have all the terms in one field: (place, items, impacts, fields)."""
        numbers = [self.vocabulary.number_of.get(term, -1) for term in terms]
        if min(numbers, default=-1) < 0:
            return []
        found = []
        for place, segment in enumerate(self.segments):
            items, impacts, fields = segment.of(numbers[0])
            for number in numbers[1:]:
                if not len(items):
                    break
                items, impacts, fields = _meeting((items, impacts, fields), segment.of(number))
            if len(items):
                found.append((place, items, impacts, fields))
        return found


def _meeting(one: tuple[I32, F32, U8], other: tuple[I32, F32, U8]) -> tuple[I32, F32, U8]:
    room = min(len(one[0]), len(other[0]))
    items, impacts, fields = np.empty(room, np.int32), np.empty(room, np.float32), np.empty(room, np.uint8)
    n = meet(*one, *other, items, impacts, fields)
    return items[:n], impacts[:n], fields[:n]
