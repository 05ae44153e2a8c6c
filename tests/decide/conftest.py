"""A small hand-made shop: eight items, two item-to-item models and a list everybody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from daogou.core.clock import DAY_US, standing_clock
from daogou.core.settings import Settings, read_settings
from daogou.core.types import F32, I32, Event, EventLine, Item, Query
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.served_model import ServedModel
from daogou.decide.shop import Shop

NOW_US = 1_700_000_000_000_000


@dataclass(frozen=True)
class Links:
    """A toy model: score = sum over the history of weight × link."""

    links: F32

    @property
    def n_items(self) -> int:
        return len(self.links)

    def score(self, query: Query, items: I32) -> F32:
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        return query.strengths() @ self.links[query.history]

    def contributions(self, query: Query, items: I32) -> F32:
        return query.strengths()[:, None] * self.links[np.ix_(query.history, items)]


@dataclass(frozen=True)
class Everybody:
    """A toy model that knows nobody."""

    strengths: F32

    @property
    def n_items(self) -> int:
        return len(self.strengths)

    def score(self, query: Query, items: I32) -> F32:
        return self.strengths[items]

    def score_all(self, query: Query) -> F32:
        return self.strengths


TITLES = ["mug", "teapot", "tea towel", "candle", "lantern", "kite", "ball", "rope"]
CATEGORIES = [("Kitchen", "Mugs"), ("Kitchen", "Pots"), ("Kitchen", "Linen"), ("Light", "Candles"), ("Light", "Lamps")]


def item(number: int, **rest: object) -> Item:
    path = CATEGORIES[number] if number < len(CATEGORIES) else ("Toys", "Outdoor")
    return Item(f"i{number}", {"en": TITLES[number], "zh": f"商品{number}"}, categories=(path,), **rest)  # type: ignore[arg-type]


def event(name: str, item_id: str, *, user: str = "ann", days_ago: float = 1.0, **rest: object) -> Event:
    at_us = NOW_US - int(days_ago * DAY_US)
    identity = f"{user}-{name}-{item_id}-{at_us}"
    return Event(identity, name, at_us, (EventLine(item_id),), user_id=user, **rest)  # type: ignore[arg-type]


@pytest.fixture()
def make_shop(tmp_path: Path) -> Iterator[Callable[..., Shop]]:
    """Build an open shop: make_shop(items, events, models, weights, flags)."""
    opened: list[Shop] = []

    def make(
        items: list[Item] | None = None,
        events: list[Event] | None = None,
        models: dict[str, object] | None = None,
        weights: dict[str, float] | None = None,
        flags: dict[str, object] | None = None,
    ) -> Shop:
        folder = tmp_path / f"shop{len(opened)}"
        folder.mkdir()
        settings: Settings = read_settings(folder, flags)
        store = open_store(f"sqlite:///{folder}/shop.db")
        products = [item(number) for number in range(len(TITLES))] if items is None else items
        store.put_items(products)
        if events:
            store.append(events)
        catalogue = Catalogue(store)
        ids = [one.id for one in products]
        shop = Shop(
            folder,
            settings,
            store,
            catalogue,
            standing_clock(NOW_US),
            models={name: ServedModel(model, ids, catalogue) for name, model in (models or {}).items()},  # type: ignore[arg-type]
            weights={rule: weights or {} for rule in ("exclude", "allow")},
        )
        opened.append(shop)
        return shop

    yield make
    for shop in opened:
        shop.close()


@pytest.fixture()
def links() -> Links:
    """mug ↔ teapot strongly, mug → tea towel a little, candle ↔ lantern, kite ↔ ball ↔ rope."""
    table = np.zeros((8, 8), np.float32)
    for one, other, strength in [(0, 1, 0.9), (0, 2, 0.4), (1, 2, 0.5), (3, 4, 0.8), (5, 6, 0.6), (6, 7, 0.7)]:
        table[one, other] = table[other, one] = strength
    return Links(table)


@pytest.fixture()
def everybody() -> Everybody:
    """rope is most popular, then ball, and so on down to mug."""
    return Everybody(np.arange(1, 9, dtype=np.float32))
