"""Does a shop with a long event log start as soon as one with a short log, and does it answer as fast?

    python benchmarks/long_log.py --shop demo-shop/giftware --database sqlite --events 10000000
    python benchmarks/long_log.py --shop demo-shop/giftware --events 10000000 \\
        --database postgresql+psycopg://postgres@127.0.0.1/postgres?schema=long_log

Works on a copy of the shop, deleted afterwards; the schema, which must not exist, is dropped. The log is made in the
database itself: views of every item by 200,000 visitors, spread over 400 days until now. Asked: seconds from the start
of the server to its first list, not compacted, compacted, and pruned; milliseconds to read one visitor's past.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

from daogou.core.clock import DAY_US
from daogou.core.settings import database_url, read_settings
from daogou.core.types import EVENT_NUMBER
from daogou.data.store import open_store
from daogou.data.store.move import copy_shop
from daogou.data.store.open import open_backend
from http_server import Server, copied, percentile

VISITORS = 200_000
SPREAD_DAYS = 400
KEPT_DAYS = 90
READS = 5_000
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM n WHERE n < {last}) SELECT n FROM n",
    "postgresql": "SELECT n FROM generate_series({first}::bigint, {last}) AS n",
}
ROWS = """
INSERT INTO events (event_id, name, at_us, person, denied, past_lines, lines)
SELECT 'long-' || n, {view}, {begin} + n * {step}, 'v:' || (n * 7919 {modulo} {visitors}), 0, 1,
       '[["' || (SELECT id FROM items WHERE number = 1 + n * 104729 {modulo} {items}) || '",1,null,null,null]]'
FROM ({numbers}) AS numbers
"""
AT_ONCE = 500_000


def fill(url: str, n_events: int) -> None:
    """Put the events into the log, half a million per transaction."""
    database = url.partition(":")[0].partition("+")[0]
    backend = open_backend(url)
    items = backend.read("SELECT count(*) FROM items")[0][0]
    step = SPREAD_DAYS * DAY_US // n_events
    begin = int(time.time() * 1e6) - n_events * step
    for first in range(1, n_events + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, n_events)
        sql = ROWS.format(
            view=EVENT_NUMBER["view_item"],
            begin=begin,
            step=step,
            visitors=VISITORS,
            items=items,
            numbers=NUMBERS[database].format(first=first, last=last),
            modulo="%" if database == "sqlite" else "%%",
        )
        with backend.writing() as driver:
            driver.execute(sql)
        print(f"{last:,} events", file=sys.stderr)
    backend.close()


def first_list_seconds(folder: Path) -> dict[str, float]:
    """Seconds from the start of a server to ready, and to the first personal list."""
    server = Server(folder)
    began = time.perf_counter()
    ready = server.start(120)
    try:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{server.port}/v1/recommendations",
            json.dumps({"placement": "home_for_you", "visitor_id": "17", "limit": 12}).encode(),
            {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=120) as answer:
            assert len(json.load(answer)["items"]) == 12
        return {"ready_seconds": ready, "first_list_seconds": time.perf_counter() - began}
    finally:
        server.stop()


def reads_ms(url: str) -> dict[str, float]:
    """Milliseconds to read the past of visitors drawn at random."""
    draw = random.Random(0)
    times = []
    with closing(open_store(url)) as store:
        for _ in range(READS):
            person = f"v:{draw.randrange(VISITORS)}"
            began = time.perf_counter()
            assert store.history([person], 300)
            times.append(1e3 * (time.perf_counter() - began))
    return {f"history_p{share}_ms": percentile(times, share / 100) for share in (50, 99)}


def daogou(*arguments: object) -> dict[str, Any]:
    """What a command says as JSON."""
    program = Path(sys.executable).with_name("daogou")
    done = subprocess.run([program, *map(str, arguments), "--json"], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(folder: Path, url: str, n_events: int) -> dict[str, Any]:
    """Everything, one after the other."""
    began = time.perf_counter()
    fill(url, n_events)
    found: dict[str, Any] = {"fill_seconds": time.perf_counter() - began}
    found["not_compacted"] = {**first_list_seconds(folder), **reads_ms(url)}
    found["compact"] = daogou("compact", "--shop", folder)
    found["compacted"] = {**first_list_seconds(folder), **reads_ms(url)}
    found["prune"] = daogou("compact", "--shop", folder, "--prune-days", KEPT_DAYS, "--prune-looks-days", KEPT_DAYS)
    found["pruned"] = {**first_list_seconds(folder), **reads_ms(url)}
    with closing(open_store(url)) as store:
        found["kept"] = dict(store.statistics())
    return found


def main() -> None:
    """Measure and print one JSON object."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--shop", type=Path, required=True, help="folder of an imported and trained shop in SQLite")
    given.add_argument("--database", default="sqlite", help="sqlite, or the URL of a new schema in PostgreSQL")
    given.add_argument("--events", type=int, default=10_000_000)
    chosen = given.parse_args()
    folder = copied(chosen.shop)
    url = database_url(read_settings(folder), folder)
    try:
        if chosen.database != "sqlite":
            with closing(open_backend(url)) as source, closing(open_backend(chosen.database)) as target:
                copy_shop(source, target)
            os.environ["DAOGOU_SHOP__DATABASE"] = url = chosen.database
        about = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "load_average": os.getloadavg()[0],
            "events": chosen.events,
        }
        print(json.dumps({**about, **measured(folder, url, chosen.events)}, indent=1, default=str))
    finally:
        shutil.rmtree(folder.parent)
        if chosen.database != "sqlite":
            backend: Any = open_backend(chosen.database)
            with backend.writing() as driver:
                driver.execute(f"DROP SCHEMA {backend.schema} CASCADE")
            backend.close()


if __name__ == "__main__":
    main()
