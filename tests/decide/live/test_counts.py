"""What shoppers did lately is counted once, fades by its half-life, and comes from the log as it grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.types import Consent, Event, EventLine, Item
from daogou.data.lake import compact, prune
from daogou.data.store.trust_log import Mark, released
from daogou.decide.live import LiveCounts
from daogou.decide.live import counts as counts_module
from daogou.decide.shop import Shop

NOW_US = 1_700_000_000_000_000
HOUR_US = 3_600 * SECOND_US


def happened(name: str, items: str, *, hours_ago: float = 0.0, **rest: object) -> Event:
    at_us = NOW_US - int(hours_ago * HOUR_US)
    lines = tuple(EventLine(one) for one in items.split())
    return Event(f"{name}-{items}-{at_us}-{rest}", name, at_us, lines, visitor_id="v", **rest)  # type: ignore[arg-type]


def test_a_view_counts_half_after_each_half_life(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[happened("view_item", "i0", hours_ago=24.0)])
    shop.refresh()
    assert shop.live.counts("view", "day", NOW_US)[0] == pytest.approx(0.5)
    assert shop.live.counts("view", "week", NOW_US)[0] == pytest.approx(0.5 ** (1 / 7))
    assert shop.live.counts("view", "month", NOW_US + 29 * DAY_US)[0] == pytest.approx(0.5)
    assert shop.live.counts("view", "hour", NOW_US)[0] == pytest.approx(0.5**24)
    assert shop.live.counts("view", "day", NOW_US).shape == (len(shop.catalogue),)


def test_each_action_is_counted_for_itself_and_impressions_for_none(make_shop: Callable[..., Shop]) -> None:
    events = [
        happened("view_item", "i0"),
        happened("select_item", "i0"),
        happened("add_to_cart", "i1"),
        happened("purchase", "i2 i3"),
        happened("impression", "i4 i5"),
        happened("purchase", "unheard-of"),
    ]
    shop = make_shop(events=events)
    shop.refresh()
    week = {name: shop.live.counts(name, "week", NOW_US).tolist() for name in ("view", "cart", "buy")}  # type: ignore[arg-type]
    assert week == {
        "view": [2, 0, 0, 0, 0, 0, 0, 0],
        "cart": [0, 1, 0, 0, 0, 0, 0, 0],
        "buy": [0, 0, 1, 1, 0, 0, 0, 0],
    }


def test_who_refused_analytics_is_not_counted(make_shop: Callable[..., Shop]) -> None:
    refused = happened("purchase", "i0", consent=Consent(analytics="denied"), context={"store_id": "soho"})
    shop = make_shop(events=[refused, happened("purchase", "i0", consent=Consent(personalization="denied"))])
    shop.refresh()
    assert shop.live.counts("buy", "week", NOW_US)[0] == 1.0
    assert shop.live.store_counts("soho", NOW_US) is None


def test_new_events_count_once_each_and_at_the_next_look(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[happened("view_item", "i0")])
    shop.live.refresh(NOW_US)
    shop.store.append([happened("view_item", "i0", hours_ago=0.01), happened("view_item", "i1")])
    shop.live.refresh(NOW_US + SECOND_US // 10)
    assert shop.live.counts("view", "month", NOW_US)[:2].tolist() == [1.0, 0.0]
    for later in (1, 2, 3):
        shop.live.refresh(NOW_US + later * SECOND_US)
    assert shop.live.counts("view", "month", NOW_US)[:2] == pytest.approx([2.0, 1.0], rel=1e-3)


def test_a_shop_without_events_or_items_counts_nothing(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(items=[])
    shop.refresh()
    assert shop.live.counts("buy", "day", NOW_US).shape == (0,)
    assert shop.live.store_counts("soho", NOW_US) is None


def test_items_that_come_later_are_counted_from_then_on(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[happened("view_item", "late")])
    shop.live.refresh(NOW_US)
    shop.store.put_items([Item("late", {"en": "late"}), *(Item(f"x{n}", {"en": "x"}) for n in range(2_000))])
    shop.catalogue.refresh()
    shop.store.append([happened("view_item", "late x1999", hours_ago=0.1)])
    shop.live.refresh(NOW_US + SECOND_US)
    viewed = shop.live.counts("view", "month", NOW_US)
    assert len(viewed) == len(shop.catalogue) == 2_009
    assert np.flatnonzero(viewed).tolist() == [8, 2_008]


def test_stores_are_counted_apart(make_shop: Callable[..., Shop]) -> None:
    events = [
        happened("purchase", "i0 i1", context={"store_id": "soho"}),
        happened("purchase", "i1", context={"store_id": "camden"}),
        happened("purchase", "i2", context={"store_id": 7}),
        happened("view_item", "i3", context={"store_id": "soho"}),
    ]
    shop = make_shop(events=events)
    shop.refresh()
    soho, camden = (shop.live.store_counts(one, NOW_US) for one in ("soho", "camden"))
    assert soho is not None
    assert camden is not None
    assert soho.tolist() == [1, 1, 0, 0, 0, 0, 0, 0]
    assert camden.tolist() == [0, 1, 0, 0, 0, 0, 0, 0]


def test_of_too_many_stores_the_one_where_least_was_bought_makes_room(
    make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts_module, "MOST_STORES", 2)
    bought = [("a", 1), ("b", 2), ("b", 3), ("c", 4)]
    shop = make_shop(events=[happened("purchase", f"i{n}", context={"store_id": store}) for store, n in bought])
    shop.refresh()
    assert shop.live.store_counts("a", NOW_US) is None
    c = shop.live.store_counts("c", NOW_US)
    assert c is not None
    assert c.tolist() == [0, 0, 0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("is_pruned", [False, True])
def test_a_restart_counts_what_lies_in_the_lake_once(
    make_shop: Callable[..., Shop], tmp_path: Path, is_pruned: bool
) -> None:
    at_store = {"store_id": "soho"}
    old = [happened("purchase", "i0 i1", hours_ago=720.0, context=at_store), happened("view_item", "i2", hours_ago=700)]
    too_old = happened("purchase", "i3", hours_ago=24.0 * 61)
    shop = make_shop(events=[too_old, *old])
    compact(shop.store, shop.files)
    if is_pruned:
        assert prune(shop.store, NOW_US - DAY_US, keep_per_person=0) == 3
    shop.store.append([happened("purchase", "i0", context=at_store)])
    live = LiveCounts(shop.store, shop.catalogue, shop.files)
    live.refresh(NOW_US)
    assert live.counts("buy", "month", NOW_US)[:4] == pytest.approx([1.5, 0.5, 0.0, 0.0])
    assert live.counts("view", "month", NOW_US)[2] == pytest.approx(0.5 ** (700 / 720))
    bought = live.store_counts("soho", NOW_US)
    assert bought is not None
    assert bought[:3] == pytest.approx([1.5, 0.5, 0.0])


def test_a_missing_file_of_the_lake_costs_only_what_it_held(
    make_shop: Callable[..., Shop], caplog: pytest.LogCaptureFixture
) -> None:
    shop = make_shop(events=[happened("purchase", "i0", hours_ago=48.0)])
    compact(shop.store, shop.files)
    prune(shop.store, NOW_US - DAY_US, keep_per_person=0)
    for file in shop.files.glob("events/*/*.parquet"):
        file.unlink()
    shop.store.append([happened("purchase", "i1")])
    shop.refresh()
    assert shop.live.counts("buy", "day", NOW_US)[:2].tolist() == [0.0, 1.0]
    assert "counted from the log alone" in caplog.text


def test_counts_stay_right_over_months_of_running(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[happened("view_item", "i0")])
    shop.live.refresh(NOW_US)
    for days in range(1, 91):
        shop.live.refresh(NOW_US + days * DAY_US)
        shop.store.append([happened("view_item", "i1", hours_ago=-24.0 * days)])
    later_us = NOW_US + 91 * DAY_US
    shop.live.refresh(later_us)
    viewed = shop.live.counts("view", "month", later_us)
    assert viewed[0] == pytest.approx(0.5 ** (91 / 30), rel=1e-4)
    assert viewed[1] == pytest.approx(sum(0.5 ** ((91 - days) / 30) for days in range(1, 91)), rel=1e-4)


def test_counts_take_fewer_than_a_hundred_bytes_per_item(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(items=[Item(f"x{n}", {"en": "x"}) for n in range(5_000)], events=[happened("view_item", "x4999")])
    shop.refresh()
    shop.live.counts("view", "day", NOW_US)
    assert shop.live.n_bytes / len(shop.catalogue) < 100


@pytest.mark.parametrize("is_pruned", [False, True])
def test_shoppers_held_as_programs_are_not_counted_until_released(
    make_shop: Callable[..., Shop], is_pruned: bool
) -> None:
    bot = Event("bot", "view_item", NOW_US, (EventLine("i0"),), visitor_id="bot")
    nameless = Event("nameless", "view_item", NOW_US, (EventLine("i0"),), session_id="visit")
    shop = make_shop(events=[happened("view_item", "i0"), bot, nameless])
    if is_pruned:
        compact(shop.store, shop.files)
        prune(shop.store, older_than_us=NOW_US + 1, keep_per_person=0)
    shop.live.refresh(NOW_US)
    assert shop.live.counts("view", "week", NOW_US)[0] == 3
    marks = [Mark(one, "shopper", "held", (), NOW_US) for one in ("v:bot", "s:visit")]
    shop.store.trust.put(marks)
    shop.live.refresh(NOW_US + SECOND_US)
    assert shop.live.counts("view", "week", NOW_US)[0] == pytest.approx(1, rel=1e-4)
    shop.store.trust.put([released(marks[0], NOW_US)])
    shop.live.refresh(NOW_US + 2 * SECOND_US)
    assert shop.live.counts("view", "week", NOW_US)[0] == pytest.approx(2, rel=1e-4)
