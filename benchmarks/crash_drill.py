"""Is an acknowledged event ever lost, or counted twice, when the server is killed?

    python benchmarks/crash_drill.py --shop demo-shop/giftware --kills 50

Senders post events as fast as they are answered and send a batch again whenever they got no answer. In the middle of
that, every process of the server is killed with SIGKILL at a random moment and started again. At the end the log is
read: every acknowledged event must be there once, and no event twice. Killing a process is not cutting the power:
what the operating system had taken but not written survives here, so this drill tests our own order of doing
things; the order towards the disk rests on SQLite's WAL with synchronous=FULL.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from daogou.core.settings import database_url, read_settings
from daogou.data.store import open_store
from http_server import Connection, Server, copied, percentile

SENDERS = 6
BATCH = 20


@dataclass
class Tally:
    """What the senders know."""

    acknowledged: set[str] = field(default_factory=set)
    told_duplicates: int = 0
    resent: int = 0
    unexpected: Counter[int] = field(default_factory=Counter)


async def send(server: Server, item: str, tally: Tally, is_over: asyncio.Event) -> None:
    """Post batch after batch; a batch without an answer is sent again, unchanged, until it has one."""
    connection = Connection(server.port, server.key)
    while not is_over.is_set():
        ids = [uuid.uuid4().hex for _ in range(BATCH)]
        now = int(time.time())
        body = json.dumps(
            {
                "events": [
                    {
                        "event_id": one,
                        "event_name": "view_item",
                        "timestamp": now,
                        "visitor_id": f"drill-{one[:2]}",
                        "items": [{"item_id": item}],
                    }
                    for one in ids
                ]
            }
        ).encode()
        while True:
            try:
                status, content = await connection.raw("POST", "/v1/events", body)
            except (OSError, EOFError):
                await connection.close()
                tally.resent += 1
                await asyncio.sleep(0.02)
                continue
            if status == 200:
                break
            tally.unexpected[status] += 1
            await asyncio.sleep(0.05)
        told = json.loads(content)
        tally.acknowledged.update(ids)
        tally.told_duplicates += told["duplicates"]
    await connection.close()


async def drill(server: Server, item: str, kills: int, chance: random.Random) -> tuple[Tally, list[float]]:
    """Kill and start again `kills` times under load; returns the tally and how long each start took."""
    tally, is_over = Tally(), asyncio.Event()
    senders = [asyncio.create_task(send(server, item, tally, is_over)) for _ in range(SENDERS)]
    starts: list[float] = []
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.05, 0.6))
        server.kill()
        starts.append(await asyncio.to_thread(server.start))
    await asyncio.sleep(0.3)
    is_over.set()
    await asyncio.gather(*senders)
    return tally, starts


def stored(folder: Path) -> Counter[str]:
    """How often each event of the drill is in the log."""
    store = open_store(database_url(read_settings(folder), folder))
    ids = Counter(
        event.event_id for _, event in store.iterate_events(0) if (event.visitor_id or "").startswith("drill-")
    )
    store.close()
    return ids


def main() -> None:
    """Drill, compare, print one JSON object; exit status 1 when anything was lost or doubled."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--shop", type=Path, required=True, help="folder of an imported shop")
    given.add_argument("--kills", type=int, default=50)
    given.add_argument("--workers", type=int, default=2)
    given.add_argument("--seed", type=int, default=0)
    chosen = given.parse_args()
    folder = copied(chosen.shop)
    store = open_store(database_url(read_settings(folder), folder))
    item = next(iter(store.all_items())).id
    store.close()
    server = Server(folder, chosen.workers)
    first = server.start()
    try:
        tally, starts = uvloop.run(drill(server, item, chosen.kills, random.Random(chosen.seed)))
    finally:
        server.stop()
    there = stored(folder)
    lost = [one for one in tally.acknowledged if not there[one]]
    doubled = [one for one, times in there.items() if times > 1]
    print(
        json.dumps(
            {
                "kills": len(starts),
                "workers": chosen.workers,
                "acknowledged": len(tally.acknowledged),
                "acknowledged_lost": len(lost),
                "doubled": len(doubled),
                "stored_without_acknowledgement": len(there.keys() - tally.acknowledged),
                "batches_sent_again": tally.resent,
                "told_duplicates": tally.told_duplicates,
                "other_answers": dict(tally.unexpected),
                "first_start_seconds": first,
                "ready_again_p50_seconds": percentile(starts, 0.5),
                "ready_again_max_seconds": max(starts),
                "load_average": os.getloadavg()[0],
            },
            indent=1,
        )
    )
    raise SystemExit(1 if lost or doubled else 0)


if __name__ == "__main__":
    main()
