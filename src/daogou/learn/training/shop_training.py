"""One whole training of a shop: its log read, its encoder asked, everything fitted, one release made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from daogou.core.clock import DAY_US
from daogou.core.protocols import Progress, silent
from daogou.core.settings import Settings
from daogou.core.types import wanted_events
from daogou.data.dataset import Dataset
from daogou.data.lake import compact
from daogou.data.lake.outcomes import read_outcomes, read_served, read_taken
from daogou.data.lake.seen import read_seen
from daogou.data.store import Store
from daogou.learn.encoders.vectors import encoded
from daogou.learn.evaluation.served_places import CLICKS, places
from daogou.learn.online import ONLINE
from daogou.learn.training.circumstances import Known
from daogou.learn.training.rows import count_rows
from daogou.learn.training.shown import CIRCUMSTANCES, Shown
from daogou.learn.training.train import train_release
from daogou.learn.trust.review import trusted_dataset

CLICK_TO_PURCHASE_US = 7 * DAY_US
"""A purchase counts for the list in which the item was clicked up to so long before, as in `daogou evaluate`."""


@dataclass(frozen=True)
class Training:
    """path: of the release; notes: what is held back from learning, and what the encoder could not do."""

    path: Path
    dataset: Dataset
    notes: tuple[str, ...]


def train_shop(
    store: Store,
    files: Path,
    settings: Settings,
    folder: Path,
    *,
    now_us: int,
    in_force: bool = True,
    progress: Progress = silent,
) -> Training:
    """Train on everything the shop knows.

    in_force  publish the release; else it is kept as a candidate

    Raises as `train_release` does.
    """
    worth = settings.objective.weights()
    compact(store, files, timezone=settings.shop.timezone, progress=progress)
    heard, review = trusted_dataset(store, files, settings.trust, now_us, worth)
    dataset, unencoded = encoded(heard, settings.encoder, folder, files, progress=progress)
    outcomes = read_outcomes(store, files)
    clicks = [name for name in CLICKS if name in wanted_events(worth)]
    counted = places(outcomes, read_served(store), CLICK_TO_PURCHASE_US, (), clicks)
    shown = None
    if settings.rankers:
        items = {item.id: item for item in dataset.items}
        seen = read_seen(store, [item.id for item in store.all_items()], ONLINE, CIRCUMSTANCES)
        shown = Shown.of(counted, outcomes, items, seen, worth)
    path = train_release(
        dataset, settings, files / "models", seed=settings.seed, now_us=now_us, shown=shown,
        taken=Known(read_taken(store, files, worth=worth), list(store.all_users())), rows=count_rows(counted),
        in_force=in_force, progress=progress,
    )  # fmt: skip
    return Training(path, dataset, (*review.notes(), *unencoded))
