"""From words to what is found: items with all the words, and what is given up where there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, I32, U32, Bools
from daogou.decide.search.index import Index
from daogou.decide.search.matching import Matched, match_slots
from daogou.decide.search.request import Relaxed
from daogou.decide.search.slots import Slot, slots_of
from daogou.decide.search.wording import relaxed_text

FEW = 4
"""Items with all the words from which on those without some of them are left out."""


@dataclass(frozen=True, eq=False)
class Found:
    """numbers   (n,) what the words and the scope leave
    scores    (n,) larger is better; whoever has all words is above all others
    covered   (n,) bits of the slots that each has
    everyone  (m,) what the words alone find, whatever was chosen: facets are counted from them
    """

    numbers: I32
    scores: F32
    covered: U32
    everyone: I32
    slots: tuple[Slot, ...]
    corrected: str | None = None
    suggestion: str | None = None
    relaxed: tuple[Relaxed, ...] = ()

    def words_of(self, place: int) -> list[str]:
        """Which of the words an item has."""
        bits = int(self.covered[place])
        return [slot.text for at, slot in enumerate(self.slots) if bits >> at & 1]


def find(words: str, index: Index, passing: Bools | None, language: str = "en") -> Found:
    """Search within a mask over the catalogue; None stands for all of it."""
    slots = slots_of(words, index)
    if not slots:
        n = index.n_items if passing is None else len(passing)
        everyone = np.arange(n, dtype=np.int32)
        numbers = everyone if passing is None else np.flatnonzero(passing).astype(np.int32)
        zeros = np.zeros(len(numbers), np.float32)
        return Found(numbers, zeros, zeros.astype(np.uint32), everyone, ())
    matched = match_slots(slots, index)
    scores = _tiered(matched)
    inside = np.ones(len(scores), bool) if passing is None else passing[matched.numbers]
    is_whole = matched.covered == matched.all_slots
    whole = int(np.count_nonzero(is_whole & inside))
    relaxed: tuple[Relaxed, ...] = ()
    kept = is_whole
    if whole < FEW and not is_whole.all():
        kept, relaxed = _partial(matched, slots, inside, whole, language)
    numbers = matched.numbers[kept & inside]
    chosen = kept & inside
    return Found(numbers, scores[chosen], matched.covered[chosen], matched.numbers[kept], tuple(slots), relaxed=relaxed)


def _tiered(matched: Matched) -> F32:
    """Scores in which every further word counts more than any sum of impacts: its rarity, doubled."""
    whole = float(sum(matched.wanted)) or 1.0
    share = np.zeros(len(matched.numbers), np.float32)
    for place, weight in enumerate(matched.wanted):
        share += np.where(matched.covered >> np.uint32(place) & 1, np.float32(weight / whole), 0)
    is_whole = matched.covered == matched.all_slots
    scores: F32 = matched.scores / np.float32(whole) + 2 * share + 2 * is_whole
    return scores


def _partial(
    matched: Matched, slots: list[Slot], inside: Bools, whole: int, language: str
) -> tuple[Bools, tuple[Relaxed, ...]]:
    """Who is kept where hardly anybody has all words: whoever has most of them; and what that gives up."""
    total = float(sum(matched.wanted)) or 1.0
    share = np.zeros(len(matched.numbers))
    for place, weight in enumerate(matched.wanted):
        share += np.where(matched.covered >> np.uint32(place) & 1, weight / total, 0)
    best = share[inside & (matched.covered != matched.all_slots)].max(initial=0.0)
    kept = (share >= best - 1e-6) | (matched.covered == matched.all_slots)
    lacking = int(np.bitwise_or.reduce(~matched.covered[kept & inside], initial=0)) & matched.all_slots
    dropped = tuple(slot.text for place, slot in enumerate(slots) if lacking >> place & 1)
    if not dropped or not best:
        return kept, ()
    code = "few" if whole else "words"
    return kept, (Relaxed("words", dropped, relaxed_text(code, dropped, language)),)
