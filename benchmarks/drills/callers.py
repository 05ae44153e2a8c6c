"""Those who call a server while it is being spoiled: senders who note what was acknowledged, and shoppers."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from daogou.core.settings import database_url, read_settings
from daogou.data.store import open_store
from http_server import Connection, Server, percentile

PREFIX = "drill-"


@dataclass
class Told:
    """What callers were told.

    acknowledged  ids of events answered with 200
    events        statuses of event calls; lists: of list calls, 0 where the connection broke
    seconds       how long each list took, from when it was due
    degraded      lists that said what they were made without
    """

    acknowledged: set[str] = field(default_factory=set)
    events: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    without_retry_after: int = 0
    lists: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    degraded: int = 0

    @property
    def share_answered(self) -> float:
        """Lists that were not 5xx and not broken off."""
        good = sum(number for status, number in self.lists.items() if 0 < status < 500)
        return good / max(sum(self.lists.values()), 1)

    def p99_ms(self) -> float:
        """Of lists."""
        return percentile(self.seconds, 0.99) * 1_000 if self.seconds else 0.0


def events_body(ids: list[str]) -> bytes:
    """One call with these events."""
    now = int(time.time())
    rows = [
        {
            "event_id": one,
            "event_name": "view_item",
            "timestamp": now,
            "visitor_id": PREFIX + one[-2:],
            "items": [{"item_id": f"p{int(one[-4:], 16) % 200}"}],
        }
        for one in ids
    ]
    return json.dumps({"events": rows}).encode()


async def send(server: Server, told: Told, is_over: asyncio.Event, *, batch: int = 20, pause: float = 0.02) -> None:
    """Post batch after batch until it is over; a batch is not sent again."""
    connection = Connection(server.port, server.key)
    while not is_over.is_set():
        ids = [PREFIX + uuid.uuid4().hex for _ in range(batch)]
        try:
            status, content = await connection.raw("POST", "/v1/events", events_body(ids))
        except (OSError, EOFError, asyncio.IncompleteReadError):
            await connection.close()
            status, content = 0, b""
        told.events[status] += 1
        if status in (503, 507):
            told.without_retry_after += b"retry-after" not in connection.head.lower()
        if status == 200:
            told.acknowledged.update(ids)
        elif content:
            told.codes[json.loads(content)["error"]["code"]] += 1
        await asyncio.sleep(pause)
    await connection.close()


async def ask(server: Server, told: Told, is_over: asyncio.Event, rate: float, placement: str = "trending") -> None:
    """Ask for lists at a fixed rate over a pool of connections, as an open loop: waiting in line counts."""
    free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
    for _ in range(64):
        free.put_nowait(Connection(server.port, server.key))
    running: set[asyncio.Task[None]] = set()

    async def one(number: int, due: float) -> None:
        connection = await free.get()
        body = json.dumps({"placement": placement, "visitor_id": f"v{number % 100}", "limit": 8}).encode()
        try:
            status, content = await connection.raw("POST", "/v1/recommendations", body)
            told.degraded += status == 200 and bool(json.loads(content)["degraded"])
        except (OSError, EOFError, asyncio.IncompleteReadError):
            await connection.close()
            status = 0
        told.lists[status] += 1
        told.seconds.append(time.perf_counter() - due)
        free.put_nowait(connection)

    began, number = time.perf_counter(), 0
    while not is_over.is_set():
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.create_task(one(number, due))
        running.add(task)
        task.add_done_callback(running.discard)
        number += 1
    await asyncio.gather(*running)
    while not free.empty():
        await free.get_nowait().close()


async def traffic(server: Server, seconds: float, rate: float = 20.0) -> Told:
    """One sender, and lists at this rate per second."""
    told, is_over = Told(), asyncio.Event()
    tasks = [asyncio.create_task(send(server, told, is_over)), asyncio.create_task(ask(server, told, is_over, rate))]
    await asyncio.sleep(seconds)
    is_over.set()
    await asyncio.gather(*tasks)
    return told


async def status_of(server: Server, path: str) -> int:
    """Of one GET."""
    connection = Connection(server.port, server.key)
    try:
        return (await connection.raw("GET", path, b""))[0]
    finally:
        await connection.close()


def stored(folder: Path) -> Counter[str]:
    """How often each event of the senders is in the log."""
    store = open_store(database_url(read_settings(folder), folder))
    found = Counter(event.event_id for _, event in store.iterate_events(0) if event.event_id.startswith(PREFIX))
    store.close()
    return found


def lost_and_doubled(told: Told, there: Counter[str]) -> tuple[int, int]:
    """Acknowledged events that are not in the log, and events that are in it twice."""
    lost = sum(1 for one in told.acknowledged if not there[one])
    return lost, sum(1 for times in there.values() if times > 1)


def spelled(counts: Counter[int] | Counter[str]) -> str:
    """For a table: how often which answer came."""
    return ", ".join(f"{number} × {key or 'broken off'}" for key, number in sorted(counts.items(), key=str)) or "none"
