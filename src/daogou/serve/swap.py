"""New releases and canaries, taken over beside the answering: loaded in a thread, put to work between two calls.

A call that has begun is answered by the release it began with: decisions run on the event loop without a pause, and so
does the taking over. What does not load, or fails a checksum, leaves the old release serving and is told in /readyz,
in the metrics and in the log.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from starlette.concurrency import run_in_threadpool

from daogou.core.errors import DaogouError
from daogou.core.types import Query
from daogou.decide.shop import CanarySide, Shop
from daogou.learn.canary import Canary, read_canary
from daogou.learn.promotion import stop_canary
from daogou.learn.releases import CANDIDATES
from daogou.learn.training.release import Release, current_name, load_release
from daogou.serve.api.service import Service
from daogou.serve.monitor.log import logger
from daogou.serve.monitor.metrics import Metrics

LOOK_EVERY_SECONDS = 1.0
WARMED_BY = 3
"""Items in the history that a fresh release is asked with, so that the first shopper does not wait for its pages."""

_LOG = logging.getLogger("daogou.serve")


class Swaps:
    """One per serving process; `run` looks after all its shops once a second for as long as the process serves."""

    def __init__(self, services: Callable[[], Sequence[Service]]) -> None:
        self._services = services
        self._known: list[Swap] = []
        self._known = self._of_all()

    async def run(self) -> None:
        """Until cancelled. Nothing that goes wrong ends it: the next look may find all well again."""
        while True:
            self._known = self._of_all()
            for swap in self._known:
                try:
                    await swap.look()
                except Exception:
                    _LOG.exception("Looking for a new release failed; what serves goes on serving.")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def _of_all(self) -> list[Swap]:
        """One for each open shop; those that are there already stay."""
        known = {id(swap.shop): swap for swap in self._known}
        return [known.get(id(one.shop)) or Swap(one.shop, one.metrics) for one in self._services()]


class Swap:
    """One per open shop."""

    def __init__(self, shop: Shop, metrics: Metrics) -> None:
        self.shop = shop
        self._metrics = metrics
        self._seen = current_name(shop.model_root)
        self._seen_canary: Canary | None = None
        self._release_problems = shop.problems
        self._canary_problems: tuple[str, ...] = ()
        shop.follows = False

    async def look(self) -> None:
        """Take over what is newly in force, and a canary that began or ended."""
        root = self.shop.model_root
        name = current_name(root)
        if name is not None and name != self._seen:
            self._seen = name
            await self._take(root)
        self._give_up_failing()
        canary = read_canary(root)
        if canary != self._seen_canary:
            self._seen_canary = canary
            await self._take_canary(canary, root)
        self._metrics.refused.set(len(self.shop.problems))

    async def _take(self, root: Path) -> None:
        began = time.perf_counter()
        try:
            release = await run_in_threadpool(load_release, root)
            if release.name == self.shop.release_name:  # newer ones were refused, and it is the one to fall back on
                self._tell(release.warnings, self._canary_problems)
                return
            side = await run_in_threadpool(_made, self.shop, release)
        except DaogouError as error:
            self._tell((f"{error} {self.shop.release_name} goes on serving.",), self._canary_problems)
            return
        before = self.shop.release_name
        self.shop.adopt(side)
        self._tell(self.shop.problems, self._canary_problems)
        self._metrics.swaps.inc()
        seconds = round(time.perf_counter() - began, 3)
        logger().info("release", serving=self.shop.release_name, before=before, seconds=seconds)

    async def _take_canary(self, canary: Canary | None, root: Path) -> None:
        problems: tuple[str, ...] = ()
        side: CanarySide | None = None
        if canary is not None:
            try:
                made = await run_in_threadpool(_candidate, self.shop, root / CANDIDATES / canary.name)
                made.catch_up()
                side = CanarySide(canary, made)
            except DaogouError as error:
                problems = (f"The canary {canary.name} does not load: {error}",)
        self.shop.canary = side
        self._tell(self._release_problems, problems)
        logger().info("canary", name=side and side.canary.name, share=side.canary.share if side else 0.0)

    def _give_up_failing(self) -> None:
        """Roll a canary back at once that fails again and again; others will see it in the file."""
        side, most = self.shop.canary, self.shop.settings.training.canary.most_errors
        if side is None:
            return
        self._metrics.canary_failures.inc(side.failures - side.counted)
        side.counted = side.failures
        if side.failures < most:
            return
        reason = {
            "en": f"{side.failures} lists failed in one process; {most} may.",
            "zh": f"一个进程中有 {side.failures} 个列表失败，上限为 {most} 个。",
        }
        stop_canary(
            self.shop.model_root, side.canary.name, now_us=self.shop.clock(), by="server", outcome="rolled_back",
            reasons=[reason],
        )  # fmt: skip
        self.shop.canary = None
        logger().warning("canary rolled back", name=side.canary.name, failures=side.failures)

    def _tell(self, release: tuple[str, ...], canary: tuple[str, ...]) -> None:
        self._release_problems, self._canary_problems = release, canary
        self.shop.note((*release, *canary))


def _made(shop: Shop, release: Release) -> Shop:
    return _warmed(shop.beside(release))


def _candidate(shop: Shop, path: Path) -> Shop:
    return _warmed(shop.candidate(path))


def _warmed(side: Shop) -> Shop:
    """Every model asked once, so that its pages are in memory and its loops compiled."""
    for served in side.models.values():
        history = np.arange(min(WARMED_BY, served.model.n_items), dtype=np.int32)
        with suppress(DaogouError):
            served.model.score_all(Query(history))
    return side
