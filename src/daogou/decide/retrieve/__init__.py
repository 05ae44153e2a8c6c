"""Where candidates come from: one file per retriever, found by name in RETRIEVERS."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from daogou.core.errors import UnknownName
from daogou.decide.retrieve.signal import Occasion, Signal

Retriever = Callable[[Occasion], list[Signal]]

RETRIEVERS: dict[str, str] = {
    "personal": "daogou.decide.retrieve.personal:retrieve",
    "similar": "daogou.decide.retrieve.similar:retrieve",
    "together": "daogou.decide.retrieve.together:retrieve",
    "recent": "daogou.decide.retrieve.recent:retrieve",
    "repeat": "daogou.decide.retrieve.repeat:retrieve",
    "trending": "daogou.decide.retrieve.trending:retrieve",
    "popular": "daogou.decide.retrieve.popular:retrieve",
    "newest": "daogou.decide.retrieve.newest:retrieve",
    "best_sellers": "daogou.decide.retrieve.best_sellers:retrieve",
    "also_viewed": "daogou.decide.retrieve.also_viewed:retrieve",
    "on_sale": "daogou.decide.retrieve.on_sale:retrieve",
    "cross_category": "daogou.decide.retrieve.cross_category:retrieve",
    "friends": "daogou.decide.retrieve.friends:retrieve",
    "coupons": "daogou.decide.retrieve.coupons:retrieve",
    "bundles": "daogou.decide.retrieve.bundles:retrieve",
}


def retriever(name: str) -> Retriever:
    """The retriever called `name`."""
    path = RETRIEVERS.get(name)
    if path is None:
        raise UnknownName("retriever", name, RETRIEVERS)
    module, function = path.split(":")
    found: Retriever = getattr(import_module(module), function)
    return found
