"""Where log lines go: gathered in memory and written a moment later by a thread, so that no shopper waits for a log.

A terminal or a container's log driver that reads slowly would otherwise hold up every answer. What is urgent is written
at once; a process that is killed loses at most the last fifth of a second of the other lines.
"""

from __future__ import annotations

import atexit
import threading
import time
from typing import BinaryIO

WRITE_EVERY_SECONDS = 0.2
MOST_BYTES = 1_000_000
"""More than this is written without waiting for the thread."""


class Sink:
    """Looks like a file: `write` gathers, `flush` writes only what is urgent or much."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lines: list[bytes] = []
        self._size = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.is_urgent = False
        self.is_ending = False

    def write(self, line: bytes) -> int:
        """Take one line."""
        self._lines.append(line)
        self._size += len(line)
        if self._thread is None:
            self._start()
        return len(line)

    def flush(self) -> None:
        """Called after every line."""
        if self.is_urgent or self.is_ending or self._size > MOST_BYTES:
            self.is_urgent = False
            self.write_out()

    def write_out(self) -> None:
        """Write everything now; a reader that went away is no reason to stop serving."""
        with self._lock:
            lines, self._lines, self._size = self._lines, [], 0
            if lines:
                try:
                    self._file.write(b"".join(lines))
                    self._file.flush()
                except (OSError, ValueError):
                    return

    def end(self) -> None:
        """From now on write every line at once: the process may be gone before the thread wakes up."""
        self.is_ending = True
        self.write_out()

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._keep_writing, name="log-writer", daemon=True)
        self._thread.start()
        atexit.register(self.write_out)

    def _keep_writing(self) -> None:
        while True:
            time.sleep(WRITE_EVERY_SECONDS)
            self.write_out()
