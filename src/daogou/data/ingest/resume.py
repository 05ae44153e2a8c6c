"""Remember how far an import got, so that an interrupted one goes on instead of starting over.

Being a little behind the store is harmless: events are counted once by their id, items and users replace themselves.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from daogou.data.ingest.containers import HEAD_BYTES


@dataclass(frozen=True)
class Progressed:
    """How far one file got, as of its last stored batch.

    rows          rows read, good and bad
    accepted      of this file, so far; with the counts below the final report speaks for the whole file
    reject_bytes  size of the reject file at that moment
    """

    file: str
    kind: str
    settings: str
    rows: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    reject_bytes: int = 0


class ProgressNote:
    """The note about one file: a small JSON file named after the start and size of what it is about."""

    def __init__(self, folder: Path, source: Path, settings: str) -> None:
        self.source, self.settings = source, settings
        self._path = folder / f"import-{_fingerprint(source)}.json"

    def read(self, kind: str) -> Progressed | None:
        """The progress of an interrupted import of the same file, kind and settings; None starts anew."""
        try:
            found = msgspec.json.decode(self._path.read_bytes(), type=Progressed)
        except (OSError, msgspec.MsgspecError):
            return None
        return found if (found.kind, found.settings) == (kind, self.settings) else None

    def write(self, progressed: Progressed) -> None:
        """Replace the note in one step."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(asdict(progressed)))
        os.replace(fresh, self._path)

    def remove(self) -> None:
        """The file was read to its end: nothing to resume."""
        self._path.unlink(missing_ok=True)


def _fingerprint(source: Path) -> str:
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    digest = hashlib.sha256(head)
    digest.update(f"\0{source.stat().st_size}\0{source.name}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:24]
