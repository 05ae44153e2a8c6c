"""How long after a change does a list that is being watched arrive by itself?

    python benchmarks/stream.py --shop demo-shop/giftware            writes benchmarks/results/stream.md

Over real HTTP, with one and with two processes. An event: from sending the click of one shopper (so its commit to disk
is in) to receiving the changed list on that shopper's stream, 250 times, with that stream alone and with 200 streams of
200 shoppers open. A price: from sending the new price of an item to receiving the list that shows it, on every one of 1
and of 200 streams that show the item. Unchanged: how many slates came on streams that nothing concerned.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import os
import platform
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from http_server import Connection, Server, copied, percentile

RESULTS = Path(__file__).parent / "results" / "stream.md"
EVENTS, PRICES = 250, 25
ITEMS = 12


@dataclass
class Watcher:
    """One open stream; `slates` holds each slate with the moment at which it was whole."""

    server: Server
    question: dict[str, Any]
    slates: asyncio.Queue[tuple[float, Any]] = field(default_factory=asyncio.Queue)

    async def open(self) -> Any:
        """The first slate."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        body = json.dumps(self.question).encode()
        head = (
            f"POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.server.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        self._task = asyncio.create_task(self._read(reader))
        return (await self.slates.get())[1]

    async def _read(self, reader: asyncio.StreamReader) -> None:
        buffer = b""
        while part := await reader.read(1 << 16):
            buffer += part
            while (start := buffer.find(b"data: {")) >= 0 and (end := buffer.find(b"\n\n", start)) >= 0:
                at = time.perf_counter()
                self.slates.put_nowait((at, json.loads(buffer[start + 6 : end])))
                buffer = buffer[end:]

    async def close(self) -> None:
        """Hang up."""
        self._task.cancel()
        self._writer.close()


async def events(server: Server, items: list[str], n_streams: int) -> tuple[list[float], int]:
    """Seconds from each click to the list that shows it, and slates that came to shoppers who did nothing."""
    watchers = [
        Watcher(server, {"placement": "recently_viewed", "visitor_id": f"{uuid.uuid4().hex}"}) for _ in range(n_streams)
    ]
    for one in watchers:
        await one.open()
    caller = Connection(server.port, server.key)
    took = []
    for number in range(EVENTS):
        watcher, item = watchers[number % n_streams], items[number * 7 % len(items)]
        event = {
            "event_id": uuid.uuid4().hex,
            "event_name": "view_item",
            "timestamp": int(time.time()),
            "visitor_id": watcher.question["visitor_id"],
            "items": [{"item_id": item}],
        }
        began = time.perf_counter()
        await caller.call("POST", "/v1/events", event)
        at, slate = await asyncio.wait_for(watcher.slates.get(), 10)
        assert slate["items"], "the list shows what was clicked"
        took.append(at - began)
        await asyncio.sleep(0.013 * (number % 5))  # so that clicks do not fall in step with the looks
    surplus = sum(one.slates.qsize() for one in watchers)
    for one in watchers:
        await one.close()
    return took, surplus


async def prices(server: Server, n_streams: int) -> list[float]:
    """Seconds from each new price to the list that shows it, on every stream."""
    question = {"placement": "new_arrivals", "limit": ITEMS}
    watchers = [Watcher(server, {**question, "visitor_id": f"p{number}"}) for number in range(n_streams)]
    first = [await one.open() for one in watchers]
    shown = first[0]["items"][0]["item_id"]
    caller = Connection(server.port, server.key)
    took: list[float] = []
    for number in range(max(PRICES, EVENTS // n_streams)):
        began = time.perf_counter()
        status, _ = await caller.call("PATCH", f"/v1/items/{shown}", {"price": 3 + number / 100})
        assert status == 200
        found = await asyncio.gather(*(asyncio.wait_for(one.slates.get(), 10) for one in watchers))
        took += [at - began for at, _ in found]
        await asyncio.sleep(0.1)
    for one in watchers:
        await one.close()
    return took


def line(what: str, took: list[float]) -> str:
    """A row of the table."""
    shares = [f"{1e3 * percentile(took, share):.0f} ms" for share in (0.5, 0.95, 1.0)]
    return f"| {what} | {len(took):,} | {' | '.join(shares)} |"


async def measure(server: Server, workers: int) -> list[str]:
    """The rows of one server."""
    caller = Connection(server.port, server.key)
    _, found = await caller.call("GET", "/v1/items?limit=200")
    items = [one["id"] for one in found["items"] if one["availability"] == "in_stock"]
    rows = []
    for n_streams in (1, 200):
        took, surplus = await events(server, items, n_streams)
        name = f"{workers} process{'es' if workers > 1 else ''}, {n_streams} stream{'s' if n_streams > 1 else ''}"
        rows.append(line(f"{name}: event → list ({surplus} slates to others)", took))
        rows.append(line(f"{name}: price → every list", await prices(server, n_streams)))
    watchers = [Watcher(server, {"placement": "trending", "visitor_id": f"i{number}"}) for number in range(200)]
    for one in watchers:
        await one.open()
    idle = server.cpu_seconds()
    await asyncio.sleep(5)
    busy = (server.cpu_seconds() - idle) / 5
    rows.append(f"| {workers} process{'es' if workers > 1 else ''}: CPU while 200 streams wait | | {busy:.1%} | | |")
    for one in watchers:
        await one.close()
    return rows


def main() -> None:
    """Measure and write the page."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--shop", type=Path, required=True, help="folder of an imported and trained shop")
    chosen = given.parse_args()
    load = os.getloadavg()[0]
    rows: list[str] = []
    for workers in (1, 2):
        server = Server(copied(chosen.shop), workers)
        server.start()
        try:
            rows += uvloop.run(measure(server, workers))
        finally:
            server.stop()
    page = [
        "# Streams: from a change to the list that shows it",
        "",
        f"Measured {datetime.date.today()} on {platform.system()}, {platform.machine()}, {os.cpu_count()} virtual "
        f"cores, Python {platform.python_version()}; server and readers share them, load average {load:.1f} before. "
        "Times count from sending the change over HTTP, so its commit is in them, to the last byte of the new list.",
        "",
        "`python benchmarks/stream.py --shop demo-shop/giftware`",
        "",
        "| | lists | p50 | p95 | longest |",
        "|---|---|---|---|---|",
        *rows,
    ]
    RESULTS.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
