"""A slow reader gets what is newest, in an order that never takes back what was told."""

from __future__ import annotations

from typing import Any

from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import prepare
from daogou.serve.push.messages import ItemMessage, SlateMessage
from daogou.serve.push.news import News
from daogou.serve.push.subscriber import Subscriber

ASKED = RecommendRequest("new_arrivals", limit=2)


class Reader:
    """A stream of one question in a shop of its own, and what its reader sees."""

    def __init__(self, shop: Any, asked: RecommendRequest = ASKED) -> None:
        self.shop, self.asked = shop, asked
        self.service = shop.client.app.state.service
        self.subscriber = Subscriber([asked])
        self.seen: dict[str, int | None] = {}

    def offer(self, since: float | None = None) -> None:
        self.subscriber.offer(0, prepare(self.service, self.asked), since)

    def change(self, item_id: str, **fields: Any) -> None:
        self.shop.call("PATCH", f"/v1/items/{item_id}", json=fields)
        self.service.shop.refresh()

    def patch(self, item_id: str, since: float = 0.0) -> bool:
        return self.subscriber.patch(News(self.service, item_id), since)

    def read(self) -> list[Any]:
        """All that waits; `seen` follows as a page would."""
        messages = []
        while (message := self.subscriber.next()) is not None:
            messages.append(message)
            if isinstance(message, SlateMessage):
                self.seen = {one.item_id: one.item.price_minor for one in message.prepared.answer.items}
            elif message.patch.card is None:
                del self.seen[message.patch.item_id]
            else:
                self.seen[message.patch.item_id] = message.patch.card.price_minor
        return messages


def test_only_the_newest_of_several_slates_waits_and_what_went_back_waits_no_more(shop: Any) -> None:
    reader = Reader(shop)
    reader.offer()
    (first,) = reader.read()
    assert first.encoded().startswith(b"id: 0.0\nevent: slate\ndata: {")
    shown = next(iter(reader.seen))
    for price in (7, 8, 9):
        reader.change(shown, price=price)
        reader.offer(since=float(price))
    (newest,) = reader.read()
    assert newest.encoded().startswith(b"id: 0.1\n")
    assert (newest.since, reader.seen[shown]) == (7.0, 900)
    reader.change(shown, price=5)
    reader.offer()
    reader.change(shown, price=9)
    reader.offer()
    assert reader.read() == []  # as it was sent last


def test_a_changed_item_is_told_once_and_the_list_made_again_says_nothing_new(shop: Any) -> None:
    reader = Reader(shop)
    reader.offer()
    reader.read()
    shown = next(iter(reader.seen))
    reader.change(shown, price=7)
    assert not reader.patch(shown, since=3.0)
    reader.change(shown, price=8)
    assert not reader.patch(shown, since=4.0)
    reader.offer()
    (told,) = reader.read()
    assert isinstance(told, ItemMessage)
    assert (reader.seen[shown], told.since) == (800, 3.0)
    assert told.encoded().startswith(b'event: item\ndata: {"item_id":"')
    reader.patch(shown)
    reader.offer()
    assert reader.read() == []


def test_a_list_that_waits_goes_before_what_changed_since_it_was_made(shop: Any) -> None:
    reader = Reader(shop)
    reader.offer()
    shown = prepare(reader.service, ASKED).answer.items[0].item_id
    reader.change(shown, price=7)
    reader.patch(shown)
    slate, told = reader.read()
    assert isinstance(slate, SlateMessage)
    assert told.patch.revision > slate.prepared.answer.revision
    assert reader.seen[shown] == 700


def test_a_list_made_since_is_not_patched_with_what_it_knows(shop: Any) -> None:
    reader = Reader(shop)
    reader.offer()
    reader.read()
    shown = next(iter(reader.seen))
    reader.change(shown, price=7)
    old = News(reader.service, shown)
    reader.change(shown, price=8)
    reader.offer()
    assert not reader.subscriber.patch(old, 0.0)
    assert [type(one) for one in reader.read()] == [SlateMessage]
    assert reader.seen[shown] == 800


def test_what_must_not_be_shown_leaves_and_comes_back_only_with_a_list(shop: Any) -> None:
    reader = Reader(shop)
    reader.offer()
    reader.read()
    first = dict(reader.seen)
    shown = next(iter(first))
    reader.change(shown, availability="out_of_stock")
    assert reader.patch(shown)  # there is a gap now
    assert shown not in reader.subscriber.shown()
    reader.read()
    assert shown not in reader.seen
    reader.change(shown, availability="in_stock")
    assert not reader.patch(shown)
    reader.offer()
    assert [type(one) for one in reader.read()] == [SlateMessage]
    assert reader.seen == first
