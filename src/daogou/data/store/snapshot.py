"""A shop's whole database as one file, as of one moment: what backups hold, whatever the database is.

The file is a SQLite database with the tables of `schema`. Where the shop itself is on SQLite it is an exact copy.
Another backend writes its tables into such a file from within one repeatable-read transaction, with `write_tables`, and
takes them in again with `read_tables`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table, bindparam, create_engine
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.pool import NullPool

from daogou.core.errors import StorageFull, StorageUnavailable
from daogou.core.protocols import Progress, silent
from daogou.data.store.migrate import migrate
from daogou.data.store.schema import metadata

_ROWS_AT_ONCE = 5_000
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@dataclass(frozen=True, slots=True)
class Health:
    """How a database is.

    n_bytes      its size
    log_bytes    what was written and is not yet folded into it; 0 where there is no such log
    clock_us     what the database takes for now; None where it has no clock of its own
    faults       one sentence each, none when all is well
    """

    n_bytes: int
    log_bytes: int
    clock_us: int | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """What a snapshot holds.

    version     the last migration it has taken
    counts      rows by table
    last_seq    the newest event that was acknowledged before it
    watermark   events up to here are in the lake's files
    lake_files  path, size in bytes and SHA-256 of each
    """

    version: str
    counts: dict[str, int]
    last_seq: int
    watermark: int
    lake_files: tuple[tuple[str, int, str], ...]


def copy_online(source: sqlite3.Connection, target: Path, progress: Progress = silent) -> None:
    """Copy the database behind `source` into the new file `target`, as of one moment, while others write.

    Inside a read transaction the copy sees one state to its end, so it never begins again however busy the writers are,
    and in WAL mode a reader stops nobody. Source: https://sqlite.org/backup.html and https://sqlite.org/isolation.html
    """
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment
        with closing(sqlite3.connect(target)) as copied:
            copied.execute("PRAGMA synchronous = OFF")  # made durable as a whole by whoever asked for it
            source.backup(copied, pages=4_096, sleep=0, progress=lambda _, left, total: _told(progress, left, total))
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, readable without files beside it
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise StorageFull(f"The disk that holds {target} is full; the copy was not made.") from error
        raise
    finally:
        source.execute("ROLLBACK")


def write_tables(
    target: Path, rows_of: Callable[[Table], Iterable[Sequence[Any]]], progress: Progress = silent
) -> None:
    """Make the new file `target` with all tables of this version, filled with what `rows_of` gives for each.

    rows_of  all rows of a table, their values in the order of its columns; the caller reads them as of one moment
    """
    engine = create_engine(f"sqlite:///{target}", poolclass=NullPool)
    with engine.begin() as connection:
        migrate(connection)
    engine.dispose()
    with closing(sqlite3.connect(target, isolation_level=None)) as made:
        made.execute("PRAGMA synchronous = OFF")
        made.execute("BEGIN")
        for number, table in enumerate(metadata.sorted_tables, start=1):
            made.execute(f'DELETE FROM "{table.name}"')
            names = [column.name for column in table.columns]
            add = str(
                insert(table)
                .values({name: bindparam(name) for name in names})
                .compile(dialect=dialect(paramstyle="qmark"))
            )
            made.executemany(add, (tuple(row) for row in rows_of(table)))
            progress(number, len(metadata.sorted_tables), "tables copied")
        made.execute("COMMIT")


def read_tables(source: Path) -> Callable[[Table], Iterable[tuple[Any, ...]]]:
    """The rows of each table of such a file, for a backend that takes them in."""

    def rows_of(table: Table) -> Iterable[tuple[Any, ...]]:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as opened:
            found = opened.execute(f'SELECT {names} FROM "{table.name}"')
            while page := found.fetchmany(_ROWS_AT_ONCE):
                yield from page

    return rows_of


def faults_of(path: Path) -> tuple[str, ...]:
    """What is damaged in a SQLite file, one sentence each. Reads all of it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            said = [str(row[0]) for row in opened.execute("PRAGMA quick_check(10)")]
    except sqlite3.DatabaseError as error:
        return (f"{path.name} cannot be read: {error}.",)
    return () if said == ["ok"] else tuple(said)


def facts_of(path: Path) -> SnapshotFacts:
    """What such a file says of itself. Raises StorageUnavailable where it is no shop's database."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            version = opened.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            tables = [name for (name,) in opened.execute(_TABLES) if not name.startswith("sqlite_")]
            counts = {name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}
            last = opened.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
            watermark = opened.execute("SELECT watermark FROM lake_state").fetchone()[0]
            files = opened.execute("SELECT path, n_bytes, sha256 FROM lake_files ORDER BY path").fetchall()
    except (sqlite3.DatabaseError, TypeError) as error:
        raise StorageUnavailable(f"{path} is not the database of a shop: {error}.") from error
    return SnapshotFacts(str(version), counts, last[0] if last else 0, watermark, tuple(files))


def _told(progress: Progress, left: int, total: int) -> None:
    progress(total - left, total, "pages of the database copied")
