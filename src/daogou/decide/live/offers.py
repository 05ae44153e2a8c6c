"""What each item costs, and what it did cost before: from its list price, and from how its price moved lately.

A price counts as reduced only against the lowest that was asked in the thirty days before, so one that was raised in
order to be lowered again does not. Source of that rule: Directive 98/6/EC of the EU, article 6a.
Cost: 25 bytes per item; nothing while nothing changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import I64, Bools
from daogou.data.store.price_log import PriceLog
from daogou.decide.catalogue import Catalogue

WINDOW_US = 30 * DAY_US
_NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Reduced:
    """was: (n_catalogue,) minor units, 0 where it is not reduced; is_listed: where the list price says so."""

    was: I64
    is_listed: Bools


class Offers:
    """`refresh` whenever items changed.

    price_minor  (n_catalogue,) -1 where the item has none
    """

    def __init__(self, log: PriceLog, catalogue: Catalogue) -> None:
        self._log = log
        self._catalogue = catalogue
        self._seq = 0
        self._moves: dict[str, list[tuple[int, int, int]]] = defaultdict(list)  # id -> (when, before, after)
        self._prices: I64 = np.empty(0, np.int64)
        self._listed: I64 = np.empty(0, np.int64)
        self._before: I64 = np.empty(0, np.int64)
        self._dropped_at: I64 = np.empty(0, np.int64)
        self.refresh(range(len(catalogue)))

    @property
    def price_minor(self) -> I64:
        self._follow()
        return self._prices

    def refresh(self, changed: Iterable[int]) -> None:
        """Take over the prices of these items, and how they moved."""
        for seq, item_id, at_us, before, after in self._log.since(self._seq):
            self._seq = seq
            self._moves[item_id].append((at_us, before, after))
        columns = [self._prices, self._listed, self._before, self._dropped_at]
        missing = len(self._catalogue) - len(self._prices)
        fresh = [np.concatenate([column, np.zeros(missing, np.int64)]) for column in columns]
        for number in changed:
            item = self._catalogue.items[number]
            price = -1 if item.price_minor is None else item.price_minor
            is_listed = item.list_price_minor is not None and 0 <= price < item.list_price_minor
            before, at_us = _drop(self._moves.get(item.id, ()), price)
            values = (price, item.list_price_minor if is_listed else 0, before, at_us)
            for column, value in zip(fresh, values, strict=True):
                column[number] = value
        self._prices, self._listed, self._before, self._dropped_at = fresh

    def reduced(self, now_us: int) -> Reduced:
        """What is cheaper than it was: by its list price, else by a drop within the last thirty days."""
        self._follow()
        is_fresh = (self._dropped_at <= now_us) & (self._dropped_at > now_us - WINDOW_US) & (self._before > 0)
        is_listed = self._listed > 0
        return Reduced(np.where(is_listed, self._listed, np.where(is_fresh, self._before, 0)), is_listed)

    def total_minor(self, numbers: Iterable[int]) -> int:
        """What these items cost together, one piece each; those without a price cost nothing."""
        prices = self.price_minor
        return sum(max(int(prices[number]), 0) for number in numbers)

    def _follow(self) -> None:
        """Take over items that came into the catalogue without anybody telling us."""
        if len(self._prices) < len(self._catalogue):
            self.refresh(range(len(self._prices), len(self._catalogue)))


def _drop(moves: Iterable[tuple[int, int, int]], price: int) -> tuple[int, int]:
    """From what the price dropped, and when; zeros where it did not, or was as low before."""
    steps = list(moves)
    if not steps or steps[-1][2] != price or steps[-1][1] <= price:
        return 0, _NEVER
    at_us = steps[-1][0]
    lowest = min(before for when, before, _ in steps if when > at_us - WINDOW_US)
    return (lowest, at_us) if lowest > price else (0, _NEVER)
