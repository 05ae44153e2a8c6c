"""How long after a change does a list that is being watched show it by itself?

    python benchmarks/stream.py --shop demo-shop/giftware            writes benchmarks/results/stream.md

Over real HTTP, with one and with two processes, and with 1 and 200 streams open. Every shopper has a past of their own,
so every list is a decision of its own. Times count from sending the change to its last byte on a stream; each row has
them for every stream, and once more for the last of all streams that the change concerns.

event   a click of one shopper, until that shopper's list shows it; 250 clicks
price   a new price of an item that every stream shows, until each has it
stock   an item that every stream shows is sold out, until it is gone from each; and until each has its new list
CPU     what the server used for one such change, from all of its processes, with every list that it decided again
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
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from http_server import Connection, Server, copied, percentile

RESULTS = Path(__file__).parent / "results" / "stream.md"
EVENTS, CHANGES = 250, 25
ITEMS = 12


@dataclass
class Watcher:
    """One open stream; `messages` holds each with the moment at which it was whole: (moment, event, data)."""

    server: Server
    question: dict[str, Any]
    messages: asyncio.Queue[tuple[float, str, Any]] = field(default_factory=asyncio.Queue)

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
        return (await self.messages.get())[2]

    async def until(self, is_it: Callable[[str, Any], bool]) -> float:
        """The moment of the first message of which that is so."""
        while True:
            at, name, data = await asyncio.wait_for(self.messages.get(), 30)
            if is_it(name, data):
                return at

    async def _read(self, reader: asyncio.StreamReader) -> None:
        buffer = b""
        while part := await reader.read(1 << 16):
            buffer += part
            while (start := buffer.find(b"event: ")) >= 0 and (end := buffer.find(b"\n\n", start)) >= 0:
                at = time.perf_counter()
                name, _, data = buffer[start + 7 : end].partition(b"\ndata: ")
                self.messages.put_nowait((at, name.decode(), msgspec.json.decode(data)))  # readers share the cores
                buffer = buffer[end:]

    async def close(self) -> None:
        """Hang up."""
        self._task.cancel()
        self._writer.close()


def click(visitor: str, item: str) -> dict[str, Any]:
    """A look at an item."""
    return {
        "event_id": uuid.uuid4().hex,
        "event_name": "view_item",
        "timestamp": int(time.time()),
        "visitor_id": visitor,
        "items": [{"item_id": item}],
    }


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
        began = time.perf_counter()
        await caller.call("POST", "/v1/events", click(watcher.question["visitor_id"], item))
        took.append(await watcher.until(lambda _, data, item=item: data["items"][0]["item_id"] == item) - began)
        await asyncio.sleep(0.013 * (number % 5))  # so that clicks do not fall in step with the looks
    surplus = sum(one.messages.qsize() for one in watchers)
    for one in watchers:
        await one.close()
    return took, surplus


@dataclass
class Spread:
    """How long a change of an item that all streams show took to each of them.

    each, last  seconds for every stream and change, and for every change until the last stream had it
    lists       likewise until each had its new list
    cpu_ms      of the server, for one change
    """

    each: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    lists: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0

    def add(self, began: float, moments: list[float]) -> None:
        """One change."""
        self.each += [at - began for at in moments]
        self.last.append(max(moments) - began)


async def showing_alike(server: Server, items: list[str], n_streams: int) -> tuple[list[Watcher], str]:
    """Streams of shoppers who each looked at something, and an item that all of them show."""
    names = [uuid.uuid4().hex for _ in range(n_streams)]
    caller = Connection(server.port, server.key)
    seen = [click(name, items[number % len(items)]) for number, name in enumerate(names)]
    for start in range(0, n_streams, 50):
        await caller.call("POST", "/v1/events", {"events": seen[start : start + 50]})
    watchers = [Watcher(server, {"placement": "new_arrivals", "limit": ITEMS, "visitor_id": name}) for name in names]
    lists = [{place["item_id"] for place in (await one.open())["items"]} for one in watchers]
    return watchers, min(set.intersection(*lists))


async def prices(server: Server, items: list[str], n_streams: int) -> Spread:
    """New prices, until every stream shows each."""
    watchers, shown = await showing_alike(server, items, n_streams)
    caller, spread = Connection(server.port, server.key), Spread()
    used, n_changes = server.cpu_seconds(), max(CHANGES, EVENTS // 2 // n_streams)
    for number in range(n_changes):
        price = 300 + number

        def has_it(name: str, data: Any, price: int = price) -> bool:
            return _price(name, data, shown) == price

        began = time.perf_counter()
        status, _ = await caller.call("PATCH", f"/v1/items/{shown}", {"price_minor": price})
        assert status == 200
        spread.add(began, await asyncio.gather(*(one.until(has_it) for one in watchers)))
        await asyncio.sleep(0.1 + 0.013 * (number % 5))
    await asyncio.sleep(1)  # until the last list is decided
    spread.cpu_ms = 1e3 * (server.cpu_seconds() - used) / n_changes
    for one in watchers:
        await one.close()
    return spread


async def stocks(server: Server, items: list[str], n_streams: int) -> Spread:
    """An item sold out and in stock again, until it is gone from every stream and until every list is whole again."""
    watchers, shown = await showing_alike(server, items, n_streams)
    caller, spread = Connection(server.port, server.key), Spread()
    used = server.cpu_seconds()
    for number in range(CHANGES):
        began = time.perf_counter()
        await caller.call("PATCH", f"/v1/items/{shown}", {"availability": "out_of_stock"})
        spread.add(began, await asyncio.gather(*(one.until(lambda *m: _lacks(*m, shown)) for one in watchers)))
        whole = await asyncio.gather(*(one.until(lambda name, _: name == "slate") for one in watchers))
        spread.lists += [at - began for at in whole]
        await caller.call("PATCH", f"/v1/items/{shown}", {"availability": "in_stock"})
        await asyncio.gather(*(one.until(lambda name, data: not _lacks(name, data, shown)) for one in watchers))
        await asyncio.sleep(0.1 + 0.013 * (number % 5))
    spread.cpu_ms = 1e3 * (server.cpu_seconds() - used) / (2 * CHANGES)
    for one in watchers:
        await one.close()
    return spread


def _price(name: str, data: Any, item_id: str) -> int | None:
    """What a message says the item costs."""
    cards = [data["item"]] if name == "item" else [place["item"] for place in data["items"]]
    return next((card["price_minor"] for card in cards if card and card["id"] == item_id), None)


def _lacks(name: str, data: Any, item_id: str) -> bool:
    """Whether a message takes the item away."""
    if name == "item":
        return bool(data["item_id"] == item_id and data["item"] is None)
    return all(place["item_id"] != item_id for place in data["items"])


def line(what: str, took: list[float], cpu_ms: float | None = None) -> str:
    """A row of the table."""
    shares = [f"{1e3 * percentile(took, share):.0f} ms" for share in (0.5, 0.95, 1.0)]
    used = "" if cpu_ms is None else f"{cpu_ms:.0f} ms"
    return f"| {what} | {len(took):,} | {' | '.join(shares)} | {used} |"


async def measure(server: Server, workers: int) -> list[str]:
    """The rows of one server."""
    caller = Connection(server.port, server.key)
    _, found = await caller.call("GET", "/v1/items?limit=200")
    items = [one["id"] for one in found["items"] if one["availability"] == "in_stock"]
    rows = []
    for n_streams in (1, 200):
        name = f"{workers} process{'es' if workers > 1 else ''}, {n_streams} stream{'s' if n_streams > 1 else ''}"
        used = server.cpu_seconds()
        took, surplus = await events(server, items, n_streams)
        used = 1e3 * (server.cpu_seconds() - used) / len(took)
        rows.append(line(f"{name}: event → its list ({surplus} messages to others)", took, used))
        price = await prices(server, items, n_streams)
        rows.append(line(f"{name}: price → each stream", price.each, price.cpu_ms))
        stock = await stocks(server, items, n_streams)
        rows.append(line(f"{name}: sold out → gone from each stream", stock.each, stock.cpu_ms))
        rows.append(line(f"{name}: sold out → each stream's new list", stock.lists))
        if n_streams > 1:
            rows.append(line(f"{name}: price → the last stream", price.last))
            rows.append(line(f"{name}: sold out → gone from the last stream", stock.last))
    watchers = [Watcher(server, {"placement": "trending", "visitor_id": f"i{number}"}) for number in range(200)]
    for one in watchers:
        await one.open()
    idle = server.cpu_seconds()
    await asyncio.sleep(5)
    busy = (server.cpu_seconds() - idle) / 5
    rows.append(f"| {workers} process{'es' if workers > 1 else ''}: CPU while 200 streams wait | | | | | {busy:.1%} |")
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
        server.start(120)
        try:
            rows += uvloop.run(measure(server, workers))
        finally:
            server.stop()
    page = [
        "# Streams: from a change to the list that shows it",
        "",
        f"Measured {datetime.date.today()} on {platform.system()}, {platform.machine()}, {os.cpu_count()} virtual "
        f"cores, Python {platform.python_version()}; server and readers share them, load average {load:.1f} before. "
        "Times count from sending the change over HTTP, so its commit is in them, to the last byte of the message. "
        "Every shopper has a past, so each of 200 lists is decided by itself. CPU is the server's for one change, "
        "everything that follows from it included.",
        "",
        "`python benchmarks/stream.py --shop demo-shop/giftware`",
        "",
        "| | messages | p50 | p95 | longest | CPU |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    RESULTS.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
