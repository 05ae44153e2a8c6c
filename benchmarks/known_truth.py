"""The bilingual shop as it was on one day, imported and trained, for benchmarks that know the truth behind it.

Nothing of the truth reaches the shop: it is given the catalogue, the shoppers' records and the log up to the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.clock import Clock, isoformat
from daogou.core.settings import SHOP_FILE, database_url, files_folder, read_settings
from daogou.core.types import F64
from daogou.data.demo.bilingual.shop import BilingualShop, generate, shop_settings
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.lake import compact, read_dataset
from daogou.data.lake.outcomes import read_taken
from daogou.data.store import open_store
from daogou.decide.shop import Shop
from daogou.learn.training.circumstances import Known
from daogou.learn.training.release import current_name
from daogou.learn.training.train import train_release

CUT_US = int(datetime(2026, 9, 20, 16, tzinfo=UTC).timestamp()) * 1_000_000
"""Midnight of 21 September in the shop; what follows is for judging."""


def world(seed: int, n_items: int = 3200, n_users: int = 2000) -> BilingualShop:
    """The shop with its truth."""
    return generate(seed, n_items, n_users)


def prepared(made: BilingualShop, folder: Path) -> Path:
    """Import everything up to the cut into `folder`, once."""
    if (folder / "imported").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SHOP_FILE).write_text(shop_settings(), encoding="utf-8")
    settings = read_settings(folder)
    options = ImportOptions(defaults=Defaults(currency="CNY", language="zh", timezone=settings.shop.timezone))
    with closing(open_store(database_url(settings, folder))) as store:
        for kind, rows in (("items", made.items), ("users", made.users), ("events", _before(made, CUT_US))):
            import_rows(store, kind, rows, options)  # type: ignore[arg-type]
        compact(store, files_folder(settings, folder), timezone=settings.shop.timezone)
    (folder / "imported").write_text("\n")
    return folder


def trained(folder: Path) -> Path:
    """Publish a release of what `folder` holds, once."""
    settings = read_settings(folder)
    files = files_folder(settings, folder)
    if current_name(files / "models") is None:
        with closing(open_store(database_url(settings, folder))) as store:
            known = Known(read_taken(store, files), list(store.all_users()))
            train_release(read_dataset(store, files), settings, files / "models", now_us=CUT_US, taken=known)
    return folder


def opened(folder: Path, clock: Clock, **sections: Any) -> Shop:
    """The trained shop, at the hour of `clock`, with other settings for some sections."""
    return Shop.open(folder, read_settings(folder, sections), clock)


def paired(difference: F64, cluster: np.ndarray, seed: int = 0, rounds: int = 2_000) -> tuple[float, float, float]:
    """Mean of paired differences with its 95% interval by bootstrap over clusters (shoppers)."""
    _, of = np.unique(cluster, return_inverse=True)
    sums, counts = np.bincount(of, difference), np.bincount(of).astype(float)
    draws = np.random.default_rng(seed).integers(0, len(sums), (rounds, len(sums)))
    means = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(difference.mean()), float(low), float(high)


def _before(made: BilingualShop, cut_us: int) -> Iterator[dict[str, Any]]:
    until = isoformat(cut_us)
    for row in made.events:
        if row["timestamp"] >= until:
            return
        yield row
