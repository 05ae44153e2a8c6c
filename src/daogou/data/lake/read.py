"""One Dataset from the lake's files and the log's tail, as of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.errors import StorageUnavailable, UnknownName
from daogou.core.settings import TrustSettings
from daogou.core.types import DISLIKED, EVENT_NUMBER, EVENT_WEIGHTS, I64, TAKEN_BACK, Item
from daogou.data.dataset import PURCHASE, Ballot, Dataset
from daogou.data.lake.frame import frame_of
from daogou.data.lake.outcomes import SHOPPER
from daogou.data.store.store import USER_PREFIX, Manifest, Store
from daogou.data.store.trust_log import held_items, held_pairs, held_shoppers

_COLUMNS = ("seq", "event_id", "name", "at_us", "person", "session_id", "transaction_id", "rating", "item_id")
_ATTEMPTS = 3
_NOBODYS_BASKET = "\0"  # before an event id, so that it equals no transaction id

_WHAT_WE_NEED = (
    pl.col("seq"),
    pl.col("name").replace_strict(EVENT_NUMBER, return_dtype=pl.UInt8).alias("event"),
    pl.col("at_us"),
    pl.col("person"),
    SHOPPER.alias("shopper"),
    pl.col("rating").cast(pl.Float32).fill_null(float("nan")).alias("value"),
    pl.col("item_id"),
    pl.when(pl.col("name") == "purchase")
    .then(pl.coalesce("transaction_id", pl.lit(_NOBODYS_BASKET) + pl.col("event_id")))
    .alias("basket"),
)


def read_dataset(
    store: Store,
    folder: Path,
    *,
    weights: Mapping[str, float] = EVENT_WEIGHTS,
    trust: TrustSettings | None = None,
) -> Dataset:
    """Everything the shop knows about who did what with which item.

    weights  what each event name is worth; names with weight 0 or not mentioned are left out
    trust    whose word counts in lists of pairs; None: everybody's alike

    Items stand in the catalogue's order, then ids that only events mention, by first appearance. Users are person
    keys ("u:…" for users, "v:…" for visitors) by first appearance. Events without consent, and those of users who
    have since withdrawn it, are in no one's interactions; their purchases still count as baskets. Shoppers held back as
    programs are in neither, and the newest growth of items held for review is left out.

    Raises UnknownName for a weight of an event nobody knows, StorageUnavailable when a file of the lake is amiss.
    """
    for name in weights:
        if name not in EVENT_NUMBER:
            raise UnknownName("event", name, list(EVENT_NUMBER))
    worth = {name: weight for name, weight in weights.items() if weight != 0}
    lines = _standing(_heard(_lines(store, folder, [*worth, "purchase", TAKEN_BACK]), store, trust))
    catalogue = list(store.all_items())
    item_ids = _ids_after([item.id for item in catalogue], lines["item_id"])
    is_known = pl.col("person").is_not_null() & ~pl.col("person").is_in(_withdrawn(store))
    known = lines.filter(pl.col("event").is_in([EVENT_NUMBER[name] for name in worth]) & is_known)
    user_ids = _ids_after([], known["person"])
    bought = lines.filter(pl.col("basket").is_not_null())
    baskets, basket_at_us, owners = _baskets(bought, item_ids)
    dataset = _dataset(known, worth, user_ids, item_ids, catalogue, baskets, basket_at_us)
    return dataset if trust is None else replace(dataset, ballot=_ballot(store, dataset, owners, trust))


def _heard(lines: pl.DataFrame, store: Store, trust: TrustSettings | None) -> pl.DataFrame:
    """Without shoppers held back as programs, and without the newest growth of items held for review."""
    marks = store.trust.marks()
    heard = lines.filter(~pl.col("shopper").is_in(list(held_shoppers(marks))).fill_null(value=False)).drop("shopper")
    items = held_items(marks)
    if not items:
        return heard
    days = trust.burst_days if trust is not None else TrustSettings().burst_days
    since = pl.col("item_id").replace_strict(items, default=None, return_dtype=pl.Int64) - int(days * DAY_US)
    return heard.filter((pl.col("at_us") < since).fill_null(value=True))


def _ballot(store: Store, dataset: Dataset, owners: Sequence[str | None], trust: TrustSettings) -> Ballot:
    """Who is trusted: who bought, or came back after some days."""
    n_users = dataset.n_users
    bought = np.zeros(n_users, bool)
    bought[dataset.user[dataset.event == PURCHASE]] = True
    came_back = np.zeros(n_users, bool)
    is_seen = np.diff(dataset.starts) > 0
    first, last = dataset.starts[:-1][is_seen], dataset.starts[1:][is_seen] - 1
    came_back[is_seen] = dataset.at_us[last] - dataset.at_us[first] >= max(trust.account_days * DAY_US, 1)
    number = {one: place for place, one in enumerate(dataset.user_ids)}
    numbers = {one: place for place, one in enumerate(dataset.item_ids)}
    pairs = [(numbers[a], numbers[b]) for a, b in held_pairs(store.trust.marks()) if a in numbers and b in numbers]
    return Ballot(
        is_trusted=bought | came_back,
        basket_user=np.array([number.get(one, -1) if one is not None else -1 for one in owners], np.int32),
        held_pairs=np.array(pairs, np.int32).reshape(-1, 2),
        pair_shoppers=trust.pair_shoppers,
        stranger_vote=trust.stranger_vote,
    )


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


def _baskets(bought: pl.DataFrame, item_ids: list[str]) -> tuple[csr_matrix, I64, list[str | None]]:
    """(n_baskets, n_items) 0/1, (n_baskets,) times, oldest first, and whose each is.

    A purchase without a transaction is its own.
    """
    lines = bought.select("basket", _numbers("item_id", item_ids).alias("item"), "at_us", "person")
    times = (
        lines.group_by("basket")
        .agg(pl.col("at_us").min(), pl.col("person").drop_nulls().first())
        .sort("at_us", "basket")
        .with_row_index("row")
    )
    pairs = lines.join(times.select("basket", "row"), on="basket").select("row", "item").unique().sort("row", "item")
    ones = np.ones(pairs.height, np.float32)
    places = (pairs["row"].to_numpy(), pairs["item"].to_numpy())
    return (
        csr_matrix((ones, places), shape=(times.height, len(item_ids))),
        times["at_us"].to_numpy(),
        times["person"].to_list(),
    )
