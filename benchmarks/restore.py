"""How long a backup and a restore of a shop with a long log take, and whether the restored shop is the shop.

    python benchmarks/restore.py                    a million events, and benchmarks/results/restore.md
    python benchmarks/restore.py --events 50000     a shorter form; writes nothing

The shop is generated and trained; a writer goes on sending events during the first backup. Then the backup is restored
into an empty folder, and both shops are asked for the same lists. The metrics of the release are compared, and the
quality of a popularity list on the newest tenth is computed anew from each shop's own events.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from daogou.core.clock import SECOND_US, system_clock
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.training.release import load_release
from daogou.serve.upkeep.backup.create import create_backup
from daogou.serve.upkeep.backup.restore import restore

RESULTS = Path(__file__).parent / "results" / "restore.md"
N_ITEMS, AT_ONCE, LISTS = 2_000, 10_000, 200
SHOP = """\
[shop]
id = "long-log"
""" + "".join(f'[models.{name}]\nrecipe = "popularity"\n' for name in ("content", "item_knn", "bought_together"))


def main() -> None:
    """Measure, print, and write the page of the long form."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    n_events = parser.parse_args().events
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        rows = measured(Path(place), n_events)
    lines = [
        "# Backup and restore",
        "",
        f"`python benchmarks/restore.py` on {platform.system()} {platform.release()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}. Other work ran meanwhile: load average "
        f"{before:.1f} before and {os.getloadavg()[0]:.1f} after.",
        "",
        f"A generated shop of {n_events:,} events and {N_ITEMS:,} items, compacted and trained; a writer sends events "
        "in batches of 100 while the first backup is made.",
        "",
        "| measured | |",
        "|---|---|",
        *(f"| {what} | {value} |" for what, value in rows),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if n_events == 1_000_000:
        RESULTS.write_text(text, encoding="utf-8")


def measured(place: Path, n_events: int) -> list[tuple[str, str]]:
    """Every line of the table."""
    shop, copies = place / "shop", place / "backups"
    make(shop, n_events)
    settings = read_settings(shop)
    quiet = acknowledgements_ms(shop, None)
    began = time.perf_counter()
    with acknowledging(shop) as waits:
        first = create_backup(shop, settings, copies, now_us=system_clock(), keep=7)
    first_seconds = time.perf_counter() - began
    began = time.perf_counter()
    second = create_backup(shop, settings, copies, now_us=system_clock(), keep=7)
    second_seconds = time.perf_counter() - began
    new_bytes = sum(
        (second.path / name).stat().st_size for name in second.manifest.files if not is_shared(second, name)
    )
    began = time.perf_counter()
    archive = create_backup(shop, settings, copies, now_us=system_clock(), keep=7, as_archive=True)
    archive_seconds = time.perf_counter() - began
    began = time.perf_counter()
    restore(second.path, place / "restored", now_us=system_clock())
    restore_seconds = time.perf_counter() - began
    began = time.perf_counter()
    restore(archive.path, place / "unpacked", now_us=system_clock())
    unpack_seconds = time.perf_counter() - began
    old, new = story(shop), story(place / "restored")
    return [
        ("backup, first, under writing", f"{first_seconds:.1f} s, {first.manifest.n_bytes / 1e6:,.1f} MB"),
        ("one batch acknowledged, median and longest: quiet", told(quiet)),
        ("the same while the backup is made", told(waits)),
        ("backup, second: unchanged files shared", f"{second_seconds:.1f} s, {new_bytes / 1e6:,.1f} MB new"),
        ("backup as one .tar.zst", f"{archive_seconds:.1f} s, {archive.path.stat().st_size / 1e6:,.1f} MB"),
        ("restore of the folder into an empty one, checked before and after", f"{restore_seconds:.1f} s"),
        ("restore of the archive", f"{unpack_seconds:.1f} s"),
        ("events of the restored shop", f"{new['events']:,} of {old['events']:,}"),
        (f"{LISTS} lists of known shoppers", "equal" if old["lists"] == new["lists"] else "DIFFERENT"),
        ("metrics of the release", "equal" if old["metrics"] == new["metrics"] else "DIFFERENT"),
        (
            "share of the newest tenth that the 20 items most taken before it cover, both shops",
            f"{old['recall']:.6f} and {new['recall']:.6f}",
        ),
    ]


def make(shop: Path, n_events: int) -> None:
    """A shop whose popularity has a long tail, trained by the command that shops use."""
    shop.mkdir()
    (shop / "shop.toml").write_text(SHOP, encoding="utf-8")
    rng = np.random.default_rng(7)
    items = np.minimum((rng.pareto(0.8, n_events) * 20).astype(np.int64), N_ITEMS - 1)
    users = rng.integers(0, max(n_events // 20, 1), n_events)
    start_us = system_clock() - 90 * 86_400 * SECOND_US
    step_us = 90 * 86_400 * SECOND_US // n_events
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        store.put_items([Item(f"i{n}", {"en": f"Item {n}"}, price_minor=100 + n) for n in range(N_ITEMS)])
        for first in range(0, n_events, AT_ONCE):
            last = min(first + AT_ONCE, n_events)
            store.append(
                [
                    Event(
                        f"e{n}",
                        "purchase",
                        start_us + n * step_us,
                        (EventLine(f"i{items[n]}"),),
                        user_id=f"u{users[n]}",
                    )
                    for n in range(first, last)
                ]
            )
    command = [sys.executable, "-c", "from daogou.cli.main import run; run()", "train", "--shop", str(shop), "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class acknowledging:  # noqa: N801 - reads as what goes on inside the block
    """A writer that goes on inside the block; gives how long each batch waited, in ms."""

    def __init__(self, shop: Path) -> None:
        self._shop = shop
        self._stop = threading.Event()
        self.waits: list[float] = []

    def __enter__(self) -> list[float]:
        self._thread = threading.Thread(target=lambda: self.waits.extend(acknowledgements_ms(self._shop, self._stop)))
        self._thread.start()
        return self.waits

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def acknowledgements_ms(shop: Path, stop: threading.Event | None) -> list[float]:
    """How long batches of 100 take to be acknowledged: 50 of them, or until told to stop."""
    waits: list[float] = []
    name = f"w{time.monotonic_ns()}"
    with closing(open_store(f"sqlite:///{shop}/daogou.db")) as store:
        while len(waits) < 50 if stop is None else not stop.is_set():
            batch = [Event(f"{name}-{len(waits)}-{n}", "search", system_clock()) for n in range(100)]
            began = time.perf_counter()
            store.append(batch)
            waits.append((time.perf_counter() - began) * 1_000)
            time.sleep(0.005)
    return waits


def is_shared(made: object, name: str) -> bool:
    """Whether a file of a backup is the same one as in an earlier backup."""
    return (made.path / name).stat().st_nlink > 1  # type: ignore[attr-defined]


def told(waits: list[float]) -> str:
    """Median, longest and how many."""
    return f"{np.median(waits):.1f} ms, {max(waits):.1f} ms ({len(waits)} batches)"


def story(folder: Path) -> dict[str, object]:
    """What a shop says: its lists, its metrics, and a quality computed from its own events."""
    settings = read_settings(folder)
    now_us = 2_000_000_000 * SECOND_US
    with closing(Shop.open(folder, settings, lambda: now_us)) as shop:
        lists = [
            [
                (one.item_id, one.score)
                for one in recommend(shop, RecommendRequest("home_for_you", user_id=f"u{n}")).items
            ]
            for n in range(LISTS)
        ]
        n_events = shop.store.count_events()
        dataset = read_dataset(shop.store, folder / "files")
    cut = np.quantile(dataset.at_us, 0.9)
    popular = np.argsort(-np.bincount(dataset.item[dataset.at_us < cut], minlength=dataset.n_items), kind="stable")[:20]
    recall = float(np.isin(dataset.item[dataset.at_us >= cut], popular).mean())
    metrics = json.dumps(load_release(folder / "files" / "models").info, sort_keys=True)
    return {
        "lists": hashlib.sha256(json.dumps(lists).encode()).hexdigest(),
        "metrics": metrics,
        "events": n_events,
        "recall": recall,
    }


if __name__ == "__main__":
    main()
