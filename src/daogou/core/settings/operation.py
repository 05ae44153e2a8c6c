"""How a shop is kept running: its backups."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class BackupSettings(Section):
    """[backup]: copies of the shop, see docs/operation/backup.md."""

    folder: str = "backups"
    """Where `daogou backup create` puts them; relative to the folder of shop.toml. Better on another disk."""
    keep: int = Field(7, ge=1, le=1_000)
    """How many are kept; older ones are deleted once a new one is complete."""
    max_age_hours: float = Field(26.0, gt=0)
    """`daogou doctor` complains when the newest is older."""
