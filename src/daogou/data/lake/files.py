"""Files of the lake on a disk that may lose power: written aside, forced down, renamed, and only then counted."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from daogou.core.errors import StorageFull, StorageUnavailable
from daogou.data.store.store import LakeFile, Manifest, Store

EVENTS = "events"
_LOCK = ".compacting"
_ROW_GROUP = 250_000
_NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}  # the second is a quota


def write_file(folder: Path, path: str, frame: pl.DataFrame) -> LakeFile:
    """Write one sorted Parquet file durably; a crash leaves at most a file that no manifest names.

    path  relative to `folder`, with forward slashes
    """
    buffer = io.BytesIO()  # not straight to the file, where Polars would hide what the system said
    frame.write_parquet(buffer, compression="zstd", row_group_size=_ROW_GROUP)
    content = buffer.getbuffer()
    final = folder / path
    aside = final.with_name(f".{final.name}.{os.getpid()}.tmp")
    try:
        _make_folder(folder, final.parent)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(final)
        _force(final.parent)
    except OSError as error:
        aside.unlink(missing_ok=True)
        kind = StorageFull if error.errno in _NO_SPACE else StorageUnavailable
        raise kind(f"{final} cannot be written: {error.strerror}. Nothing was taken out of the log.") from error
    seq, at_us = frame["seq"], frame["at_us"]
    first, last, oldest, newest = (_number(one) for one in (seq.min(), seq.max(), at_us.min(), at_us.max()))
    return LakeFile(
        path=path,
        first_seq=first,
        last_seq=last,
        rows=frame.height,
        events=seq.n_unique(),
        min_at_us=oldest,
        max_at_us=newest,
        n_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 in hex and size in bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def sweep(folder: Path, manifest: Manifest) -> list[Path]:
    """Delete what no manifest names: leavings of a crash, and files that were merged away in an earlier run."""
    named = {folder / file.path for file in manifest.files}
    swept = [path for path in sorted((folder / EVENTS).glob("*/*")) if path.is_file() and path not in named]
    for path in swept:
        path.unlink(missing_ok=True)
    return swept


def check_lake(store: Store, folder: Path) -> list[str]:
    """Compare every file with the manifest; returns one sentence per fault, none when all is well."""
    faults = []
    for file in store.manifest().files:
        path = folder / file.path
        if not path.is_file():
            faults.append(f"{file.path} is missing.")
        elif digest_of(path) != (file.sha256, file.n_bytes):
            faults.append(f"{file.path} is not what was written: its SHA-256 or size differs.")
    return faults


@contextmanager
def sole_compactor(folder: Path) -> Iterator[None]:
    """Hold the lake's lock; it is let go by the system when the process dies.

    Where the system has no such locks, the check of the manifest's version still lets only one of two succeed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError as error:
            raise StorageUnavailable(
                f"Another compaction of {folder} is running. Try again when it is done."
            ) from error
        yield


def _make_folder(root: Path, wanted: Path) -> None:
    if wanted.is_dir():
        return
    if wanted != root:
        _make_folder(root, wanted.parent)
    wanted.mkdir(parents=True, exist_ok=True)
    _force(wanted.parent)


def _force(path: Path) -> None:
    """fsync a folder, where the system knows that."""
    if os.name == "nt":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
