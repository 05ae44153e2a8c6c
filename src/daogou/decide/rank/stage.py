"""One ranker of the release, ready to order candidates of the shop's catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from daogou.core.clock import HOUR_US
from daogou.core.types import F32, I32, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.pool import Pool
from daogou.decide.rank.ranked import Ranked
from daogou.decide.retrieve.signal import Occasion
from daogou.learn.features.category import FittedCategory
from daogou.learn.features.column import FIRST, FittedColumn
from daogou.learn.features.field import Encoded, Field, nothing
from daogou.learn.features.history import FittedHistory
from daogou.learn.features.moment import FittedMoment
from daogou.learn.features.number import FittedNumber
from daogou.learn.online import ONLINE, ONLINE_HISTORY
from daogou.learn.rankers import RankerModel
from daogou.learn.rankers.chance import chance
from daogou.learn.training.shown import item_facts

FIRST_PLACE = "0"
"""Candidates are compared as if each stood first: the model knows what a place is worth by itself."""


class Stage:
    """Keeps the catalogue encoded; `take` follows changed items.

    name, model  of the ranker
    """

    def __init__(self, name: str, model: RankerModel, catalogue: Catalogue) -> None:
        self.name, self.model, self._catalogue = name, model, catalogue
        self._features = model.features
        self._items = nothing(0, self._features.fields)
        self._columns = {fitted.column.name: fitted for fitted in self._features.columns}
        self._places = {field.name: field for field in self._features.fields}
        self._scaling = _Scaling(self._columns, self._features.fields)
        self._moments: dict[int, I32] = {}
        self.take(list(range(len(catalogue))))

    def take(self, numbers: Sequence[int]) -> None:
        """Encode these items, new ones in order."""
        if not len(numbers):
            return
        items: list[Item] = [self._catalogue.items[number] for number in numbers]
        encoded = self._features.encode(item_facts(items), about=("item",))
        n_items = len(self._catalogue)
        if n_items > len(self._items):
            self._items = _longer(self._items, n_items)
        self._items.ids[numbers] = encoded.ids
        self._items.numbers[numbers] = encoded.numbers

    def ranked(self, occasion: Occasion, placement: str, pool: Pool, online: F32) -> Ranked:
        """Candidates with their chances; `online` are their features."""
        return Ranked(self.name, pool, chance(self.model.score(self._asked(occasion, placement, pool, online))))

    def _asked(self, occasion: Occasion, placement: str, pool: Pool, online: F32) -> Encoded:
        ids = self._items.ids[pool.numbers]
        numbers = self._items.numbers[pool.numbers]
        said: Mapping[str, str | None] = {
            "placement": placement,
            "position": FIRST_PLACE,
            "device": occasion.context.device,
            "store": occasion.context.store,
            "weather": occasion.context.weather,
        }
        for name, value in said.items():
            fitted = self._columns.get(name)
            if isinstance(fitted, FittedCategory):
                field = self._places[name]
                ids[:, field.start] = fitted.rows_of([value])[0] + field.first_row
        self._add_moment(ids, occasion.now_us)
        self._scaling.add(numbers, online)
        return Encoded(ids, numbers, self._bags(occasion))

    def _add_moment(self, ids: I32, now_us: int) -> None:
        fitted = self._columns.get("at_us")
        if not isinstance(fitted, FittedMoment):
            return
        hour = now_us // HOUR_US
        rows = self._moments.get(hour)
        if rows is None:
            rows = fitted.encode(pl.Series("at_us", [now_us]))[0]
            self._moments = {hour: rows}
        for part, row in zip(fitted.parts, rows.tolist(), strict=True):
            field = self._places[part.name]
            ids[:, field.start] = row + field.first_row

    def _bags(self, occasion: Occasion) -> tuple[I32, ...]:
        bags = list(nothing(1, self._features.fields).bags)
        fitted = self._columns.get("history")
        if isinstance(fitted, FittedHistory):
            field = self._places["history"]
            item = self._places[fitted.column.of]
            newest = occasion.query.history[-min(ONLINE_HISTORY, field.width) :]
            rows = self._items.ids[newest, item.start]
            rows = rows[rows >= item.first_row + FIRST]
            bags[field.start][0, field.width - len(rows) :] = rows
        return tuple(bags)


class _Scaling:
    """What `FittedNumber.encode` does, for all online features at once."""

    def __init__(self, columns: Mapping[str, FittedColumn], fields: Sequence[Field]) -> None:
        start = {field.name: field.start for field in fields}
        used = [(place, columns[name]) for place, name in enumerate(ONLINE) if name in columns]
        known = [(place, one) for place, one in used if isinstance(one, FittedNumber)]
        self._from = np.array([place for place, _ in known], np.int64)
        self._to = np.array([start[one.column.name] for _, one in known], np.int64)
        learned = [(one.low, one.high, one.fill, one.centre, one.spread) for _, one in known]
        self._low, self._high, self._fill, self._centre, self._spread = np.array(learned).reshape(-1, 5).T
        self._flagged = np.array([one.flags for _, one in known], bool)

    def add(self, numbers: F32, online: F32) -> None:
        """Write them into their places of `numbers`."""
        values = online[:, self._from]
        is_missing = np.isnan(values)
        inside = np.where(is_missing, self._fill, np.clip(values, self._low, self._high))
        numbers[:, self._to] = (inside - self._centre) / self._spread
        numbers[:, self._to[self._flagged] + 1] = is_missing[:, self._flagged]


def _longer(encoded: Encoded, n: int) -> Encoded:
    """The same rows with room for `n`."""
    ids = np.zeros((n, encoded.ids.shape[1]), np.int32)
    numbers = np.zeros((n, encoded.numbers.shape[1]), np.float32)
    ids[: len(encoded)], numbers[: len(encoded)] = encoded.ids, encoded.numbers
    return Encoded(ids, numbers, encoded.bags)
