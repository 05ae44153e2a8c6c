"""Remembers what was shown, a little later and in handfuls, so that no shopper waits for it.

A crash may lose the last quarter of a second of this log; events, which are acknowledged, are never in it.
"""

from __future__ import annotations

import asyncio
from collections import deque

from daogou.core.errors import StorageUnavailable
from daogou.core.types import Slate
from daogou.data.store import EventWriter, ServedItem, ServedSlate, person_keys
from daogou.decide.request import RecommendRequest

LINGER_SECONDS = 0.25
MOST_KEPT = 5_000


class SlateLog:
    """Collects on the event loop; hands over to the writer after LINGER_SECONDS. `dropped` counts what was lost."""

    def __init__(self, writer: EventWriter) -> None:
        self._writer = writer
        self._waiting: list[ServedSlate] = []
        self._is_due = False
        self.dropped = 0

    def add(self, slate: Slate, asked: RecommendRequest, now_us: int, took_us: int | None = None) -> None:
        """Keep one slate; about whom only when it was made from that shopper's own history."""
        people = person_keys(asked.user_id, asked.visitor_id) if slate.is_personalized else []
        items = tuple(
            ServedItem(
                one.item_id, one.position, one.propensity, one.source, float(f"{one.score:.4g}"), one.reason.code
            )
            for one in slate.items
        )
        self._waiting.append(
            ServedSlate(
                slate.recommendation_id,
                slate.placement,
                now_us,
                people[0] if people else None,
                items,
                slate.seen,
                slate.model,
                took_us,
            )
        )
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self.flush)

    def flush(self) -> None:
        """Hand everything over; while the disk does not keep up, keep the newest."""
        self._is_due = False
        waiting, self._waiting = deque(self._waiting), []
        try:
            while waiting:
                self._writer.log_slate(waiting[0])
                waiting.popleft()
        except StorageUnavailable:
            self._waiting = list(waiting)[-MOST_KEPT:]
            self.dropped += len(waiting) - len(self._waiting)
