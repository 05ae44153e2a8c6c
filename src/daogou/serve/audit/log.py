"""The audit log on disk: one line per act, forced down before the act is reported as done.

    audit/log.jsonl   the entries, oldest first
    audit/head.json   number and hash of the newest, replaced after each entry; backups remember it too

It is a file of its own and no table, so that it outlives the database: a shop restored from a backup goes on with the
log it has. Processes that write at the same moment wait for each other on a lock.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from daogou.core.clock import Clock, isoformat, system_clock
from daogou.core.errors import Malformed
from daogou.serve.audit.chain import EMPTY, Entry, Fact, Head, encoded, faults_in, linked
from daogou.serve.private_file import PRIVATE, exclusive, write_private

FOLDER, LOG_FILE, HEAD_FILE = "audit", "log.jsonl", "head.json"
COMMAND_LINE, SERVER = "command line", "server"
_LAST_BYTES = 1 << 16


class AuditLog:
    """The log of the shop in `folder`; made with its first entry."""

    def __init__(self, folder: Path, clock: Clock = system_clock) -> None:
        self.path = folder / FOLDER / LOG_FILE
        self.head_path = folder / FOLDER / HEAD_FILE
        self._clock = clock

    def add(self, act: str, by: str = COMMAND_LINE, **facts: Fact) -> Entry:
        """Append one act, durably. Raises OSError when the disk does not take it."""
        with exclusive(self.path):
            entry = linked(self._end(), isoformat(self._clock()), act, by, facts)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
            with os.fdopen(handle, "ab") as file:
                file.write(encoded(entry) + b"\n")
                file.flush()
                os.fsync(handle)
            write_private(self.head_path, msgspec.json.encode(Head(entry.number, entry.hash)) + b"\n")
        return entry

    def head(self) -> Head:
        """The newest entry as `head.json` remembers it."""
        try:
            return msgspec.json.decode(self.head_path.read_bytes(), type=Head)
        except FileNotFoundError:
            return EMPTY
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Malformed(f"{self.head_path} cannot be read: {error}. Restore it from a backup.") from error

    def entries(self) -> Iterator[Entry]:
        """All entries that can be read, oldest first."""
        for line in self.lines():
            try:
                yield msgspec.json.decode(line, type=Entry)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue

    def lines(self) -> Iterator[bytes]:
        """The lines as they stand, without what a crash left half-written at the end."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            yield from (line[:-1] for line in file if line.endswith(b"\n"))

    def faults(self, remembered: Mapping[str, Head] | None = None) -> tuple[list[str], Head]:
        """What was done to the log since it was written, one sentence each, and its head.

        remembered  heads kept elsewhere, by a name for the place, for example those of backups
        """
        if not self.path.exists():
            return faults_in([], {self.head_path.name: self.head()} | dict(remembered or {}))
        with exclusive(self.path):
            try:
                own, broken = {self.head_path.name: self.head()}, []
            except Malformed as error:
                own, broken = {}, [str(error)]
            faults, head = faults_in(self.lines(), own | dict(remembered or {}))
        if head.number and not self.head_path.exists():
            broken.append(f"{self.head_path.name} is missing, so a cut at the log's end could not be seen.")
        return broken + faults, head

    def whole(self) -> bytes:
        """The file as it is between two entries."""
        with exclusive(self.path):
            return b"".join(line + b"\n" for line in self.lines())

    def _end(self) -> Head:
        """What the next entry follows: the last line, or the remembered head where that is further on.

        Where the end of the log was cut off the next entry still names what was there, so the gap shows for good.
        """
        remembered = self.head()
        last = self._last_line()
        if last is None:
            return remembered
        try:
            found = msgspec.json.decode(last, type=Entry)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return remembered
        return Head(found.number, found.hash) if found.number >= remembered.number else remembered

    def _last_line(self) -> bytes | None:
        """The last whole line; what a crash left after it is cut off."""
        try:
            with self.path.open("r+b") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(size - _LAST_BYTES, 0))
                content = file.read()
                whole = content.rfind(b"\n") + 1
                if whole < len(content):
                    file.truncate(size - len(content) + whole)
        except FileNotFoundError:
            return None
        lines = content[:whole].splitlines()
        return lines[-1] if lines else None
