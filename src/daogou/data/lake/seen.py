"""What was known when lists were made, as rows that rankers learn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from daogou.data.store.store import Store


def read_seen(
    store: Store, item_ids: Sequence[str], names: Sequence[str], circumstances: Sequence[str]
) -> pl.DataFrame:
    """A row for each place of every list that was logged with what was known.

    item_ids       the catalogue's, in its order, in which histories number them
    names          of the features, in the order in which they were logged; those a list lacks are missing
    circumstances  what to read of where the shopper was

    Columns: recommendation_id, item_id, history, the circumstances, the names (Float32, null where nothing was known).
    """
    kinds = {name: pl.String() for name in ("recommendation_id", "item_id", *circumstances)}
    schema = {**kinds, "history": pl.List(pl.String)}
    columns: dict[str, list[object]] = {name: [] for name in schema}
    blocks = [np.empty((0, len(names)), np.float32)]
    for slate in store.iterate_slates():
        seen = slate.seen
        if seen is None:
            continue
        history = [item_ids[number] for number in seen.history.tolist() if number < len(item_ids)]
        for name in circumstances:
            columns[name] += [seen.circumstances.get(name)] * len(slate.items)
        columns["recommendation_id"] += [slate.recommendation_id] * len(slate.items)
        columns["item_id"] += [one.item_id for one in slate.items]
        columns["history"] += [history] * len(slate.items)
        block = np.full((len(slate.items), len(names)), np.nan, np.float32)
        width = min(len(names), seen.features.shape[1])
        block[:, :width] = seen.features[:, :width]
        blocks.append(block)
    told = pl.DataFrame(columns, schema=schema)
    numbers = pl.from_numpy(np.concatenate(blocks), schema=dict.fromkeys(names, pl.Float32)).fill_nan(None)
    return told.hstack(numbers).unique(["recommendation_id", "item_id"], keep="first", maintain_order=True)
