"""One Dataset from the lake's files and the log's tail, as of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from daogou.core.errors import StorageUnavailable, UnknownName
from daogou.core.types import DISLIKED, EVENT_NUMBER, EVENT_WEIGHTS, I64, TAKEN_BACK, Item
from daogou.data.dataset import Dataset
from daogou.data.lake.frame import frame_of
from daogou.data.store.store import USER_PREFIX, Manifest, Store

_COLUMNS = ("seq", "event_id", "name", "at_us", "person", "transaction_id", "rating", "item_id")
_ATTEMPTS = 3
_NOBODYS_BASKET = "\0"  # before an event id, so that it equals no transaction id

_WHAT_WE_NEED = (
    pl.col("seq"),
    pl.col("name").replace_strict(EVENT_NUMBER, return_dtype=pl.UInt8).alias("event"),
    pl.col("at_us"),
    pl.col("person"),
    pl.col("rating").cast(pl.Float32).fill_null(float("nan")).alias("value"),
    pl.col("item_id"),
    pl.when(pl.col("name") == "purchase")
    .then(pl.coalesce("transaction_id", pl.lit(_NOBODYS_BASKET) + pl.col("event_id")))
    .alias("basket"),
)


def read_dataset(store: Store, folder: Path, *, weights: Mapping[str, float] = EVENT_WEIGHTS) -> Dataset:
    """Everything the shop knows about who did what with which item.

    weights  what each event name is worth; names with weight 0 or not mentioned are left out

    Items stand in the catalogue's order, then ids that only events mention, by first appearance. Users are person
    keys ("u:…" for users, "v:…" for visitors) by first appearance. Events without consent, and those of users who
    have since withdrawn it, are in no one's interactions; their purchases still count as baskets.

    Raises UnknownName for a weight of an event nobody knows, StorageUnavailable when a file of the lake is amiss.
    """
    for name in weights:
        if name not in EVENT_NUMBER:
            raise UnknownName("event", name, list(EVENT_NUMBER))
    worth = {name: weight for name, weight in weights.items() if weight != 0}
    lines = _standing(_lines(store, folder, [*worth, "purchase", TAKEN_BACK]))
    catalogue = list(store.all_items())
    item_ids = _ids_after([item.id for item in catalogue], lines["item_id"])
    is_known = pl.col("person").is_not_null() & ~pl.col("person").is_in(_withdrawn(store))
    known = lines.filter(pl.col("event").is_in([EVENT_NUMBER[name] for name in worth]) & is_known)
    user_ids = _ids_after([], known["person"])
    baskets, basket_at_us = _baskets(lines.filter(pl.col("basket").is_not_null()), item_ids)
    return _dataset(known, worth, user_ids, item_ids, catalogue, baskets, basket_at_us)


def _lines(store: Store, folder: Path, names: list[str]) -> pl.DataFrame:
    """Lines of these events that name an item, oldest first, those of one event as they came.

    A file that is merged away while we read makes us begin again.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        manifest, tail = store.manifest_and_tail()
        sources = [frame_of(tail, _COLUMNS).lazy(), *_files(manifest, folder)]
        wanted = pl.col("name").is_in(names) & pl.col("item_id").is_not_null()
        try:
            found = pl.concat([one.filter(wanted).select(_WHAT_WE_NEED) for one in sources]).collect()
        except FileNotFoundError as error:
            if attempt == _ATTEMPTS:
                raise StorageUnavailable(f"A file of the lake is missing: {error}. `check_lake` says which.") from error
            continue
        except pl.exceptions.PolarsError as error:
            raise StorageUnavailable(f"A file of the lake is damaged: {error}. `check_lake` says which.") from error
        return found.sort("at_us", "seq", maintain_order=True)
    raise AssertionError("unreachable")


def _standing(lines: pl.DataFrame) -> pl.DataFrame:
    """Without dislikes that their shopper took back afterwards, and without the taking back."""
    is_undo = pl.col("event") == EVENT_NUMBER[TAKEN_BACK]
    undone = lines.filter(is_undo & pl.col("person").is_not_null())
    if not len(undone):
        return lines.filter(~is_undo)
    last = undone.group_by("person", "item_id").agg(pl.col("at_us").max().alias("undone_us"))
    joined = lines.filter(~is_undo).join(last, on=["person", "item_id"], how="left", maintain_order="left")
    is_undone = (pl.col("event") == EVENT_NUMBER[DISLIKED]) & (pl.col("at_us") <= pl.col("undone_us"))
    return joined.filter(~is_undone.fill_null(value=False)).drop("undone_us")


def _files(manifest: Manifest, folder: Path) -> list[pl.LazyFrame]:
    paths = [folder / file.path for file in manifest.files]
    return [pl.scan_parquet(paths, hive_partitioning=False)] if paths else []


def _withdrawn(store: Store) -> list[str]:
    return [USER_PREFIX + user.id for user in store.all_users() if user.consent.personalization == "denied"]


def _ids_after(first: list[str], seen: pl.Series) -> list[str]:
    """`first`, then what else was seen, in the order seen."""
    return list(dict.fromkeys([*first, *seen.unique(maintain_order=True).to_list()]))


def _numbers(name: str, ids: list[str]) -> pl.Expr:
    """A column of ids as positions in `ids`."""
    return pl.col(name).cast(pl.Enum(ids)).to_physical().cast(pl.Int32)


def _dataset(
    known: pl.DataFrame,
    weights: Mapping[str, float],
    user_ids: list[str],
    item_ids: list[str],
    catalogue: list[Item],
    baskets: csr_matrix,
    basket_at_us: I64,
) -> Dataset:
    unlisted = [Item(id=one, title={}) for one in item_ids[len(catalogue) :]]
    by_number = {EVENT_NUMBER[name]: weight for name, weight in weights.items()}
    rows = known.select(
        _numbers("person", user_ids).alias("user"),
        _numbers("item_id", item_ids).alias("item"),
        pl.col("at_us"),
        pl.col("event"),
        pl.col("event").replace_strict(by_number, return_dtype=pl.Float32).alias("weight"),
        pl.col("value"),
    ).sort("user", "at_us", "item", "event")
    columns: Any = {name: rows[name].to_numpy() for name in rows.columns}
    return Dataset(
        user_ids=user_ids,
        item_ids=item_ids,
        items=[*catalogue, *unlisted],
        baskets=baskets,
        basket_at_us=basket_at_us,
        **columns,
    )


def _baskets(bought: pl.DataFrame, item_ids: list[str]) -> tuple[csr_matrix, I64]:
    """(n_baskets, n_items) 0/1 and (n_baskets,) times, oldest first; a purchase without a transaction is its own."""
    lines = bought.select("basket", _numbers("item_id", item_ids).alias("item"), "at_us")
    times = lines.group_by("basket").agg(pl.col("at_us").min()).sort("at_us", "basket").with_row_index("row")
    pairs = lines.join(times.select("basket", "row"), on="basket").select("row", "item").unique().sort("row", "item")
    ones = np.ones(pairs.height, np.float32)
    places = (pairs["row"].to_numpy(), pairs["item"].to_numpy())
    return csr_matrix((ones, places), shape=(times.height, len(item_ids))), times["at_us"].to_numpy()
