"""What the store asks of a database; `sqlite.py` answers for SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Executable, Table
from sqlalchemy.dialects.sqlite import Insert

from daogou.core.protocols import Progress
from daogou.data.store.snapshot import Health


class Driver(Protocol):
    """A connection inside a transaction."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any: ...

    def executemany(self, sql: str, parameters: Any, /) -> Any: ...


class Compiler(Protocol):
    """Turns statements into this database's own SQL."""

    def compile(self, statement: Executable, parameters: Sequence[str]) -> str:
        """The statement as text; `parameters` are the names of its blanks, in order."""
        ...

    def insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT."""
        ...


class Backend(Compiler, Protocol):
    """One database, open."""

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one SELECT, as of now."""
        ...

    def reading(self) -> AbstractContextManager[Driver]:
        """Several SELECTs as of one and the same moment."""
        ...

    def writing(self) -> AbstractContextManager[Driver]:
        """One durable transaction; nobody else writes until it ends."""
        ...

    def part(self, driver: Any) -> AbstractContextManager[None]:
        """A part of a transaction that is taken back alone, as InvalidInput, when a value cannot be stored."""
        ...

    def wipe(self) -> None:
        """Make what was deleted or overwritten unreadable in the files too."""
        ...

    def snapshot(self, target: Path, progress: Progress) -> None:
        """Write everything, as of one moment and without stopping writers, into a new file as `snapshot` describes."""
        ...

    def health(self, thorough: bool) -> Health:
        """Size, log, clock and damage; `thorough` reads the whole database."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
