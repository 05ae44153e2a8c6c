"""What all streams of a process share: the looking, what is told to all of them, and what is decided once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from daogou.core.errors import StorageUnavailable
from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import prepare
from daogou.serve.push import hub as hub_module
from daogou.serve.push.hub import Hub
from daogou.serve.push.messages import ItemMessage, Message, SlateMessage
from daogou.serve.push.subscriber import Subscriber

ASKED = RecommendRequest("new_arrivals", limit=2)


async def messages(subscriber: Subscriber, least: int, seconds: float = 20.0) -> list[Message]:
    """At least so many, in their order."""
    found: list[Message] = []
    async with asyncio.timeout(seconds):
        while len(found) < least:
            await subscriber.news.wait()
            while (message := subscriber.next()) is not None:
                found.append(message)
    return found


@pytest.fixture
def decisions(monkeypatch: pytest.MonkeyPatch) -> list[RecommendRequest]:
    """The questions that were decided."""
    asked: list[RecommendRequest] = []

    def counted(service: Any, question: RecommendRequest) -> Any:
        asked.append(question)
        return prepare(service, question)

    monkeypatch.setattr(hub_module, "prepare", counted)
    return asked


async def with_streams(service: Any, asked: list[RecommendRequest], change: Callable[[], Any], least: int) -> Any:
    """The messages of each stream after a change, its first slate read before."""
    hub = Hub(service)
    streams = [hub.subscribe([one]) for one in asked]
    for one in streams:
        one.next()
        one.next()
    change()
    found = [await messages(one, least) for one in streams]
    for one in streams:
        hub.leave(one)
    return found


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


def test_a_change_is_told_to_all_streams_in_the_same_bytes_before_any_list_is_decided(
    shop: Any, decisions: list[RecommendRequest]
) -> None:
    service = shop.client.app.state.service
    shown = prepare(service, ASKED).answer.items[0].item_id
    asked = [replace(ASKED, visitor_id=f"v{number}") for number in range(5)]
    n_decided: list[int] = []
    tell = Subscriber.patch

    def counted(subscriber: Subscriber, *given: Any) -> bool:
        n_decided.append(len(decisions))
        return tell(subscriber, *given)

    with pytest.MonkeyPatch.context() as watched:
        watched.setattr(Subscriber, "patch", counted)
        change = lambda: service.store.change_item(shown, lambda item: replace(item, price_minor=77))  # noqa: E731
        found = asyncio.run(with_streams(service, asked, change, 1))
    told = [one for (one,) in found]
    assert all(isinstance(one, ItemMessage) for one in told)
    assert len({id(one.patch.encoded) for one in told}) == 1
    assert n_decided == [5] * 5  # the first lists of all streams, nothing since


def test_visitors_of_whom_nothing_is_known_share_one_decision_and_have_slates_of_their_own(
    shop: Any, decisions: list[RecommendRequest]
) -> None:
    service = shop.client.app.state.service
    shown = prepare(service, ASKED).answer.items[0].item_id
    asked = [replace(ASKED, visitor_id=f"v{number}") for number in range(5)]
    asked += [replace(ASKED, user_id="u1"), replace(ASKED, user_id="u2")]
    change = lambda: service.store.change_item(shown, lambda item: replace(item, is_hidden=True))  # noqa: E731
    found = asyncio.run(with_streams(service, asked, change, 2))
    slates = [one for _, one in found]
    assert all(isinstance(one, SlateMessage) for one in slates)
    assert len({one.prepared.answer.recommendation_id for one in slates}) == 7
    assert [one.prepared.asked for one in slates] == asked
    assert len(decisions) == 7 + 3  # of the five one, and one for each user


def test_after_an_import_lists_are_made_again_instead_of_telling_item_by_item(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = shop.client.app.state.service
    monkeypatch.setattr(hub_module, "MOST_PATCHES", 1)
    service.shop.refresh()
    cheaper = [replace(item, price_minor=55) for item in service.shop.catalogue.items]
    ((message, *_),) = asyncio.run(with_streams(service, [ASKED], lambda: service.store.put_items(cheaper), 1))
    assert isinstance(message, SlateMessage)
    assert [place.item.price_minor for place in message.prepared.answer.items] == [55, 55]


def test_while_the_database_is_away_a_change_is_kept_and_told_later(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = shop.client.app.state.service
    monkeypatch.setattr(hub_module, "AFTER_FAILURE_SECONDS", 0.01)

    async def watch() -> list[Message]:
        hub = Hub(service)
        subscriber = hub.subscribe([ASKED])
        (first,) = await messages(subscriber, 1)
        assert isinstance(first, SlateMessage)
        shown = first.prepared.answer.items[0].item.id
        with monkeypatch.context() as away:
            away.setattr(hub_module, "prepare", _unavailable)
            away.setattr(Subscriber, "patch", _unavailable)
            service.store.change_item(shown, lambda item: replace(item, price_minor=77))
            await asyncio.sleep(0.3)
            assert subscriber.next() is None
        found = await messages(subscriber, 1)
        hub.leave(subscriber)
        return found

    (second,) = asyncio.run(watch())
    assert isinstance(second, SlateMessage)
    assert second.prepared.answer.items[0].item.price_minor == 77


def test_nobody_waits_for_ever_behind_those_in_a_hurry(shop: Any) -> None:
    hub = Hub(shop.client.app.state.service)
    hurried, patient = Subscriber([ASKED]), Subscriber([ASKED])
    hub._urgent[hurried], hub._later[patient] = 0.0, 0.0
    turns = [next(iter(hub._next_line())) for _ in range(8)]
    assert turns.count(patient) == 2


def _unavailable(*_: Any) -> None:
    raise StorageUnavailable("The database is locked.")
