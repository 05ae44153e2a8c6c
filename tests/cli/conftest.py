"""A small shop in a folder of its own, for commands to work on."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store

TEA_HOUSE = """\
# The tea house.
[shop]
id = "tea-house"
name = { en = "Tea house" }

[rules]
already_bought = "allow"   # people come back for tea

[models.user_knn]          # tastes come in groups
recipe = "user_knn"
settings = { neighbours = 1 } # a guess
"""


@pytest.fixture(scope="session")
def tea_house_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tea-house")
    (folder / "shop.toml").write_text(TEA_HOUSE, encoding="utf-8")
    rng = random.Random(5)
    items = [{"id": f"i{number}", "title": f"Tea {number}", "price": "3.00"} for number in range(40)]
    events = []
    for number in range(3_000):
        user = rng.randrange(100)
        quarter = user % 4 if rng.random() < 0.85 else rng.randrange(4)
        minutes = 40 * number
        events.append(
            {
                "event_id": f"e{number}",
                "event_name": "purchase",
                "user_id": f"u{user}",
                "item_id": f"i{quarter * 10 + rng.randrange(10)}",
                "transaction_id": f"t{number}",
                "timestamp": f"2026-0{6 + minutes // 43_200}-{1 + minutes % 43_200 // 1440:02}"
                f"T{minutes % 1440 // 60:02}:{minutes % 60:02}:00Z",
            }
        )
    with closing(open_store(f"sqlite:///{folder / 'daogou.db'}")) as store:
        import_rows(store, "items", items)
        report = import_rows(store, "events", events)
    assert report.accepted == 3_000
    return folder


@pytest.fixture
def tea_house(tea_house_made: Path, tmp_path: Path) -> Path:
    """Three months of a shop with tastes: a shopper takes mostly from one quarter of the catalogue."""
    return Path(shutil.copytree(tea_house_made, tmp_path / "tea-house"))
