"""What a shop tells search: words that mean the same, and how much meaning and the shopper's taste count."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class SearchSettings(Section):
    """[search]: how words find items, see docs/search.md."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same, a group each, in any language: [["laptop", "notebook"], ["手机", "smartphone"]]."""
    one_way: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words that also find others, but not the reverse: {"footwear" = ["shoes", "boots"]}."""
    vectors: int = Field(96, ge=0, le=256)
    """Numbers per item kept of what its words mean by the company they keep; 0 looks at the words alone."""
    personal: float = Field(0.3, ge=0, le=1)
    """How much the shopper's own taste may lift an item among those that match equally many words; 0: not at all."""
