"""What one shopper was shown lately, straight from the log of served lists."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from daogou.data.store import ServedItem, ServedSlate, Store, open_store


@pytest.fixture()
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


def slate(name: str, at_us: int, person: str | None, *ids: str) -> ServedSlate:
    return ServedSlate(name, "trending", at_us, person, tuple(ServedItem(one, n) for n, one in enumerate(ids)))


def test_the_newest_lists_of_all_keys_come_first(store: Store) -> None:
    store.log_slates(
        [
            slate("a", 10, "u:ann", "x", "y"),
            slate("b", 30, "v:1", "z"),
            slate("c", 20, "u:ann", "y"),
            slate("d", 40, "u:bob", "x"),
            slate("e", 50, None, "x"),
        ]
    )
    found = store.showings(["u:ann", "v:1"], 0, 9)
    assert [(one.at_us, one.item_ids) for one in found] == [(30, ("z",)), (20, ("y",)), (10, ("x", "y"))]
    assert [one.at_us for one in store.showings(["u:ann", "v:1"], 15, 9)] == [30, 20]
    assert [one.at_us for one in store.showings(["u:ann", "v:1"], 0, 1)] == [30]


def test_nobody_was_shown_nothing(store: Store) -> None:
    store.log_slates([slate("e", 50, None, "x")])
    assert store.showings([], 0, 9) == []
    assert store.showings(["u:ann"], 0, 9) == []


def test_a_forgotten_shopper_was_shown_nothing(store: Store) -> None:
    store.log_slates([slate("a", 10, "u:ann", "x")])
    store.forget(["u:ann"])
    assert store.showings(["u:ann"], 0, 9) == []


def test_the_lists_of_one_shopper_are_found_by_an_index(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/shop.db").close()
    with sqlite3.connect(tmp_path / "shop.db") as reading:
        plan = reading.execute(
            "EXPLAIN QUERY PLAN SELECT items FROM slates WHERE person = 'u:ann' AND at_us >= 0 ORDER BY at_us DESC"
        ).fetchall()
    assert "ix_slates_person" in plan[0][3]
