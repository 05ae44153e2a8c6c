"""The tables are built by steps, and the steps build exactly what `schema` says."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from daogou.core.errors import StorageUnavailable
from daogou.core.types import Event
from daogou.data.store import open_store
from daogou.data.store.migrate import FOLDER
from daogou.data.store.migrations import HEAD
from daogou.data.store.schema import metadata

FIRST = {
    *("alembic_version", "sqlite_sequence", "events", "pruned_events"),
    *("items", "users", "slates", "lake_files", "lake_state"),
}
"""The tables of the first step."""


def test_head_is_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(FOLDER / "versions"))
    config.set_main_option("path_separator", "newline")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_steps_build_what_the_schema_says(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/shop.db").close()
    engine = create_engine(f"sqlite:///{tmp_path}/shop.db")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    built = sqlite3.connect(tmp_path / "shop.db")
    texts = dict(built.execute("SELECT name, sql FROM sqlite_master"))
    built.close()
    assert "AUTOINCREMENT" in texts["events"]
    assert "WITHOUT ROWID" in texts["pruned_events"]
    assert texts["ix_events_past"].endswith("WHERE past_lines > 0")


def test_opening_again_changes_nothing_and_loads_no_migration_machinery(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/shop.db"
    open_store(url).close()
    script = (
        f"import sys; from daogou.data.store import open_store; open_store({url!r}); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_database_of_the_first_program_gets_what_is_missing_and_keeps_what_it_has(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/shop.db"
    store = open_store(url)
    store.append([Event("e1", "search", 1)])
    store.close()
    older = sqlite3.connect(tmp_path / "shop.db")
    tables = {name for (name,) in older.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in tables - FIRST:
        older.execute(f"DROP TABLE {name}")
    older.execute("DROP INDEX ix_slates_person")
    for column in ("seen", "release", "took_us"):
        older.execute(f"ALTER TABLE slates DROP COLUMN {column}")
    older.execute("UPDATE alembic_version SET version_num = '0001'")
    older.commit()
    older.close()
    store = open_store(url)
    assert (store.count_events(), store.rules.version()) == (1, 0)
    store.close()


def test_a_database_from_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/shop.db").close()
    newer = sqlite3.connect(tmp_path / "shop.db")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    with pytest.raises(StorageUnavailable, match=r"at version 9999, newer than this program knows \(0011\)"):
        open_store(f"sqlite:///{tmp_path}/shop.db")


def test_several_processes_may_make_the_same_new_database(tmp_path: Path) -> None:
    script = (
        f"from daogou.data.store import open_store; print(open_store('sqlite:///{tmp_path}/shop.db').count_events())"
    )
    starters = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) for _ in range(4)]
    assert [(starter.communicate()[0].strip(), starter.returncode) for starter in starters] == [(b"0", 0)] * 4
