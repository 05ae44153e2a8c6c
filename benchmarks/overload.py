"""What happens when far more is asked than can be answered, and when callers are hostile?

    python benchmarks/overload.py --shop demo-shop/giftware --seconds 20

Asks: how much of its peak the server still answers at five times that rate, how soon the rest is told to come again,
how long it takes to be itself again, what memory it holds; how much slower others are beside slow callers who never
finish what they send; and what counting calls costs. Server and load generator share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import time
from pathlib import Path

import uvloop

from daogou.serve.limiter import Allowance, Limiter
from http_load import questions, shoppers_and_items
from http_server import Connection, Server, copied, percentile

CONNECTIONS = 1_000
SLOW_HEADS, SLOW_BODIES = 500, 200
TIMES = 5
Seen = list[tuple[float, int, float]]
"""When a call was sent, its status, and seconds until its answer."""


async def closed_loop(server: Server, bodies: list[bytes], seconds: float) -> float:
    """Answers per second of eight callers without pause."""
    end, done = time.perf_counter() + seconds, 0

    async def caller(first: int) -> None:
        nonlocal done
        connection = Connection(server.port, server.key)
        number = first
        while time.perf_counter() < end:
            status, _ = await connection.raw("POST", "/v1/recommendations", bodies[number % len(bodies)])
            done += status == 200
            number += 8
        await connection.close()

    await asyncio.gather(*(caller(number) for number in range(8)))
    return done / seconds


async def open_loop(server: Server, bodies: list[bytes], rate: float, seconds: float, most: int = CONNECTIONS) -> Seen:
    """Calls that start on time, each on a free connection; where none is free, the call is not made."""
    free = [Connection(server.port, server.key) for _ in range(most)]
    seen: Seen = []

    async def one(connection: Connection, body: bytes) -> None:
        sent = time.perf_counter()
        try:
            status, _ = await connection.raw("POST", "/v1/recommendations", body)
        except (OSError, asyncio.IncompleteReadError):
            status = 0
            await connection.close()
        seen.append((sent, status, time.perf_counter() - sent))
        free.append(connection)

    began, number, calls = time.perf_counter(), 0, set()
    while (now := time.perf_counter()) < began + seconds:
        while number < (now - began) * rate:
            if free:
                task = asyncio.ensure_future(one(free.pop(), bodies[number % len(bodies)]))
                calls.add(task)
                task.add_done_callback(calls.discard)
            number += 1
        await asyncio.sleep(0.001)
    await asyncio.gather(*calls)
    await asyncio.gather(*(connection.close() for connection in free))
    return seen


async def health(server: Server, times: list[float], stop: asyncio.Event) -> None:
    """Ask again and again how the server is doing."""
    connection = Connection(server.port, server.key)
    while not stop.is_set():
        sent = time.perf_counter()
        status, _ = await connection.raw("GET", "/healthz", b"")
        times.append(time.perf_counter() - sent if status == 200 else float("inf"))
        await asyncio.sleep(0.1)
    await connection.close()


async def slow_callers(port: int, stop: asyncio.Event) -> None:
    """Heads that trickle and bodies that never come, each begun anew when it is refused."""

    async def one(start: bytes, piece: bytes) -> None:
        while not stop.is_set():
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(start)
                while not stop.is_set() and not reader.at_eof():
                    writer.write(piece)
                    await writer.drain()
                    try:
                        async with asyncio.timeout(1):
                            if not await reader.read(1_000):
                                break
                    except TimeoutError:
                        continue
                writer.close()
            except OSError:
                await asyncio.sleep(0.5)

    head = b"GET /healthz HTTP/1.1\r\nHost: shop\r\n"
    body = b"POST /v1/events HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer x\r\nContent-Length: 100000\r\n\r\n"
    heads = [one(head, b"X-A: b\r\n") for _ in range(SLOW_HEADS)]
    await asyncio.gather(*heads, *(one(body, b" ") for _ in range(SLOW_BODIES)))


def line(name: str, *values: object) -> None:
    print(f"| {name} | " + " | ".join(f"{one:,.1f}" if isinstance(one, float) else str(one) for one in values) + " |")


def of_status(seen: Seen, *wanted: int) -> list[float]:
    return [1e3 * seconds for _, status, seconds in seen if status in wanted] or [0.0]


async def overload(server: Server, bodies: list[bytes], seconds: float) -> None:
    await closed_loop(server, bodies, 3)
    peak = await closed_loop(server, bodies, 6)
    line("peak, 8 callers without pause, answers a second", peak)
    memory, times, stop = server.memory_mb(), [], asyncio.Event()
    asking = asyncio.create_task(health(server, times, stop))
    seen = await open_loop(server, bodies, TIMES * peak, seconds)
    stop.set()
    await asking
    good, refused = of_status(seen, 200), of_status(seen, 429, 503)
    line(f"sent a second at {TIMES} times the peak (wanted {TIMES * peak:,.0f})", len(seen) / seconds)
    line("answered a second, and share of the peak", len(good) / seconds, f"{len(good) / seconds / peak:.0%}")
    line("answered: p50 / p99, ms", percentile(good, 0.5), percentile(good, 0.99))
    line("turned away: how many, p50 / p99 / max, ms", len(refused), *(percentile(refused, s) for s in (0.5, 0.99, 1)))
    line("neither 200, 429 nor 503", sum(status not in (200, 429, 503) for _, status, _ in seen))
    line("/healthz meanwhile: p50 / p99, ms", 1e3 * percentile(times, 0.5), 1e3 * percentile(times, 0.99))
    line("memory before / after, MB", memory, server.memory_mb())
    ended = time.perf_counter()
    after = await open_loop(server, bodies, peak / 5, 8, 64)
    bad = [sent - ended for sent, status, took in after if status != 200 or took > 0.1]
    line("last refusal or answer over 100 ms after the overload, at a fifth of the peak, s", max(bad, default=0.0))


async def hostile(server: Server, bodies: list[bytes], seconds: float) -> None:
    for name in ("without slow callers", f"with {SLOW_HEADS} slow heads and {SLOW_BODIES} slow bodies"):
        stop = asyncio.Event()
        slow = asyncio.create_task(slow_callers(server.port, stop)) if name.startswith("with ") else None
        await asyncio.sleep(1)
        times = of_status(await open_loop(server, bodies, 60, seconds, 64), 200)
        line(
            f"others at 60 calls a second {name}: n, p50 / p99, ms",
            len(times),
            percentile(times, 0.5),
            percentile(times, 0.99),
        )
        stop.set()
        if slow is not None:
            slow.cancel()


async def counting(storage: str, calls: int) -> None:
    """Three allowances a call, as a shopper's page is counted: its key, its address, the shopper."""
    limiter, times = Limiter(storage), []
    for number in range(calls):
        caller = number % 500
        began = time.perf_counter()
        await limiter.count(
            [
                Allowance("bench:key", "300000 per minute"),
                Allowance(f"bench:ip:{caller}", "1200 per minute"),
                Allowance(f"bench:shopper:{caller}", "600 per minute"),
            ]
        )
        times.append(1e6 * (time.perf_counter() - began))
    await limiter.close()
    line(
        f"counting in {storage.partition(':')[0]}, three allowances a call: p50 / p99, µs",
        *(percentile(times, s) for s in (0.5, 0.99)),
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shop", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--redis", default="", help="for example redis://127.0.0.1:6379/9")
    asked = parser.parse_args()
    print(f"{platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    folder = copied(asked.shop)
    users, _ = shoppers_and_items(folder)
    bodies = questions(users, "home_for_you")
    server = Server(folder)
    server.start()
    try:
        uvloop.run(overload(server, bodies, asked.seconds))
        uvloop.run(hostile(server, bodies, asked.seconds / 2))
    finally:
        server.stop()
    for storage in ("memory", *([asked.redis] if asked.redis else [])):
        uvloop.run(counting(storage, 20_000 if storage == "memory" else 1_000))


if __name__ == "__main__":
    main()
