"""What a shop tells search: words that mean the same, and how much the shopper's taste counts."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class SearchSettings(Section):
    """[search]: how words find items, see docs/search.md."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same, a group each, in any language: [["laptop", "notebook"], ["手机", "smartphone"]]."""
    one_way: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words that also find others, but not the reverse: {"footwear" = ["shoes", "boots"]}."""
    personal: float = Field(0.3, ge=0, le=1)
    """How much the shopper's own taste may lift an item among those that match equally many words; 0: not at all."""
