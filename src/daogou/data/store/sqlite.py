"""SQLite: everything about the store that is true of this database only.

WAL with `synchronous=FULL`: a commit returns after the log is on the disk, and readers never wait for the writer.
Source: https://sqlite.org/wal.html and https://sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, Connection, Executable, Table, create_engine, event
from sqlalchemy.dialects.sqlite import Insert, dialect, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from daogou.core.errors import DaogouError, DiskFailed, InvalidInput, StorageFull, StorageUnavailable
from daogou.core.protocols import Progress
from daogou.data.store.backend import Row
from daogou.data.store.row_by_row import RowByRow
from daogou.data.store.snapshot import Health, copy_online, faults_of
from daogou.data.store.turn import LOOK_AGAIN_SECONDS, next_in_line

Driver: TypeAlias = sqlite3.Connection

BUSY_SECONDS = 10.0
PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -32000",  # KiB, an upper bound per connection
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",  # what is pruned or forgotten is overwritten with zeros
)
_FULL = {sqlite3.SQLITE_FULL}
_NOT_FORCED = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BAD_VALUE = (UnicodeEncodeError, OverflowError)


class SqliteBackend:
    """Connections to one file: opened when needed, kept for the next caller, used by one thread at a time."""

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:":
            raise InvalidInput(
                f"Database {url.render_as_string()!r} lives in memory, where no other process can read it. "
                "Use a file: sqlite:///daogou.db"
            )
        self.path = Path(url.database).absolute()
        self._line = self.path.with_name(self.path.name + "-line")
        self._dialect = dialect(paramstyle="qmark")
        self._free: deque[Driver] = deque()
        self._pid = os.getpid()
        self._is_closed = False
        self._file: tuple[int, int] | None = None
        self._disk_failed: str | None = None
        self.read_seconds = BUSY_SECONDS

    def compile(self, statement: Executable, parameters: Sequence[str]) -> str:
        """The statement as text for `read` and `write`; `parameters` are the names of its blanks, in order."""
        compiled = statement.compile(dialect=self._dialect)  # type: ignore[attr-defined]
        found = tuple(compiled.positiontup or ())
        assert found == tuple(parameters), f"blanks are {found}, not {tuple(parameters)}"
        return str(compiled)

    def insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT."""
        return insert(table)

    def adding(self, table: Table, columns: Sequence[str], *, key: str, gone: Table | None = None) -> RowByRow:
        """The quickest way to put many rows into a table."""
        return RowByRow(self, self._part, table, columns, key=key, gone=gone)

    @contextmanager
    def setting_up(self) -> Iterator[Connection]:
        """A SQLAlchemy connection that holds the write lock, for migrations."""
        if not self.path.parent.is_dir():
            raise StorageUnavailable(f"Folder {self.path.parent} does not exist. Create it, or change [shop] database.")
        engine = create_engine("sqlite://", creator=self._open, poolclass=NullPool)
        event.listen(engine, "begin", lambda connection: self._begin_writing(connection.connection.driver_connection))
        with self._translated(), engine.begin() as connection:
            yield connection

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of one SELECT, as of now."""
        driver = self._take()  # without the context managers of the others: every list reads several times
        try:
            return driver.execute(sql, parameters).fetchall()
        except (sqlite3.Error, *_BAD_VALUE) as error:
            with self._translated():
                raise error
        finally:
            self._give_back(driver)

    @contextmanager
    def looking(self, sql: str, parameters: Sequence[Any]) -> Iterator[Iterable[Row]]:
        """The rows of one SELECT; what is not asked for is not read from the disk."""
        with self._borrowed() as driver:
            cursor = driver.execute(sql, parameters)
            yield cursor
            cursor.close()

    @contextmanager
    def writing(self) -> Iterator[Driver]:
        """One durable transaction that holds the write lock from its first moment; rolled back on any error."""
        if self._disk_failed is not None:
            raise DiskFailed(self._disk_failed)
        with self._borrowed() as driver:
            if self._file_now() != self._file:  # SQLite would go on writing into the file that nobody can find any more
                raise StorageUnavailable(
                    f"Database {self.path} was removed or replaced while in use; nothing was written. "
                    "Put it back, or restart to use the one that is there."
                )
            self._begin_writing(driver)
            with self._ending(driver):
                yield driver

    @contextmanager
    def reading(self) -> Iterator[Driver]:
        """Several SELECTs as of one and the same moment."""
        with self._borrowed() as driver:
            driver.execute("BEGIN")
            with self._ending(driver):
                yield driver

    def first_of_each(self, driver: Driver, sql: str, parameters: Sequence[Sequence[Any]]) -> list[Row | None]:
        """The first row of one SELECT for each of these parameters."""
        return [driver.execute(sql, one).fetchone() for one in parameters]

    def raise_counter(self, driver: Driver, table: Table, column: str, at_least: int) -> None:
        """Let the numbers that the database gives to this table's rows go on above `at_least`."""
        name = table.name
        if not driver.execute("SELECT 1 FROM sqlite_sequence WHERE name = ?", (name,)).fetchall():
            driver.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, 0)", (name,))
        driver.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (at_least, name))

    @contextmanager
    def _part(self, driver: Driver) -> Iterator[None]:
        """A part of a transaction that is taken back alone when one of its values cannot be stored."""
        driver.execute("SAVEPOINT part")
        try:
            yield
        except (*_BAD_VALUE, sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:
            driver.execute("ROLLBACK TO part")
            driver.execute("RELEASE part")
            raise InvalidInput(f"A value cannot be stored: {error}") from error
        driver.execute("RELEASE part")

    def wipe(self) -> None:
        """Fold the log file into the database, where `secure_delete` has put zeros, and empty it.

        With a reader in the way it is not emptied now; the log is then overwritten in the course of things.
        """
        self.read("PRAGMA wal_checkpoint(TRUNCATE)")

    def snapshot(self, target: Path, progress: Progress) -> None:
        """Copy the file as of one moment; writers go on."""
        with self._borrowed() as driver:
            copy_online(driver, target, progress)

    def health(self, thorough: bool) -> Health:
        """Size of the file and of its log; `thorough` reads every page."""
        log = self.path.with_name(self.path.name + "-wal")
        faults = faults_of(self.path) if thorough else ()
        return Health(self.path.stat().st_size, log.stat().st_size if log.exists() else 0, None, faults)

    @staticmethod
    def place(url: URL, source: Path) -> None:
        """Put the file of a snapshot, which is moved, at a URL where no database is."""
        assert url.database is not None
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        for name in ("-wal", "-shm"):  # of a database that was removed: they would be taken for this one's
            path.with_name(path.name + name).unlink(missing_ok=True)
        source.replace(path)

    def close(self) -> None:
        """Close every connection that is not in use; those in use close when they come back."""
        self._is_closed = True
        while self._free:
            self._free.pop().close()

    @contextmanager
    def _borrowed(self) -> Iterator[Driver]:
        driver = self._take()
        with self._translated():
            try:
                yield driver
            finally:
                self._give_back(driver)

    def _give_back(self, driver: Driver) -> None:
        if self._is_closed:
            driver.close()
        else:
            self._free.append(driver)

    def _take(self) -> Driver:
        if self._is_closed:
            raise StorageUnavailable(f"The store {self.path.name} is closed.")
        if self._pid != os.getpid():  # a forked child must not touch its parent's connections
            self._free, self._pid = deque(), os.getpid()
        try:
            return self._free.pop()
        except IndexError:
            with self._translated():
                return self._open()

    def _open(self) -> Driver:
        driver = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            self._wait_for_locks(driver)
            for pragma in PRAGMAS:
                driver.execute(pragma)
            _use_wal(driver)
            self._file = self._file or self._file_now()
        except BaseException:
            driver.close()
            raise
        return driver

    def _file_now(self) -> tuple[int, int] | None:
        """Device and number of the file that stands at the path now; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _begin_writing(self, driver: Driver) -> None:
        """Wait in line for the write lock, `BUSY_SECONDS` at most, and take it."""
        deadline = time.monotonic() + BUSY_SECONDS
        with next_in_line(self._line, deadline):
            driver.execute("PRAGMA busy_timeout = 0")  # its own pauses grow, see turn.py
            try:
                while not _has_begun(driver, deadline):
                    time.sleep(LOOK_AGAIN_SECONDS)
            finally:
                self._wait_for_locks(driver)

    def _wait_for_locks(self, driver: Driver) -> None:
        driver.execute(f"PRAGMA busy_timeout = {int(self.read_seconds * 1000)}")

    @contextmanager
    def _ending(self, driver: Driver) -> Iterator[None]:
        try:
            yield
            driver.execute("COMMIT")
        except BaseException:
            if driver.in_transaction:  # a full disk has rolled it back already
                driver.execute("ROLLBACK")
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._in_our_words(error) from error
        except DBAPIError as error:  # the same, seen through SQLAlchemy while the tables are made
            if not isinstance(error.orig, sqlite3.Error):
                raise
            raise self._in_our_words(error.orig) from error
        except _BAD_VALUE as error:
            raise InvalidInput(f"A value cannot be stored: {error}") from error

    def _in_our_words(self, error: sqlite3.Error) -> DaogouError:
        code = getattr(error, "sqlite_errorcode", None)
        if code in _FULL:
            return StorageFull(
                f"The disk that holds {self.path} is full; nothing was written. Free some space and send again."
            )
        if code in _NOT_FORCED:
            return self._distrust(error)
        if isinstance(error, sqlite3.InterfaceError | sqlite3.ProgrammingError):
            return InvalidInput(f"A value cannot be stored: {error}")
        if code in _DAMAGED:
            return StorageUnavailable(
                f"Database {self.path} is damaged: {error}. Stop what uses it and put a whole copy in its place."
            )
        return StorageUnavailable(f"Database {self.path} cannot be used: {error}.")

    def _distrust(self, error: sqlite3.Error) -> DiskFailed:
        """After a failed fsync the system may say yes to the next one for bytes that it has lost: write no more here.

        Source: https://wiki.postgresql.org/wiki/Fsync_Errors
        """
        self._disk_failed = (
            f"The disk that holds {self.path} could not keep what was written: {error}. This process writes nothing "
            "more, what was acknowledged before is safe. Check the disk (dmesg, smartctl), then restart."
        )
        while self._free:  # and with them the pages that they hold
            self._free.pop().close()
        return DiskFailed(self._disk_failed)


def _has_begun(driver: Driver, deadline: float) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if not _is_busy(error) or time.monotonic() > deadline:
            raise
        return False
    return True


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _use_wal(driver: Driver) -> None:
    """Switch to WAL, which stays in the file. The switch does not wait for others by itself, so we do."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            if driver.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                return
            driver.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
