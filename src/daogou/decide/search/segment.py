"""Postings of some items as arrays: for each term the items that have it, how much it says of them, and where."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numba import types

from daogou.core.types import F32, I32, I64, U8, U32
from daogou.learn.kernels.compiled import compiled, read_only


@dataclass(frozen=True, eq=False)
class Segment:
    """terms (n_terms,) ascending numbers of the vocabulary; postings of terms[i] are at bounds[i] to bounds[i + 1].

    items    (n_postings,) catalogue numbers, ascending within a term
    impacts  (n_postings,) what the term says of the item, between 0 and 1 without the term's rarity
    fields   (n_postings,) bits of the fields that have it
    """

    terms: I32
    bounds: I64
    items: I32
    impacts: F32
    fields: U8

    @property
    def n_postings(self) -> int:
        return len(self.items)

    def n_with(self, term: int) -> int:
        """How many postings a term has."""
        place = int(np.searchsorted(self.terms, term))
        is_here = place < len(self.terms) and self.terms[place] == term
        return int(self.bounds[place + 1] - self.bounds[place]) if is_here else 0

    def of(self, term: int) -> tuple[I32, F32, U8]:
        """The postings of a term."""
        place = int(np.searchsorted(self.terms, term))
        if place == len(self.terms) or self.terms[place] != term:
            return _NO_ITEMS, _NO_IMPACTS, _NO_FIELDS
        found = slice(int(self.bounds[place]), int(self.bounds[place + 1]))
        return self.items[found], self.impacts[found], self.fields[found]


_NO_ITEMS, _NO_IMPACTS, _NO_FIELDS = np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.uint8)


class Postings:
    """Postings as they are collected, item by item, ascending."""

    def __init__(self) -> None:
        self.terms, self.items = array("i"), array("i")
        self.impacts, self.fields = array("f"), array("B")

    def segment(self) -> Segment:
        """Everything collected, by term."""
        terms = np.frombuffer(self.terms, np.int32) if self.terms else _NO_ITEMS
        items = np.frombuffer(self.items, np.int32) if self.items else _NO_ITEMS
        impacts = np.frombuffer(self.impacts, np.float32) if self.impacts else _NO_IMPACTS
        fields = np.frombuffer(self.fields, np.uint8) if self.fields else _NO_FIELDS
        return by_term(terms, items, impacts, fields)


def by_term(terms: I32, items: I32, impacts: F32, fields: U8) -> Segment:
    """A segment of postings that are ascending by item among those of one term."""
    order = np.argsort(terms, kind="stable")
    ordered = terms[order]
    distinct, first = np.unique(ordered, return_index=True)
    bounds = np.append(first, len(ordered)).astype(np.int64)
    return Segment(distinct.astype(np.int32), bounds, items[order], impacts[order], fields[order])


def merged(segments: list[Segment], owner: U8, first: int) -> Segment:
    """One segment of what still counts of several.

    owner  (n_items,) the number of the segment that knows an item as it is now
    first  number of the first of these
    """
    terms, items, impacts, fields = [], [], [], []
    for place, one in enumerate(segments, first):
        counts = owner[one.items] == place
        terms.append(np.repeat(one.terms, np.diff(one.bounds))[counts])
        items.append(one.items[counts])
        impacts.append(one.impacts[counts])
        fields.append(one.fields[counts])
    numbers, of_term = np.concatenate(items), np.concatenate(terms)
    order = np.argsort(numbers, kind="stable")
    return by_term(of_term[order], numbers[order], np.concatenate(impacts)[order], np.concatenate(fields)[order])


_ITEMS, _IMPACTS, _BITS = read_only(types.int32), read_only(types.float32), read_only(types.uint8)


@compiled(
    types.void(
        _ITEMS, _IMPACTS, _BITS, _BITS, types.uint8, types.float32, types.float32[::1], types.uint8[::1],
    )
)  # fmt: skip
def add_best(
    items: I32, impacts: F32, fields: U8, owner: U8, place: int, weight: float, best: F32, where: U8,
) -> None:  # fmt: skip
    """Keep in `best` (n_items,) the most that any posting so far says of its item, times its weight.

    owner, place  postings of an item that another segment knows better are passed over
    where         (n_items,) gathers the bits of the fields
    """
    for at in range(len(items)):
        item = items[at]
        if owner[item] != place:
            continue
        score = impacts[at] * weight
        if score > best[item]:
            best[item] = score
        where[item] |= fields[at]


@compiled(
    types.int64(
        _ITEMS, _IMPACTS, _BITS, _ITEMS, _IMPACTS, _BITS, types.int32[::1], types.float32[::1], types.uint8[::1]
    )
)  # fmt: skip
def meet(
    one: I32, one_impacts: F32, one_fields: U8, other: I32, other_impacts: F32, other_fields: U8,
    items: I32, impacts: F32, fields: U8,
) -> int:  # fmt: skip
    """Write the items of both, with the lesser impact and the fields they share, and return how many there are."""
    left, right, n = 0, 0, 0
    while left < len(one) and right < len(other):
        if one[left] < other[right]:
            left += 1
        elif one[left] > other[right]:
            right += 1
        else:
            shared = one_fields[left] & other_fields[right]
            if shared:
                items[n], fields[n] = one[left], shared
                impacts[n] = min(one_impacts[left], other_impacts[right])
                n += 1
            left += 1
            right += 1
    return n


@compiled(
    types.void(
        types.float32[::1], types.uint8[::1], types.float32, types.uint32, types.uint8, types.float32,
        types.float32[::1], types.uint32[::1],
    )
)  # fmt: skip
def settle(
    best: F32, where: U8, rarity: float, bit: int, special: int, bonus: float, total: F32, covered: U32
) -> None:  # fmt: skip
    """Add one slot's best to the totals, mark the slot, and clear what was kept of it for the next slot.

    special, bonus  what a match counts more, as a part of it, where one of these bits is among its fields
    """
    for item in range(len(best)):
        if best[item] > 0:
            score = best[item] * rarity
            total[item] += score * (1 + bonus) if where[item] & special else score
            covered[item] |= bit
            best[item] = 0
            where[item] = 0
