"""R10: mixed traffic for a long time; nothing may grow that is not meant to."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from drills.callers import Told, ask, send
from drills.drill import Drill, Given, Outcome
from drills.place import scratch, small_shop
from http_server import Connection, Server, copied

MOST_GROWTH = 0.05
RATE = 20.0
WARM_SHARE = 0.4
"""Of the time: until then caches fill, and pasts of new shoppers are kept ready up to their bound."""

PLACEMENTS = ("trending", "home_for_you", "recently_viewed", "new_arrivals")


def run(given: Given) -> Outcome:
    """Compare memory, files and threads in the later part with those once warm."""
    seconds = given.minutes * 60
    with scratch() as place:
        folder = copied(given.shop) if given.shop else small_shop(place / "shop")
        server = Server(folder)
        server.start()
        assert server.process is not None
        try:
            told, samples = asyncio.run(_soaked(server, seconds))
        finally:
            server.stop()
    warm, late = samples[int(len(samples) * WARM_SHARE)], samples[-1]
    growth = late[0] / warm[0] - 1
    measured = (
        f"{given.minutes:g} minutes, {sum(told.lists.values()):,} lists, {len(told.acknowledged):,} events: memory "
        f"{warm[0]:.0f} → {late[0]:.0f} MB ({growth:+.1%}), files {warm[1]} → {late[1]}, threads {warm[2]} → "
        f"{late[2]}, {told.share_answered:.2%} answered, p99 {told.p99_ms():.0f} ms"
    )
    passed = growth <= MOST_GROWTH and late[1] <= warm[1] + 2 and late[2] <= warm[2] and told.share_answered == 1.0
    short = (
        "" if given.minutes >= 60 else f"{given.minutes:g} minutes, not 24 hours: growth counted after {WARM_SHARE:.0%}"
    )
    return Outcome(passed, measured, short)


async def _soaked(server: Server, seconds: float) -> tuple[Told, list[tuple[float, int, int]]]:
    told, is_over, samples = Told(), asyncio.Event(), []
    tasks = [asyncio.create_task(ask(server, told, is_over, RATE / len(PLACEMENTS), one)) for one in PLACEMENTS]
    tasks += [asyncio.create_task(send(server, told, is_over, batch=5, pause=0.5)) for _ in range(2)]
    tasks.append(asyncio.create_task(_browse(server, is_over)))
    every = max(seconds / 30, 1.0)
    for _ in range(int(seconds / every)):
        await asyncio.sleep(every)
        samples.append(_sizes(server))
    is_over.set()
    await asyncio.gather(*tasks)
    return told, samples


async def _browse(server: Server, is_over: asyncio.Event) -> None:
    """Pages, single items, categories, figures: what else a shop is asked."""
    connection = Connection(server.port, server.key)
    while not is_over.is_set():
        for path in ("/v1/items?limit=20", "/v1/categories", "/metrics", "/readyz", "/v1/items/unknown"):
            await connection.raw("GET", path, b"")
        await asyncio.sleep(0.5)
    await connection.close()


def _sizes(server: Server) -> tuple[float, int, int]:
    """Megabytes resident, open files, threads."""
    assert server.process is not None
    place = Path("/proc") / str(server.process.pid)
    files = len(os.listdir(place / "fd"))
    return server.memory_mb(), files, len(os.listdir(place / "task"))


DRILL = Drill("R10", "soak with mixed traffic", "memory grows ≤ 5 %, files and threads do not", run)
