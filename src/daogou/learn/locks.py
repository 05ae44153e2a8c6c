"""Locks between processes that the system lets go of when their holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, waiting: bool = True) -> Iterator[int]:
    """Hold the lock of the file `path`, which is made, for the length of the block; gives its handle.

    waiting  until whoever holds it lets go; else BlockingIOError (on Windows PermissionError) where somebody does
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, waiting)
        yield handle
    finally:
        os.close(handle)


class InUse:
    """Marks a folder as used by this process until it is let go, or the process ends."""

    def __init__(self, folder: Path) -> None:
        self._handle = _share(folder)

    def let_go(self) -> None:
        """From now on others may delete it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __del__(self) -> None:
        self.let_go()


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int, waiting: bool) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if waiting else msvcrt.LK_NBLCK, 1)

    def _share(folder: Path) -> int | None:
        return None  # a file that is open cannot be deleted there

    def is_in_use(folder: Path) -> bool:
        """Whether any process marked it."""
        return False

else:
    import fcntl

    def _take(handle: int, waiting: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))

    def _share(folder: Path) -> int | None:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_SH)
        return handle

    def is_in_use(folder: Path) -> bool:
        """Whether any process marked it."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(handle)
        return False
