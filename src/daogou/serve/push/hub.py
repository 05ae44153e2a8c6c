"""Keeps all open streams of one process up to date: looks for changes, decides again for those they may concern.

One task, and only while somebody is subscribed. Between two decisions every other call gets its turn, so a change that
concerns a thousand streams is spread out instead of making everybody wait. Shoppers whose own event came, and those who
look at an item that changed, come first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import ClassVar

from daogou.core.errors import DaogouError, StorageUnavailable
from daogou.decide.request import RecommendRequest
from daogou.serve.api.routes.recommend import prepare, sent
from daogou.serve.api.service import Service
from daogou.serve.push.subscriber import Outgoing, Subscriber
from daogou.serve.push.watch import Change, Watch

RECHECK_SECONDS = 60.0
"""How often a list is made again without any sign: rules begin, sales end, consent is withdrawn."""

AFTER_FAILURE_SECONDS = 1.0
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
        for number, question in enumerate(subscriber.asked):
            subscriber.offer(number, prepare(self._service, question), self._service.shop.catalogue)
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
        if not self._made_at and self._task is not None:
            self._task.cancel()
            self._task = self._watch = None
        self._count()

    def sent(self, outgoing: Outgoing) -> None:
        """A slate went out: it is counted and remembered like every other."""
        sent(self._service, outgoing.prepared)
        metrics = self._service.metrics
        kind = "first" if outgoing.since is None else "change"
        metrics.pushes.labels(outgoing.prepared.slate.placement, kind).inc()
        if outgoing.since is not None:
            metrics.push_latency.observe(asyncio.get_running_loop().time() - outgoing.since)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        pause = self._settings.look_every_ms / 1_000
        before = loop.time()
        while True:
            await self._work_until(before + pause)
            began = loop.time()
            try:
                assert self._watch is not None, "it looks only while there are streams"
                self._note(self._watch.look(), before)
                before = began
            except Exception:  # the database is away: the streams stay, and the next look tells what is new
                _LOG.warning("Streams wait: looking for changes failed.", exc_info=True)
                await asyncio.sleep(AFTER_FAILURE_SECONDS)

    def _note(self, change: Change, before: float) -> None:
        """Put everybody in line whom this may concern."""
        catalogue = self._service.shop.catalogue
        for subscriber in self._made_at if change else ():
            is_own = not subscriber.people.isdisjoint(change.people)
            if is_own or (change.is_for_everybody and subscriber.shows_changed(catalogue)):
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
        while (line := self._urgent or self._later) and loop.time() < end:
            subscriber = next(iter(line))
            await self._renew(subscriber, line.pop(subscriber))
        await asyncio.sleep(max(0.0, end - loop.time()))

    async def _renew(self, subscriber: Subscriber, since: float) -> None:
        service = self._service
        for number, question in enumerate(subscriber.asked):
            try:
                subscriber.offer(number, prepare(service, question), service.shop.catalogue, since)
            except StorageUnavailable as error:
                _LOG.warning("Streams wait: %s", error)
                await asyncio.sleep(AFTER_FAILURE_SECONDS)
                if subscriber in self._made_at:
                    self._later.setdefault(subscriber, since)
                return
            except Exception:  # one list must not end all streams; it is made again within RECHECK_SECONDS
                _LOG.exception("The list of a stream could not be made.")
            await asyncio.sleep(0)
        if self._made_at.pop(subscriber, None) is not None:
            self._made_at[subscriber] = asyncio.get_running_loop().time()

    def _count(self) -> None:
        self._service.metrics.subscribers.set(len(self))
