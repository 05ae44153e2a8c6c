"""One open stream: what it asks, what was last sent, and the newest slates that wait to be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from daogou.core.types import Item
from daogou.data.store import person_keys
from daogou.decide.catalogue import Catalogue
from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import Prepared
from daogou.serve.api.wire.slates import SlateAnswer


class Outgoing(NamedTuple):
    """A slate to send.

    name   "question.turn", both from 0: which question of the body it answers, and for which time
    since  when the change behind it was not yet seen, in the loop's seconds; None for a first slate
    """

    name: str
    prepared: Prepared
    since: float | None


class Subscriber:
    """Filled by the hub, emptied by the response; at most one slate per question waits, the newest."""

    def __init__(self, asked: Sequence[RecommendRequest]) -> None:
        self.asked = tuple(asked)
        self.people = frozenset(
            key for one in asked if one.personalize for key in person_keys(one.user_id, one.visitor_id)
        )
        self.news = asyncio.Event()
        self.is_gone = False
        self.is_dismissed = False
        self._waiting: dict[int, tuple[Prepared, float | None]] = {}
        self._shown: dict[int, Any] = {}
        self._items: dict[int, list[Item | None]] = {}
        self._turns = [0] * len(self.asked)

    def offer(self, number: int, prepared: Prepared, catalogue: Catalogue, since: float | None = None) -> None:
        """A slate of this question as it is now; it waits only where the shopper would see a difference."""
        self._items[number] = [catalogue.item(place.item_id) for place in prepared.answer.items]
        held = self._waiting.pop(number, None)
        if seen_of(prepared.answer) == self._shown.get(number):
            return
        first_since = held[1] if held is not None else since
        self._waiting[number] = prepared, first_since
        self.news.set()

    def next(self) -> Outgoing | None:
        """Take the next slate to send, None where nothing waits."""
        if not self._waiting:
            self.news.clear()
            return None
        number, (prepared, since) = next(iter(self._waiting.items()))
        del self._waiting[number]
        self._shown[number] = seen_of(prepared.answer)
        name = f"{number}.{self._turns[number]}"
        self._turns[number] += 1
        return Outgoing(name, prepared, since)

    def shows_changed(self, catalogue: Catalogue) -> bool:
        """Whether an item of its lists was replaced in the catalogue since they were made."""
        return any(
            item is not None and catalogue.item(item.id) is not item for row in self._items.values() for item in row
        )

    def leave(self) -> None:
        """The shopper is gone."""
        self.is_gone = True
        self.news.set()

    def dismiss(self) -> None:
        """The server is about to stop."""
        self.is_dismissed = True
        self.news.set()


def seen_of(answer: SlateAnswer) -> Any:
    """What a shopper sees of a slate: items in their order with price and stock, and why they are there.

    Shares and scores are left out: they move a little with every second, and no list looks different for it.
    """
    return [
        (place.item, place.reason.code, place.reason.text, [cause.item_id for cause in place.reason.evidence])
        for place in answer.items
    ]
