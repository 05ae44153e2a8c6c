"""From words to what is found: items with all the words, and what is given up where there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from daogou.core.types import F32, I32, U32, Bools
from daogou.decide.search.aware import Read
from daogou.decide.search.index import Index
from daogou.decide.search.matching import Matched, match_slots
from daogou.decide.search.reading import Reading
from daogou.decide.search.slots import Slot

NEARLY = 1e-4
"""Shares of the words that differ by less are equal."""
WHOLE, SHARE = 2.0, 2.0
"""What having all the words counts, and the share of them, beside how much they say, which is below about 1.3."""

Aware = Callable[[Sequence[Slot], Matched], tuple[list[Read], F32]]


@dataclass(frozen=True, eq=False)
class Found:
    """numbers   (n,) what the words find, ascending, wherever it is
    scores    (n,) larger is better; whoever has all words is above all others
    covered   (n,) bits of the slots that each has
    shares    (n,) the part of the words, by rarity, that each has; 1 for all of them
    read      values of the catalogue that the words mean
    dropped   words that some of the items kept do not have
    """

    reading: Reading
    numbers: I32
    scores: F32
    covered: U32
    shares: F32
    read: Sequence[Read] = ()
    dropped: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The words as they were read."""
        return self.reading.slots

    def only(self, passing: Bools) -> Found:
        """Those of them that pass, (n,)."""
        return Found(
            self.reading, self.numbers[passing], self.scores[passing], self.covered[passing], self.shares[passing],
            self.read, self.dropped,
        )  # fmt: skip

    def words_of(self, place: int) -> list[str]:
        """Which of the words an item has."""
        bits = int(self.covered[place])
        return [slot.text for at, slot in enumerate(self.slots) if bits >> at & 1]


def find_all(reading: Reading, index: Index, aware: Aware | None = None) -> Found:
    """Everything with any of the words, those with all of them first."""
    matched = match_slots(reading.slots, index)
    read: list[Read] = []
    scores = matched.scores
    if aware is not None and len(matched.numbers):
        read, lifts = aware(reading.slots, matched)
        scores = scores + lifts
    shares = matched.shares(reading.slots)
    shares[matched.has_all] = 1.0
    scores = scores / np.float32(sum(matched.wanted) or 1.0) + np.float32(SHARE) * shares
    scores[matched.has_all] += np.float32(WHOLE)
    return Found(reading, matched.numbers, scores, matched.covered, shares, read)


def kept(found: Found, passing: Bools) -> Found:
    """What a list shows: items with all the words; where none of them may be shown, those with the most of the words.

    passing  (n,) which of the found may be shown
    """
    has_all = found.shares == 1.0
    if not found.slots or (has_all & passing).any() or not passing.any():
        return found.only(has_all)
    chosen = has_all | (found.shares >= found.shares[passing].max() - NEARLY)
    lacking = ~int(np.bitwise_and.reduce(found.covered[chosen & passing]))
    dropped = tuple(slot.text for place, slot in enumerate(found.slots) if lacking >> place & 1)
    return replace(found.only(chosen), dropped=dropped)
