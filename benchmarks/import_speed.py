"""How fast files come in: 26,000 orders with 546,000 lines from memory, and a CSV of 500,000 clicks, into SQLite.

Run: python benchmarks/import_speed.py [folder]
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from daogou.data.ingest import ImportOptions, ImportReport, import_files, import_rows
from daogou.data.store import open_store

N_ORDERS, N_LINES, N_CLICKS = 26_000, 21, 500_000


def orders() -> Iterator[dict[str, object]]:
    for number in range(N_ORDERS):
        lines = [
            {"item_id": f"i{(number * 7 + line) % 4000}", "quantity": line + 1, "price": 2.55}
            for line in range(N_LINES)
        ]
        yield {
            "event_id": f"e{number}",
            "event_name": "purchase",
            "timestamp": "2010-12-01 08:26:00",
            "user_id": f"u{number % 4000}",
            "transaction_id": f"t{number}",
            "items": lines,
        }


def write_clicks(path: Path) -> None:
    chance = random.Random(0)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["USER_ID", "ITEM_ID", "EVENT_TYPE", "TIMESTAMP", "price", "quantity", "DEVICE"])
        for number in range(N_CLICKS):
            event = chance.choice(["View", "Purchase", "AddToCart"])
            price = f"{chance.randrange(10_000) / 100:.2f}"
            device = chance.choice(["phone", "tablet"])
            who, what = f"u{chance.randrange(20_000)}", f"i{chance.randrange(5_000)}"
            writer.writerow([who, what, event, 1_586_731_606 + number // 2, price, 1, device])


def timed(what: str, report: ImportReport, cpu_seconds: float) -> None:
    each = cpu_seconds / report.rows * 1e6
    print(f"{what}: {report.accepted:,} rows, {report.seconds:.1f} s, {cpu_seconds:.1f} s of CPU, {each:.1f} µs each")


def main(folder: Path) -> None:
    write_clicks(folder / "clicks.csv")
    for dry_run in (True, False):
        options = ImportOptions(dry_run=dry_run)
        how = "read only" if dry_run else "read and stored"
        store = open_store(f"sqlite:///{folder / f'{dry_run}.db'}")
        started = time.process_time()
        timed(
            f"orders from memory, {how}", import_rows(store, "events", orders(), options), time.process_time() - started
        )
        started = time.process_time()
        report = import_files(store, [folder / "clicks.csv"], options)
        timed(f"clicks from CSV, {how}", report, time.process_time() - started)
        store.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(Path(scratch))
