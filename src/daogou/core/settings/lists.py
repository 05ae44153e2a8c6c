"""Lists that are sent out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from daogou.core.settings.section import Section

DEFAULT_OPT_OUT: Mapping[str, tuple[str, ...]] = {"marketing": ("no", "off", "false", "denied", "opt_out")}


class ListSettings(Section):
    """[lists]: what holds for every list that is sent out, whatever the channel, see docs/campaigns.md."""

    opt_out: dict[str, tuple[str, ...]] = Field(default_factory=lambda: dict(DEFAULT_OPT_OUT))
    """Attributes of a user and the values by which the user has asked for no messages."""
    denied: Literal["skip", "neutral"] = "skip"
    """What shoppers get who denied personalization: nothing, or the list that everybody without a profile gets."""
    per_week: int | None = Field(None, ge=1)
    """Most lists per shopper within seven days over all channels together; none means no such cap."""
    same_item_days: int = Field(14, ge=0, le=365)
    """An item that was sent to a shopper is not sent again for so many days, over any channel."""
    least_items: int = Field(1, ge=1, le=100)
    """A shopper for whom fewer items are found gets nothing."""


class ChannelSettings(Section):
    """[channels.NAME]: one way in which lists go out, and how often."""

    per_week: int | None = Field(2, ge=1)
    """Most lists per shopper within seven days over this channel; none means no cap."""
    min_hours_between: float = Field(24.0, ge=0)
    """Shortest time between two lists to one shopper over this channel."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the channel itself, see docs/campaigns.md."""
