"""The audit of what new items got, against shares counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.core.clock import DAY_US
from daogou.core.settings import NewItemSettings, PlacementSettings
from daogou.core.types import Item
from daogou.data.lake.outcomes import read_served
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.learn.evaluation.newcomers import NewcomerShare, newcomers

NOW_US = 1_700_000_000_000_000
OLD, NEW = NOW_US - 100 * DAY_US, NOW_US - 2 * DAY_US
ITEMS = [
    Item("old", {"en": "old"}, brand="Clay", created_at_us=OLD),
    Item("new", {"en": "new"}, brand="Clay", created_at_us=NEW),
    Item("fresh", {"en": "fresh"}, brand="Fresh", created_at_us=NEW, attributes={"seller": ("Li",)}),
    Item("unknown", {"en": "unknown"}, brand="Clay"),
]


def plan(share: float | None) -> PlacementSettings:
    return PlacementSettings(
        retrievers={"trending": 1.0}, new_items=None if share is None else NewItemSettings(share=share, days=14)
    )


def audit(folder: Path, share: float | None, lists: list[list[ServedItem]]) -> list[NewcomerShare]:
    store = open_store(f"sqlite:///{folder}/shop.db")
    store.log_slates(
        [ServedSlate(f"s{n}", "home_for_you", NOW_US, None, tuple(places)) for n, places in enumerate(lists)]
    )
    found = newcomers(read_served(store), ITEMS, {"home_for_you": plan(share)})
    store.close()
    return found


def test_shares_are_of_all_places_and_chances_are_told(tmp_path: Path) -> None:
    places = [ServedItem("old", 0), ServedItem("new", 1, 0.25), ServedItem("fresh", 2, 0.75), ServedItem("gone", 3)]
    (found,) = audit(tmp_path, 0.1, [places])
    assert (found.n_lists, found.n_places, found.drawn, found.mean_propensity) == (1, 4, 2, 0.5)
    assert (found.items, found.brands, found.sellers, found.share) == (0.5, 0.25, 0.25, 0.5)
    assert found.is_kept


def test_a_promise_that_is_not_kept_is_named(tmp_path: Path) -> None:
    (found,) = audit(tmp_path, 0.25, [[ServedItem("old", 0), ServedItem("unknown", 1)]] * 1)
    assert (found.share, found.promised, found.is_kept) == (0.0, 0.25, False)


def test_chance_alone_does_not_break_a_promise(tmp_path: Path) -> None:
    lists = [[ServedItem("new" if n % 3 == 0 else "old", 0), ServedItem("old", 1)] for n in range(12)]
    (found,) = audit(tmp_path, 0.2, lists)
    assert found.share == pytest.approx(1 / 6)
    assert found.low < 0.2 < found.high
    assert found.is_kept


def test_nothing_served_and_nothing_promised(tmp_path: Path) -> None:
    assert audit(tmp_path, None, []) == []
    (found,) = audit(tmp_path, None, [[ServedItem("old", 0)]])
    assert (found.promised, found.is_kept, found.mean_propensity) == (None, True, None)
