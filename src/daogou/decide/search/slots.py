"""A query as slots, one per word that was meant, each with everything that may stand for it."""

from __future__ import annotations

from dataclasses import dataclass

from daogou.decide.search.index import Index
from daogou.decide.words.cut import CHUNK, PART, is_cjk, split_word, stem, weighted_terms
from daogou.decide.words.fold import fold
from daogou.decide.words.measures import measures

MOST_CHARACTERS, MOST_SLOTS = 200, 24
"""What is read of a query; longer ones are cut off there."""

EXACT, PAIRED, COMPOUND = 1.0, 0.8, 0.9

_PLAIN = frozenset(
    "a an the for of with and or in on to by from is are i me my want need looking buy find some any please show "
    "的 了 和 与 及 或 是 我 要 想 买 找 给 有 吗 呢 一个 个 请 想要 想买 一下".split()
)
"""Words that ask for nothing; a query of nothing else means them."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to match a slot: an item has all the terms, in one field."""

    terms: tuple[str, ...]
    weight: float = EXACT


@dataclass(frozen=True, slots=True)
class Slot:
    """text: as typed, folded; ways: what may stand for it, the typed word first."""

    text: str
    ways: tuple[Way, ...]
    is_plain: bool = False


def slots_of(words: str, index: Index) -> list[Slot]:
    """Read a query. Words that ask for nothing are left out unless there is nothing else."""
    folded = fold(words[:MOST_CHARACTERS])
    found: list[Slot] = []
    rest = list(folded)
    for measure in measures(folded):
        if any(rest[at] == "\0" for at in range(measure.start, measure.end)):
            continue
        text = folded[measure.start : measure.end]
        parts = tuple(CHUNK.findall(text))
        found.append(Slot(text, (Way((measure.term,)), Way(tuple(stem(one) for one in parts), PART))))
        rest[measure.start : measure.end] = "\0" * (measure.end - measure.start)
    for chunk in CHUNK.findall("".join(" " if one == "\0" else one for one in rest)):
        found.extend(_run(chunk, index) if is_cjk(chunk) else [_word(chunk)])
    asking = [slot for slot in found if not slot.is_plain]
    return _compounds(asking or found, index)[:MOST_SLOTS]


def _word(word: str) -> Slot:
    parts = split_word(word)
    whole = "".join(parts)
    ways = [Way((stem(whole),))]
    if len(parts) > 1:
        ways.append(Way(tuple(stem(part) for part in parts), COMPOUND))
    return Slot(word, tuple(ways), word in _PLAIN)


def _run(run: str, index: Index) -> list[Slot]:
    import rjieba

    return [_piece(piece) for piece in rjieba.cut(run) if piece.strip()]


def _piece(piece: str) -> Slot:
    ways = [Way((piece,))]
    if len(piece) > 2:
        ways.append(Way(tuple(dict.fromkeys(piece[at : at + 2] for at in range(len(piece) - 1))), PAIRED))
    return Slot(piece, tuple(ways), piece in _PLAIN)


def _compounds(slots: list[Slot], index: Index) -> list[Slot]:
    """Neighbours that the catalogue writes as one word become one slot; one word that it writes as two may be both."""
    joined: list[Slot] = []
    for slot in slots:
        before = joined[-1] if joined else None
        if before is not None and _is_word(before) and _is_word(slot):
            term = stem(before.text + slot.text)
            if index.n_with(term):
                both = Way((before.ways[0].terms[0], slot.ways[0].terms[0]))
                joined[-1] = Slot(f"{before.text} {slot.text}", (both, Way((term,))))
                continue
        joined.append(_parted(slot, index))
    return joined


def _is_word(slot: Slot) -> bool:
    return slot.text.isascii() and slot.text.isalpha() and len(slot.text) > 1


def _parted(slot: Slot, index: Index) -> Slot:
    if not _is_word(slot) or len(slot.text) < 6:
        return slot
    text = slot.text
    for at in range(3, len(text) - 2):
        halves = stem(text[:at]), stem(text[at:])
        if min(index.n_with(halves[0]), index.n_with(halves[1])) and index.postings(halves):
            return Slot(text, (*slot.ways, Way(halves, COMPOUND)))
    return slot


def query_terms(words: str) -> list[str]:
    """The terms of a query as the index has them."""
    return [term for term, weight in weighted_terms(words[:MOST_CHARACTERS]).items() if weight >= 1]
