"""Small files that only their owner may read, replaced whole so that no reader ever sees half of one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no advisory locks of this kind; one process at a time is assumed there
    fcntl = None  # type: ignore[assignment]

PRIVATE = 0o600


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, durably, mode 0600; where that fails, `path` stays as it was."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(handle, "wb") as file:  # os.write alone may take only a part, as a disk does that is nearly full
            os.fchmod(handle, PRIVATE)
            file.write(content)
            file.flush()
            os.fsync(handle)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of `path`; the first process to ask makes it, all others read what that one made."""
    with exclusive(path):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_private(path, make())
        return path.read_bytes()


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock beside `path` among all processes that ask for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
