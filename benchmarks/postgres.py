"""What does a shop in PostgreSQL cost over one in SQLite, and does it ever read anything stale?

    python benchmarks/postgres.py --shop demo-shop/giftware --server postgresql+psycopg://postgres@127.0.0.1/postgres
    python benchmarks/postgres.py … --pairs 500 --seconds 5        a short form; nothing is written

Works on copies of the shop; the schemas made are dropped. Asked of both databases: acknowledged events per second in
batches of 100, from the store and over HTTP; milliseconds of recommendations at 50 a second; and pairs of a click and a
list asked right after on another connection, so often on another process: the list must show the click. SQLite serves
the pairs with four processes, PostgreSQL with two.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import uvloop

from daogou.core.settings import database_url, read_settings
from daogou.core.types import Event, EventLine
from daogou.data.store import EventWriter, move_store, open_store
from daogou.data.store.open import open_backend
from http_load import at_rate, event_batch, questions, saturated, shoppers_and_items
from http_server import Connection, Server, copied, percentile

BATCH = 100
RATE = 50.0
CONNECTIONS = 16
WORKERS = {"sqlite": 4, "postgresql": 2}
PAGE = Path(__file__).with_name("results") / "postgres.md"


@contextmanager
def schema(server: str) -> Iterator[str]:
    """A place for one shop in PostgreSQL, dropped afterwards."""
    url = f"{server}{'&' if '?' in server else '?'}schema=bench_{uuid.uuid4().hex[:12]}"
    try:
        yield url
    finally:
        backend: Any = open_backend(url)
        with backend.writing() as driver:
            driver.execute(f"DROP SCHEMA {backend.schema} CASCADE")
        backend.close()


def written(url: str, seconds: float) -> dict[str, float]:
    """Batches of 100, each sent when the one before was acknowledged, by one process."""
    took = []
    with closing(open_store(url)) as store, EventWriter(store) as writer:
        end = time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            batch = [
                Event(f"w-{len(took)}-{number}", "view_item", number, (EventLine("mug"),), visitor_id=f"v{number}")
                for number in range(BATCH)
            ]
            began = time.perf_counter()
            writer.submit(batch).result()
            took.append(1e3 * (time.perf_counter() - began))
    return {"store_events_per_second": len(took) * BATCH / seconds, "batch_p50_ms": percentile(took, 0.5)}


async def stale(server: Server, items: list[str], pairs: int) -> dict[str, int]:
    """How many lists asked right after an acknowledged click did not show it."""
    draw = random.Random(0)
    connections = [Connection(server.port, server.key) for _ in range(CONNECTIONS)]
    missed = 0

    async def one(first: Connection, second: Connection, visitor: str) -> int:
        item = draw.choice(items)
        event = {"event_id": uuid.uuid4().hex, "event_name": "view_item", "timestamp": int(time.time()),
                 "visitor_id": visitor, "items": [{"item_id": item}]}  # fmt: skip
        status, _ = await first.call("POST", "/v1/events", event)
        assert status == 200, status
        _, answer = await second.call(
            "POST", "/v1/recommendations", {"placement": "recently_viewed", "visitor_id": visitor}
        )
        return [place["item_id"] for place in answer["items"]][:1] != [item]

    for _ in range(pairs // (CONNECTIONS // 2)):
        draw.shuffle(connections)
        two = zip(connections[::2], connections[1::2], strict=True)
        asked = (one(first, second, f"pair-{draw.randrange(200)}-{place}") for place, (first, second) in enumerate(two))
        missed += sum(await asyncio.gather(*asked))
    return {"pairs": pairs // (CONNECTIONS // 2) * (CONNECTIONS // 2), "stale": missed}


def measured(folder: Path, kind: str, url: str, seconds: float, pairs: int) -> dict[str, Any]:
    """One database, everything over HTTP."""
    os.environ["DAOGOU_SHOP__DATABASE"] = url
    users, items = shoppers_and_items(folder)
    home = questions(users, "home_for_you")
    found: dict[str, Any] = {}
    server = Server(folder)
    server.start(120)
    try:
        found["lists"] = uvloop.run(at_rate(server, home, RATE, seconds))
        sent = saturated(server, "/v1/events", lambda number: event_batch(items, number), 8, seconds, per_call=BATCH)
        found["http_events"] = uvloop.run(sent)
    finally:
        server.stop()
    server = Server(folder, WORKERS[kind])
    server.start(120)
    try:
        found["read_your_writes"] = uvloop.run(stale(server, items, pairs))
    finally:
        server.stop()
        del os.environ["DAOGOU_SHOP__DATABASE"]
    return found


def page(found: dict[str, Any], about: str) -> str:
    """The results page."""
    rows = []
    for kind, one in found.items():
        lists, sent, pairs = one["lists"], one["http_events"], one["read_your_writes"]
        rows.append(
            f"| {kind} | {one['store_events_per_second']:,.0f} | {one['batch_p50_ms']:.1f} ms "
            f"| {sent['per_second']:,.0f} | {lists['p50_ms']:.2f} ms | {lists['p99_ms']:.2f} ms "
            f"| {pairs['stale']} of {pairs['pairs']:,} ({WORKERS[kind]} processes) |"
        )
    apart = found["postgresql"]["lists"]["p50_ms"] - found["sqlite"]["lists"]["p50_ms"]
    return "\n".join(
        [
            "# PostgreSQL beside SQLite",
            "",
            about,
            "",
            "| database | events/s, one writer | batch of 100, median | events/s over HTTP "
            "| list, median | list, p99 | stale lists |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"A list costs {apart:+.2f} ms more in PostgreSQL (difference of the medians, {RATE:.0f} a second, one "
            "process, in turns). Events count when they are acknowledged, so after the commit is on the disk.",
            "",
        ]
    )


def main() -> None:
    """Measure; write the page, or with fewer pairs only print it."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--shop", type=Path, required=True, help="folder of an imported and trained shop in SQLite")
    given.add_argument("--server", default="postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
    given.add_argument("--pairs", type=int, default=10_000)
    given.add_argument("--seconds", type=float, default=20.0)
    chosen = given.parse_args()
    folder = copied(chosen.shop)
    own = database_url(read_settings(folder), folder)
    try:
        with schema(chosen.server) as empty, schema(chosen.server) as full, tempfile.TemporaryDirectory() as aside:
            move_store(own, full)
            found = {
                "sqlite": written(f"sqlite:///{aside}/shop.db", chosen.seconds),
                "postgresql": written(empty, chosen.seconds),
            }
            for kind, url in (("sqlite", own), ("postgresql", full)):
                found[kind] |= measured(folder, kind, url, chosen.seconds, chosen.pairs)
    finally:
        shutil.rmtree(folder.parent)
    about = (
        f"`python benchmarks/postgres.py --shop {chosen.shop} --pairs {chosen.pairs} --seconds {chosen.seconds:g}` on "
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, the server on the same "
        f"machine; load average {os.getloadavg()[0]:.1f}."
    )
    print(json.dumps(found, indent=1))
    told = page(found, about)
    if chosen.pairs >= 10_000:
        PAGE.write_text(told, encoding="utf-8")
    else:
        print(told)


if __name__ == "__main__":
    main()
