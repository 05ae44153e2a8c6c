"""How much of what shoppers say is understood: slots and acts of annotated utterances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from daogou.decide.guide.acts import Act, Heard
from daogou.decide.guide.evaluation.slots import Kinds, Slot, encode, free_words, slots, tags, want_slots
from daogou.decide.guide.evaluation.utterances import Utterance
from daogou.learn.metrics.proportions import wilson

Hear: TypeAlias = Callable[[Utterance], Heard]


@dataclass(frozen=True)
class Reading:
    """One utterance beside what was heard. expected: the right reading nearest to it."""

    utterance: Utterance
    heard: Heard
    expected: tuple[Act, ...]
    missed: frozenset[Slot]
    wrong: frozenset[Slot]
    n_right: int
    is_act_right: bool
    has_words: bool | None  # whether the free words were kept; None where there are none

    @property
    def is_right(self) -> bool:
        return self.is_act_right and not self.missed and not self.wrong

    def to_dict(self) -> dict[str, Any]:
        """For developers who look for what to mend."""
        said = self.utterance
        return {
            "id": said.id,
            "utterance": said.utterance,
            "expected": encode(self.expected),
            "heard": encode(self.heard.acts),
            "missed": sorted(map(str, self.missed)),
            "wrong": sorted(map(str, self.wrong)),
        }


@dataclass(frozen=True)
class Understanding:
    """All readings of a set."""

    readings: tuple[Reading, ...]

    @property
    def misses(self) -> tuple[Reading, ...]:
        return tuple(one for one in self.readings if not one.is_right)

    def figures(self) -> dict[str, Any]:
        """Slot precision, recall and F1 over all slots; shares of utterances with their 95 % intervals."""
        right = sum(one.n_right for one in self.readings)
        wrong, missed = (sum(len(getattr(one, name)) for one in self.readings) for name in ("wrong", "missed"))
        acts = wilson(sum(one.is_act_right for one in self.readings), len(self.readings))
        whole = wilson(sum(one.is_right for one in self.readings), len(self.readings))
        words = [one.has_words for one in self.readings if one.has_words is not None]
        return {
            "utterances": len(self.readings),
            "slots": right + missed,
            "precision": right / max(right + wrong, 1),
            "recall": right / max(right + missed, 1),
            "slot_f1": 2 * right / max(2 * right + wrong + missed, 1),
            "act_accuracy": acts.to_dict(),
            "wholly_right": whole.to_dict(),
            "free_words_kept": sum(words) / len(words) if words else None,
        }

    def by_act(self) -> dict[str, tuple[int, int]]:
        """How many of the utterances that hold each act were read wholly right, worst first: (right, all)."""
        counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for one in self.readings:
            for tag in tags(one.expected):
                counts[tag][0] += one.is_right
                counts[tag][1] += 1
        ordered = sorted(counts.items(), key=lambda pair: pair[1][0] / pair[1][1])
        return {tag: (right, n) for tag, (right, n) in ordered}


def score(utterances: Iterable[Utterance], hear: Hear, kinds: Kinds) -> Understanding:
    """Hear every utterance and compare."""
    return Understanding(tuple(compare(one, hear(one), kinds) for one in utterances))


def compare(utterance: Utterance, heard: Heard, kinds: Kinds) -> Reading:
    """Of all right readings, the one nearest to what was heard counts."""
    readings = [_against(utterance, heard, expected, kinds) for expected in (utterance.acts, *utterance.others)]
    return max(readings, key=lambda one: (one.is_right, one.n_right - len(one.wrong | one.missed), one.is_act_right))


def _against(utterance: Utterance, heard: Heard, expected: Sequence[Act], kinds: Kinds) -> Reading:
    gold = slots(expected, kinds, utterance.setting)
    found = slots(heard.acts, kinds, utterance.setting)
    may = {slot for want in utterance.may for slot in want_slots(want, kinds)}
    allowed = found - (may - gold)
    words = free_words(expected)
    is_act_right = tags(expected) == tags(heard.acts) or (
        bool(may) and tags(expected) == tags(heard.acts) - {"inform"} and not (allowed - gold)
    )
    return Reading(
        utterance=utterance,
        heard=heard,
        expected=tuple(expected),
        missed=gold - found,
        wrong=allowed - gold,
        n_right=len(gold & found),
        is_act_right=is_act_right,
        has_words=all(word in free_words(heard.acts) for word in words.split()) if words else None,
    )
