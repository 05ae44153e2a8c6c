"""What a query means in this shop: its slots, with slips of the keyboard and pinyin put right."""

from __future__ import annotations

from dataclasses import dataclass

from daogou.decide.search.dictionary import Dictionary
from daogou.decide.search.index import Index
from daogou.decide.search.naming import Naming
from daogou.decide.search.slots import PAIRED, Slot, Way, cut_query, known_slots
from daogou.decide.search.thesaurus import Thesaurus
from daogou.decide.words.cut import is_cjk, stem

CORRECTED = 0.9
LEAST_OF_GLUED = 3
RARE, FREQUENT = 2, 20
"""A word of at most so many items, beside a nearly equal one of at least so many times as many, is probably a slip."""


@dataclass(frozen=True)
class Reading:
    """corrected: the words as they are searched for, where a typed one is not the shop's; suggestion: what else."""

    slots: tuple[Slot, ...]
    corrected: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True)
class WayRead:
    """terms that an item has in one field, what that counts, and how many items have them."""

    terms: tuple[str, ...]
    weight: float
    n_items: int


@dataclass(frozen=True)
class WordRead:
    """A word of the query with everything that may stand for it."""

    text: str
    ways: tuple[WayRead, ...]


def explained(reading: Reading, index: Index) -> tuple[WordRead, ...]:
    """The reading with counts, for people."""
    return tuple(
        WordRead(slot.text, tuple(WayRead(way.terms, way.weight, index.n_with_all(way.terms)) for way in slot.ways))
        for slot in reading.slots
    )


def read_query(
    words: str, index: Index, dictionary: Dictionary, thesaurus: Thesaurus, naming: Naming | None = None
) -> Reading:
    """Nothing raises: what cannot be read stays a slot that nothing matches. naming: what words name besides."""

    def named(slots: list[Slot]) -> list[Slot]:
        return naming.named(slots, index.n_with_all) if naming is not None else slots

    slots = named(known_slots(cut_query(words), index.n_with_all, thesaurus))
    read: list[Slot] = []
    texts: list[str] = []
    suggested: list[str] = []
    for slot in slots:
        if is_known(slot, index):
            other = _likelier(slot, index, dictionary)
            read.append(slot)
            texts.append(slot.text)
            suggested.append(other or slot.text)
            continue
        meant = _meant(slot, index, dictionary)
        read.extend(named(meant) if meant else [slot])
        texts.append(" ".join(one.text for one in meant) if meant else slot.text)
        suggested.append(texts[-1])
    typed = [slot.text for slot in slots]
    return Reading(
        tuple(read),
        " ".join(texts) if texts != typed else None,
        " ".join(suggested) if suggested != texts else None,
    )


def is_known(slot: Slot, index: Index) -> bool:
    """Whether anything in the shop is certainly called so."""
    return any(index.n_with_all(way.terms) for way in slot.ways if way.weight >= PAIRED)


def _meant(slot: Slot, index: Index, dictionary: Dictionary) -> list[Slot]:
    """What an unknown word is probably meant to be."""
    text = slot.text
    if is_cjk(text):
        return [_instead(slot, word) for word in dictionary.sounding(text)[:1]]
    if not slot.is_word:
        return []
    by_sound = dictionary.sounding(text) if len(text) > 1 else []
    if by_sound:
        first, *others = by_sound
        return [_instead(slot, first).also(*(Way((other,), PAIRED) for other in others))]
    near = [word for word in dictionary.near(text) if index.n_with(stem(word))]
    if near:
        return [_instead(slot, near[0]).also(*(Way((stem(other),), PAIRED) for other in near[1:]))]
    return [_instead(slot, word) for word in _glued(text, index, dictionary) or dictionary.run_together(text)]


def _glued(text: str, index: Index, dictionary: Dictionary) -> list[str]:
    """Two words written as one with a slip in one of them, as more items have them together than any other two."""
    best, most = [], 0
    for at in range(LEAST_OF_GLUED, len(text) - LEAST_OF_GLUED + 1):
        one, other = text[:at], text[at:]
        pairs = [(one, near) for near in dictionary.near(other)] if index.n_with(stem(one)) else []
        pairs += [(near, other) for near in dictionary.near(one)] if index.n_with(stem(other)) else []
        for pair in pairs:
            count = index.n_with_all([stem(word) for word in pair])
            if count > most:
                best, most = list(pair), count
    return best


def _instead(slot: Slot, word: str) -> Slot:
    term = word if is_cjk(word) else stem(word)
    return Slot(word, (Way((term,), CORRECTED), *(way for way in slot.ways[1:] if way.weight < PAIRED)))


def _likelier(slot: Slot, index: Index, dictionary: Dictionary) -> str | None:
    """A much more frequent word that a rare one is a slip away from."""
    if not slot.is_word:
        return None
    count = index.n_with(slot.key[0])
    if not 0 < count <= RARE:
        return None
    for word in dictionary.near(slot.text):
        if stem(word) != slot.key[0] and index.n_with(stem(word)) >= FREQUENT * count:
            return word
    return None
