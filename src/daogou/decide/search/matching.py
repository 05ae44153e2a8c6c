"""Slots against the index: what every item scores, and which of the words it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, U32
from daogou.decide.search.fields import ABOUT, HEAD, WHOLE
from daogou.decide.search.index import Index
from daogou.decide.search.segment import add_best, settle
from daogou.decide.search.slots import COMPOUND, Slot

THING = 0.3
"""What a word counts more where it names the thing itself."""
WITHIN = 0.5
"""What a word counts where it stands only within a longer one."""


@dataclass(frozen=True, eq=False)
class Matched:
    """numbers  (n,) items with any of the words, ascending
    scores   (n,) > 0
    covered  (n,) bits of the slots that each has
    wanted   by slot: its rarity
    about    by slot: the items that say it of themselves in a word of its own, not only in a description
    """

    numbers: I32
    scores: F32
    covered: U32
    wanted: tuple[float, ...]
    about: tuple[I32, ...]

    @property
    def has_all(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """(n,) which items have all the words."""
        whole: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.covered == (1 << len(self.wanted)) - 1
        return whole

    def shares(self, slots: Sequence[Slot]) -> F32:
        """(n,) the part of the words' rarity that each item has; a kind of goods says more than all that describes it.

        slots  what was matched
        """
        described = sum(weight for slot, weight in zip(slots, self.wanted, strict=True) if not slot.is_kind)
        weights = [weight + described * slot.is_kind for slot, weight in zip(slots, self.wanted, strict=True)]
        whole = sum(weights) or 1.0
        shares = np.zeros(len(self.numbers), np.float32)
        for place, weight in enumerate(weights):
            shares += (self.covered >> np.uint32(place) & np.uint32(1)).astype(np.float32) * np.float32(weight / whole)
        return shares


def match_slots(slots: Sequence[Slot], index: Index) -> Matched:
    """What has any of the words. A slot that nothing matches still counts as wanted."""
    n = index.n_items
    best, where = np.zeros(n, np.float32), np.zeros(n, np.uint8)
    total, covered = np.zeros(n, np.float32), np.zeros(n, np.uint32)
    owner, wanted, about = index.owner, [], []
    for place, slot in enumerate(slots):
        ways = [(way.weight, index.postings(way.terms)) for way in slot.ways]
        n_with = max((_n_postings(found) for weight, found in ways if weight >= COMPOUND), default=0)
        rarity = index.rarity(n_with or max((_n_postings(found) for _, found in ways), default=0))
        wanted.append(rarity)
        for weight, found in ways:
            for segment, items, impacts, bits in found:
                add_best(items, impacts, bits, owner, segment, weight, best, where)
        is_whole = (where & np.uint8(WHOLE)) != 0
        about.append(np.flatnonzero(is_whole & ((where & np.uint8(ABOUT)) != 0)).astype(np.int32))
        best[~is_whole] *= np.float32(WITHIN)
        settle(best, where, rarity, 1 << place, HEAD, THING, total, covered)
    numbers = np.flatnonzero(total > 0).astype(np.int32)
    return Matched(numbers, total[numbers], covered[numbers], tuple(wanted), tuple(about))


def _n_postings(found: Sequence[tuple[int, I32, F32, object]]) -> int:
    return sum(len(items) for _, items, _, _ in found)
