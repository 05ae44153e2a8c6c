"""The lift of a cross-category place: how much more often what is taken there is new to the shopper."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.core.types import Consent, Event, EventLine
from daogou.data.lake.outcomes import read_outcomes
from daogou.data.store import open_store
from daogou.decide.live.discovery import Discovery, discovery

DEPARTMENTS = {"mug": "Kitchen", "pot": "Kitchen", "lamp": "Light", "kite": "Toys", "odd": ""}


def test_a_place_is_compared_with_all_others(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/shop.db")
    happened = [
        ("view_item", "mug", None),  # the first department counts nowhere
        ("select_item", "pot", "home_for_you"),
        ("select_item", "lamp", "cross_category"),  # new
        ("select_item", "lamp", "cross_category"),
        ("select_item", "odd", "cross_category"),
        ("purchase", "kite", "home_for_you"),  # new
        ("select_item", "kite", "home_for_you"),
        ("select_item", "unheard-of", "home_for_you"),
    ]
    events = [
        Event(f"e{n}", name, 1_000 + n, (EventLine(one),), user_id="ann", placement=place)
        for n, (name, one, place) in enumerate(happened)
    ]
    refused = [
        Event(f"r{n}", "select_item", n, (EventLine(one),), user_id="bob", placement="cross_category",
              consent=Consent(analytics="denied"))
        for n, one in enumerate(("mug", "lamp"))
    ]  # fmt: skip
    store.append([*events, *refused])
    found = discovery(read_outcomes(store, tmp_path).iter_rows(named=True), DEPARTMENTS)
    store.close()
    assert found["select_item"] == Discovery(taken=2, new=1, taken_elsewhere=2, new_elsewhere=0)
    assert found["select_item"].lift is None
    assert found["purchase"] == Discovery(0, 0, 1, 1)
    assert (found["purchase"].share, found["purchase"].lift) == (0.0, None)


def test_the_lift_is_a_ratio_of_shares() -> None:
    assert Discovery(taken=10, new=6, taken_elsewhere=100, new_elsewhere=20).lift == pytest.approx(3.0)


def test_without_events_there_is_nothing_to_tell() -> None:
    assert set(discovery([], DEPARTMENTS).values()) == {Discovery(0, 0, 0, 0)}
