"""R6: the database answers two seconds late, resets connections, is down, goes silent, or talks nonsense."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from typing import get_args

from sqlalchemy import URL, make_url

from daogou.core.errors import DaogouError
from drills.callers import Told, ask, lost_and_doubled, send, spelled, stored
from drills.drill import Drill, Given, Outcome, not_here
from drills.place import scratch, small_shop
from drills.proxy import Fault, Proxy
from http_server import Server

SERVER_URL = os.environ.get("DAOGOU_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
RATE = 50.0
MOST_P99_MS, LEAST_ANSWERED = 300.0, 0.999
MOST_BACK_SECONDS = 90.0


def run(given: Given) -> Outcome:
    """A shop on PostgreSQL behind a proxy; every fault in turn, traffic all the time."""
    seconds = 8.0 if given.is_short else 60.0
    try:
        import psycopg
    except ImportError:
        return not_here("needs psycopg: pip install 'daogou[postgres]'")
    name = f"drill_{uuid.uuid4().hex[:12]}"
    own = make_url(SERVER_URL)
    plain = own.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(plain, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError as error:
        return not_here(f"no PostgreSQL answers: {str(error).splitlines()[0]}")
    try:
        return _drilled(own.set(database=name), seconds)
    except DaogouError as error:
        return not_here(f"this program cannot open it: {error}")
    finally:
        with psycopg.connect(plain, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _drilled(direct: URL, seconds: float) -> Outcome:
    proxy = Proxy(direct.host or "127.0.0.1", direct.port or 5432)
    behind = direct.set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
    with scratch() as place:
        folder = small_shop(place / "shop", url=behind)
        server = Server(folder)
        server.start()
        parts, is_good, told_all = [], True, Told()
        try:
            for fault in get_args(Fault)[1:]:
                during, back_seconds, after = asyncio.run(_under(server, proxy, fault, seconds))
                told_all.acknowledged |= during.acknowledged | after.acknowledged
                is_good &= during.share_answered >= LEAST_ANSWERED and during.p99_ms() <= MOST_P99_MS
                is_good &= during.degraded > 0 and after.events[200] > 0 and after.degraded == 0
                parts.append(
                    f"{fault}: p99 {during.p99_ms():.0f} ms, {during.share_answered:.2%} answered, "
                    f"{during.degraded / max(sum(during.lists.values()), 1):.0%} degraded, events "
                    f"{spelled(during.events)}, acknowledged again after {back_seconds:.0f} s; "
                    f"then {after.degraded} lists degraded"
                )
        finally:
            server.stop()
        lost, doubled = lost_and_doubled(told_all, stored(folder))
    proxy.close()
    measured = f"{seconds:g} s each, {RATE:g} lists/s. " + ". ".join(parts)
    measured += f". {len(told_all.acknowledged):,} acknowledged, {lost} lost, {doubled} doubled"
    return Outcome(is_good and lost == doubled == 0, measured)


async def _under(server: Server, proxy: Proxy, fault: Fault, seconds: float) -> tuple[Told, float, Told]:
    """What was told under the fault, how long after it events were acknowledged again, and what was told then."""
    during = await _traffic(server, proxy, fault, seconds)
    await asyncio.to_thread(proxy.become, "none")
    began, back = time.perf_counter(), Told()
    while not back.acknowledged and time.perf_counter() - began < MOST_BACK_SECONDS:
        one_more = asyncio.create_task(send(server, back, asyncio.Event(), pause=0.1))
        await asyncio.wait([one_more], timeout=1.0)
        one_more.cancel()
        await asyncio.gather(one_more, return_exceptions=True)
    back_seconds = time.perf_counter() - began
    during.acknowledged |= back.acknowledged
    await asyncio.sleep(2.0)
    return during, back_seconds, await _traffic(server, proxy, "none", 3.0)


async def _traffic(server: Server, proxy: Proxy, fault: Fault, seconds: float) -> Told:
    told, is_over = Told(), asyncio.Event()
    asking = asyncio.create_task(ask(server, told, is_over, RATE))
    sending = asyncio.create_task(send(server, told, is_over))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(proxy.become, fault)
    await asyncio.sleep(seconds)
    is_over.set()
    await asking
    sending.cancel()  # its last call may wait for a database that hangs
    await asyncio.gather(sending, return_exceptions=True)
    return told


DRILL = Drill(
    "R6",
    "PostgreSQL 2 s late, reset, down, silent, garbled",
    "lists p99 ≤ 300 ms, ≥ 99.9 % non-5xx, marked degraded; back by itself; nothing acknowledged lost",
    run,
)
