"""When each key was last used, to the hour: the time of an empty file per key, so that processes need no lock."""

from __future__ import annotations

import time
from pathlib import Path

from daogou.core.clock import SECOND_US

FOLDER = "key-use"
NOTED_EVERY_SECONDS = 3_600.0


class KeyUse:
    """Notes uses of the keys in `folder`, each key at most once an hour and process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._noted: dict[str, float] = {}

    def note(self, key_id: str) -> None:
        """This key was used now. A disk that does not take it is no reason to refuse the call."""
        now = time.monotonic()
        if now - self._noted.get(key_id, -NOTED_EVERY_SECONDS) < NOTED_EVERY_SECONDS:
            return
        self._noted[key_id] = now
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / key_id).touch()
        except OSError:
            return


def last_used_us(folder: Path) -> dict[str, int]:
    """By key id, when it was last used, in microseconds since 1970; without those never used."""
    return {path.name: int(path.stat().st_mtime * SECOND_US) for path in (folder / FOLDER).glob("*")}
