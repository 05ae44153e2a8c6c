"""What the store asks of a database; `sqlite.py` and `postgres.py` answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress
from daogou.data.store.snapshot import Health

Row: TypeAlias = tuple[Any, ...]
Insert: TypeAlias = sqlite.Insert | postgresql.Insert


class Driver(Protocol):
    """A connection inside a transaction."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any: ...

    def executemany(self, sql: str, parameters: Any, /) -> Any: ...


class Adding(Protocol):
    """Puts rows into one table; a row whose key was ever there before is left out."""

    def groups(self, driver: Any, groups: Sequence[Sequence[Row]]) -> list[int | InvalidInput]:
        """How many rows of each group went in, in the order given.

        A group with a value that cannot be stored is answered with that, adds nothing and leaves the others unharmed.
        """
        ...


class Compiler(Protocol):
    """Turns statements into this database's own SQL."""

    def compile(self, statement: Executable, parameters: Sequence[str]) -> str:
        """The statement as text; `parameters` are the names of its blanks, in order."""
        ...

    def insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT."""
        ...

    def adding(self, table: Table, columns: Sequence[str], *, key: str, gone: Table | None = None) -> Adding:
        """The quickest way to put many rows into a table.

        columns  what the rows hold, in their order
        key      the column that tells rows apart
        gone     a table with a column of the same name: keys of rows that were deleted and must not come back
        """
        ...


class Backend(Compiler, Protocol):
    """One database, open; `read_seconds` is how long one read waits for a lock before it gives up."""

    read_seconds: float

    def setting_up(self) -> AbstractContextManager[Connection]:
        """A SQLAlchemy connection that holds the write lock, for migrations."""
        ...

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of one SELECT, as of now."""
        ...

    def looking(self, sql: str, parameters: Sequence[Any]) -> AbstractContextManager[Iterable[Row]]:
        """The rows of one SELECT, for a caller who may stop early."""
        ...

    def reading(self) -> AbstractContextManager[Driver]:
        """Several SELECTs as of one and the same moment."""
        ...

    def first_of_each(self, driver: Any, sql: str, parameters: Sequence[Sequence[Any]]) -> list[Row | None]:
        """The first row of one SELECT for each of these parameters, in as few round trips as can be."""
        ...

    def writing(self) -> AbstractContextManager[Driver]:
        """One durable transaction; nobody else writes until it ends.

        So numbers that rows get are seen in the order in which they were given: who has read up to one of them has
        missed none below it.
        """
        ...

    def raise_counter(self, driver: Any, table: Table, column: str, at_least: int) -> None:
        """Let the numbers that the database gives to this column go on above `at_least`."""
        ...

    def wipe(self) -> None:
        """Make what was deleted or overwritten unreadable in the files too, as far as this database can."""
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
