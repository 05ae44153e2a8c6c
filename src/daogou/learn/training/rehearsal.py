"""Train on a few made-up shoppers, so that every loop a training runs is compiled and kept on disk.

    python -m daogou.learn.training.rehearsal

The first training on a machine compiles for several seconds; done beside an import, on another processor, that time
is won.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.settings import Settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.lake import compact, read_dataset
from daogou.data.store import open_store
from daogou.learn.training.train import train_release

N_ITEMS, N_USERS, PER_USER, DAYS = 40, 60, 12, 90
BEGIN_US = 1_600_000_000_000_000


def rehearse(folder: Path, settings: Settings | None = None) -> None:
    """Import, compact and train a shop of nothing in `folder`."""
    random = np.random.default_rng(0)
    store = open_store(f"sqlite:///{folder / 'rehearsal.db'}")
    store.put_items([Item(f"i{n}", {"en": f"thing {n % 7} of {n % 3}"}, price_minor=100 + n) for n in range(N_ITEMS)])
    store.append(
        [
            Event(
                f"{user}-{n}",
                "purchase",
                BEGIN_US + int(random.random() * DAYS * DAY_US),
                (EventLine(f"i{int(N_ITEMS * random.random() ** 2)}"),),
                user_id=f"u{user}",
            )
            for user in range(N_USERS)
            for n in range(PER_USER)
        ]
    )
    compact(store, folder / "files")
    dataset = read_dataset(store, folder / "files")
    now_us = BEGIN_US + (DAYS + 1) * DAY_US
    train_release(dataset, settings or Settings(), folder / "files" / "models", now_us=now_us)
    store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        try:
            rehearse(Path(folder))
        except OSError as error:  # no room for a rehearsal is no reason to stop the play
            sys.exit(str(error))
