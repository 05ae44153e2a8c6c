"""Copy files into a backup or out of one: hashed on the way, forced to the disk, or shared with the last backup."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

from daogou.core.errors import StorageFull
from daogou.data.lake.files import digest_of
from daogou.serve.upkeep.backup.manifest import Piece

_AT_ONCE = 1 << 20
_SPARE = 1.05
"""Asked for beside what is to be written, for folders and the file system's own needs."""


def copy(source: Path, target: Path) -> Piece:
    """Copy one file durably, with its mode and time; what it held is what the piece says.

    Raises FileNotFoundError where the source is gone, StorageFull where the disk is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)  # it may be shared with an earlier backup, which must stay as it is
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as given:
        try:
            with target.open("wb") as taken:
                while part := given.read(_AT_ONCE):
                    taken.write(part)
                    digest.update(part)
                    size += len(part)
                taken.flush()
                os.fsync(taken.fileno())
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(f"The disk that holds {target} is full. Free some space and run it again.") from error
            raise
    shutil.copystat(source, target)
    return Piece(digest.hexdigest(), size)


def share(earlier: Path, target: Path) -> bool:
    """Let `target` be the same file as `earlier`; False where the file system cannot."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.unlink(missing_ok=True)
        os.link(earlier, target)
    except OSError:
        return False
    return True


def is_already(target: Path, piece: Piece) -> bool:
    """Whether an interrupted run has brought exactly this."""
    return target.is_file() and target.stat().st_size == piece.n_bytes and digest_of(target)[0] == piece.sha256


def make_durable(folder: Path) -> None:
    """Force down what the folders name; their files are already there."""
    for place, _, _ in os.walk(folder, topdown=False):
        force(Path(place))


def force(folder: Path) -> None:
    """fsync one folder, where the system knows that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_space(place: Path, n_bytes: int, what: str) -> None:
    """Raise StorageFull before anything is written where `n_bytes` will not fit."""
    free = shutil.disk_usage(place).free
    if free < n_bytes * _SPARE:
        raise StorageFull(
            f"{what} needs {n_bytes / 1e6:,.1f} MB in {place}, and {free / 1e6:,.1f} MB are free. "
            "Free some space, or choose another folder."
        )
