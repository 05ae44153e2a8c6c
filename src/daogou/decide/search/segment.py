"""Postings of some items as arrays: for each term the items that have it, how much it says of them, and where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

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


_ITEMS, _IMPACTS, _BITS = read_only(types.int32), read_only(types.float32), read_only(types.uint8)


def by_term(terms: I32, items: I32, impacts: F32, fields: U8, n_terms: int) -> Segment:
    """A segment of these postings, which are ascending by item; what one term says of one item in several is summed.

    n_terms  of the whole vocabulary
    """
    counts = np.bincount(terms, minlength=n_terms)
    starts = np.cumsum(counts) - counts
    n_kept = np.zeros(n_terms, np.int64)
    of = np.empty(len(terms), np.int32), np.empty(len(terms), np.float32), np.empty(len(terms), np.uint8)
    _gather(terms, items, impacts, fields, starts, n_kept, *of)
    held = np.flatnonzero(n_kept)
    bounds = np.concatenate([[0], np.cumsum(n_kept[held])]).astype(np.int64)
    kept = np.repeat(starts[held] - bounds[:-1], n_kept[held]) + np.arange(bounds[-1])
    return Segment(held.astype(np.int32), bounds, of[0][kept], of[1][kept], of[2][kept])


@compiled(
    types.void(
        _ITEMS, _ITEMS, _IMPACTS, _BITS, read_only(types.int64), types.int64[::1],
        types.int32[::1], types.float32[::1], types.uint8[::1],
    ),
    nogil=True,
)  # fmt: skip
def _gather(
    terms: I32, items: I32, impacts: F32, fields: U8, starts: I64, n_kept: I64,
    to_items: I32, to_impacts: F32, to_fields: U8,
) -> None:  # fmt: skip
    """Put each posting behind the others of its term, or add it to that of the same item.

    One that says nothing only adds its field to one that does.
    """
    for at in range(len(terms)):
        term, item = terms[at], items[at]
        place = starts[term] + n_kept[term]
        if n_kept[term] and to_items[place - 1] == item:
            to_impacts[place - 1] += impacts[at]
            to_fields[place - 1] |= fields[at]
        elif impacts[at] > 0:
            to_items[place], to_impacts[place], to_fields[place] = item, impacts[at], fields[at]
            n_kept[term] += 1


def merged(segments: list[Segment], owner: U8, first: int, n_terms: int) -> Segment:
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
    joined = np.concatenate(terms), np.concatenate(items), np.concatenate(impacts), np.concatenate(fields)
    held = [one for one in items if len(one)]
    if any(one.max() >= other.min() for one, other in pairwise(held)):
        order = np.argsort(joined[1], kind="stable")
        joined = joined[0][order], joined[1][order], joined[2][order], joined[3][order]
    return by_term(*joined, n_terms)


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
            if shared & 0x3F:  # a field, beside WHOLE and HEAD
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
