"""What a sentence claims of which item, and whether the item's facts say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daogou.decide.guide.model.facts import Facts, ItemFacts
from daogou.decide.guide.model.figures import figures_in
from daogou.decide.guide.model.vocabulary import Vocabulary, fold

_JOINS = re.compile(r"\s*(?:and|or|as well as|&|,|，|、|和|与|跟|及|以及|或|或者|还有)?\s*(?:the )?", re.IGNORECASE)
_BREAK = re.compile(r"[,，;；:：]|\b(?:while|whereas|but)\b|而|但|另外", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|no|non|nor|without|lacks?|never|neither|isn|aren|doesn|don|hardly)\b|n['’]t\b|不|没|无|非|勿|未|缺"
)
_WORDS = re.compile(r"[a-z0-9\u00c0-\u024f]+|[\u3400-\u9fff]+")
LONGEST_SPELLING = 8
"""Characters of a Chinese value, or half as many words of another, that are looked for."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence and whom it is about; about nobody named: all that is shown."""

    text: str
    about: tuple[str, ...]


def clauses(pieces: Sequence[str], handles: Sequence[str], everyone: tuple[str, ...]) -> Iterator[Clause]:
    """The pieces around the handles, each with the items it speaks of.

    What stands before the first handle is about the items that are named together first. What follows is about all
    named since the last comma or "while": "[[P1]] is like [[P2]] but red" must be true of both.
    """
    if not handles:
        yield Clause(pieces[0], everyone)
        return
    first = [handles[0]]
    for piece, handle in zip(pieces[1:], handles[1:], strict=False):
        if not _JOINS.fullmatch(piece):
            break
        first.append(handle)
    yield Clause(pieces[0], tuple(first))
    about: list[str] = []
    for place, handle in enumerate(handles):
        about.append(handle)
        piece = pieces[place + 1]
        if place + 1 < len(handles) and _JOINS.fullmatch(piece):
            continue
        yield Clause(piece, tuple(about))
        if _BREAK.search(piece):
            about = []


def unsupported(clause: Clause, facts: Facts, vocabulary: Vocabulary) -> str:
    """Why the clause does not stand: "claim" or "number"; empty where every item it is about carries it."""
    items = [facts.items[handle] for handle in clause.about]
    text = fold(clause.text)
    mentioned = list(_mentions(text, vocabulary))
    if mentioned and _NEGATION.search(text):
        return "claim"
    held = [_folded(item.values) for item in items] or [_folded(facts.wants)]
    if any(not all(meant & own for own in held) for meant in mentioned):
        return "claim"
    stated = [_numbers(item) for item in items]
    for value, _, end in figures_in(text):
        is_count = value == int(value) and 1 <= value <= max(3, len(facts.items)) and not _unit_follows(text[end:])
        if not is_count and not (stated and all(value in own for own in stated)):
            return "number"
    return ""


def _folded(pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(name, fold(value)) for name, value in pairs}


def _mentions(text: str, vocabulary: Vocabulary) -> Iterator[frozenset[tuple[str, str]]]:
    """For each value of the shop that the text names, longest first, what it may stand for."""
    claims = vocabulary.claims
    for run in _WORDS.findall(text):
        if run[0] >= "\u3400":
            at = 0
            while at < len(run):
                for length in range(min(LONGEST_SPELLING, len(run) - at), 0, -1):
                    part = run[at : at + length]
                    if part in claims and (length > 1 or run[at + 1 : at + 2] in ("色", "的")):
                        yield claims[part]
                        at += length - 1
                        break
                at += 1
    words = [word for word in _WORDS.findall(text) if word[0] < "\u3400"]
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_SPELLING // 2, len(words) - at), 0, -1):
            part = " ".join(words[at : at + length])
            single = part[:-1] if part.endswith("s") else part
            found = claims.get(part) or claims.get(single)
            if found is not None:
                yield found
                at += length - 1
                break
        at += 1


def _numbers(item: ItemFacts) -> set[float]:
    return {
        value for text in (item.title, *(value for _, value in item.values)) for value, _, _ in figures_in(fold(text))
    }


def _unit_follows(rest: str) -> bool:
    """A count of items has a word for things behind it, not a measure."""
    return (
        re.match(
            r"\s*(?:ml|l|cl|g|kg|mg|oz|lb|lbs|cm|mm|m|km|in|inch(?:es)?|ft|w|v|mah|gb|tb|hz|years?|hours?|days?|毫升|升|克|千克|公斤|斤|厘米|毫米|米|寸|英寸|岁|年|小时|天|瓦|伏)\b",
            rest,
        )
        is not None
    )
