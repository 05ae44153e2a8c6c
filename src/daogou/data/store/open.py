"""Open a shop's store by its URL."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.settings import without_password
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
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidInput(
            f"{without_password(url)!r} is not a database URL. Use for example sqlite:///daogou.db."
        ) from error
    name = parsed.get_backend_name()
    if name not in BACKENDS:
        raise UnknownName("database", name, set(BACKENDS))
    backend = BACKENDS[name](parsed)
    with backend.setting_up() as connection:
        migrate(connection)
    return SqlStore(backend)
