"""What only the lake still knows of the last weeks, where the log was pruned; read once, when a shop is first asked."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import numpy as np

from daogou.core.errors import StorageUnavailable
from daogou.core.types import EVENT_NAMES
from daogou.data.store.rows import ANALYTICS_DENIED
from daogou.data.store.store import SESSION_PREFIX, Manifest
from daogou.decide.live.reading import ACTION_OF, BUY, Happened, store_of


def read_lake(
    manifest: Manifest, folder: Path, number_of: Mapping[str, int], since_us: int, held: Set[str] = frozenset()
) -> Happened:
    """What counts in the lake's files since then, as `reading.read` gives it.

    Raises StorageUnavailable when a file is missing or damaged.
    """
    import polars as pl

    paths = [folder / file.path for file in manifest.files if file.max_at_us >= since_us]
    if not paths:
        none = np.empty(0, np.int32)
        return Happened(none, none, np.empty(0, np.int64), ())
    actions = {EVENT_NAMES[number]: action for number, action in ACTION_OF.items()}
    counted = (
        pl.col("name").is_in(list(actions))
        & (pl.col("at_us") >= since_us)
        & (pl.col("denied") & ANALYTICS_DENIED == 0)
        & pl.col("item_id").is_not_null()
    )
    if held:
        shopper = pl.coalesce("person", pl.lit(SESSION_PREFIX) + pl.col("session_id"))
        counted &= ~shopper.is_in(list(held)).fill_null(value=False)
    columns = [pl.col("name").replace_strict(actions, return_dtype=pl.Int32), "at_us", "item_id", "context"]
    try:
        found = pl.scan_parquet(paths, hive_partitioning=False).filter(counted).select(columns).collect()
    except (FileNotFoundError, pl.exceptions.PolarsError) as error:
        raise StorageUnavailable(f"A file of the lake cannot be read: {error}. `check_lake` says which.") from error
    ids = found["item_id"].unique()
    known_as = [number_of.get(one, -1) for one in ids.to_list()]
    numbers = found["item_id"].replace_strict(ids, known_as, return_dtype=pl.Int32).to_numpy()
    is_known = numbers >= 0
    known = found.filter(pl.Series(is_known))
    places = known.with_row_index("place").filter((pl.col("name") == BUY) & pl.col("context").is_not_null())
    named = [
        (int(place), store)
        for place, context in zip(places["place"].to_list(), places["context"].to_list(), strict=True)
        if (store := store_of(context)) is not None
    ]
    return Happened(known["name"].to_numpy(), numbers[is_known], known["at_us"].to_numpy(), named)
