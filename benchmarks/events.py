"""How fast the event log acknowledges, and what `kill -9` costs it.

    python benchmarks/events.py                 everything, and benchmarks/results/events.md
    python benchmarks/events.py --rounds 5      a shorter drill; writes nothing

Several processes at once are measured by `event_turns.py`; its table is on the same page.
`speed` sends events through EventWriter with synchronous=FULL and counts what was acknowledged. `drill` starts a
program that sends without pause, kills it with SIGKILL at a random moment, opens the log again, and compares every
acknowledged event with what is there; all rounds use one database, so damage of any round would show in the last.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import event_turns
from daogou.core.types import Event, EventLine
from daogou.data.lake import compact, read_dataset
from daogou.data.store import Appended, EventWriter, Store, open_store

RESULTS = Path(__file__).parent / "results" / "events.md"
DRILL_BATCH = 100
SENDERS = 4
AFTER_THE_KILL = "after-0"


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    value: str


@dataclass(frozen=True)
class Drill:
    """What the rounds found, summed; `ready_seconds` is the time from the kill to the first answer, per round."""

    rounds: int
    acknowledged: int
    lost: int
    duplicated: int
    halved_batches: int
    ready_seconds: tuple[float, ...]


def clicks(prefix: str, n: int, seed: int = 0) -> list[Event]:
    """Views of one item each, by visitors who come back."""
    randomness = random.Random(f"{seed}{prefix}")
    return [
        Event(
            f"{prefix}-{number}",
            "view_item",
            1_700_000_000_000_000 + number,
            (EventLine(f"item{randomness.randrange(5_000)}"),),
            visitor_id=f"visitor{randomness.randrange(20_000)}",
            session_id=f"session{randomness.randrange(50_000)}",
            recommendation_id=f"{randomness.getrandbits(128):032x}",
            placement="home_for_you",
            context={"device": "phone"},
        )
        for number in range(n)
    ]


def orders(n: int, n_lines: int, seed: int = 0) -> list[Event]:
    """Purchases of many lines, like a wholesaler's."""
    randomness = random.Random(seed)
    return [
        Event(
            f"order{number}",
            "purchase",
            1_700_000_000_000_000 + number * 1_000_000_000,
            tuple(EventLine(f"item{randomness.randrange(4_000)}", 3, 125) for _ in range(n_lines)),
            user_id=f"{randomness.randrange(4_300)}",
            transaction_id=f"t{number}",
            currency="GBP",
        )
        for number in range(n)
    ]


def fresh(folder: str) -> Store:
    return open_store(f"sqlite:///{folder}/shop.db")


def acknowledged_per_second(n_events: int, batch: int, waiting: int) -> float:
    """Events per second through EventWriter with at most `waiting` batches not yet answered."""
    sent = clicks("c", n_events)
    batches = [sent[first : first + batch] for first in range(0, n_events, batch)]
    room = threading.Semaphore(waiting)

    def answered(_: Future[Appended]) -> None:
        room.release()

    with tempfile.TemporaryDirectory() as folder:
        store = fresh(folder)
        began = time.perf_counter()
        with EventWriter(store) as writer:
            answers = []
            for one in batches:
                room.acquire()
                answers.append(writer.submit(one))
                answers[-1].add_done_callback(answered)
            accepted = sum(answer.result().accepted for answer in answers)
        seconds = time.perf_counter() - began
        assert accepted == n_events == store.count_events()
        store.close()
    return n_events / seconds


def answer_ms(n: int) -> tuple[float, float]:
    """Median and 99th percentile of one event sent and acknowledged, one after the other."""
    sent = clicks("s", n)
    took = np.empty(n)
    with tempfile.TemporaryDirectory() as folder:
        store = fresh(folder)
        with EventWriter(store) as writer:
            for number, event in enumerate(sent):
                began = time.perf_counter()
                writer.submit([event]).result()
                took[number] = time.perf_counter() - began
        store.close()
    return float(np.median(took) * 1e3), float(np.quantile(took, 0.99) * 1e3)


def forced_write_ms() -> float:
    """Median time to append 4 KiB and force them to this disk: the floor under every commit, just now."""
    force = getattr(os, "fdatasync", os.fsync)
    took = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(300):
            began = time.perf_counter()
            os.write(file.fileno(), os.urandom(4096))
            force(file.fileno())
            took.append(time.perf_counter() - began)
    return float(np.median(took) * 1e3)


def best_us(act: Callable[[], object], n: int) -> float:
    """Microseconds per call, the best of five series."""
    series = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(n):
            act()
        series.append((time.perf_counter() - began) / n * 1e6)
    return min(series)


