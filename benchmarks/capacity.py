"""What a server keeps in memory, by item and by shopper.

    python benchmarks/capacity.py --shop demo-shop/giftware --shoppers 50000 --shop FOLDER …

Opens each trained shop in a process of its own, after one of a single item, and makes every list once. Memory of its
own: what only this process has (anonymous). Mapped: the release's files, which all workers of a machine share and the
system can drop. Then reads the past of every known shopper, at most 50,000, and counts what Python and NumPy keep of
them. `--shoppers` adds a copy of the first shop with so many more, of 20 views each. Writes
benchmarks/results/capacity.md.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

from daogou.core.clock import system_clock
from daogou.core.errors import DaogouError
from daogou.core.settings import SHOP_FILE, database_url, files_folder, read_settings
from daogou.core.types import EVENT_NUMBER, Item
from daogou.data.store import open_store
from daogou.data.store.open import open_backend
from daogou.decide.past import MOST_PACKED_BYTES, MOST_READY, Past
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.artifact import current_release
from daogou.learn.models import recipe_class
from daogou.learn.training.release import read_info

RESULTS = Path(__file__).parent / "results" / "capacity.md"
MOST_SHOPPERS = 50_000
VIEWS_EACH = 20
MORE = """
INSERT INTO events (event_id, name, at_us, person, denied, past_lines, lines)
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {views})
SELECT 'more-' || n, {name}, {now_us} - n * 1000000, 'u:more-' || (n % {shoppers}), 0, 1,
       '[["' || (SELECT id FROM items WHERE number = 1 + n * 7919 % {items}) || '",1,null,null,null]]'
FROM n
"""


def own_bytes() -> int:
    """Memory that only this process has, once what is free was given back to the system."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the system does not tell")


def measured(folder: Path) -> dict[str, float]:
    """Bytes before the shop, of it, and of the shoppers' pasts."""
    users = json.load(sys.stdin)  # read in another process: what reading leaves behind must not count
    with tempfile.TemporaryDirectory() as small:
        asked(Shop.open(one_item_shop(Path(small))))
    load_libraries(folder)
    before = own_bytes()
    shop = Shop.open(folder)
    asked(shop)
    with_items = own_bytes()
    tracemalloc.start()
    lines = 0
    for user in users:
        past = shop.pasts.past([f"u:{user}"])
        made_of(past, shop)
        lines += len(past.lines)
    gc.collect()
    of_users, _ = tracemalloc.get_traced_memory()
    assert shop.release is not None
    mapped = sum(one.stat().st_size for one in shop.release.path.rglob("*.safetensors"))
    return {
        "items": len(shop.catalogue), "before": before, "own": with_items - before, "mapped": mapped,
        "users": len(users), "of_users": of_users, "lines": lines,
    }  # fmt: skip


def crowded(folder: Path, shoppers: int, target: Path) -> Path:
    """A copy of the shop with so many more shoppers, who looked at VIEWS_EACH items each."""
    copied = shutil.copytree(folder, target / f"{folder.name}, crowded")
    settings = read_settings(copied)
    backend = open_backend(database_url(settings, copied))
    with backend.writing() as driver:
        told = {
            "views": VIEWS_EACH * shoppers, "name": EVENT_NUMBER["view_item"], "shoppers": shoppers,
            "now_us": system_clock(), "items": backend.read("SELECT count(*) FROM items")[0][0],
        }  # fmt: skip
        driver.execute(MORE.format(**told))
    backend.close()
    return copied


def known_shoppers(folder: Path) -> list[str]:
    """Everyone signed in whom the log names, or a random draw where there are many."""
    store = open_store(database_url(read_settings(folder), folder))
    try:
        users = list(dict.fromkeys(event.user_id for _, event in store.iterate_events(0) if event.user_id))
        return random.Random(0).sample(users, min(len(users), MOST_SHOPPERS))
    finally:
        store.close()


def one_item_shop(folder: Path) -> Path:
    """A shop without a model."""
    (folder / SHOP_FILE).write_text('[shop]\nid = "small"\n', encoding="utf-8")
    store = open_store(database_url(read_settings(folder), folder))
    store.put_items([Item("one", {"en": "one"})])
    store.close()
    return folder


def load_libraries(folder: Path) -> None:
    """What the models of its release need, without the models."""
    settings = read_settings(folder)
    for described in read_info(current_release(files_folder(settings, folder) / "models"))["models"].values():
        recipe_class(described["name"])


def made_of(past: Past, shop: Shop) -> None:
    """All that lists make of a past and keep with it."""
    now_us = shop.clock()
    past.query(now_us)
    past.bought(shop.catalogue, shop.settings.rules, now_us)
    _ = past.disliked, past.strongest, past.met


def asked(shop: Shop) -> None:
    """Every list once."""
    first = shop.catalogue.items[0].id
    for placement in shop.settings.placements:
        try:
            recommend(shop, RecommendRequest(placement, item_ids=(first,)))
        except DaogouError as error:
            print(error, file=sys.stderr)


def row_of(folder: Path) -> str:
    """One line of the table, measured in a process of its own."""
    told = json.dumps(known_shoppers(folder))
    command = [sys.executable, __file__, "--one", "--shop", str(folder)]
    found = json.loads(subprocess.run(command, input=told, check=True, capture_output=True, text=True).stdout)
    items, users = found["items"], max(found["users"], 1)
    row = (
        f"| {folder.name} | {items:,} | {found['before'] / 1e6:.0f} | {found['own'] / items:,.0f} "
        f"| {found['mapped'] / items:,.0f} | {(found['own'] + found['mapped']) / items:,.0f} "
        f"| {found['users']:,} | {found['lines'] / users:.0f} "
        f"| {max(found['of_users'], 0) / users:,.0f} |"
    )
    print(row, flush=True)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shop", type=Path, action="append", required=True, help="folder of a trained shop")
    parser.add_argument("--shoppers", type=int, default=0, help="measure a copy of the first shop with so many more")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.shop[0])))
        return
    lines = [
        "# What a server keeps in memory",
        "",
        "Command: `python benchmarks/capacity.py --shop FOLDER …`; one process, without the web server; "
        f"{platform.machine()}, Python {platform.python_version()}.",
        "",
        "| shop | items | before the shop, MB | bytes per item, own | mapped models | in all "
        "| known shoppers | lines of their past, each | bytes per shopper |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        more = [crowded(given.shop[0], given.shoppers, Path(scratch))] if given.shoppers else []
        lines += [row_of(folder) for folder in (*given.shop, *more)]
    lines += [
        "",
        "Aims: at most 4,096 bytes per item in all, at most 1,024 per known shopper. Before the shop: the process with "
        "one untrained shop of a single item open; what a trained release loads beside counts as its own. EASE takes a "
        "byte per pair of items, mapped; beyond its memory limit it is not trained. The pasts of "
        "all these shoppers were read, and all "
        f"that lists make of a past was made; the last {MOST_READY} are kept ready, the others packed, at most "
        f"{MOST_PACKED_BYTES / 1e6:.0f} MB for all together; what does not fit is read from the database.",
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
