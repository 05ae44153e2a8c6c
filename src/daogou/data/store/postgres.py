"""PostgreSQL: everything about the store that is true of this database only.

A shop is a schema of its own, so one database may hold many shops. Who writes holds the shop's advisory lock until the
commit is there for everybody: the numbers of rows become visible in the order in which they were given, and nobody who
has read up to one of them misses a lower one that was committed later.
Source: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.errors import LockNotAvailable
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper
from sqlalchemy import URL, Connection, Executable, Table, create_engine, select, text
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema

from daogou.core.errors import InvalidInput, StorageUnavailable
from daogou.core.protocols import Progress
from daogou.data.store.all_at_once import AllAtOnce
from daogou.data.store.backend import Row
from daogou.data.store.postgres_errors import BUSY_SECONDS, in_our_words, unreachable
from daogou.data.store.snapshot import Health, write_tables

DEFAULT_SCHEMA = "daogou"
MOST_KEPT = 16
"""Connections that wait for the next caller; more are closed when they come back."""

CONNECT_SECONDS = 10
STUCK_SECONDS = 10
"""After which a process that stopped in the middle of writing loses its turn."""

_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_PERSONAL = "events, slates, users, wishes"
_BAD_VALUE = (UnicodeEncodeError, OverflowError)
_HEALTH = (
    "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0), extract(epoch FROM clock_timestamp()) * 1000000 "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind = 'r'"
)
ROWS_AT_ONCE = 5_000


class PostgresDriver:
    """A connection as the store wants it; statements stay prepared on the server."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> psycopg.Cursor[Row]:
        return self.connection.execute(sql.encode(), parameters, prepare=True)

    def executemany(self, sql: str, parameters: Any, /) -> psycopg.Cursor[Row]:
        cursor = self.connection.cursor()
        cursor.executemany(sql.encode(), parameters)
        return cursor


