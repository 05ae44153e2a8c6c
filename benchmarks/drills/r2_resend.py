"""R2: the same batches come five times, out of order, over restarts."""

from __future__ import annotations

import asyncio
import random
import uuid

from drills.callers import PREFIX, events_body, stored
from drills.drill import Drill, Given, Outcome
from drills.place import scratch, small_shop
from http_server import Connection, Server

TIMES = 5


def run(given: Given) -> Outcome:
    """Send, shuffle, kill, send again."""
    n_batches = 20 if given.is_short else 200
    with scratch() as place:
        folder = small_shop(place / "shop")
        batches = [[PREFIX + uuid.uuid4().hex for _ in range(20)] for _ in range(n_batches)]
        server, chance = Server(folder), random.Random(0)
        refused = 0
        for _ in range(TIMES):
            server.start()
            order = [chance.sample(one, len(one)) for one in chance.sample(batches, len(batches))]
            refused += asyncio.run(_sent(server, order))
            server.kill()
        there = stored(folder)
    wanted = {one for batch in batches for one in batch}
    missing, doubled = len(wanted - there.keys()), sum(times > 1 for times in there.values())
    measured = (
        f"{len(wanted):,} events sent {TIMES} times over {TIMES} kill -9: {len(there):,} in the log, {missing} "
        f"missing, {doubled} doubled, {refused} calls refused"
    )
    return Outcome(
        missing == doubled == refused == 0, measured, "by event_id only; Idempotency-Key is a drill of its own"
    )


async def _sent(server: Server, batches: list[list[str]]) -> int:
    connection = Connection(server.port, server.key)
    statuses = [(await connection.raw("POST", "/v1/events", events_body(one)))[0] for one in batches]
    await connection.close()
    return sum(status != 200 for status in statuses)


DRILL = Drill("R2", "the same events 5 times, out of order, over restarts", "counts as if sent once", run)
