"""One ranker of the release, ready to order candidates of the shop's catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from daogou.core.clock import HOUR_US
from daogou.core.types import F32, I32, I64, Bools, Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.pool import Pool
from daogou.decide.rank.facts import ItemFacts
from daogou.decide.rank.online import Known
from daogou.decide.rank.ranked import Ranked
from daogou.decide.rank.worlds import Worlds
from daogou.decide.retrieve.signal import Occasion, Signal
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
        self._widths = [bag.shape[1] for bag in self._items.bags]
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
        history = occasion.query.history
        asked = self._asked(occasion, placement, pool, online, self._bags(history, np.ones((1, len(history)), bool)))
        return Ranked(self.name, pool, chance(self.model.score(asked)), asked)

    def worlds(
        self, facts: ItemFacts, occasion: Occasion, signals: Sequence[Signal], ranked: Ranked, known: Known
    ) -> Worlds:
        """For questions about these candidates with less of a history."""
        return Worlds(self, facts, occasion, signals, ranked, known)

    def chances(self, ranked: Ranked, places: I64, online: F32, history: I32, kept: Bools, of: I64) -> F32:
        """(n_rows,) the chances of candidates with other features, for a shopper with parts of the history.

        places  (n_rows,) of the candidates; online: (n_rows, len(ONLINE))
        kept    (n_parts, len(history)) what each part holds; of: (n_rows,) which of them each row is asked with
        """
        numbers = ranked.asked.numbers[places]
        self._scaling.add(numbers, online)
        bags = tuple(bag[of] for bag in self._bags(history, kept))
        return chance(self.model.score(Encoded(ranked.asked.ids[places], numbers, bags)))

    def _asked(self, occasion: Occasion, placement: str, pool: Pool, online: F32, bags: tuple[I32, ...]) -> Encoded:
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
        return Encoded(ids, numbers, bags)

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

    def _bags(self, history: I32, kept: Bools) -> tuple[I32, ...]:
        """One (n_parts, width) array per bag, for parts of a history, kept: (n_parts, len(history))."""
        bags = tuple(np.zeros((len(kept), width), np.int32) for width in self._widths)
        fitted = self._columns.get("history")
        if isinstance(fitted, FittedHistory):
            field = self._places["history"]
            item = self._places[fitted.column.of]
            rows = self._items.ids[history, item.start]
            newest = np.cumsum(kept[:, ::-1], axis=1)[:, ::-1] <= min(ONLINE_HISTORY, field.width)
            told = kept & newest & (rows >= item.first_row + FIRST)
            from_end = np.cumsum(told[:, ::-1], axis=1)[:, ::-1]
            part, entry = np.nonzero(told)
            bags[field.start][part, field.width - from_end[part, entry]] = rows[entry]
        return bags


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
