"""Every change of a price is written down with the item, and forgotten when no reduction can be told from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from daogou.core.clock import DAY_US
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.data.store.sql_store import SqlStore

MUG = Item("mug", {"en": "mug"}, price_minor=500)


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    opened = open_store(database)
    assert isinstance(opened, SqlStore)
    opened.prices.clock = lambda: 100 * DAY_US
    yield opened
    opened.close()


def test_only_prices_that_moved_are_written(store: SqlStore) -> None:
    store.put_items([MUG])
    store.put_items([MUG, Item("new", {}, price_minor=100)])
    store.put_items([replace(MUG, title={"en": "Mug"})])
    assert list(store.prices.since(0)) == []
    store.put_items([replace(MUG, price_minor=400)])
    store.change_item("mug", lambda one: replace(one, price_minor=450))
    assert list(store.prices.since(0)) == [
        (1, "mug", 100 * DAY_US, 500, 400),
        (2, "mug", 100 * DAY_US, 400, 450),
    ]
    assert [move[0] for move in store.prices.since(1)] == [2]


@pytest.mark.parametrize("change", [{"price_minor": None}, {"price_minor": 400, "currency": "EUR"}])
def test_prices_that_cannot_be_compared_are_not(store: SqlStore, change: dict[str, object]) -> None:
    store.put_items([MUG])
    store.put_items([replace(MUG, **change)])  # type: ignore[arg-type]
    assert list(store.prices.since(0)) == []


def test_old_moves_are_forgotten_when_a_new_one_comes(store: SqlStore) -> None:
    store.put_items([MUG])
    store.put_items([replace(MUG, price_minor=400)])
    store.prices.clock = lambda: 191 * DAY_US
    store.put_items([replace(MUG, price_minor=300)])
    assert [(before, after) for _, _, _, before, after in store.prices.since(0)] == [(400, 300)]
