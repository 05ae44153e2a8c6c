"""What was taken in which circumstances, by those who let themselves be counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from daogou.core.clock import DAY_US
from daogou.core.types import EVENT_WEIGHTS, Consent, Event, EventLine, User
from daogou.data.lake import compact
from daogou.data.lake.outcomes import read_taken
from daogou.data.store import open_store

NOON = 20_000 * DAY_US + DAY_US // 2


def event(number: int, name: str, item: str, hours: float = 0, user: str | None = "ann", **rest: Any) -> Event:
    return Event(f"e{number}", name, NOON + int(hours * DAY_US / 24), (EventLine(item),), user_id=user, **rest)


def test_each_item_counts_once_a_day_with_the_context_of_its_first_event(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/shop.db")
    store.put_users([User("eve", consent=Consent(personalization="denied"))])
    said = {"store_id": "leeds", "weather": "rain", "device": "phone", "region": "north"}
    store.append(
        [
            event(1, "view_item", "mug", context=said),
            event(2, "purchase", "mug", 1, context={"weather": "fine"}),
            event(3, "view_item", "mug", 24),
            event(4, "view_item", "kite", 2, user=None, visitor_id="v", context={"weather": 3, "moon": "full"}),
            event(5, "impression", "pot"),
            event(6, "dislike_item", "pot"),
            event(7, "view_item", "pot", user="eve"),
            event(8, "view_item", "pot", user="bob", consent=Consent(analytics="denied")),
        ]
    )
    found = read_taken(store, tmp_path)
    compact(store, tmp_path, timezone="UTC")
    again = read_taken(store, tmp_path)
    carted = read_taken(store, tmp_path, worth={**EVENT_WEIGHTS, "view_item": 0})
    store.close()
    assert carted.select("item_id", "weather").rows() == [("mug", "fine")]
    assert found.drop("weather").rows() == [
        (NOON, "mug", "ann", "leeds", "north", "phone"),
        (NOON + DAY_US // 12, "kite", None, None, None, None),
        (NOON + DAY_US, "mug", "ann", None, None, None),
    ]
    assert found["weather"][0] == "rain"
    assert again.equals(found)


def test_a_shop_without_events_has_none(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/shop.db")
    assert len(read_taken(store, tmp_path)) == 0
    store.close()
