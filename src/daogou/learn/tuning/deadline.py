"""Stop work that takes longer than there is time for, wherever it is.

The system's alarm raises `TimeUp` in the middle of a fit, just as Ctrl-C would. It waits for the compiled call that is
under way to return. Where there is no such alarm (Windows, or a thread that is not the first) work runs to its end.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SHORTEST = 1e-3


class TimeUp(BaseException):
    """The time is over. Like KeyboardInterrupt not an Exception: code that answers failures must not swallow it."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the block once so many seconds are over; at once, nearly, where there are none left."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, SHORTEST))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
