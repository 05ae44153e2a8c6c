"""Move the log's past into the lake, a day per folder, and let go of what the log no longer needs.

An event is never in neither place and never counted twice: new files and the watermark are entered in one database
transaction, after the files are safely on the disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from daogou.core.protocols import Progress, silent
from daogou.data.lake.files import EVENTS, sole_compactor, sweep, write_file
from daogou.data.lake.frame import frame_of
from daogou.data.store.store import LakeFile, Manifest, Store

_EVENTS_AT_ONCE = 100_000
_FILES_PER_DAY = 8


def compact(
    store: Store,
    folder: Path,
    *,
    timezone: str = "UTC",
    max_files_per_day: int = _FILES_PER_DAY,
    progress: Progress = silent,
) -> Manifest:
    """Write every event that the lake does not hold yet to `folder`/events/date=YYYY-MM-DD/, and merge crowded days.

    timezone            IANA name of the shop's clock, which says when a day begins
    max_files_per_day   a day with more files than this is rewritten as one

    Raises StorageUnavailable when another compaction is running, StorageFull when the disk is full. Either way, and
    after a crash at any moment, the lake is as it was or one step further; run it again to go on.
    """
    with sole_compactor(folder):
        manifest = store.manifest()
        sweep(folder, manifest)
        manifest = _take_new(store, folder, manifest, timezone, progress)
        return _merge(store, folder, manifest, max_files_per_day, progress)


def prune(
    store: Store,
    older_than_us: int,
    keep_per_person: int = 300,
    progress: Progress = silent,
    *,
    looks_before_us: int | None = None,
) -> int:
    """Delete from the log what the lake holds and is older than this; returns how many events.

    Each person keeps their newest `keep_per_person` lines, because answers are made from them. Ids are remembered, so
    an event that is sent again years later still counts once. Without `looks_before_us` the log grows with the number
    of shoppers; with it, what decides nothing (looks and clicks) leaves the log at that age whoever it belongs to.
    """
    return store.prune(older_than_us, keep_per_person, progress, looks_before_us=looks_before_us)


def _take_new(store: Store, folder: Path, manifest: Manifest, timezone: str, progress: Progress) -> Manifest:
    until = store.last_seq()
    total = max(until - manifest.watermark, 0)
    begun = manifest.watermark
    while rows := store.event_rows(manifest.watermark, _EVENTS_AT_ONCE, until):
        files = [write_file(folder, path, frame) for path, frame in _by_day(frame_of(rows), timezone)]
        manifest = store.commit_lake(
            expected_version=manifest.version, add=files, remove=[], watermark=int(rows[-1][0])
        )
        progress(manifest.watermark - begun, total, "events compacted")
    return manifest


def _by_day(frame: pl.DataFrame, timezone: str) -> Iterator[tuple[str, pl.DataFrame]]:
    at = pl.from_epoch("at_us", time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(timezone)
    dated = frame.with_columns(at.dt.date().alias("date")).sort("at_us", "seq", "line")
    for day in dated.partition_by("date", maintain_order=True):
        seqs = day["seq"].to_numpy()
        first, last = int(seqs.min()), int(seqs.max())
        yield f"{EVENTS}/date={day['date'][0]}/{first:012d}-{last:012d}.parquet", day.drop("date")


def _merge(store: Store, folder: Path, manifest: Manifest, most: int, progress: Progress) -> Manifest:
    by_day: dict[str, list[LakeFile]] = defaultdict(list)
    for file in manifest.files:
        by_day[file.path.rpartition("/")[0]].append(file)
    crowded = {day: files for day, files in by_day.items() if len(files) > most}
    for done, (day, files) in enumerate(sorted(crowded.items()), start=1):
        manifest = _merge_day(store, folder, manifest, day, files)
        progress(done, len(crowded), "days merged")
    return manifest


def _merge_day(store: Store, folder: Path, manifest: Manifest, day: str, files: list[LakeFile]) -> Manifest:
    frame = pl.read_parquet([folder / file.path for file in files], hive_partitioning=False)
    first, last = min(file.first_seq for file in files), max(file.last_seq for file in files)
    # the version makes the name new: a file that a manifest names is never written over
    path = f"{day}/{first:012d}-{last:012d}.v{manifest.version}.parquet"
    merged = write_file(folder, path, frame.sort("at_us", "seq", "line"))
    return store.commit_lake(
        expected_version=manifest.version,
        add=[merged],
        remove=[file.path for file in files],
        watermark=manifest.watermark,
    )