class PostgresBackend:
    """Connections to one shop: opened when needed, kept for the next caller, used by one thread at a time."""

    def __init__(self, url: URL) -> None:
        if url.get_driver_name() != "psycopg":
            raise InvalidInput(f"The driver {url.get_driver_name()!r} is not spoken. Use postgresql+psycopg://…")
        query = dict(url.query)
        schema = query.pop("schema", DEFAULT_SCHEMA)
        if not isinstance(schema, str) or not _SCHEMA.fullmatch(schema) or schema.startswith("pg_"):
            raise InvalidInput(
                f"Schema {schema!r} is not allowed in the database URL. Use small letters, digits and _, 63 at most, "
                "no digit first and not pg_."
            )
        self.schema = schema
        given = url.translate_connect_args(username="user", database="dbname")
        self._connect_arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **query, **given}
        self.place = f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}, schema {schema}"
        self._turn = int.from_bytes(hashlib.sha256(f"daogou:{schema}".encode()).digest()[:8], "big", signed=True)
        self._begin = f"BEGIN; SELECT pg_advisory_xact_lock({self._turn})".encode()
        self._dialect = dialect(paramstyle="format")  # type: ignore[no-untyped-call]
        self._free: deque[PostgresDriver] = deque()
        self._of_parent: list[PostgresDriver] = []
        self._pid = os.getpid()
        self._is_closed = False
        self.read_seconds = BUSY_SECONDS  # reads wait for nobody here, and who asks stops waiting by themselves

    def compile(self, statement: Executable, parameters: Sequence[str]) -> str:
        """The statement as text for `read` and `write`; `parameters` are the names of its blanks, in order."""
        compiled = statement.compile(dialect=self._dialect)  # type: ignore[attr-defined]
        found = tuple(compiled.positiontup or ())
        assert found == tuple(parameters), f"blanks are {found}, not {tuple(parameters)}"
        return str(compiled)

    def insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT, and gives nothing back."""
        return insert(table).inline()

    def adding(self, table: Table, columns: Sequence[str], *, key: str, gone: Table | None = None) -> AllAtOnce:
        """The quickest way to put many rows into a table."""
        return AllAtOnce(self, self._refusing, table, columns, key=key, gone=gone)

    @contextmanager
    def setting_up(self) -> Iterator[Connection]:
        """A SQLAlchemy connection that holds the write lock and finds the shop's schema, for migrations."""
        driver = self._open()
        try:
            with self._translated():
                self._check_durability(driver)
                driver.connection.autocommit = False
                engine = create_engine(
                    "postgresql+psycopg://",
                    creator=lambda: driver.connection,
                    poolclass=NullPool,
                    use_native_hstore=False,
                )
                with engine.begin() as connection:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": self._turn})
                    asked = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
                    if connection.execute(asked, {"name": self.schema}).scalar() is None:
                        connection.execute(CreateSchema(self.schema))
                    yield connection
        finally:
            driver.connection.close()

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of one SELECT, as of now; asked once more when the server had hung up meanwhile."""
        driver, is_kept = self._take()
        try:
            return driver.execute(sql, parameters).fetchall()
        except (psycopg.Error, *_BAD_VALUE) as error:
            if is_kept and driver.connection.closed:
                self._drop_kept()
                return self.read(sql, parameters)
            with self._translated():
                raise error
        finally:
            self._give_back(driver)

    @contextmanager
    def looking(self, sql: str, parameters: Sequence[Any]) -> Iterator[Iterable[Row]]:
        """The rows of one SELECT; all come in one answer."""
        yield self.read(sql, parameters)

    @contextmanager
    def reading(self) -> Iterator[PostgresDriver]:
        """Several SELECTs as of one and the same moment."""
        with self._transaction(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as driver:
            yield driver

    @contextmanager
    def writing(self) -> Iterator[PostgresDriver]:
        """One durable transaction that holds the shop's write lock from its first moment; rolled back on any error.

        Each statement sees what others committed before it, so what is read here is what the last writer left.
        """
        with self._transaction(self._begin) as driver:
            yield driver

    def first_of_each(self, driver: PostgresDriver, sql: str, parameters: Sequence[Sequence[Any]]) -> list[Row | None]:
        """The first row of one SELECT for each of these parameters; all are asked before the first answer is read."""
        if len(parameters) < 2:
            return [driver.execute(sql, one).fetchone() for one in parameters]
        cursor = driver.connection.cursor()
        cursor.executemany(sql.encode(), parameters, returning=True)
        return [answer.fetchone() for answer in cursor.results()]

    def raise_counter(self, driver: PostgresDriver, table: Table, column: str, at_least: int) -> None:
        """Let the numbers that the database gives to this column go on above `at_least`."""
        name = f'"{self.schema}"."{table.name}"'
        (found,) = driver.execute("SELECT pg_get_serial_sequence(%s, %s)", (name, column)).fetchall()
        if found[0] is not None and at_least:
            driver.execute(
                f"SELECT setval('{found[0]}', greatest(%s, (SELECT last_value FROM {found[0]})))", (at_least,)
            )

    def snapshot(self, target: Path, progress: Progress) -> None:
        """Write all tables as of one moment into a file as backups hold it; writers go on."""
        with self.reading() as driver:

            def rows_of(table: Table) -> Iterator[Row]:
                (key,) = table.primary_key.columns
                asked = self.compile(select(*table.c).order_by(key), [])
                with driver.connection.cursor(name="snapshot") as cursor:
                    cursor.itersize = ROWS_AT_ONCE
                    yield from cursor.execute(asked.encode())

            write_tables(target, rows_of, progress)

    def health(self, thorough: bool) -> Health:
        """Size of the shop's tables and what the server takes for now; damage is the server's own to look for."""
        found = self.read(_HEALTH, (self.schema,))[0]
        return Health(int(found[0]), 0, int(found[1]), ())

    def wipe(self) -> None:
        """Take the old versions of rows out of the tables. The server's own log keeps them until it is recycled."""
        driver, _ = self._take()
        try:
            with self._translated(), suppress(LockNotAvailable):  # then the server itself is at it
                driver.connection.execute(f"VACUUM {_PERSONAL}")
        finally:
            self._give_back(driver)

    def close(self) -> None:
        """Close every connection that is not in use; those in use close when they come back."""
        self._is_closed = True
        self._drop_kept()

    def _check_durability(self, driver: PostgresDriver) -> None:
        """Raises StorageUnavailable where a commit may be lost with the power although it was acknowledged."""
        if driver.execute("SELECT current_setting('fsync')").fetchall() != [("on",)]:
            raise StorageUnavailable(
                f"The server of {self.place} runs with fsync = off and may lose what it acknowledged. "
                "Set fsync = on in postgresql.conf and restart it."
            )

    def _open(self) -> PostgresDriver:
        try:
            connection = psycopg.connect(**self._connect_arguments, autocommit=True)
        except psycopg.Error as error:
            raise unreachable(error, self.place) from error
        try:
            with self._translated():
                connection.adapters.register_dumper(int, Int8Dumper)  # one type, so one prepared statement
                connection.adapters.register_dumper(int, Int8BinaryDumper)
                connection.execute(
                    f"SELECT set_config('search_path', '\"{self.schema}\"', false), "
                    f"set_config('lock_timeout', '{BUSY_SECONDS:.0f}s', false), "
                    f"set_config('idle_in_transaction_session_timeout', '{STUCK_SECONDS}s', false), "
                    "set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN "
                    "('off', 'local') THEN 'on' ELSE current_setting('synchronous_commit') END, false)"
                )
        except BaseException:
            connection.close()
            raise
        return PostgresDriver(connection)

    def _take(self) -> tuple[PostgresDriver, bool]:
        """A connection, and whether it was used before, so that the server may have hung up."""
        if self._is_closed:
            raise StorageUnavailable(f"The store {self.place} is closed.")
        if self._pid != os.getpid():  # a forked child must not touch its parent's connections, nor let go of them
            self._of_parent += self._free
            self._free, self._pid = deque(), os.getpid()
        try:
            return self._free.pop(), True
        except IndexError:
            return self._open(), False

    def _give_back(self, driver: PostgresDriver) -> None:
        connection = driver.connection
        is_idle = connection.info.transaction_status == TransactionStatus.IDLE
        if connection.closed or not is_idle or self._is_closed or len(self._free) >= MOST_KEPT:
            connection.close()
        else:
            self._free.append(driver)

    def _drop_kept(self) -> None:
        while self._free:
            self._free.pop().connection.close()

    @contextmanager
    def _transaction(self, begin: bytes) -> Iterator[PostgresDriver]:
        driver = self._begun(begin)
        with self._translated():
            try:
                yield driver
                if driver.connection.execute("COMMIT").statusmessage != "COMMIT":
                    raise StorageUnavailable(f"Database {self.place} took the transaction back; nothing was written.")
            except BaseException:
                if not driver.connection.closed:
                    driver.connection.execute("ROLLBACK")
                raise
            finally:
                self._give_back(driver)

    def _begun(self, begin: bytes) -> PostgresDriver:
        """A connection within a transaction; tried once more when the server had hung up meanwhile."""
        driver, is_kept = self._take()
        try:
            driver.connection.execute(begin)
        except psycopg.Error as error:
            hung_up = driver.connection.closed
            driver.connection.close()
            if is_kept and hung_up:
                self._drop_kept()
                return self._begun(begin)
            raise in_our_words(error, self.place) from error
        return driver

    @contextmanager
    def _refusing(self, driver: PostgresDriver) -> Iterator[None]:
        """A value that the driver cannot send, before anything was sent, becomes InvalidInput."""
        try:
            yield
        except (psycopg.DataError, psycopg.ProgrammingError, TypeError, ValueError, OverflowError) as error:
            if driver.connection.info.transaction_status == TransactionStatus.INERROR:
                raise
            raise InvalidInput(f"A value cannot be stored: {error}") from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise in_our_words(error, self.place) from error
        except DBAPIError as error:  # the same, seen through SQLAlchemy while the tables are made
            if not isinstance(error.orig, psycopg.Error):
                raise
            raise in_our_words(error.orig, self.place) from error
        except _BAD_VALUE as error:
            raise InvalidInput(f"A value cannot be stored: {error}") from error
