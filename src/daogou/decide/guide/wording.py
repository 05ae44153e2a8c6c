"""What the shop's lexicon calls fields and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daogou.decide.words.facet import FacetInfo
from daogou.decide.words.lexicon import Lexicon
from daogou.decide.words.trade import FEATURES, NAMES, trade

_SEVERAL = re.compile(r"[&,/]| and ")
"""A value that names several things has no single word in another language."""


@dataclass(frozen=True)
class LexiconWording:
    """The lexicon as labels ask for it; languages are "zh" and "en"."""

    lexicon: Lexicon

    def field_label(self, field: str, language: str) -> str | None:
        """The shop's name of a field, else the trade's; None where neither has one in this language."""
        facet = self._facet(field)
        if facet is not None and (facet.labels.get(language) or facet.concept is None):
            return facet.labels.get(language)
        sets = trade().sets
        concept = facet.concept if facet is not None else field
        return _first(sets[NAMES].get(concept or "", ()) or sets[FEATURES].get(field, ()), language)

    def value_label(self, field: str, value: str, language: str) -> str | None:
        """The shop's name of a value, else how the trade says it; None where neither has one in this language."""
        facet = self._facet(field)
        if facet is None:
            return None
        info = facet.values.get(value)
        said = info.labels.get(language) if info is not None else None
        pattern = facet.patterns.get(language)
        if said is None and pattern and value[:1].isdigit():
            return pattern.replace("{}", value)
        if said is None and info is not None and language == "zh" and value.isascii() and not _SEVERAL.search(value):
            return _first(info.spellings, language)
        return said

    def unit_of(self, field: str) -> str | None:
        """The unit of a field's numbers."""
        facet = self._facet(field)
        return None if facet is None or facet.unit is None else facet.unit.code

    def ladder(self, field: str, value: str) -> tuple[str, ...]:
        """The values of a field that can be compared with this one, smallest first; none where they have no order."""
        facet = self._facet(field)
        if facet is None:
            return ()
        return next((one for one in facet.ladders if value in one), ())

    def values(self, field: str) -> tuple[str, ...]:
        """Every value of a field that any item has."""
        facet = self._facet(field)
        return () if facet is None else tuple(facet.values)

    def _facet(self, field: str) -> FacetInfo | None:
        return self.lexicon.facets.get(field)


def _first(spellings: Sequence[str], language: str) -> str | None:
    """The first one of this language that is more than a single character."""
    is_chinese = language == "zh"
    return next((one for one in spellings if one.isascii() != is_chinese and len(one) > 1), None)
