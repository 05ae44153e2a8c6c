"""Stop work that takes longer than there is time for, wherever it is.

The system's alarm raises `TimeUp` in the middle of a fit, just as Ctrl-C would. It waits for the compiled call that is
under way to return, and it lets imports and compilations finish, which would otherwise begin again each time. Where
there is no such alarm (Windows, or a thread that is not the first) work runs to its end.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SHORTEST_SECONDS = 1e-3
AGAIN_SECONDS = 0.05
"""The alarm rings again until it is heard: raised where Python swallows errors, it would be lost."""

SPARED = {"importlib", "_frozen_importlib", "_frozen_importlib_external", "numba", "sqlalchemy", "weakref"}
"""Packages that are not interrupted: half an import or compilation helps nobody, and the last two clean up where
errors are swallowed."""


class TimeUp(BaseException):
    """The time is over. Like KeyboardInterrupt not an Exception: code that answers failures must not swallow it."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the block once so many seconds are over; at once, nearly, where there are none left."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        if not _is_spared(frame):
            signal.setitimer(signal.ITIMER_REAL, AGAIN_SECONDS, AGAIN_SECONDS)
            raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, SHORTEST_SECONDS), AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def _is_spared(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "__del__" or _package(frame) in SPARED:
            return True
        frame = frame.f_back
    return False


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
