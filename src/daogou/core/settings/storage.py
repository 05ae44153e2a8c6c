"""How long answers wait for the database."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class StorageSettings(Section):
    """[storage]: how long a shopper and a sender wait for the database, see docs/operation/faults.md."""

    patience_ms: int = Field(250, ge=10, le=60_000)
    """Longest a read may take while a shopper waits; after that lists are made from what the process knows."""
    look_every_ms: int = Field(1_000, ge=10, le=60_000)
    """How often a database that went away is asked whether it is back."""
    acknowledge_seconds: float = Field(12.0, gt=0, le=600)
    """Longest a sender of events waits for them to be on the disk; then 503, and the events are to be sent again."""
