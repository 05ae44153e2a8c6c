"""In which ways a name or a value of the catalogue may be said, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from daogou.decide.words.trade import FEATURES, THINGS, trade

OWN, SYNONYM, PART = 3, 2, 1
"""How much a spelling says: the catalogue's own words; other words for the same; the last word of a longer name."""

_PARTS = re.compile(r"\s*(?:&|,|/|、|与|和|\+|\band\b)\s*")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_NO_COLOURS = frozenset("多彩杂各原本单双纯")
"""What says nothing of a colour without 色 behind it."""
_HAN = re.compile(r"[\u3400-\u9fff]+")


def spelled(value: str, labels: Mapping[str, str], concept: str | None, *, is_name: bool) -> dict[str, int]:
    """Spelling → how much it says.

    labels   what the shop calls it, by language
    is_name  it names goods, so that its parts ("Mugs & cups") and its last word ("leather wallets") mean it too
    """
    found: dict[str, int] = {}
    own = [value.replace("-", " ").replace("_", " ") if _SLUG.fullmatch(value) else value, *labels.values()]
    for one in own:
        found.setdefault(one, OWN)
        if is_name:
            for part in parts_of(one):
                found.setdefault(part, OWN)
    for one in list(found):
        for synonym in _synonyms(one, concept, is_name=is_name):
            found.setdefault(synonym, SYNONYM)
    if concept == "colour":
        for one in list(found):
            if len(one) > 1 and one.endswith("色") and one[:-1] not in _NO_COLOURS:
                found.setdefault(one[:-1], SYNONYM)
    if is_name:
        for one in own:
            for part in parts_of(one):
                last = part.rsplit(" ", 1)[-1]
                if last != part and len(last) > 2:
                    for other in (last, *_synonyms(last, concept, is_name=True)):
                        found.setdefault(other, PART)
                elif _HAN.fullmatch(part) and len(part) >= 4:
                    found.setdefault(part[-2:], PART)
    return found


def parts_of(name: str) -> list[str]:
    """Mugs & cups are mugs and cups; candle & t-light holders are holders of both."""
    parts = [part for part in _PARTS.split(name) if len(part) > 1]
    head = parts[-1].rsplit(" ", 1) if parts else []
    if len(head) == 2 and head[1].endswith("s"):
        parts = [part if " " in part or part.endswith("s") else f"{part} {head[1]}" for part in parts]
    return parts


def _synonyms(spelling: str, concept: str | None, *, is_name: bool) -> tuple[str, ...]:
    words = trade()
    section = THINGS if is_name else words.section_of(concept)
    if section is not None:
        return words.synonyms(section, spelling)
    if concept is None:
        other = (one for name in words.sets if name not in (THINGS, "names") for one in words.synonyms(name, spelling))
        return tuple(dict.fromkeys(other))
    return words.synonyms(FEATURES, spelling)
