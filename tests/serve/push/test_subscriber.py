"""A slow reader gets the newest list, not all that were made meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from daogou.core.errors import StorageUnavailable
from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import prepare
from daogou.serve.push import hub as hub_module
from daogou.serve.push.hub import Hub
from daogou.serve.push.subscriber import Subscriber

ASKED = RecommendRequest("new_arrivals", limit=2)


def prices(prepared: Any) -> list[int]:
    return [place.item.price_minor for place in prepared.answer.items]


def test_only_the_newest_of_several_slates_waits_and_what_went_back_waits_no_more(shop: Any) -> None:
    service = shop.client.app.state.service
    subscriber = Subscriber([ASKED])
    subscriber.offer(0, prepare(service, ASKED), service.shop.catalogue)
    first = subscriber.next()
    assert first is not None
    assert first.name == "0.0"
    shown = first.prepared.answer.items[0].item.id
    old = first.prepared.answer.items[0].item.price_minor
    for price in (7, 8, 9):
        shop.call("PATCH", f"/v1/items/{shown}", json={"price": price})
        service.shop.refresh()
        assert subscriber.shows_changed(service.shop.catalogue)
        subscriber.offer(0, prepare(service, ASKED), service.shop.catalogue, since=float(price))
    newest = subscriber.next()
    assert newest is not None
    assert (newest.name, newest.since, prices(newest.prepared)[0]) == ("0.1", 7.0, 900)
    assert subscriber.next() is None
    shop.call("PATCH", f"/v1/items/{shown}", json={"price": 5})
    subscriber.offer(0, prepare(service, ASKED), service.shop.catalogue)
    shop.call("PATCH", f"/v1/items/{shown}", json={"price": 9})
    subscriber.offer(0, prepare(service, ASKED), service.shop.catalogue)
    assert subscriber.next() is None  # as it was sent last
    assert old != 900


def test_the_looking_begins_with_the_first_stream_and_ends_with_the_last(shop: Any) -> None:
    service = shop.client.app.state.service

    async def come_and_go() -> list[bool]:
        hub = Hub(service)
        seen = [hub.is_looking]
        one, other = hub.subscribe([ASKED]), hub.subscribe([ASKED])
        seen.append(hub.is_looking)
        hub.leave(one)
        seen.append(hub.is_looking)
        hub.leave(other)
        await asyncio.sleep(0)
        return [*seen, hub.is_looking]

    assert asyncio.run(come_and_go()) == [False, True, True, False]


def test_while_the_database_is_away_a_change_is_kept_and_told_later(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = shop.client.app.state.service
    monkeypatch.setattr(hub_module, "AFTER_FAILURE_SECONDS", 0.01)

    async def watch() -> list[Any]:
        hub = Hub(service)
        subscriber = hub.subscribe([ASKED])
        first = subscriber.next()
        assert first is not None
        shown = first.prepared.answer.items[0].item.id
        with monkeypatch.context() as away:
            away.setattr(hub_module, "prepare", _unavailable)
            service.store.change_item(shown, lambda item: replace(item, price_minor=77))
            await asyncio.sleep(0.3)
            assert subscriber.next() is None
        await asyncio.wait_for(subscriber.news.wait(), 10)
        second = subscriber.next()
        assert second is not None
        hub.leave(subscriber)
        return prices(second.prepared)

    assert asyncio.run(watch())[0] == 77


def _unavailable(*_: Any) -> None:
    raise StorageUnavailable("The database is locked.")
