"""One training at a time per shop: a lock that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daogou.core.errors import InvalidInput


@contextmanager
def training_lock(root: Path) -> Iterator[None]:
    """Hold `root/training.lock` for the length of the block. Raises InvalidInput when another process holds it."""
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root / "training.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(handle)
        except OSError as error:
            raise InvalidInput(
                f"Another training is running in {root}. Wait until it ends, or stop it, and train again."
            ) from error
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
