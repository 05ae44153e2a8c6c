"""Make a large synthetic shop to measure speed on; its lists mean nothing, its size does.

    python benchmarks/large_shop.py /tmp/large --items 100000 --users 20000
    python benchmarks/http_load.py --shop /tmp/large --seconds 10

Items fall into 500 categories with popularity after Zipf; each user buys in four of them.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.lake import compact, read_dataset
from daogou.data.store import Store, open_store
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


def fill(store: Store, n_items: int, n_users: int, rng: np.random.Generator) -> None:
    made = items(n_items, rng)
    store.put_items(made)
    shelves: dict[str, list[str]] = {}
    for item in made:
        shelves.setdefault(item.categories[0][1], []).append(item.id)
    names = list(shelves)
    now_us = system_clock()
    for first in range(0, n_users, 500):
        events = []
        for user in range(first, min(first + 500, n_users)):
            liked = [shelves[names[place]] for place in rng.integers(0, len(names), 4)]
            for number in range(PER_USER):
                shelf = liked[number % 4]
                item = shelf[min(int(rng.zipf(1.3)) - 1, len(shelf) - 1)]
                at_us = now_us - int(rng.random() * 120 * DAY_US)
                events.append(Event(f"{user}-{number}", "purchase", at_us, (EventLine(item),), user_id=f"c{user}"))
        store.append(events)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--items", type=int, default=100_000)
    asked.add_argument("--users", type=int, default=20_000)
    given = asked.parse_args()
    given.folder.mkdir(parents=True)
    (given.folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    settings = read_settings(given.folder)
    store = open_store(f"sqlite:///{given.folder.resolve() / 'daogou.db'}")
    files = given.folder / "files"
    began = time.perf_counter()
    fill(store, given.items, given.users, np.random.default_rng(0))
    compact(store, files)
    dataset = read_dataset(store, files)
    print(f"filled in {time.perf_counter() - began:.1f} s: {dataset.n_interactions:,} interactions")
    began = time.perf_counter()
    release = read_release(train_release(dataset, settings, files / "models", now_us=system_clock()))
    print(f"trained {', '.join(release.models)} in {time.perf_counter() - began:.1f} s; blend {release.mix.weights}")
    for note in release.info["notes"]:
        print(note)
    store.close()


if __name__ == "__main__":
    main()
