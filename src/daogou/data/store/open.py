"""Open a shop's store by its URL."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from daogou.core.errors import InvalidInput, UnknownName
from daogou.data.store.migrate import migrate
from daogou.data.store.sql_store import SqlStore
from daogou.data.store.sqlite import SqliteBackend
from daogou.data.store.store import Store

BACKENDS: Mapping[str, type[SqliteBackend]] = {"sqlite": SqliteBackend}
"""Name in the URL to what speaks that database's dialect."""


def open_store(url: str) -> Store:
    """Open the store at a SQLAlchemy URL such as sqlite:////srv/shop/daogou.db; makes or updates its tables.

    Raises StorageUnavailable when it cannot be opened, UnknownName for a database we do not speak.
    """
    parsed = _parsed(url)
    backend = BACKENDS[parsed.get_backend_name()](parsed)
    with backend.setting_up() as connection:
        migrate(connection)
    return SqlStore(backend)


def database_file(url: str) -> Path | None:
    """The file of a database that is one file; None for a server's."""
    parsed = _parsed(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def place_snapshot(url: str, source: Path) -> None:
    """Make the database at `url`, where there is none yet, from the file of a snapshot, which is used up."""
    parsed = _parsed(url)
    BACKENDS[parsed.get_backend_name()].place(parsed, source)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidInput(f"{url!r} is not a database URL. Use for example sqlite:///daogou.db.") from error
    if parsed.get_backend_name() not in BACKENDS:
        raise UnknownName("database", parsed.get_backend_name(), set(BACKENDS))
    return parsed
