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
from daogou.decide.search.fields import BITS, DESCRIPTION, FIELDS, HEAD, fields_of, head_terms
from daogou.decide.search.segment import Postings, Segment, meet, merged
from daogou.decide.words.cut import terms_and_length

SATURATION = 1.2
"""How soon more of the same word says no more: BM25's k1."""
SMALL = 500
"""Items in the newest segment from which it is closed and the next one begun."""
NOBODY = 255
"""Owner of an item that no segment knows yet."""
SAMPLED = 2_000
"""Items from which the usual lengths of fields are taken."""


class Index:
    """number_of: each term's number; words: the terms by number; segments: closed ones, and last the newest."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self.number_of: dict[str, int] = {}
        self.words: list[str] = []
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
            self._usual = usual_lengths(self._items[:SAMPLED])
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
        self.segments[place:] = [merged(self.segments[place:], self.owner, place)]
        self.owner[self.owner == place + 1] = place

    def segment_of(self, numbers: Sequence[int]) -> Segment:
        """The postings of these items, ascending."""
        collected = Postings()
        number_of, usual = self.number_of, self._usual
        for number in numbers:
            for term, (weight, bits) in item_terms(self._items[number], usual).items():
                found = number_of.get(term)
                if found is None:
                    found = number_of[term] = len(number_of)
                    self.words.append(term)
                collected.terms.append(found)
                collected.items.append(number)
                collected.impacts.append(weight / (SATURATION + weight))
                collected.fields.append(bits)
        return collected.segment()

    def _make_room(self, n_items: int) -> None:
        if len(self._owner) < n_items:
            grown: U8 = np.full(2 * n_items, NOBODY, np.uint8)
            grown[: len(self._owner)] = self._owner
            self._owner = grown

    def n_with(self, term: str) -> int:
        """How many items have the term; those that lost it since the last merge are still counted."""
        number = self.number_of.get(term)
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
        numbers = [self.number_of.get(term, -1) for term in terms]
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


def item_terms(item: Item, usual: dict[str, float]) -> dict[str, tuple[float, int]]:
    """Every term of an item: its weight over all fields, each by its length, and the bits of the fields."""
    found: dict[str, tuple[float, int]] = {}
    for name, texts in fields_of(item):
        field, bit = FIELDS[name], BITS[name]
        is_long = bit == DESCRIPTION
        for text in texts:
            of_text, length = terms_and_length(text)
            if not of_text:
                continue
            share = field.weight / (1 - field.evenness + field.evenness * length / usual.get(name, length))
            for term, weight in of_text.items():
                if is_long and weight < 1:
                    continue  # pairs and single characters of long texts find too much
                before = found.get(term)
                more = share * weight
                found[term] = (more, bit) if before is None else (before[0] + more, before[1] | bit)
    for term in head_terms(item):
        before = found.get(term)
        if before is not None:
            found[term] = before[0], before[1] | HEAD
    return found


def usual_lengths(items: Sequence[Item]) -> dict[str, float]:
    """The mean length of each field's texts, in weights of terms."""
    totals: dict[str, list[float]] = {}
    for item in items:
        for name, texts in fields_of(item):
            for text in texts:
                length = terms_and_length(text)[1]
                if length:
                    total = totals.setdefault(name, [0.0, 0.0])
                    total[0] += length
                    total[1] += 1
    return {name: total / n for name, (total, n) in totals.items()}
