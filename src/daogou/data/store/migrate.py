"""Bring a shop's tables up to this program's version; done each time a store is opened, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from daogou.core.errors import StorageUnavailable
from daogou.data.store.migrations import HEAD

FOLDER = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """The last step this database has taken; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(connection: Connection) -> None:
    """Take the steps that are missing. The caller holds the write lock, so two processes never do it at once."""
    found = version_of(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StorageUnavailable(
            f"This database is at version {found}, newer than this program knows ({HEAD}). Install a newer Daogou."
        )
    from alembic import command  # imported late: it costs a third of a second and is needed once per database
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(FOLDER / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
