"""Checks of what a shop knows: database, events, lake, catalogue, rejects, and the serving release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from daogou.core.clock import DAY_US, to_us
from daogou.core.errors import DaogouError, NotReady
from daogou.data.lake import check_lake
from daogou.data.store.store import Store
from daogou.learn.training.release import load_release
from daogou.serve.upkeep.doctor.finding import Finding, Patient, finding

LARGE_LOG_BYTES = 256_000_000
QUIET_US = 2 * DAY_US
NOT_COMPACTED = 500_000
OLD_RELEASE_US = 30 * DAY_US
FEW, MANY = 0.02, 0.2
"""Shares of a catalogue: below the first nobody is told, above the second it is a warning."""


def database(one: Patient) -> Iterator[Finding]:
    """Whether the database is whole and its write-ahead log folded in."""
    if one.store is None:
        return
    health = one.store.health(thorough=True)
    if health.faults:
        yield finding("database_damaged", "error", first=health.faults[0], shop=one.folder)
    if health.log_bytes > LARGE_LOG_BYTES:
        yield finding("database_log_large", "warning", megabytes=f"{health.log_bytes / 1e6:,.0f}")


def events(one: Patient) -> Iterator[Finding]:
    """Whether events still come, and are not from the future."""
    if one.store is None:
        return
    last_us = _last_event_us(one.store)
    if last_us is None:
        yield finding("no_events", "warning", shop=one.folder)
    elif last_us > one.now_us + one.settings.server.max_future_seconds * 1_000_000:
        yield finding("events_in_the_future", "warning", days=f"{(last_us - one.now_us) / DAY_US:.1f}")
    elif one.now_us - last_us > QUIET_US:
        yield finding("events_stopped", "warning", days=f"{(one.now_us - last_us) / DAY_US:.1f}", shop=one.folder)


def lake(one: Patient) -> Iterator[Finding]:
    """Whether every Parquet file is what was written, and the log does not grow without end."""
    if one.store is None:
        return
    if faults := check_lake(one.store, one.files):
        yield finding("lake_faulty", "error", faults=len(faults), first=faults[0], shop=one.folder)
    waiting = one.store.last_seq() - one.store.manifest().watermark
    if waiting > NOT_COMPACTED:
        yield finding("not_compacted", "warning", events=f"{waiting:,}", shop=one.folder)


def catalogue(one: Patient) -> Iterator[Finding]:
    """Whether items say what lists need of them."""
    if one.store is None:
        return
    lacking = {"price": 0, "category": 0, "picture": 0}
    n_items = n_expired = n_shown = 0
    for item in one.store.all_items():
        n_items += 1
        is_expired = item.expires_at_us is not None and item.expires_at_us <= one.now_us
        n_expired += is_expired
        if item.is_hidden or is_expired:
            continue
        n_shown += 1
        lacking["price"] += item.price_minor is None
        lacking["category"] += not item.categories
        lacking["picture"] += not item.images
    if not n_shown:
        yield finding("no_items", "error", items=n_items, shop=one.folder)
        return
    if n_expired / n_items > FEW:
        yield finding(
            "items_expired", "note", items=n_expired, share=f"{100 * n_expired / n_items:.0f}", shop=one.folder
        )
    for what, count in lacking.items():
        share = count / n_shown
        if share > FEW:
            is_felt = share > MANY and what != "picture"
            yield finding(
                f"items_without_{what}", "warning" if is_felt else "note",
                items=count, share=f"{100 * share:.0f}", shop=one.folder,
            )  # fmt: skip


def rejects(one: Patient) -> Iterator[Finding]:
    """Whether rows that an import refused still wait for somebody."""
    waiting = [path for path in (one.files / "rejects").glob("*.rejected*") if path.is_file() and path.stat().st_size]
    if waiting:
        newest = max(waiting, key=lambda path: path.stat().st_mtime)
        yield finding("rows_refused", "note", files=len(waiting), path=newest, shop=one.folder)


def release(one: Patient) -> Iterator[Finding]:
    """Whether a release serves, loads with its checksums, and is not old."""
    try:
        found = load_release(one.files / "models")
    except NotReady:
        yield finding("no_release", "warning", shop=one.folder)
        return
    except DaogouError as error:
        yield finding("release_refused", "error", reason=error, shop=one.folder)
        return
    if found.warnings:
        yield finding("release_refused", "error", reason=found.warnings[0], shop=one.folder)
    created_at = found.info.get("created_at")
    if isinstance(created_at, str):
        age_us = one.now_us - to_us(datetime.fromisoformat(created_at))
        if age_us > OLD_RELEASE_US:
            yield finding("release_old", "warning", days=age_us // DAY_US, release=found.name, shop=one.folder)


def _last_event_us(store: Store) -> int | None:
    """When the newest event says it happened: the last in the log, else the latest in the lake."""
    in_log = next(store.iterate_events(after_seq=max(store.last_seq() - 1, 0)), None)
    in_lake = max((file.max_at_us for file in store.manifest().files), default=None)
    return in_log[1].at_us if in_log is not None else in_lake
