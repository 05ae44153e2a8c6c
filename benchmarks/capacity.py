"""What a server keeps in memory, by item and by shopper.

    python benchmarks/capacity.py --shop demo-shop/giftware --shop FOLDER …

Opens each trained shop in a process of its own, makes every list once, then lists for up to 2,000 shoppers. Memory of
its own: what only this process has (anonymous). Mapped: the release's files, which all workers of a machine share and
the system can drop. Writes benchmarks/results/capacity.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from pathlib import Path

from daogou.core.errors import DaogouError
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from http_load import shoppers_and_items

RESULTS = Path(__file__).parent / "results" / "capacity.md"
N_SHOPPERS = 2_000


def own_bytes() -> int:
    """Memory that only this process has."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the system does not tell")


def measured(folder: Path) -> dict[str, float]:
    """Bytes before the shop, with it, and with shoppers who asked."""
    users, _ = shoppers_and_items(folder)
    before = own_bytes()
    shop = Shop.open(folder)
    first = shop.catalogue.items[0].id
    for placement in shop.settings.placements:
        try:
            recommend(shop, RecommendRequest(placement, item_ids=(first,)))
        except DaogouError as error:
            print(error, file=sys.stderr)
    with_items = own_bytes()
    lines = 0
    for user in users[:N_SHOPPERS]:
        recommend(shop, RecommendRequest("home_for_you", user))
        lines += len(shop.pasts.past([f"u:{user}"]).rows)
    with_users = own_bytes()
    assert shop.release is not None
    mapped = sum(one.stat().st_size for one in shop.release.path.rglob("*.safetensors"))
    return {
        "items": len(shop.catalogue), "before": before, "own": with_items - before, "mapped": mapped,
        "users": len(users[:N_SHOPPERS]), "of_users": with_users - with_items, "lines": lines,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shop", type=Path, action="append", required=True, help="folder of a trained shop")
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
        "| shop | items | before the shop, MB | bytes per item, own | bytes per item, mapped models "
        "| shoppers who asked | lines of their past, each | bytes per shopper |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for folder in given.shop:
        command = [sys.executable, __file__, "--one", "--shop", str(folder)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        items, users = found["items"], max(found["users"], 1)
        lines.append(
            f"| {folder.name} | {items:,} | {found['before'] / 1e6:.0f} | {found['own'] / items:,.0f} "
            f"| {found['mapped'] / items:,.0f} | {found['users']:,} | {found['lines'] / users:.0f} "
            f"| {max(found['of_users'], 0) / users:,.0f} |"
        )
        print(lines[-1], flush=True)
    lines += [
        "",
        "Aims: at most 4,096 bytes per item in all, at most 1,024 per known shopper. Dense EASE takes 4 bytes per pair "
        "of items, mapped; beyond 20,000 items it is not trained. Shoppers cost memory only while their past is kept, "
        "at most 300,000 lines for all together; all others are in the database.",
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
