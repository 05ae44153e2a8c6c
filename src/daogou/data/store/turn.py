"""Who writes next: processes that share one database wait in line for its write lock.

SQLite lets only one write at a time and leaves the others to look again after pauses that grow to a tenth of a second,
while whoever has just written may start over at once. So the one who waits longest waits longer still. Here the next
writer holds a lock on a small file until it has the database's own lock, and looks for that one without growing pauses.
A writer that has finished finds the place taken and must stand behind.

The file only orders those who wait. What protects the data is the database's lock, so a line that cannot be kept (a
disk without file locks) costs time and nothing else. The operating system lets go of the lock when a process dies.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOK_AGAIN_SECONDS = 0.000_5

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

    _TAKEN: tuple[type[OSError], ...] = (PermissionError,)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)

    _TAKEN = (BlockingIOError,)


@contextmanager
def next_in_line(path: Path, deadline: float) -> Iterator[bool]:
    """Wait for the place of the next writer and keep it while inside; gives whether it is ours.

    path      the file whose lock is the place; made when missing
    deadline  in `time.monotonic()`; then goes on without the place, to ask the database one last time
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)  # an own one, for threads of one process wait too
    except OSError:
        yield False
        return
    try:
        has_place = _wait(file, deadline)
        try:
            yield has_place
        finally:
            if has_place:
                _unlock(file)  # a process forked meanwhile must not keep it
    finally:
        os.close(file)


def _wait(file: int, deadline: float) -> bool:
    """Whether the place is ours."""
    while True:
        try:
            _lock(file)
        except _TAKEN:
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_AGAIN_SECONDS)
        except OSError:
            return False
        else:
            return True
