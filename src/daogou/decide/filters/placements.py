"""The filters that a shop's settings give to its placements, checked before the shop opens."""

from __future__ import annotations

from daogou.core.errors import InvalidFilter
from daogou.core.settings import Settings
from daogou.decide.filters.filter import parse_filter


def check_placements(settings: Settings) -> None:
    """Raise InvalidFilter naming the first placement whose filter cannot be read."""
    for name, placement in settings.placements.items():
        if placement.filter is not None:
            try:
                parse_filter(placement.filter)
            except InvalidFilter as error:
                raise error.within(f"placements.{name}.filter") from None
