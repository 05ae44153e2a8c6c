"""Keeps all open streams of one process up to date: looks for changes, tells them, and decides again where they matter.

One task, and only while somebody is subscribed. An item that changed is told at once to every stream that shows it, in
one message for all of them. Then lists are decided again, one after the other, other calls in between, so a change that
concerns a thousand streams is spread out instead of making everybody wait. Shoppers whose own event came, and those
whose list has a gap now, come first; what cannot differ between streams is decided once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence, Set
from typing import ClassVar

from daogou.core.errors import DaogouError, StorageUnavailable
from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import Prepared, prepare, sent
from daogou.serve.api.service import Service
from daogou.serve.push.alike import own_copy, question_of_all
from daogou.serve.push.messages import Message, SlateMessage
from daogou.serve.push.news import News
from daogou.serve.push.showcase import Showcase
from daogou.serve.push.subscriber import Subscriber
from daogou.serve.push.watch import Change, Watch

RECHECK_SECONDS = 60.0
"""How often a list is made again without any sign: rules begin, sales end, consent is withdrawn."""

AFTER_FAILURE_SECONDS = 1.0
MOST_PATCHES = 5_000
"""Patches per look; where more would be needed, as after an import, lists are made again instead."""

PATCHES_AT_ONCE = 250
"""After so many the other calls get their turn."""

PATIENCE = 4
"""One of so many decisions belongs to those who are not in a hurry, however many are."""

_LOG = logging.getLogger("daogou.serve")


class TooManyStreams(DaogouError):
    """This process holds as many open streams as it may."""

    code: ClassVar[str] = "too_many_streams"
    status: ClassVar[int] = 503


class Hub:
    """One per process and shop, made with the first stream."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._settings = service.settings.stream
        self._made_at: dict[Subscriber, float] = {}  # in the order in which their lists were made
        self._urgent: dict[Subscriber, float] = {}  # when the change was not yet seen
        self._later: dict[Subscriber, float] = {}
        self._showcase = Showcase(service.shop.catalogue)
        self._decided: dict[bytes, Prepared] = {}  # since the last look, what streams may share
        self._n_decided = 0
        self._watch: Watch | None = None
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._made_at)

    @property
    def is_looking(self) -> bool:
        """Whether it looks for changes, which costs something."""
        return self._task is not None

    def subscribe(self, asked: Sequence[RecommendRequest]) -> Subscriber:
        """A stream with its first slates waiting.

        Raises TooManyStreams, and whatever makes a question unanswerable; then nothing is kept.
        """
        if len(self) >= self._settings.max_subscribers:
            raise TooManyStreams(
                f"{len(self)} streams are open in this process, [stream] max_subscribers allows no more. "
                "Ask POST /v1/recommendations from time to time instead, or try again later."
            )
        watch = self._watch or Watch(self._service.shop)  # before the first slates, so that nothing falls between
        subscriber = Subscriber(asked)
        try:
            for number, question in enumerate(subscriber.asked):
                self._offer(subscriber, number, prepare(self._service, question))
        except Exception:
            self._showcase.forget(subscriber)
            raise
        self._watch = watch
        loop = asyncio.get_running_loop()
        self._made_at[subscriber] = loop.time()
        if self._task is None:
            self._task = loop.create_task(self._run())
        self._count()
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        """Forget a stream; with the last one the looking ends."""
        for held in (self._made_at, self._urgent, self._later):
            held.pop(subscriber, None)
        self._showcase.forget(subscriber)
        if not self._made_at and self._task is not None:
            self._task.cancel()
            self._task = self._watch = None
        self._count()

    def dismiss_all(self) -> None:
        """End every stream: the shop is closed."""
        for subscriber in list(self._made_at):
            subscriber.dismiss()

    def sent(self, subscriber: Subscriber, message: Message) -> None:
        """A message went out: a slate is counted and remembered like every other."""
        metrics = self._service.metrics
        if isinstance(message, SlateMessage):
            sent(self._service, message.prepared)
            kind = "first" if message.since is None else "change"
            metrics.pushes.labels(message.prepared.slate.placement, kind).inc()
        else:
            for number in message.patch.questions:
                metrics.pushes.labels(subscriber.asked[number].placement, "item").inc()
        if message.since is not None:
            metrics.push_latency.observe(asyncio.get_running_loop().time() - message.since)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        pause = self._settings.look_every_ms / 1_000
        before = loop.time()
        while True:
            await self._work_until(before + pause)
            began = loop.time()
            try:
                assert self._watch is not None, "it looks only while there are streams"
                change = self._watch.look()
                self._decided.clear()
                gaps = await self._tell(before) if change.is_for_everybody else frozenset()
                self._note(change, gaps, before)
                before = began
            except Exception:  # the database is away: the streams stay, and the next look tells what is new
                _LOG.warning("Streams wait: looking for changes failed.", exc_info=True)
                await asyncio.sleep(AFTER_FAILURE_SECONDS)

    async def _tell(self, since: float) -> Set[Subscriber]:
        """Tell of every changed item wherever it is shown; the streams that have to be decided before others."""
        changed = self._showcase.changed()
        pairs = [(item_id, subscriber) for item_id, streams in changed.items() for subscriber in streams]
        if len(pairs) > MOST_PATCHES:
            return {subscriber for _, subscriber in pairs}
        news: News | None = None
        gaps = set()
        for done, (item_id, subscriber) in enumerate(pairs, 1):
            if news is None or news.item_id != item_id:
                news = News(self._service, item_id)
            if subscriber in self._made_at and self._has_gap_after(news, subscriber, since):
                gaps.add(subscriber)
                self._showcase.put(subscriber)
            if done == len(pairs) or done % PATCHES_AT_ONCE == 0:
                await asyncio.sleep(0)  # they go out now, before anything is decided
        return gaps

    def _has_gap_after(self, news: News, subscriber: Subscriber, since: float) -> bool:
        try:
            return subscriber.patch(news, since)
        except Exception:  # the database is away, or the item is broken: the list itself has to tell
            _LOG.warning("An item's change could not be told by itself.", exc_info=True)
            return True

    def _note(self, change: Change, gaps: Set[Subscriber], before: float) -> None:
        """Put everybody in line whom this may concern."""
        for subscriber in self._made_at if change else ():
            if subscriber in gaps or not subscriber.people.isdisjoint(change.people):
                self._urgent.setdefault(subscriber, self._later.pop(subscriber, before))
                continue
            may_concern = change.is_for_everybody or (change.is_for_known and bool(subscriber.people))
            if may_concern and subscriber not in self._urgent:
                self._later.setdefault(subscriber, before)
        stale = before - RECHECK_SECONDS
        for subscriber, made_at in self._made_at.items():
            if made_at > stale:
                break
            self._later.setdefault(subscriber, before)

    async def _work_until(self, end: float) -> None:
        """Decide for those in line, one after the other, others' calls in between; then rest."""
        loop = asyncio.get_running_loop()
        while (line := self._next_line()) and loop.time() < end:
            subscriber = next(iter(line))
            await self._renew(subscriber, line.pop(subscriber))
        await asyncio.sleep(max(0.0, end - loop.time()))

    def _next_line(self) -> dict[Subscriber, float]:
        """Whose turn it is: those in a hurry, yet now and then somebody else."""
        self._n_decided += 1
        is_in_turn = self._n_decided % PATIENCE == 0
        return (self._later or self._urgent) if is_in_turn else (self._urgent or self._later)

    async def _renew(self, subscriber: Subscriber, since: float) -> None:
        for number, question in enumerate(subscriber.asked):
            try:
                self._offer(subscriber, number, self._prepared(question), since)
            except StorageUnavailable as error:
                _LOG.warning("Streams wait: %s", error)
                await asyncio.sleep(AFTER_FAILURE_SECONDS)
                if subscriber in self._made_at:
                    self._later.setdefault(subscriber, since)
                return
            except Exception:  # one list must not end all streams; it is made again within RECHECK_SECONDS
                _LOG.exception("The list of a stream could not be made.")
            await asyncio.sleep(0)
            if subscriber not in self._made_at:
                return
        del self._made_at[subscriber]
        self._made_at[subscriber] = asyncio.get_running_loop().time()

    def _prepared(self, question: RecommendRequest) -> Prepared:
        """The answer as it is now, taken from another stream's where it cannot differ."""
        service = self._service
        key = question_of_all(service, question)
        if key is None:
            return prepare(service, question)
        made = self._decided.get(key)
        if made is None or made.answer.revision != service.shop.catalogue.revision:
            made = self._decided[key] = prepare(service, question)
        return own_copy(made, question)

    def _offer(self, subscriber: Subscriber, number: int, prepared: Prepared, since: float | None = None) -> None:
        subscriber.offer(number, prepared, since)
        self._showcase.put(subscriber)

    def _count(self) -> None:
        self._service.metrics.subscribers.set(len(self))
