"""How the prices of items moved: written with the item itself, kept as long as a price reduction may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import bindparam, delete, select

from daogou.core.clock import DAY_US, Clock, system_clock
from daogou.core.types import Item
from daogou.data.store.backend import Backend, Driver
from daogou.data.store.schema import price_moves

KEPT_US = 90 * DAY_US

PriceMove = tuple[int, str, int, int, int]
"""seq, item id, when, price before and price after in minor units of the same currency."""


class PriceLog(Protocol):
    """What a store promises about prices."""

    def since(self, seq: int) -> Sequence[PriceMove]:
        """Moves after `seq`, in the order in which they happened; those of the last 90 days at least."""
        ...


class SqlPriceLog:
    """`PriceLog` over SQL; `clock` says when a price moved."""

    def __init__(self, backend: Backend, clock: Clock = system_clock) -> None:
        self._backend = backend
        self.clock = clock
        names = ["item_id", "at_us", "before_minor", "after_minor"]
        columns = [price_moves.c.seq, *(price_moves.c[name] for name in names)]
        self._since = backend.compile(
            select(*columns).where(price_moves.c.seq > bindparam("after")).order_by(price_moves.c.seq), ["after"]
        )
        self._add = backend.compile(
            backend.insert(price_moves).values({name: bindparam(name) for name in names}), names
        )
        self._forget = backend.compile(delete(price_moves).where(price_moves.c.at_us < bindparam("older")), ["older"])

    def since(self, seq: int) -> Sequence[PriceMove]:
        return self._backend.read(self._since, (seq,))

    def note(self, driver: Driver, before: Mapping[str, Item], after: Sequence[Item]) -> None:
        """Write down what moved between two states of the catalogue, as a part of a transaction."""
        now_us = self.clock()
        moved = [
            (item.id, now_us, old.price_minor, item.price_minor)
            for item in after
            if (old := before.get(item.id)) is not None
            and None not in (old.price_minor, item.price_minor)
            and old.price_minor != item.price_minor
            and old.currency == item.currency
        ]
        if moved:
            driver.executemany(self._add, moved)
            driver.execute(self._forget, (now_us - KEPT_US,))
