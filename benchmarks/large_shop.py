"""Make a large synthetic shop to measure speed on; its lists mean nothing, its size does.

    python benchmarks/large_shop.py /tmp/large --items 100000 --users 20000
    python benchmarks/http_load.py --shop /tmp/large --seconds 10
    python benchmarks/large_shop.py /tmp/million --items 1000000 --users 50000 --order 8 --even 0.5 \\
        --without content --quick --alpha 0.0001 --rounds 4

Items fall into 500 categories with popularity after Zipf; each user buys 40 items, in four of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.lake import compact, read_dataset
from daogou.data.store import Store, open_store
from daogou.learn.models.ials import Ials
from daogou.learn.training.release import read_release
from daogou.learn.training.train import train_release

N_CATEGORIES, PER_USER = 500, 40
WORDS = ("red", "blue", "green", "small", "large", "round", "paper", "glass", "metal", "wooden", "soft", "striped")
NOUNS = ("mug", "bag", "lamp", "card", "clock", "box", "tray", "jar", "tin", "sign", "frame", "bowl", "plate", "candle")

SETTINGS = """[shop]
id = "large"
[models.item_knn]
recipe = "item_knn"
[models.ials]
recipe = "ials"
settings = { factors = 64, iterations = 8 }
"""


def items(n: int, rng: np.random.Generator) -> list[Item]:
    category = rng.integers(0, N_CATEGORIES, n)
    words = rng.integers(0, len(WORDS), (n, 3))
    nouns = rng.integers(0, len(NOUNS), n)
    return [
        Item(
            f"i{number}",
            {"en": f"{' '.join(WORDS[word] for word in words[number])} {NOUNS[nouns[number]]} {number}"},
            categories=((f"Floor {category[number] % 20}", f"Shelf {category[number]}"),),
            price_minor=int(100 + number % 5_000),
        )
        for number in range(n)
    ]


def fill(store: Store, n_items: int, n_users: int, rng: np.random.Generator, order: int = 1, even: float = 0.0) -> None:
    """`order` items per purchase; a share `even` of them drawn evenly from the category, so that more are taken."""
    made = items(n_items, rng)
    store.put_items(made)
    shelves: dict[str, list[str]] = {}
    for item in made:
        shelves.setdefault(item.categories[0][1], []).append(item.id)
    names = list(shelves)
    now_us = system_clock()
    for first in range(0, n_users, 500 * order):
        events = []
        for user in range(first, min(first + 500 * order, n_users)):
            liked = [shelves[names[place]] for place in rng.integers(0, len(names), 4)]
            ranks, chances = rng.zipf(1.3, PER_USER) - 1, rng.random((2, PER_USER))
            lines = [
                EventLine(_one(liked[number % 4], int(ranks[number]), chances[0, number], even))
                for number in range(PER_USER)
            ]
            for number in range(0, PER_USER, order):
                at_us = now_us - int(chances[1, number] * 120 * DAY_US)
                bought = tuple(lines[number : number + order])
                events.append(Event(f"{user}-{number}", "purchase", at_us, bought, user_id=f"c{user}"))
        store.append(events)


def _one(shelf: list[str], rank: int, chance: float, even: float) -> str:
    if chance < even:
        return shelf[int(chance / even * len(shelf))]
    return shelf[min(rank, len(shelf) - 1)]


def told(done: int, total: int | None, what: str) -> None:
    print(f"{time.process_time():8.0f} s of CPU: step {done} of {total}, {what}", file=sys.stderr, flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--items", type=int, default=100_000)
    asked.add_argument("--users", type=int, default=20_000)
    asked.add_argument("--order", type=int, default=1, help="items per purchase")
    asked.add_argument("--even", type=float, default=0.0, help="share of purchases drawn evenly from the category")
    asked.add_argument("--without", nargs="*", default=[], metavar="MODEL", help="models to leave out, such as content")
    asked.add_argument("--quick", action="store_true", help="fit once: all models count alike, none is judged")
    asked.add_argument("--alpha", type=float, default=Ials.alpha, help="weight of what was not taken, for iALS")
    asked.add_argument("--rounds", type=int, default=8, help="iterations of iALS")
    asked.add_argument("--again", action="store_true", help="the shop is there: only train")
    given = asked.parse_args()
    if not given.again:
        given.folder.mkdir(parents=True)
        (given.folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    settings = read_settings(given.folder)
    chosen = {name: one for name, one in settings.models.items() if name not in given.without}
    told_ials = {**chosen["ials"].settings, "alpha": given.alpha, "iterations": given.rounds}
    chosen["ials"] = chosen["ials"].model_copy(update={"settings": told_ials})
    settings = settings.model_copy(update={"models": chosen})
    store = open_store(f"sqlite:///{given.folder.resolve() / 'daogou.db'}")
    files = given.folder / "files"
    began = time.perf_counter()
    if not given.again:
        fill(store, given.items, given.users, np.random.default_rng(0), given.order, given.even)
        print(f"stored in {time.perf_counter() - began:.1f} s", flush=True)
        compact(store, files)
    dataset = read_dataset(store, files)
    print(
        f"{'read' if given.again else 'filled'} in {time.perf_counter() - began:.1f} s: {dataset.n_interactions:,} "
        f"interactions, {len(np.unique(dataset.item)) / dataset.n_items:.0%} of the items taken",
        flush=True,
    )
    if given.quick:  # as if all happened at once, so that no later part can be held out
        dataset = replace(dataset, at_us=np.full_like(dataset.at_us, dataset.at_us.max()))
    began = time.perf_counter()
    release = read_release(train_release(dataset, settings, files / "models", now_us=system_clock(), progress=told))
    print(f"trained {', '.join(release.models)} in {time.perf_counter() - began:.1f} s; blend {release.mix.weights}")
    for note in release.info["notes"]:
        print(note)
    store.close()


if __name__ == "__main__":
    main()
