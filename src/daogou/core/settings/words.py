"""What the catalogue's names and values are called in each language."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class AttributeWords(Section):
    """[words.attributes.NAME]: an attribute of the catalogue, where it is kept as a code."""

    label: dict[str, str] = Field(default_factory=dict)
    """What the attribute is called, by language."""
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    """What each value is called, by language."""
    pattern: dict[str, str] = Field(default_factory=dict)
    """How a number reads, by language, with {} for the number, for example "{} h"."""


class WordSettings(Section):
    """[words]: the shop's own words in each language, which search and the guide understand and answer with."""

    attributes: dict[str, AttributeWords] = Field(default_factory=dict)
    """Labels and values of attributes."""
    names: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Categories, brands and values by their name in the catalogue, each in other languages."""
