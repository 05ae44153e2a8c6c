"""One open stream: what it asks, what its reader has been told, and what waits to be told.

What waits is sent in the order in which it came about, and of each kind only the newest waits: one slate per question,
one patch per item and set of lists. What the reader will show then is known here at any time, so that nothing is sent
twice and no list brings back what a patch has changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from daogou.data.store import person_keys
from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import Prepared
from daogou.serve.push.messages import ItemMessage, Message, Patch, SlateMessage, Standing, standing_of
from daogou.serve.push.news import News

Key = int | tuple[str, tuple[int, ...]]
"""What waits at most once: the number of a question, or an item and the questions whose lists it changes."""


class Subscriber:
    """Filled by the hub, emptied by the response."""

    def __init__(self, asked: Sequence[RecommendRequest]) -> None:
        self.asked = tuple(asked)
        self.people = frozenset(
            key for one in asked if one.personalize for key in person_keys(one.user_id, one.visitor_id)
        )
        self.news = asyncio.Event()
        self.is_gone = False
        self.is_dismissed = False
        self._waiting: dict[Key, Message] = {}
        self._told: dict[int, Standing] = {}
        self._turns = [0] * len(self.asked)

    def offer(self, number: int, prepared: Prepared, since: float | None = None) -> None:
        """A slate of this question as it is now; it waits only where the shopper would see a difference."""
        made = standing_of(prepared.answer)
        held = self._waiting.pop(number, None)
        now = self._standing(number)
        if now is not None and now.places == made.places:
            return
        first_since = held.since if held is not None else since
        self._wait(number, SlateMessage(number, self._turns[number], prepared, made, first_since))

    def patch(self, news: News, since: float) -> bool:
        """Tell of an item where a list shows it otherwise; whether it leaves a list, which then has a gap."""
        found: dict[str | None, list[int]] = {}
        for number, asked in enumerate(self.asked):
            now = self._standing(number)
            shown = now.card(news.item_id) if now is not None and now.revision < news.revision else None
            if shown is None:
                continue
            language = news.language(asked)
            if news.card(language) != shown:
                found.setdefault(language, []).append(number)
        for language, numbers in found.items():
            self._tell(news.patch(tuple(numbers), language), since)
        return None in found

    def next(self) -> Message | None:
        """Take the next message to send, None where nothing waits."""
        if not self._waiting:
            self.news.clear()
            return None
        message = self._waiting.pop(next(iter(self._waiting)))
        if isinstance(message, SlateMessage):
            self._turns[message.number] += 1
            self._told[message.number] = message.standing
        else:
            for number in self._told.keys() & message.patch.questions:
                self._told[number] = self._told[number].after(message.patch)
        return message

    def shown(self) -> frozenset[str]:
        """The items of all its lists, once everything that waits was read."""
        standing = (self._standing(number) for number in range(len(self.asked)))
        return frozenset(card.id for one in standing if one is not None for card, _ in one.places)

    def leave(self) -> None:
        """The shopper is gone."""
        self.is_gone = True
        self.news.set()

    def dismiss(self) -> None:
        """The server is about to stop."""
        self.is_dismissed = True
        self.news.set()

    def _tell(self, patch: Patch, since: float) -> None:
        for key, held in list(self._waiting.items()):
            if isinstance(held, ItemMessage) and patch.replaces(held.patch):
                since = min(since, held.since)
                del self._waiting[key]
        self._wait((patch.item_id, patch.questions), ItemMessage(patch, since))

    def _wait(self, key: Key, message: Message) -> None:
        self._waiting[key] = message
        self.news.set()

    def _standing(self, number: int) -> Standing | None:
        """The list as it is once everything that waits was read; None where there is none yet."""
        held = self._waiting.get(number)
        standing = held.standing if isinstance(held, SlateMessage) else self._told.get(number)
        if standing is not None:
            for message in self._waiting.values():
                if isinstance(message, ItemMessage) and number in message.patch.questions:
                    standing = standing.after(message.patch)
        return standing
