"""Does a shopper notice when models are trained, put in force, or processes replaced?

    python benchmarks/swap.py --shop demo-shop/giftware --rate 200 --seconds 10 --kills 100

Two workers answer `home_for_you` at a fixed rate, latency counted from the moment a call was due: with nothing else
going on, while a training runs beside them with low priority, while releases are put in force again and again, and
while the processes are replaced one by one. Connections are kept alive; every answer but 200, and every connection that
breaks under a call, counts as failed. Then a process that publishes is killed again and again at random moments: after
each the release in force must load with all its checksums, and be the old or the new one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uvloop

from daogou.core.settings import read_settings
from daogou.learn.releases import RELEASES, current_release, release_name
from daogou.learn.training.release import current_name, read_release
from daogou.serve.handover import environment_for
from http_load import questions, shoppers_and_items
from http_server import Connection, Server, copied, percentile

CONNECTIONS = 64
PUBLISH = """
import sys
from pathlib import Path
from daogou.core.clock import system_clock
from daogou.learn.releases import publish

root = Path(sys.argv[1])
for name in sys.argv[2:]:
    publish(root / "candidates" / name, root, keep=3)
    print(name, flush=True)
"""


async def load(server: Server, bodies: list[bytes], rate: float, seconds: float, stop: asyncio.Event) -> dict[str, Any]:
    """An open loop until `stop` is set, `seconds` at least; a connection that the server ended is opened anew."""
    free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
    for _ in range(CONNECTIONS):
        free.put_nowait(Connection(server.port, server.key))
    times: list[float] = []
    failures: list[str] = []
    models: set[str] = set()

    async def one(body: bytes, due: float) -> None:
        connection = await free.get()
        try:
            status, content, is_last = await asked(connection, body)
            models.add(json.loads(content)["model"] if status == 200 else str(status))
            if status != 200:
                failures.append(f"status {status}")
            if is_last:
                await connection.close()
        except (OSError, asyncio.IncompleteReadError) as error:
            failures.append(type(error).__name__)
            connection = Connection(server.port, server.key)
        times.append(time.perf_counter() - due)
        free.put_nowait(connection)

    began, number, tasks = time.perf_counter(), 0, set()
    while time.perf_counter() - began < seconds or not stop.is_set():
        due = began + number / rate
        if due > time.perf_counter():
            await asyncio.sleep(due - time.perf_counter())
        task = asyncio.create_task(one(bodies[number % len(bodies)], due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        number += 1
    await asyncio.gather(*tasks)
    return {
        "calls": len(times),
        "failed": len(failures),
        "failures": sorted(set(failures)),
        "releases": len(models),
        **{f"p{100 * share:g}_ms": round(1e3 * percentile(times, share), 1) for share in (0.5, 0.95, 0.99)},
        "max_ms": round(1e3 * max(times), 1),
        "load_average": round(os.getloadavg()[0], 1),
    }


async def asked(connection: Connection, body: bytes) -> tuple[int, bytes, bool]:
    """One call, and whether the server said that the connection ends with it.

    A connection that the server closed while it was idle is opened anew before the call, as every pool does it.
    """
    if connection._writer is None or (connection._reader is not None and connection._reader.at_eof()):
        await connection.close()
        connection._reader, connection._writer = await asyncio.open_connection("127.0.0.1", connection.port)
    reader, writer = connection._reader, connection._writer
    assert reader is not None
    head = (
        f"POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {connection.key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(answer.partition(b"content-length:")[2].split(b"\r\n")[0])
    return int(answer[9:12]), await reader.readexactly(length), b"connection: close" in answer


async def during(server: Server, bodies: list[bytes], rate: float, seconds: float, what: Any) -> dict[str, Any]:
    """The load, while `what` runs in a thread."""
    over = asyncio.Event()

    async def act() -> Any:
        try:
            return await asyncio.to_thread(what)
        finally:
            over.set()

    found, told = await asyncio.gather(load(server, bodies, rate, seconds, over), act())
    return {**found, "did": told}


def train(folder: Path) -> str:
    """One attempt, as the worker begins it: a process of low priority with one thread for linear algebra."""
    settings = read_settings(folder)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "daogou.serve.training.once"],
        env={**os.environ, **environment_for(folder, settings)}, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return f"one training, exit status {done.returncode}, {time.perf_counter() - began:.0f} s"


def swap(folder: Path, seconds: float) -> str:
    """Put copies of the serving release in force, one every two seconds."""
    root = folder / "files" / "models"
    names = 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        publish_all(root, [copy_of(root)])
        names += 1
        time.sleep(2.0)
    return f"{names} releases put in force"


def restart(server: Server, seconds: float) -> str:
    """SIGHUP to the parent, then wait until two new processes answer."""
    assert server.process is not None
    before = children(server.process.pid)
    began = time.perf_counter()
    os.kill(server.process.pid, signal.SIGHUP)
    while children(server.process.pid) & before:
        if time.perf_counter() - began > 300:
            raise RuntimeError("the old processes are still there after 300 s")
        time.sleep(0.2)
    return f"{len(before)} processes replaced in {time.perf_counter() - began:.1f} s"


def children(parent: int) -> set[int]:
    """Serving processes: children that were spawned by multiprocessing, its tracker left out."""
    found = set()
    for line in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        command = Path(f"/proc/{line}/cmdline")
        if command.exists() and b"spawn_main" in command.read_bytes():
            found.add(int(line))
    return found


def copy_of(root: Path) -> str:
    """A candidate with the content of the serving release, by name."""
    name = release_name(time.time_ns() // 1_000)
    shutil.copytree(current_release(root), root / "candidates" / name)
    return name


def publish_all(root: Path, names: list[str]) -> None:
    """In a process of its own, as a training does it."""
    subprocess.run([sys.executable, "-c", PUBLISH, str(root), *names], check=True, stdout=subprocess.DEVNULL)


def kills(folder: Path, n: int) -> dict[str, int]:
    """Kill a publisher at a random moment, n times; look at what is in force after each."""
    root = folder / "files" / "models"
    (root / "candidates").mkdir(exist_ok=True)
    chance, takes = random.Random(0), seconds_to_publish(root)
    tally = {"kills": n, "old": 0, "new": 0, "mixed_or_refused": 0}
    for _ in range(n):
        before, name = current_name(root), copy_of(root)
        publisher = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.readline()\n" + PUBLISH, str(root), name],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert publisher.stdin is not None
        publisher.stdin.write(b"\n")
        publisher.stdin.flush()
        wait_for_lock(root, publisher)
        time.sleep(chance.uniform(0.0, 1.2 * takes))
        publisher.kill()
        publisher.wait()
        serving = current_name(root)
        try:
            read_release(current_release(root))
        except Exception:
            tally["mixed_or_refused"] += 1
            continue
        tally["old" if serving == before else "new" if serving == name else "mixed_or_refused"] += 1
        for surplus in [*(root / "candidates").glob("*"), *(root / RELEASES).glob("*")]:
            if surplus.name not in (serving, before):
                shutil.rmtree(surplus)
    return tally


def seconds_to_publish(root: Path) -> float:
    """From the moment a publisher holds the lock to its last word, the middle one of three."""
    took = []
    for _ in range(3):
        publisher = subprocess.Popen([sys.executable, "-c", PUBLISH, str(root), copy_of(root)], stdout=subprocess.PIPE)
        wait_for_lock(root, publisher)
        began = time.perf_counter()
        assert publisher.stdout is not None
        publisher.stdout.readline()
        took.append(time.perf_counter() - began)
        publisher.wait()
    return sorted(took)[1]


def wait_for_lock(root: Path, publisher: subprocess.Popen[bytes]) -> None:
    """Until the publisher is about to change something: it has the lock file open."""
    lock = str((root / ".switch.lock").resolve())
    while publisher.poll() is None:
        try:
            opened = {os.readlink(one) for one in Path(f"/proc/{publisher.pid}/fd").iterdir()}
        except OSError:
            continue
        if lock in opened:
            return
        time.sleep(0.0005)


def main() -> None:
    """Measure and print one JSON object."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--shop", type=Path, required=True, help="folder of an imported and trained shop")
    given.add_argument("--rate", type=float, default=200.0)
    given.add_argument("--seconds", type=float, default=10.0)
    given.add_argument("--kills", type=int, default=100)
    given.add_argument("--only", default="quiet,training,swaps,restart,kills")
    chosen = given.parse_args()
    folder = copied(chosen.shop)
    users, _ = shoppers_and_items(folder)
    bodies = questions(users, "home_for_you")
    (folder / "files" / "models" / "candidates").mkdir(exist_ok=True)
    found: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rate": chosen.rate,
    }
    parts = chosen.only.split(",")
    if set(parts) - {"kills"}:
        server = Server(folder, 2)
        found["ready_seconds"] = round(server.start(120.0), 1)
        steps = {
            "quiet": lambda: "nothing",
            "training": lambda: train(folder),
            "swaps": lambda: swap(folder, chosen.seconds),
            "restart": lambda: restart(server, chosen.seconds),
        }
        try:
            for name in (one for one in steps if one in parts):
                found[name] = uvloop.run(during(server, bodies, chosen.rate, chosen.seconds, steps[name]))
        finally:
            server.stop()
    if "kills" in parts:
        found["kills"] = kills(folder, chosen.kills)
    shutil.rmtree(folder.parent, ignore_errors=True)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
