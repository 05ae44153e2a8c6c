"""What the shop's lexicon calls fields and values."""

from __future__ import annotations

from dataclasses import dataclass

from daogou.decide.words.facet import FacetInfo
from daogou.decide.words.lexicon import Lexicon


@dataclass(frozen=True)
class LexiconWording:
    """The lexicon as labels ask for it; languages are "zh" and "en"."""

    lexicon: Lexicon

    def field_label(self, field: str, language: str) -> str | None:
        """The shop's name of a field; None where it has none in this language."""
        facet = self._facet(field)
        return None if facet is None else facet.labels.get(language)

    def value_label(self, field: str, value: str, language: str) -> str | None:
        """The shop's name of a value; None where it has none in this language."""
        facet = self._facet(field)
        if facet is None:
            return None
        info = facet.values.get(value)
        said = info.labels.get(language) if info is not None else None
        pattern = facet.patterns.get(language)
        if said is None and pattern and value[:1].isdigit():
            return pattern.replace("{}", value)
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
