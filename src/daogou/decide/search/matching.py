"""Slots against the index: what every item scores, and which of the words it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, U8, U32
from daogou.decide.search.fields import HEAD
from daogou.decide.search.index import Index
from daogou.decide.search.segment import add_best, settle
from daogou.decide.search.slots import Slot

THING = 0.3
"""What a word counts more where it names the thing itself."""


@dataclass(frozen=True, eq=False)
class Matched:
    """numbers  (n,) items with any of the words, ascending
    scores   (n,) > 0
    covered  (n,) bits of the slots that each has
    fields   (n,) bits of the fields in which
    wanted   weights of the slots: their rarity
    """

    numbers: I32
    scores: F32
    covered: U32
    fields: U8
    wanted: tuple[float, ...]

    @property
    def all_slots(self) -> int:
        """The bits of all slots."""
        return (1 << len(self.wanted)) - 1


def match_slots(slots: Sequence[Slot], index: Index) -> Matched:
    """What has any of the words. A slot that nothing matches still counts as wanted."""
    n = index.n_items
    best, where = np.zeros(n, np.float32), np.zeros(n, np.uint8)
    total, covered, fields = np.zeros(n, np.float32), np.zeros(n, np.uint32), np.zeros(n, np.uint8)
    owner, wanted = index.owner, []
    for place, slot in enumerate(slots):
        ways = [(way.weight, index.postings(way.terms)) for way in slot.ways]
        n_with = max((sum(len(one[1]) for one in found) for weight, found in ways if weight >= 0.9), default=0)
        n_with = n_with or max((sum(len(one[1]) for one in found) for _, found in ways), default=0)
        rarity = index.rarity(n_with)
        wanted.append(rarity)
        for weight, found in ways:
            for segment, items, impacts, bits in found:
                add_best(items, impacts, bits, owner, segment, weight, 0, best, where)
        settle(best, where, rarity, 1 << place, HEAD, THING, total, covered, fields)
    numbers = np.flatnonzero(total).astype(np.int32)
    return Matched(numbers, total[numbers], covered[numbers], fields[numbers], tuple(wanted))
