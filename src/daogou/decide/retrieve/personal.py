"""For you: the trained blend over the shopper's own history."""

from __future__ import annotations

from daogou.decide.retrieve.newcomers import retrieve as newcomers
from daogou.decide.retrieve.signal import Occasion, Signal, from_model


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal per member of the blend; for a shopper without history what newcomers get."""
    if not len(occasion.query.history):
        return newcomers(occasion)
    if occasion.proposals is not None:
        return occasion.proposals.signals(occasion.query)
    return [
        from_model(name, occasion.models[name], occasion.query, weight)
        for name, weight in occasion.weights.items()
        if name in occasion.models
    ]
