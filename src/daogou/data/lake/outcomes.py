"""What shoppers did with what they were shown, line by line, for those who let themselves be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from daogou.core.clock import DAY_US
from daogou.core.errors import StorageUnavailable
from daogou.core.types import EVENT_WEIGHTS, wanted_events
from daogou.data.lake.frame import frame_of
from daogou.data.store.rows import ANALYTICS_DENIED
from daogou.data.store.store import SESSION_PREFIX, USER_PREFIX, VISITOR_PREFIX, Store
from daogou.data.store.trust_log import held_shoppers

COLUMNS = (
    "seq",
    "name",
    "at_us",
    "person",
    "visitor_id",
    "session_id",
    "recommendation_id",
    "placement",
    "rating",
    "denied",
    "item_id",
    "quantity",
    "price_minor",
    "position",
    "propensity",
)
SERVED_SCHEMA = {
    "recommendation_id": pl.String(),
    "placement": pl.String(),
    "at_us": pl.Int64(),
    "person": pl.String(),
    "item_id": pl.String(),
    "position": pl.Int32(),
    "propensity": pl.Float64(),
    "source": pl.String(),
    "release": pl.String(),
    "took_us": pl.Int64(),
    "score": pl.Float64(),
    "reason": pl.String(),
}
_ATTEMPTS = 3
SHOPPER = pl.coalesce("person", pl.lit(SESSION_PREFIX) + pl.col("session_id"))
"""Whose an event is: a person key, or that of a session which names nobody; null where neither is known."""


def read_outcomes(store: Store, folder: Path, *, from_us: int | None = None) -> pl.DataFrame:
    """One row per line of every event since `from_us` (one with a null item_id where an event has no line), by time.

    `person` is the key under which all of a shopper's events meet: a visitor who later signed in is that user. Events
    of shoppers who refused analytics, and of those held back as programs, are left out.
    """
    found = lines_of(store, folder, COLUMNS, pl.col("at_us") >= (from_us if from_us is not None else -(2**62)))
    counted = found.filter((pl.col("denied") & ANALYTICS_DENIED == 0) & is_heard(store)).drop("denied")
    return _one_key_per_person(counted).sort("at_us", "seq", maintain_order=True)


def read_served(store: Store, *, from_us: int | None = None) -> pl.DataFrame:
    """One row per place of every slate that went out since `from_us`, but not to shoppers held back as programs."""
    held = held_shoppers(store.trust.marks())
    rows = [
        (slate.recommendation_id, slate.placement, slate.at_us, slate.person, one.item_id, one.position, one.propensity,
         one.source, slate.release, slate.took_us, one.score, one.reason)
        for slate in store.iterate_slates(from_us)
        if slate.person not in held
        for one in slate.items
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SERVED_SCHEMA, orient="row")


def read_context(store: Store, folder: Path, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """What events say about where their shoppers are: key → person key → the value seen most often, the latest of ties.

    keys  names in the events' context, for example "country"
    """
    found = lines_of(store, folder, ("seq", "at_us", "person", "context"), pl.col("context").is_not_null())
    events = found.filter(pl.col("person").is_not_null()).unique("seq")
    values: dict[str, dict[str, str]] = {}
    for key in keys:
        seen = events.with_columns(pl.col("context").str.json_path_match(f"$['{key}']").alias("value"))
        counted = (
            seen.filter(pl.col("value").is_not_null())
            .group_by("person", "value")
            .agg(pl.len().alias("n"), pl.col("at_us").max())
            .sort("n", "at_us", descending=True)
            .unique("person", keep="first", maintain_order=True)
        )
        values[key] = dict(zip(counted["person"].to_list(), counted["value"].to_list(), strict=True))
    return values


def read_taken(store: Store, folder: Path, *, worth: Mapping[str, float] = EVENT_WEIGHTS) -> pl.DataFrame:
    """What was taken in which circumstances, oldest first: each shopper's every item once a day, at its first time.

    worth  what each event is worth to the shop: those worth more than nothing count as taking

    at_us, item_id, user_id, and of the event's context store (its `store_id`), region, device, weather; null where not
    said. Shoppers who refused analytics or personalisation, or are held back as programs, are left out.
    """
    said = {"store": "store_id", "region": "region", "device": "device", "weather": "weather"}
    columns = ("seq", "name", "at_us", "person", "session_id", "denied", "item_id", "context")
    wanted = pl.col("name").is_in(wanted_events(worth))
    lines = lines_of(store, folder, columns, wanted & pl.col("item_id").is_not_null() & (pl.col("denied") == 0))
    denied = [
        USER_PREFIX + user.id
        for user in store.all_users()
        if "denied" in (user.consent.personalization, user.consent.analytics)
    ]
    who = pl.coalesce("person", "session_id", pl.col("seq").cast(pl.String))
    may_be_used = ~pl.col("person").is_in(denied) | pl.col("person").is_null()
    kept = lines.filter(may_be_used & is_heard(store)).sort("at_us", "seq")
    once = kept.with_columns(who.alias("who"), (pl.col("at_us") // DAY_US).alias("day"))
    once = once.unique(["who", "day", "item_id"], keep="first", maintain_order=True)
    is_user = pl.col("person").str.starts_with(USER_PREFIX)
    return once.select(
        "at_us",
        "item_id",
        pl.when(is_user).then(pl.col("person").str.strip_prefix(USER_PREFIX)).alias("user_id"),
        *(pl.col("context").str.json_path_match(f"$.{key}").alias(name) for name, key in said.items()),
    )


def lines_of(store: Store, folder: Path, columns: Sequence[str], wanted: pl.Expr) -> pl.DataFrame:
    """These columns of the lake's files and the log's tail, as of one moment."""
    for attempt in range(1, _ATTEMPTS + 1):
        manifest, tail = store.manifest_and_tail()
        paths = [folder / file.path for file in manifest.files]
        files = [pl.scan_parquet(paths, hive_partitioning=False)] if paths else []
        sources = [frame_of(tail, columns).lazy(), *files]
        try:
            return pl.concat([one.filter(wanted).select(columns) for one in sources]).collect()
        except FileNotFoundError as error:  # merged away while we read
            if attempt == _ATTEMPTS:
                raise StorageUnavailable(f"A file of the lake is missing: {error}. `check_lake` says which.") from error
        except pl.exceptions.PolarsError as error:
            raise StorageUnavailable(f"A file of the lake is damaged: {error}. `check_lake` says which.") from error
    raise AssertionError("unreachable")


def is_heard(store: Store) -> pl.Expr:
    """Whether an event's shopper is not held back as a program; events of nobody are heard."""
    return ~SHOPPER.is_in(list(held_shoppers(store.trust.marks()))).fill_null(value=False)


def _one_key_per_person(events: pl.DataFrame) -> pl.DataFrame:
    """Visitors who signed in later get their user's key; one who was several users keeps the last."""
    known = events.filter(pl.col("person").str.starts_with(USER_PREFIX) & pl.col("visitor_id").is_not_null())
    became = known.select(
        (pl.lit(VISITOR_PREFIX) + pl.col("visitor_id")).alias("person"), pl.col("person").alias("user"), "at_us"
    )
    last = became.sort("at_us").unique("person", keep="last").select("person", "user")
    joined = events.join(last, on="person", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("user", "person").alias("person")).drop("user")
