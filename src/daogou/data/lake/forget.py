"""Forget a person everywhere: in the log, the slates, the users and the lake's files.

What they did stays as nobody's, so the shop's counts and baskets remain true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from daogou.core.protocols import Progress, silent
from daogou.data.lake.files import sole_compactor, write_file
from daogou.data.store.rows import NAMING, PERSONALIZATION_DENIED
from daogou.data.store.store import VISITOR_PREFIX, LakeFile, Manifest, Store


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What named the person: events in the log, and files of the lake that were rewritten."""

    events: int
    files: int


def forget(store: Store, folder: Path, people: Sequence[str], progress: Progress = silent) -> Forgotten:
    """Take these person keys (see `person_keys`) out of everything the shop keeps.

    The old files are deleted at once, so a Dataset being read at this moment may have to begin again. After a crash run
    it again: what is done stays done. Models trained before still contain what they learnt; train again afterwards.
    """
    with sole_compactor(folder):
        events = store.forget(people)
        manifest = store.manifest()
        touched = [file for file in manifest.files if _names(folder / file.path, people)]
        for done, file in enumerate(touched, start=1):
            manifest = _rewrite(store, folder, manifest, file, people)
            progress(done, len(touched), "files rewritten")
        return Forgotten(events, len(touched))


def _is_theirs(people: Sequence[str]) -> pl.Expr:
    return pl.col("person").is_in(list(people)).fill_null(False)


def _is_their_visit(people: Sequence[str]) -> pl.Expr:
    visitors = [key.removeprefix(VISITOR_PREFIX) for key in people if key.startswith(VISITOR_PREFIX)]
    return pl.col("visitor_id").is_in(visitors).fill_null(False)


def _names(path: Path, people: Sequence[str]) -> bool:
    theirs = pl.scan_parquet(path, hive_partitioning=False).filter(_is_theirs(people) | _is_their_visit(people))
    return bool(theirs.select(pl.len()).collect().item())


def _rewrite(store: Store, folder: Path, manifest: Manifest, file: LakeFile, people: Sequence[str]) -> Manifest:
    frame = pl.read_parquet(folder / file.path, hive_partitioning=False)
    nameless = frame.with_columns(
        pl.when(_is_theirs(people)).then(pl.col("denied") | PERSONALIZATION_DENIED).otherwise("denied").alias("denied"),
        *(
            pl.when(~(_is_theirs(people) | (_is_their_visit(people) if name == "visitor_id" else pl.lit(False))))
            .then(name)
            .alias(name)
            for name in NAMING
        ),
    )
    stem = file.path.partition(".")[0]
    written = write_file(folder, f"{stem}.v{manifest.version}.parquet", nameless)
    changed = store.commit_lake(
        expected_version=manifest.version, add=[written], remove=[file.path], watermark=manifest.watermark
    )
    (folder / file.path).unlink(missing_ok=True)
    return changed
