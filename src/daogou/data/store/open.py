"""Open a shop's store by its URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from daogou.core.errors import InvalidInput, MissingExtra, UnknownName
from daogou.core.protocols import Progress, silent
from daogou.core.settings import without_password
from daogou.data.store.backend import Backend
from daogou.data.store.migrate import migrate
from daogou.data.store.move import Copied, copy_shop
from daogou.data.store.sql_store import SqlStore
from daogou.data.store.store import Store


def _sqlite(url: URL) -> Backend:
    from daogou.data.store.sqlite import SqliteBackend

    return SqliteBackend(url)


def _postgresql(url: URL) -> Backend:
    try:
        from daogou.data.store.postgres import PostgresBackend
    except ImportError as error:
        raise MissingExtra("psycopg", "postgres", "A shop in PostgreSQL") from error
    return PostgresBackend(url)


BACKENDS: Mapping[str, Callable[[URL], Backend]] = {"postgresql": _postgresql, "sqlite": _sqlite}
"""Name in the URL to what speaks that database's dialect."""


def open_store(url: str, *, read_seconds: float | None = None) -> Store:
    """Open the store at a SQLAlchemy URL such as sqlite:////srv/shop/daogou.db; makes or updates its tables.

    read_seconds  how long one read may wait for a lock, where that is to be less than usual

    Raises StorageUnavailable when it cannot be opened, UnknownName for a database we do not speak, MissingExtra when
    what speaks it is not installed.
    """
    backend = open_backend(url)
    if read_seconds is not None:
        backend.read_seconds = read_seconds
    return SqlStore(backend)


def move_store(from_url: str, to_url: str, progress: Progress = silent) -> list[Copied]:
    """Copy everything in one store to another, exactly; see `move.copy_shop`."""
    with closing(open_backend(from_url)) as source, closing(open_backend(to_url)) as target:
        return copy_shop(source, target, progress)


def database_file(url: str) -> Path | None:
    """The file of a database that is one file; None for a server's."""
    parsed = _parsed(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def place_snapshot(url: str, source: Path) -> None:
    """Make the database at `url`, where there is none yet, from the file of a snapshot, which is used up."""
    if database_file(url) is not None:
        from daogou.data.store.sqlite import SqliteBackend

        SqliteBackend.place(_parsed(url), source)
        return
    move_store(f"sqlite:///{source}", url)
    source.unlink()


def open_backend(url: str) -> Backend:
    """The database behind a store, with its tables up to date."""
    parsed = _parsed(url)
    backend = BACKENDS[parsed.get_backend_name()](parsed)
    try:
        with backend.setting_up() as connection:
            migrate(connection)
    except BaseException:
        backend.close()
        raise
    return backend


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidInput(
            f"{without_password(url)!r} is not a database URL. Use for example sqlite:///daogou.db."
        ) from error
    name = parsed.get_backend_name()
    if name not in BACKENDS:
        raise UnknownName("database", name, set(BACKENDS))
    return parsed
