"""What shoppers turn to this very hour and what things cost: told by event log and catalogue as they change."""

from daogou.decide.live.counts import HalfLife, LiveCounts
from daogou.decide.live.offers import Offers
from daogou.decide.live.reading import Action

__all__ = ["Action", "HalfLife", "LiveCounts", "Offers"]
