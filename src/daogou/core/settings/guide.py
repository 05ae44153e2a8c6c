"""How the guide talks."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class GuideSettings(Section):
    """[guide]: the dialogue over the catalogue, see docs/guide.md."""

    questions: tuple[str, ...] = ()
    """Fields to ask about, first one first, for example ["category", "colour"]; none means the most telling one."""
    never_ask: tuple[str, ...] = ()
    """Fields that the guide never asks about; shoppers may still name them."""
    most_questions_in_a_row: int = Field(3, ge=0, le=10)
    """After so many turns with a question, one goes without; 0 never asks."""
    enough_found: int = Field(10, ge=1, le=1_000)
    """Nothing is asked when so few items are left."""
    state_hours: float = Field(24.0, gt=0, le=24 * 30)
    """How long a conversation can be taken up again."""
    policies: str = "policies"
    """Folder of the shop's own rules as Markdown, relative to the folder of shop.toml."""
