"""How fast are lists over HTTP with a ranker and with variety, beside lists without? One worker, reasons on.

    OMP_NUM_THREADS=1 python benchmarks/ranked_lists.py --shop demo-shop/giftware [--seconds 8]

Takes a copy of a trained demo shop, logs lists and made-up clicks (dear items are clicked more), and trains a ranker of
each kind on them: its speed is what is measured here, not its quality. Then the server answers as fast as it can, and
at half of what was asked. Needs the extras `boost` and `deep`. Writes benchmarks/results/ranked_lists.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import uvloop

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.protocols import silent
from daogou.core.settings import SHOP_FILE, database_url, read_settings
from daogou.core.types import Event, EventLine
from daogou.data.lake.outcomes import read_outcomes, read_served
from daogou.data.lake.seen import read_seen
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.evaluation.served_places import places
from daogou.learn.online import ONLINE
from daogou.learn.training.measured import Steps
from daogou.learn.training.rankings import RANKERS_FOLDER, rankers_of, train_rankers
from daogou.learn.training.release import RELEASE_FILE
from daogou.learn.training.shown import CIRCUMSTANCES, Shown
from http_load import at_rate, questions, saturated, shoppers_and_items
from http_server import Connection, Server, copied

N_LISTS = 1_500
PATH = "/v1/recommendations"
SECONDS_OF_NEWCOMERS = 2.0
"""Short enough that nobody is asked for twice."""
NO_RANKER = "without ranker"
RESULTS = Path(__file__).parent / "results" / "ranked_lists.md"
RANKERS: dict[str, dict[str, Any]] = {
    "boosted": {"recipe": "boosted", "settings": {"trees": 150}},
    "din": {"recipe": "din", "settings": {"epochs": 2}},
    "small_din": {"recipe": "din", "settings": {"epochs": 2, "factors": 16, "attention": 16, "hidden": [64, 32]}},
}


def variants() -> dict[str, tuple[str, int]]:
    """What is measured: lines of the placement, and calls a second asked for."""
    plain = '[placements.home_for_you]\nretrievers = { personal = 1.0 }\ntitle = { en = "For you" }\n'
    mmr = plain + '[placements.home_for_you.diversity]\nmethod = "mmr"\n'
    blended = 'reasons = "blended"\n'
    boosted = plain + 'ranker = "boosted"\nranked = 200\n'
    din, small = (plain + f'ranker = "{name}"\nranked = 500\n' for name in ("din", "small_din"))
    return {
        NO_RANKER: (plain, 1_000),
        "without ranker, logging what one would learn from": (plain, 0),
        "variety by MMR, logging likewise": (mmr, 0),
        "boosted trees over 200 candidates": (boosted, 500),
        "boosted trees, blended reasons": (boosted + blended, 500),
        "DIN over 500 candidates": (din, 250),
        "DIN, blended reasons": (din + blended, 250),
        "DIN of 16 factors, tower 64 and 32, over 500": (small, 250),
        "DIN of 16 factors, blended reasons": (small + blended, 250),
    }


def log_lists(shop: Shop, users: list[str]) -> None:
    """Lists as they are served, seen by everybody, with clicks after the price."""
    random = np.random.default_rng(0)
    now_us = shop.clock()
    for number in range(N_LISTS):
        user = users[number % len(users)]
        slate = recommend(shop, RecommendRequest("home_for_you", user, limit=12))
        at_us = now_us - (N_LISTS - number) * 60 * SECOND_US
        served = tuple(ServedItem(one.item_id, one.position, None, one.source) for one in slate.items)
        name = slate.recommendation_id
        shop.store.log_slates([ServedSlate(name, "home_for_you", at_us, f"u:{user}", served, slate.seen)])
        events = []
        for one in slate.items:
            item = shop.catalogue.item(one.item_id)
            assert item is not None
            liked = random.random() < min(0.02 * np.log1p(item.price_minor or 0), 0.5)
            for kind in ("impression", "select_item") if liked else ("impression",):
                line = EventLine(one.item_id, position=one.position)
                place = {"user_id": user, "recommendation_id": name, "placement": "home_for_you"}
                events.append(Event(f"{name}-{one.position}-{kind}", kind, at_us + SECOND_US, (line,), **place))
        shop.store.append(events)


def train(folder: Path) -> dict[str, Any]:
    """Put the rankers into the release that serves; returns what was measured of them."""
    settings = read_settings(folder, {"rankers": RANKERS})
    with closing(open_store(database_url(settings, folder))) as store:
        outcomes = read_outcomes(store, folder / settings.shop.files)
        counted = places(outcomes, read_served(store), 7 * DAY_US, ())
        items = list(store.all_items())
        seen = read_seen(store, [one.id for one in items], ONLINE, CIRCUMSTANCES)
        shown = Shown.of(counted, outcomes, {one.id: one for one in items}, seen)
    with closing(Shop.open(folder)) as shop:
        assert shop.release is not None
        release = shop.release.path
    shutil.rmtree(release / RANKERS_FOLDER, ignore_errors=True)
    chosen = rankers_of(settings.rankers)
    found = train_rankers(chosen, shown, release / RANKERS_FOLDER, settings.shop.timezone, 0, Steps(silent, 0))
    assert not found.notes, found.notes
    info = json.loads((release / RELEASE_FILE).read_text())
    (release / RELEASE_FILE).write_text(json.dumps({**info, "rankers": dict(found.told)}))
    return dict(found.told)


def serve(folder: Path, users: list[str], least: int, seconds: float) -> dict[str, Any]:
    server = Server(folder)
    server.start()
    bodies = questions(users, "home_for_you")

    async def measure() -> dict[str, Any]:
        connection = Connection(server.port, server.key)

        def each(first: int) -> Callable[[int], bytes]:
            return lambda n: bodies[(first + n) % len(bodies)]

        await at_rate(server, bodies[:100], 100, 1)
        found = {"first": await saturated(server, PATH, each(100), 8, SECONDS_OF_NEWCOMERS)}
        for body in bodies:
            await connection.raw("POST", PATH, body)
        found["saturated"] = await saturated(server, PATH, each(0), 8, seconds)
        if least:
            found["half"] = await at_rate(server, bodies, least / 2, seconds)
        return found

    try:
        return uvloop.run(measure())
    finally:
        server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shop", type=Path, required=True, help="folder of an imported and trained demo shop")
    parser.add_argument("--seconds", type=float, default=8.0)
    given = parser.parse_args()
    folder = copied(given.shop)
    users, _ = shoppers_and_items(folder)
    original = (folder / SHOP_FILE).read_text(encoding="utf-8")
    before, _, _ = original.partition("[placements.home_for_you]")
    with closing(Shop.open(folder, read_settings(folder, {"rankers": RANKERS}))) as shop:
        log_lists(shop, users)
        n_items = len(shop.catalogue)
    train(folder)
    rankers = "".join(f'[rankers.{name}]\nrecipe = "{one["recipe"]}"\n' for name, one in RANKERS.items())
    lines = [
        "# Lists with a ranker over HTTP",
        "",
        f"Command: `OMP_NUM_THREADS=1 python benchmarks/ranked_lists.py --shop demo-shop/giftware`; {n_items:,} items, "
        f"`home_for_you`, 12 places with reasons, {len(users):,} shoppers in turn, one worker, the client on the other "
        f"core; {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load before "
        f"{os.getloadavg()[0]:.1f}.",
        "",
        "Calls a second of shoppers whose past has been read before, and of those of whom it is read for this call.",
        "",
        "| lists | calls a second | asked | CPU ms per call | first calls a second | CPU ms | at half of that asked: "
        "p50 / p99 ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for label, (placement, least) in variants().items():
        (folder / SHOP_FILE).write_text(before + ("" if label == NO_RANKER else rankers) + placement, encoding="utf-8")
        found = serve(folder, users, least, given.seconds)
        full, first, half = found["saturated"], found["first"], found.get("half")
        rate = full["per_second"]
        asked = f"{least:,} {'met' if rate >= least else 'MISSED'}" if least else ""
        paced = f"{half['p50_ms']:.1f} / {half['p99_ms']:.1f}" if half else ""
        lines.append(
            f"| {label} | {rate:,.0f} | {asked} | {full['cpu_us_each'] / 1000:.2f} | "
            f"{first['per_second']:,.0f} | {first['cpu_us_each'] / 1000:.2f} | {paced} |"
        )
        print(lines[-1], flush=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
