"""A query as slots, one per word that was meant, each with everything that may stand for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from daogou.decide.search.thesaurus import Key, Thesaurus
from daogou.decide.words.cut import CHUNK, PART, is_cjk, split_word, stem, words_of_run
from daogou.decide.words.fold import fold
from daogou.decide.words.measures import measures

MOST_CHARACTERS, MOST_SLOTS = 200, 24
"""What is read of a query; longer ones are cut off there."""

EXACT, COMPOUND, PAIRED, SCATTERED = 1.0, 0.9, 0.8, 0.4
SAME = 0.9
"""What another word for the same counts beside the typed one."""

_PLAIN_ENGLISH = (
    "a an the for of with and or in on to by from is are i me my want need looking buy find some any please show"
)
_PLAIN_CHINESE = "的 了 和 与 及 或 是 我 要 想 买 找 给 有 吗 呢 款 请 一个 个 想要 想买 一下 我要 我想"
_PLAIN = frozenset(f"{_PLAIN_ENGLISH} {_PLAIN_CHINESE}".split())
"""Words that ask for nothing; a query of nothing else means them."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to match a slot: an item has all the terms, in one field."""

    terms: tuple[str, ...]
    weight: float = EXACT


@dataclass(frozen=True, slots=True)
class Slot:
    """text: as typed, folded; ways: what may stand for it, the typed word first.

    names    values of the catalogue that it names in other words: facet and values
    is_kind  it names a kind of goods
    """

    text: str
    ways: tuple[Way, ...]
    is_plain: bool = False
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_kind: bool = False

    @property
    def key(self) -> Key:
        """The terms of the typed word."""
        return self.ways[0].terms

    @property
    def is_word(self) -> bool:
        """Letters a to z alone: what can be misspelled, joined and parted."""
        return self.text.isascii() and self.text.isalpha()

    def also(self, *ways: Way) -> Slot:
        """The same slot with more that may stand for it."""
        return replace(self, ways=(*self.ways, *ways))

    def naming(self, names: tuple[tuple[str, tuple[str, ...]], ...], *, is_kind: bool) -> Slot:
        """The same slot with what it names."""
        return replace(self, names=names or self.names, is_kind=is_kind)


Counts = Callable[[tuple[str, ...]], int]
"""Terms -> how many items have all of them in one field, about."""


def cut_query(words: str) -> list[Slot]:
    """The slots of a query as it is typed, without asking the shop. Words that ask for nothing are left out."""
    folded = fold(words[:MOST_CHARACTERS])
    found: list[tuple[int, Slot]] = []
    rest = folded
    for measure in measures(folded):
        if "\0" in rest[measure.start : measure.end]:
            continue
        text = folded[measure.start : measure.end]
        parts = tuple(stem(one) for one in CHUNK.findall(text))
        found.append((measure.start, Slot(text, (Way((measure.term,)), *([Way(parts, PART)] if parts else [])))))
        rest = rest[: measure.start] + "\0" * (measure.end - measure.start) + rest[measure.end :]
    for chunk in CHUNK.finditer(rest.replace("\0", " ")):
        made = _run(chunk[0]) if is_cjk(chunk[0]) else [_word(chunk[0])]
        found.extend((chunk.start() + place / 100, slot) for place, slot in enumerate(made))  # type: ignore[misc]
    slots = [slot for _, slot in sorted(found, key=lambda one: one[0])]
    return ([slot for slot in slots if not slot.is_plain] or slots)[:MOST_SLOTS]


def _word(word: str) -> Slot:
    parts = split_word(word)
    ways = [Way((stem("".join(parts)),))]
    if len(parts) > 1:
        ways.append(Way(tuple(stem(part) for part in parts), COMPOUND))
    return Slot(word, tuple(ways), word in _PLAIN)


def _run(run: str) -> list[Slot]:
    """The words of a run of characters; single ones in a row, which no dictionary knows as a word, stay together."""
    slots: list[Slot] = []
    pieces = [piece for piece in words_of_run(run) if piece.strip()]
    for is_single, group in groupby(pieces, lambda piece: len(piece) == 1 and piece not in _PLAIN):
        texts = list(group)
        slots.extend(_piece(text, is_known=not is_single) for text in (["".join(texts)] if is_single else texts))
    return slots


def _piece(text: str, *, is_known: bool = True) -> Slot:
    ways = [Way((text,))]
    if len(text) > 2:
        ways.append(Way(tuple(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1))), PAIRED))
    if not is_known and len(text) > 1:
        ways.append(Way(tuple(dict.fromkeys(text)), SCATTERED))
    return Slot(text, tuple(ways), text in _PLAIN)


def known_slots(slots: list[Slot], count: Counts, thesaurus: Thesaurus) -> list[Slot]:
    """The slots as this shop writes them: compounds joined or parted, with other words that mean the same."""
    joined = [_parted(slot, count) for slot in _joined(slots, count)]
    if not thesaurus.longest:
        return joined
    found: list[Slot] = []
    at = 0
    while at < len(joined):
        n, others = thesaurus.at([slot.key for slot in joined[at:]])
        if n == 0:
            found.append(joined[at])
        else:
            same = tuple(Way(other, SAME) for other in others)
            found.append(merged_slot(joined[at : at + n]).also(*same))
        at += max(n, 1)
    return found


def merged_slot(slots: list[Slot]) -> Slot:
    """Neighbours as one slot, which an item has with all their words in one field."""
    if len(slots) == 1:
        return slots[0]
    terms = tuple(dict.fromkeys(term for slot in slots for term in slot.key))
    return Slot(" ".join(slot.text for slot in slots), (Way(terms),))


def _joined(slots: list[Slot], count: Counts) -> list[Slot]:
    """Neighbours that the shop writes as one word become one slot."""
    joined: list[Slot] = []
    for slot in slots:
        before = joined[-1] if joined else None
        if before is not None and before.is_word and slot.is_word and len(before.text + slot.text) > 4:
            term = stem(before.text + slot.text)
            if count((term,)):
                joined[-1] = merged_slot([before, slot]).also(Way((term,)))
                continue
        joined.append(slot)
    return joined


def _parted(slot: Slot, count: Counts) -> Slot:
    """One word that the shop also writes as two."""
    text = slot.text
    if not slot.is_word or len(text) < 6:
        return slot
    for at in range(3, len(text) - 2):
        halves = stem(text[:at]), stem(text[at:])
        if count(halves):
            return slot.also(Way(halves, COMPOUND))
    return slot
