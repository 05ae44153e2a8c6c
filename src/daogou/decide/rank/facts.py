"""What online features say of items alone, one row per item of the catalogue, looked up anew every second."""

from __future__ import annotations

import numpy as np

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.types import F32, F64, I32, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.column import NumberColumn
from daogou.decide.live import Action, HalfLife, LiveCounts

COUNTS: tuple[tuple[Action, HalfLife], ...] = (
    ("view", "day"),
    ("view", "week"),
    ("cart", "week"),
    ("buy", "week"),
    ("buy", "month"),
)
FIRST_VIEWS = 20.0
"""Acts that an item's rates are pulled towards the shop's with."""

LOOK_EVERY_US = SECOND_US
WIDTH = len(COUNTS) + 6


class ItemFacts:
    """table (n_catalogue, WIDTH): five counts, two rates, price, discount, age and rating, in the order of `ONLINE`.

    department, brand  (n_catalogue,) numbers of the outermost category and of the brand; of none, each item's own
    """

    def __init__(self, catalogue: Catalogue, live: LiveCounts) -> None:
        self._catalogue, self._live = catalogue, live
        self._columns = [NumberColumn(read, ()) for read in (_price, _discount, _created, _rating)]
        self._departments, self._brands = Numbering(), Numbering()
        self._looked_at_us = -LOOK_EVERY_US
        self._table = np.empty((0, WIDTH), np.float32)
        self.take(range(len(catalogue)))

    @property
    def prices(self) -> F64:
        """(n_catalogue,) logarithms of the minor units, NaN where there is no price."""
        return self._columns[0].values

    @property
    def department(self) -> I32:
        return self._departments.of_item

    @property
    def brand(self) -> I32:
        return self._brands.of_item

    def take(self, numbers: range | list[int]) -> None:
        """Follow these items, new ones in order."""
        for number in numbers:
            item = self._catalogue.items[number]
            for column in self._columns:
                column.put(number, item)
            self._departments.put(number, item.category)
            self._brands.put(number, item.brand or "")
        self._looked_at_us = -LOOK_EVERY_US

    def table(self, now_us: int) -> F32:
        """As of the last second."""
        if not 0 <= now_us - self._looked_at_us < LOOK_EVERY_US or len(self._table) != len(self._catalogue):
            self._table, self._looked_at_us = self._looked_up(now_us), now_us
        return self._table

    def _looked_up(self, now_us: int) -> F32:
        counts = [self._live.counts(action, half_life, now_us) for action, half_life in COUNTS]
        views, carts, buys = (self._live.counts(action, "month", now_us) for action in ("view", "cart", "buy"))
        rates = [_rate(carts, views), _rate(buys, views)]
        price, discount, created, rating = (column.values for column in self._columns)
        age = np.log1p(np.maximum(now_us - created, 0) / DAY_US)
        columns = [*(np.log1p(one) for one in counts), *rates, price, discount, age, rating]
        return np.stack(columns, axis=1).astype(np.float32)


class Numbering:
    """Numbers for texts, one per item; an item without text has a number of its own."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_item = np.empty(0, np.int32)
        self._n_items = 0

    @property
    def of_item(self) -> I32:
        return self._of_item[: self._n_items]

    def put(self, number: int, text: str) -> None:
        if number >= len(self._of_item):
            self._of_item = np.resize(self._of_item, max(2 * number, 1_024))
        self._n_items = max(self._n_items, number + 1)
        self._of_item[number] = self._numbers.setdefault(text or f"\0{number}", len(self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)


def _rate(taken: F32, views: F32) -> F32:
    """Part of all that was done with an item, with FIRST_VIEWS acts at the shop's own rate added."""
    acts = views + taken  # a log may hold purchases alone
    usual = float(taken.sum()) / max(float(acts.sum()), 1.0)
    return np.asarray((taken + usual * FIRST_VIEWS) / (acts + FIRST_VIEWS), np.float32)


def _price(item: Item) -> float | None:
    return None if item.price_minor is None else float(np.log1p(item.price_minor))


def _discount(item: Item) -> float | None:
    if item.price_minor is None:
        return None
    if not item.list_price_minor or item.list_price_minor <= item.price_minor:
        return 0.0
    return 1.0 - item.price_minor / item.list_price_minor


def _created(item: Item) -> float | None:
    return None if item.created_at_us is None else float(item.created_at_us)


def _rating(item: Item) -> float | None:
    return item.rating
