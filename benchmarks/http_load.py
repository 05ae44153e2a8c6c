"""How fast does the server answer, and how soon is a change seen?

    python benchmarks/http_load.py --shop demo-shop/giftware --workers 1 --seconds 10

Asks: latency of recommendations at a fixed rate (measured from the moment the call was due, so that waiting in line
counts), calls per second when saturated, acknowledged events per second in batches of 100, time from a click to a
changed list, from PUT of an item to its first recommendation, and from hiding it to its absence, seen through
several connections and so several workers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import time
import uuid
from itertools import count
from pathlib import Path
from typing import Any

import uvloop

from daogou.core.settings import database_url, read_settings
from daogou.data.store import open_store
from http_server import Connection, Server, copied, percentile

WATCHERS = 8
N_SHOPPERS = 2_000


def shoppers_and_items(folder: Path) -> tuple[list[str], list[str]]:
    """Users with a history, drawn at random, and the items of the shop.

    The first ones of the log would be the oldest customers, whose histories are the longest.
    """
    store = open_store(database_url(read_settings(folder), folder))
    users: dict[str, None] = {}
    for _, event in store.iterate_events(0):
        if event.user_id:
            users[event.user_id] = None
    items = [item.id for item in store.all_items() if not item.is_hidden and item.availability == "in_stock"]
    store.close()
    return random.Random(0).sample(list(users), min(len(users), N_SHOPPERS)), items


def questions(users: list[str], placement: str) -> list[bytes]:
    """Encoded beforehand, so that the client costs little."""
    return [json.dumps({"placement": placement, "user_id": user, "limit": 12}).encode() for user in users]


async def at_rate(server: Server, bodies: list[bytes], rate: float, seconds: float) -> dict[str, float]:
    """An open loop: calls start on time however slow the answers are."""
    connections = [Connection(server.port, server.key) for _ in range(64)]
    free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
    for connection in connections:
        free.put_nowait(connection)
    times: list[float] = []
    failed = 0

    async def one(body: bytes, due: float) -> None:
        nonlocal failed
        connection = await free.get()  # where all are busy, the wait counts
        status, _ = await connection.raw("POST", "/v1/recommendations", body)
        times.append(time.perf_counter() - due)
        failed += status != 200
        free.put_nowait(connection)

    await asyncio.gather(*(connection.raw("GET", "/healthz", b"") for connection in connections))
    await asyncio.gather(*(one(bodies[0], time.perf_counter()) for _ in range(8)))
    times.clear()
    cpu, began = server.cpu_seconds(), time.perf_counter()
    tasks = []
    for number in range(int(rate * seconds)):
        due = began + number / rate
        if due > time.perf_counter():
            await asyncio.sleep(due - time.perf_counter())
        tasks.append(asyncio.create_task(one(bodies[number % len(bodies)], due)))
    await asyncio.gather(*tasks)
    return {
        "calls": len(times),
        "failed": failed,
        "p50_ms": 1e3 * percentile(times, 0.50),
        "p95_ms": 1e3 * percentile(times, 0.95),
        "p99_ms": 1e3 * percentile(times, 0.99),
        "max_ms": 1e3 * max(times),
        "cpu_ms_per_call": 1e3 * (server.cpu_seconds() - cpu) / len(times),
    }


async def saturated(
    server: Server, path: str, bodies: Any, connections: int, seconds: float, per_call: int = 1
) -> dict[str, float]:
    """A closed loop: every connection sends its next call as soon as it has its answer."""
    times: list[float] = []
    failed = 0
    numbers = count()
    cpu, began = server.cpu_seconds(), time.perf_counter()

    async def one() -> None:
        nonlocal failed
        connection = Connection(server.port, server.key)
        while time.perf_counter() - began < seconds:
            sent = time.perf_counter()
            status, _ = await connection.raw("POST", path, bodies(next(numbers)))
            times.append(time.perf_counter() - sent)
            failed += status != 200
        await connection.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    took = time.perf_counter() - began
    return {
        "per_second": per_call * len(times) / took,
        "failed": failed,
        "p50_ms": 1e3 * percentile(times, 0.50),
        "p99_ms": 1e3 * percentile(times, 0.99),
        "cpu_us_each": 1e6 * (server.cpu_seconds() - cpu) / (per_call * len(times)),
    }


def event_batch(items: list[str], number: int, size: int = 100) -> bytes:
    """`size` fresh views by fifty visitors."""
    now = int(time.time() * 1000)
    return json.dumps(
        {
            "events": [
                {
                    "event_id": uuid.uuid4().hex,
                    "event_name": "view_item",
                    "timestamp": now,
                    "visitor_id": f"load-{(number + place) % 50}",
                    "items": [{"item_id": items[(number * size + place) % len(items)]}],
                }
                for place in range(size)
            ]
        }
    ).encode()


async def clicks(server: Server, items: list[str], rounds: int) -> dict[str, float]:
    """Click, then ask on every connection at once: seconds until all lists show it, and how many changed."""
    watchers = [Connection(server.port, server.key) for _ in range(WATCHERS)]
    times: list[float] = []
    seen = changed = 0
    for number in range(rounds):
        visitor, item = f"click-{number}", items[number * 7 % len(items)]
        recent = {"placement": "recently_viewed", "visitor_id": visitor}
        home = {"placement": "home_for_you", "visitor_id": visitor}
        _, before = await watchers[0].call("POST", "/v1/recommendations", home)
        event = {
            "event_id": uuid.uuid4().hex,
            "event_name": "add_to_cart",
            "timestamp": int(time.time()),
            "visitor_id": visitor,
            "items": [{"item_id": item}],
        }
        began = time.perf_counter()
        await watchers[number % WATCHERS].call("POST", "/v1/events", event)
        _, after = await watchers[(number + 1) % WATCHERS].call("POST", "/v1/recommendations", home)
        times.append(time.perf_counter() - began)
        changed += _ids(after) != _ids(before)
        answers = await asyncio.gather(*(one.call("POST", "/v1/recommendations", recent) for one in watchers))
        seen += all(item in _ids(answer) for _, answer in answers)
    return {
        "rounds": rounds,
        "seen_by_all": seen,
        "home_changed": changed,
        "p50_ms": 1e3 * percentile(times, 0.5),
        "p95_ms": 1e3 * percentile(times, 0.95),
    }


async def items_come_and_go(server: Server, rounds: int) -> dict[str, float]:
    """PUT an item until it is recommended on every connection; hide it until it is on none."""
    watchers = [Connection(server.port, server.key) for _ in range(WATCHERS)]
    question = {"placement": "new_arrivals", "limit": 20, "personalize": False}
    came: list[float] = []
    went: list[float] = []
    for number in range(rounds):
        item = f"fresh-{number}"
        created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        row = {"id": item, "title": f"Fresh {number}", "price": 5, "categories": [f"Fresh {number}"],
               "created_at": created}  # fmt: skip
        began = time.perf_counter()
        await watchers[0].call("PUT", "/v1/items", {"items": [row]})
        came.append(await _until(watchers, question, item, True) - began)
        began = time.perf_counter()
        await watchers[1].call("PATCH", f"/v1/items/{item}", {"hidden": True})
        went.append(await _until(watchers, question, item, False) - began)
    return {
        "rounds": rounds,
        "put_to_recommended_p95_ms": 1e3 * percentile(came, 0.95),
        "hide_to_gone_p95_ms": 1e3 * percentile(went, 0.95),
    }


async def _until(watchers: list[Connection], question: dict[str, Any], item: str, is_there: bool) -> float:
    for _ in range(200):
        answers = await asyncio.gather(*(one.call("POST", "/v1/recommendations", question) for one in watchers))
        if all((item in _ids(answer)) is is_there for _, answer in answers):
            return time.perf_counter()
    raise RuntimeError(f"{item} was never {'there' if is_there else 'gone'} on all connections")


def _ids(answer: Any) -> list[str]:
    return [place["item_id"] for place in answer["items"]]


async def measure(server: Server, users: list[str], items: list[str], seconds: float, rate: float) -> dict[str, Any]:
    """Everything, one after the other."""
    home = questions(users, "home_for_you")
    found: dict[str, Any] = {
        "at_rate": {"rate": rate, **await at_rate(server, home, rate, seconds)},
        "memory_mb": server.memory_mb(),
        "saturated": await saturated(
            server, "/v1/recommendations", lambda number: home[number % len(home)], 8, seconds
        ),
    }
    found["events"] = await saturated(
        server, "/v1/events", lambda number: event_batch(items, number), 8, seconds, per_call=100
    )
    found["clicks"] = await clicks(server, items, 100)
    found["come_and_go"] = await items_come_and_go(server, 25)
    return found


def main() -> None:
    """Measure and print one JSON object."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--shop", type=Path, required=True, help="folder of an imported and trained shop")
    given.add_argument("--workers", type=int, default=1)
    given.add_argument("--seconds", type=float, default=10.0)
    given.add_argument("--rate", type=float, default=100.0)
    chosen = given.parse_args()
    folder = copied(chosen.shop)
    users, items = shoppers_and_items(folder)
    server = Server(folder, chosen.workers)
    ready_seconds = server.start()
    try:
        found = uvloop.run(measure(server, users, items, chosen.seconds, chosen.rate))
    finally:
        server.stop()
    about = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_average": os.getloadavg()[0],
        "workers": chosen.workers,
        "items": len(items),
        "users": len(users),
        "ready_seconds": ready_seconds,
    }
    print(json.dumps({**about, **found}, indent=1, default=str))


if __name__ == "__main__":
    main()
