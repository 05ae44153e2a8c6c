"""A shopper's past is read once and never stale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from tests.decide.conftest import NOW_US, event

from daogou.core.types import HistoryRow, Item
from daogou.data.store import open_store
from daogou.decide import past as past_module
from daogou.decide.past import Past
from daogou.decide.shop import Shop


def test_it_is_read_again_only_when_something_was_added_by_anybody(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[event("view_item", "i0", days_ago=2)])
    first = shop.pasts.past(["u:ann"])
    assert shop.pasts.past(["u:ann"]) is first
    other = open_store(f"sqlite:///{shop.folder}/shop.db")
    other.append([event("view_item", "i1", user="bob")])
    assert shop.pasts.past(["u:ann"]) is first
    other.append([event("view_item", "i1")])
    other.close()
    assert [row.item_id for row in shop.pasts.past(["u:ann"]).rows] == ["i0", "i1"]


def test_an_event_that_comes_late_but_happened_early_is_there_too(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[event("view_item", "i0", days_ago=1)])
    shop.pasts.past(["u:ann"])
    shop.store.append([event("purchase", "i3", days_ago=9)])
    assert [row.item_id for row in shop.pasts.past(["u:ann"]).rows] == ["i3", "i0"]


def test_who_is_forgotten_has_no_past_at_once(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[event("purchase", "i0")])
    assert shop.pasts.past(["u:ann"]).strongest == {"i0": "purchase"}
    shop.store.forget(["u:ann"])
    assert shop.pasts.past(["u:ann"]).rows == []


def test_an_item_the_catalogue_learns_later_is_known_then(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[event("view_item", "later")])
    assert shop.pasts.past(["u:ann"]).query(NOW_US).history.tolist() == []
    shop.store.put_items([Item("later", {"en": "later"})])
    shop.refresh()
    assert shop.pasts.past(["u:ann"]).query(NOW_US).history.tolist() == [8]


def test_what_was_bought_comes_back_after_a_refund_and_after_its_time(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[event("purchase", "i0"), event("purchase", "i1", days_ago=400), event("purchase", "i2")])
    rules = shop.settings.rules
    owned = set(shop.pasts.past(["u:ann"]).bought(shop.catalogue, rules, NOW_US).tolist())
    assert owned == {0, 2}
    shop.store.append([event("refund", "i0", days_ago=0.5)])
    assert shop.pasts.past(["u:ann"]).bought(shop.catalogue, rules, NOW_US).tolist() == [2]


def said(past: Past) -> list[tuple[str, str, int]]:
    return [(row.name, row.item_id, row.quantity) for row in past.rows]


def test_a_past_that_was_packed_is_the_same_when_it_is_asked_for_again(
    make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_module, "MOST_READY", 1)
    bought = [event("purchase", f"i{n}", user=f"u{u}", days_ago=n + u + 1) for u in range(3) for n in range(2)]
    shop = make_shop(events=[*bought, event("view_item", "nobody knows it", user="u0")])
    reads = 0
    read = shop.store.history

    def counted(people: Sequence[str], limit: int) -> list[HistoryRow]:
        nonlocal reads
        reads += 1
        return read(people, limit)

    monkeypatch.setattr(shop.store, "history", counted)
    first = {user: shop.pasts.past([f"u:{user}"]) for user in ("u0", "u1", "u2")}
    for user, past in first.items():
        again = shop.pasts.past([f"u:{user}"])
        assert said(again) == said(past)
        assert len(again.lines) == len(past.lines)
        assert again.query(NOW_US).weights.tolist() == past.query(NOW_US).weights.tolist()
    assert reads == 3
    shop.store.append([event("view_item", "i3", user="u0")])
    assert said(shop.pasts.past(["u:u0"]))[-1] == ("view_item", "i3", 1)
    assert reads == 4


def test_no_more_pasts_are_kept_than_there_is_room_for(
    make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_module, "MOST_READY", 1)
    monkeypatch.setattr(past_module, "MOST_PACKED_BYTES", 900)
    views = [event("view_item", f"i{n}", user=f"u{u}", days_ago=n + 1) for u in range(9) for n in range(2)]
    shop = make_shop(events=views)
    pasts = [shop.pasts.past([f"u:u{u}"]) for u in range(9)]
    assert shop.pasts.past(["u:u8"]) is pasts[8]
    assert 1 <= len(shop.pasts._packed) < 8
    assert said(shop.pasts.past(["u:u0"])) == said(pasts[0])


def test_what_was_decided_long_ago_counts_beyond_the_newest_lines(make_shop: Callable[..., Shop]) -> None:
    looks = [event("view_item", "i5", days_ago=1 + n / 100) for n in range(300)]
    old = [event("dislike_item", "i0", days_ago=20), event("purchase", "i1", days_ago=19)]
    shop = make_shop(events=[*old, *looks, event("purchase", "i2")])
    past = shop.pasts.past(["u:ann"])
    assert len(past.lines) == 300
    assert past.disliked.tolist() == [0]
    assert set(past.bought(shop.catalogue, shop.settings.rules, NOW_US).tolist()) == {1, 2}
    assert past.query(NOW_US).history.tolist() == [5, 2]
    assert len(past.decided) == 302
