"""What is kept of talks with the guide, and for how long."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class TranscriptSettings(Section):
    """[transcripts]: talks that shoppers let be kept, and counts of what the guide could not answer."""

    keep: bool = True
    """Keep, masked, the talks of shoppers who agree; without it nothing is kept, whoever agrees."""
    days: int = Field(30, ge=1, le=400)
    """How long a talk is kept."""
    counts_days: int = Field(90, ge=1, le=800)
    """How long it is counted what was asked and not answered."""
    least_shoppers: int = Field(5, ge=2, le=50)
    """From how many different shoppers on their words are kept in these counts; before, only that there were some."""
