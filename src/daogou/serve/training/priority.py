"""Giving way to whoever answers shoppers on the same machine."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

IDLE = 19
"""The `nice` that also means: only when nothing else wants the processor, where the system knows such a thing."""

_THREADS = Path("/proc/self/task")


def give_way(nice: int) -> None:
    """For this process with all its threads, those of linear algebra included that began before.

    Linux keeps priorities by thread: `os.nice` alone would leave the threads as they are that a library has begun.
    Source: https://man7.org/linux/man-pages/man7/sched.7.html (SCHED_IDLE; the nice value)
    """
    if not hasattr(os, "setpriority"):
        return
    for thread in _threads():
        with suppress(ProcessLookupError):  # it ended meanwhile
            os.setpriority(os.PRIO_PROCESS, thread, nice)
            if nice >= IDLE and hasattr(os, "SCHED_IDLE"):
                os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))


def _threads() -> list[int]:
    """Those of this process, by the system's numbers; the process itself where the system does not tell."""
    try:
        return [int(one.name) for one in _THREADS.iterdir()]
    except OSError:
        return [0]
