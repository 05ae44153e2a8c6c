"""One training at a time per shop, and whoever comes second hears who is at it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from daogou.core.clock import isoformat, system_clock
from daogou.core.errors import InvalidInput
from daogou.learn.locks import locked

LOCK_FILE = "training.lock"


@contextmanager
def training_lock(root: Path) -> Iterator[None]:
    """Hold `root/training.lock` for the length of the block.

    Raises InvalidInput naming the process that holds it, when another one does.
    """
    path = root / LOCK_FILE
    with ExitStack() as stack:
        try:
            handle = stack.enter_context(locked(path, waiting=False))
        except (BlockingIOError, PermissionError) as error:
            raise InvalidInput(
                f"Another training is running in {root}{_holder(path)}. Wait until it ends, or stop it, and train "
                "again."
            ) from error
        told = {"process": os.getpid(), "machine": socket.gethostname(), "since": isoformat(system_clock())}
        os.truncate(handle, 0)
        os.write(handle, json.dumps(told).encode())
        yield


def _holder(path: Path) -> str:
    """Who wrote the file last, as a phrase; empty where that cannot be read."""
    try:
        told = json.loads(path.read_bytes())
        return f": process {told['process']} on {told['machine']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