def seconds_of(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def bulk_figures() -> list[Figure]:
    """A shop's past: 26,000 orders with 546,000 lines, in and out again."""
    past = orders(26_000, 21)
    with tempfile.TemporaryDirectory() as folder:
        store = fresh(folder)
        files = Path(folder) / "files"

        def put_all() -> None:
            for first in range(0, len(past), 1_000):
                store.append(past[first : first + 1_000])

        put = seconds_of(put_all)
        from_log = seconds_of(lambda: read_dataset(store, files))
        compacted = seconds_of(lambda: compact(store, files))
        from_lake = seconds_of(lambda: read_dataset(store, files))
        manifest = store.manifest()
        store.append([Event(f"v{n}", "view_item", n, (EventLine(f"item{n}"),), visitor_id="v") for n in range(400)])
        history = best_us(lambda: store.history(["v:v"], 300), 100)
        revision = best_us(store.catalogue_revision, 1_000)
        store.close()
    return [
        Figure("store 26,000 orders with 546,000 lines, commits of 1,000 orders", f"{put:.2f} s"),
        Figure("read them from the log as a Dataset", f"{from_log:.2f} s"),
        Figure(f"compact them into {len(manifest.files)} Parquet files", f"{compacted:.2f} s"),
        Figure("size of those files per line", f"{manifest.n_bytes / manifest.rows:.1f} bytes"),
        Figure("read them from the lake as a Dataset", f"{from_lake:.2f} s"),
        Figure("newest 300 lines of a shopper's past", f"{history / 1e3:.2f} ms"),
        Figure("has the catalogue changed?", f"{revision:.1f} µs"),
    ]


def speed() -> list[Figure]:
    """Everything that is measured in time."""
    before = forced_write_ms()
    hundreds = Figure("acknowledged events per second, batches of 100, 8 waiting", f"{rate(100_000, 100, 8):,.0f}")
    in_turn = Figure("the same, one batch at a time", f"{rate(50_000, 100, 1):,.0f}")
    singles = Figure("single events, 64 waiting", f"{rate(30_000, 1, 64):,.0f}")
    one_ms, slow_ms = answer_ms(3_000)
    alone = Figure("one event at a time: median and 99th percentile", f"{one_ms:.2f} ms, {slow_ms:.2f} ms")
    disk = f"{before:.2f} ms, {forced_write_ms():.2f} ms"
    floor = Figure("4 KiB forced to this disk, median: before and after the lines above", disk)
    return [hundreds, in_turn, singles, alone, floor, *bulk_figures()]


def rate(n_events: int, batch: int, waiting: int) -> float:
    """The best of three."""
    return max(acknowledged_per_second(n_events, batch, waiting) for _ in range(3))


def send_until_killed(url: str, prefix: str) -> None:
    """The program of the drill: prints "sender batch" after each acknowledgement."""
    writer = EventWriter(open_store(url))

    def send(sender: int) -> None:
        for batch in range(1_000_000):
            writer.submit(clicks(f"{prefix}-{sender}-{batch}", DRILL_BATCH)).result()
            os.write(1, f"{sender} {batch}\n".encode())

    for sender in range(SENDERS):
        threading.Thread(target=send, args=(sender,)).start()


def drill(rounds: int, seed: int = 0) -> Drill:
    """Kill the program `rounds` times and count."""
    randomness = random.Random(seed)
    promised: set[str] = set()
    ready = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/shop.db"
        for number in range(rounds):
            promised |= _one_kill(url, f"k{number}", randomness.uniform(0.0, 0.4))
            ready.append(seconds_of(lambda: _first_answer(url)))
            print(f"round {number + 1}/{rounds}: {len(promised):,} acknowledged", file=sys.stderr)
        store = open_store(url)
        stored = [event.event_id for _, event in store.iterate_events() if event.event_id != AFTER_THE_KILL]
        store.close()
        check = sqlite3.connect(f"{folder}/shop.db")
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        check.close()
    batches: dict[str, int] = {}
    for one in stored:
        batch = one.rpartition("-")[0]
        batches[batch] = batches.get(batch, 0) + 1
    return Drill(
        rounds=rounds,
        acknowledged=len(promised),
        lost=len(promised.difference(stored)),
        duplicated=len(stored) - len(set(stored)),
        halved_batches=sum(n != DRILL_BATCH for n in batches.values()),
        ready_seconds=tuple(ready),
    )


def _one_kill(url: str, prefix: str, seconds: float) -> set[str]:
    command = [sys.executable, __file__, "--send", url, prefix]
    program = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert program.stdout is not None
    first = program.stdout.readline()
    time.sleep(seconds)
    program.kill()
    heard = (first + program.stdout.read()).decode().splitlines()
    program.stdout.close()
    program.wait()
    return {f"{prefix}-{line.replace(' ', '-')}-{number}" for line in heard for number in range(DRILL_BATCH)}


def _first_answer(url: str) -> None:
    store = open_store(url)
    store.append(clicks("after", 1))
    store.history(["v:visitor1"], 300)
    store.close()


def table(figures: list[Figure], turns: list[str], drilled: Drill, load: tuple[float, float]) -> str:
    """The results page."""
    ready = drilled.ready_seconds
    lines = [
        "# Event log: speed and durability",
        "",
        f"`python benchmarks/events.py` on {platform.system()} {platform.release()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; WAL, `synchronous=FULL`. "
        f"Other work ran meanwhile: load average {load[0]:.1f} before and {load[1]:.1f} after.",
        "",
        "| measured | |",
        "|---|---|",
        *(f"| {figure.what} | {figure.value} |" for figure in figures),
        "",
        *turns,
        "",
        f"Drill: {SENDERS} senders without pause in batches of {DRILL_BATCH}, killed with SIGKILL at a random moment.",
        "",
        "| rounds | acknowledged | lost | duplicated | half-written batches | ready after, median | worst |",
        "|---|---|---|---|---|---|---|",
        f"| {drilled.rounds} | {drilled.acknowledged:,} | {drilled.lost} | {drilled.duplicated} "
        f"| {drilled.halved_batches} | {np.median(ready):.3f} s | {max(ready):.3f} s |",
        "",
        "A killed program leaves what the operating system already holds; only `fsync` answers for a lost power line. "
        "Where a commit is much faster than the disk's own write could be, some layer below answers early, "
        "and no program above it can tell.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--rounds", type=int, default=50, help="how many times to kill")
    reading.add_argument("--send", nargs=2, metavar=("URL", "PREFIX"), help=argparse.SUPPRESS)
    given = reading.parse_args()
    if given.send:
        send_until_killed(*given.send)
        return
    before = os.getloadavg()[0]
    figures = speed()
    turns = event_turns.section()
    drilled = drill(given.rounds)
    page = table(figures, turns, drilled, (before, os.getloadavg()[0]))
    print(page)
    if given.rounds >= 50:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
