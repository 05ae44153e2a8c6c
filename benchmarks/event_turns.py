"""How long an acknowledgement takes when several processes write to one event log.

    python benchmarks/event_turns.py            prints the table that benchmarks/events.py puts on its page

Each process sends batches without pause, one at a time. "SQLite's own waiting" is what `BEGIN IMMEDIATE` does with a
busy timeout and nothing else; "in line" is the store as it is. Both are measured in turns, twice, and put together, so
that other work on the machine burdens both alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import numpy as np
from sqlalchemy import make_url

from daogou.core.types import Event, EventLine
from daogou.data.store import EventWriter, Store, open_store
from daogou.data.store.sql_store import SqlStore
from daogou.data.store.sqlite import Driver, SqliteBackend

BATCH = 100
SECONDS = 4.0
SERIES = 2
PROCESSES = (2, 4)
WAYS = {"alone": "SQLite's own waiting", "in_line": "in line"}


@dataclass(frozen=True)
class Waits:
    """What a way of waiting gave: milliseconds of every batch, and batches per process."""

    way: str
    processes: int
    milliseconds: tuple[float, ...]
    batches: tuple[int, ...]

    def row(self) -> str:
        """A line of the table."""
        median, slow, longest = np.quantile(self.milliseconds, [0.5, 0.99, 1.0])
        per_second = len(self.milliseconds) * BATCH / (SECONDS * SERIES)
        return (
            f"| {self.processes} | {WAYS[self.way]} | {median:.1f} ms | {slow:.1f} ms | {longest:.1f} ms "
            f"| {per_second:,.0f} | {min(self.batches)} to {max(self.batches)} |"
        )


class Alone(SqliteBackend):
    """Every process waits for itself, as SQLite's busy handler does."""

    def _begin_writing(self, driver: Driver) -> None:
        driver.execute("BEGIN IMMEDIATE")


def opened(way: str, url: str) -> Store:
    return SqlStore(Alone(make_url(url))) if way == "alone" else open_store(url)


def send(way: str, url: str, prefix: str) -> None:
    """The program that is run several times: prints the milliseconds of each acknowledgement as a JSON array."""
    store = opened(way, url)
    took: list[float] = []
    with EventWriter(store) as writer:
        print("ready", flush=True)
        sys.stdin.readline()
        end = time.perf_counter() + SECONDS
        while (began := time.perf_counter()) < end:
            batch = [
                Event(f"{prefix}-{len(took)}-{number}", "view_item", number, (EventLine("mug"),), visitor_id="v")
                for number in range(BATCH)
            ]
            began = time.perf_counter()
            writer.submit(batch).result()
            took.append((time.perf_counter() - began) * 1e3)
    store.close()
    print(json.dumps(took))


def together(way: str, processes: int) -> list[list[float]]:
    """The milliseconds of each of several processes that write at once."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/shop.db"
        open_store(url).close()
        command = [sys.executable, __file__, way, url]
        running = [
            subprocess.Popen(
                [*command, f"p{number}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
            )
            for number in range(processes)
        ]
        for one in running:
            assert one.stdout is not None
            one.stdout.readline()
        for one in running:
            print(file=one.stdin)
        return [json.loads(one.communicate()[0]) for one in running]


def measured(processes: int) -> list[Waits]:
    """Both ways, with this many processes."""
    took: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for _ in range(SERIES):
        for way, so_far in took.items():
            so_far += together(way, processes)
    return [
        Waits(way, processes, tuple(ms for one in series for ms in one), tuple(map(len, series)))
        for way, series in took.items()
    ]


def section() -> list[str]:
    """The part of the results page."""
    return [
        f"Several processes on one file, each sending batches of {BATCH} one at a time without pause: how long an "
        f"acknowledgement took, events per second of all together, and batches per process in {SECONDS:.0f} s.",
        "",
        "| processes | waiting | median | 99th percentile | longest | events per second | batches each |",
        "|---|---|---|---|---|---|---|",
        *(waits.row() for processes in PROCESSES for waits in measured(processes)),
    ]


if __name__ == "__main__":
    if sys.argv[1:]:
        send(*sys.argv[1:])
    else:
        print("\n".join(section()))
