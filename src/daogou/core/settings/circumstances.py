"""Where the shop stands and whom its items suit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from daogou.core.settings.section import Section
from daogou.core.types import ItemKind


class ContextSettings(Section):
    """[context]: when and where a list is asked for, and what that changes; see docs/context.md."""

    learned: bool = True
    """Learn at training which items are wanted more in which circumstances, and rank by it."""
    hemisphere: Literal["north", "south"] = "north"
    """Whose seasons: spring begins in March in the north, in September in the south."""
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    """Whose public holidays count, as two letters, for example CN; needs the extra `calendar`. Empty for none."""
    weather: str = ""
    """Name of a weather plug-in (entry point group `daogou.weather`); empty: only what requests say."""
    weather_minutes: float = Field(15.0, gt=0)
    """How long a plug-in's word on a place holds before it is asked again."""
    weather_timeout_seconds: float = Field(0.05, gt=0)
    """After so long a plug-in that has not answered counts as hanging; no list ever waits for it."""


class PlaceSettings(Section):
    """[places]: the shop's own stores and where they stand, see docs/placements.md."""

    regions: dict[str, str] = Field(default_factory=dict)
    """Region of each store by its id, for example {"soho" = "London"}: best sellers fall back on it."""


class ShippingSettings(Section):
    """[shipping]: what delivery asks of a cart."""

    free_from_minor: int | None = Field(None, ge=1)
    """Total of a cart, in minor units, from which delivery is free; none: no list looks at it."""


class FriendSettings(Section):
    """[friends]: whose taste may be passed on to whom."""

    least: int = Field(3, ge=3)
    """With fewer friends than this who let it be used, nothing of any of them is."""
    links_are_consented: bool = False
    """Whether both sides have agreed to each link already; otherwise both must name each other."""


class SuitabilitySettings(Section):
    """[suitability.NAME]: whom an item suits. What does not suit leaves the shop by no list, pinned or filled up."""

    item: str
    """Attribute of the item that asks for something, for example risk_level; a number."""
    user: str
    """Attribute of the user that it is compared with, for example risk_tolerance; a number."""
    comparison: Literal["at_most", "at_least"] = "at_most"
    """Whether the item's number may be at most, or must be at least, the user's."""
    unknown: float = 0.0
    """What counts for a shopper of whom nothing is known or may be used."""
    required: tuple[ItemKind, ...] = ()
    """Kinds of item that suit nobody until they have the attribute."""


DEFAULT_SUITABILITY: Mapping[str, SuitabilitySettings] = {
    "risk": SuitabilitySettings(item="risk_level", user="risk_tolerance", unknown=1.0, required=("financial_product",)),
    "age": SuitabilitySettings(item="min_age", user="age"),
}
