"""What a spelling of the catalogue says as it was written: the same form of a word, or only its stem."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.decide.guide.acts import CATEGORY
from daogou.decide.words.lexicon import Meaning
from daogou.decide.words.spellings import OWN, SYNONYM


def strongest(meanings: Sequence[Meaning], surface: str) -> list[Meaning]:
    """Of each facet what is said most plainly: the catalogue's own words before others, exact before by the stem."""
    found: dict[str, list[Meaning]] = {}
    for meaning in meanings:
        if surface and not is_form_of(surface, meaning.spelling.casefold()):
            continue
        found.setdefault(meaning.facet, []).append(meaning)
    if any(_is_exact(meaning, surface) for of_facet in found.values() for meaning in of_facet):
        found = {
            facet: [one for one in of_facet if one.strength == OWN or _is_exact(one, surface)]
            for facet, of_facet in found.items()
            if any(_is_exact(one, surface) for one in of_facet)
        }
    kept: list[Meaning] = []
    for facet, of_facet in found.items():
        most = max(meaning.strength for meaning in of_facet)
        least = min(most, SYNONYM) if facet == CATEGORY else most
        by_value = {one.value: one for one in sorted(of_facet, key=lambda one: one.strength) if one.strength >= least}
        kept += by_value.values()
    return kept


_ENDINGS = frozenset(("", "s", "es", "ed", "d", "ing", "ies", "y", "e", "en", "er", "ish"))


def is_form_of(surface: str, spelling: str) -> bool:
    """Whether two words of one stem are forms of one word: "candle" and "candles", not "colour" and "colourful"."""
    if not (surface.isascii() and surface.isalpha() and spelling.isalpha()):
        return True
    start = 0
    while start < min(len(surface), len(spelling)) and surface[start] == spelling[start]:
        start += 1
    return surface[start:] in _ENDINGS and spelling[start:] in _ENDINGS


def _is_exact(meaning: Meaning, surface: str) -> bool:
    return meaning.strength >= SYNONYM and meaning.spelling.casefold() == surface
