"""A database of every schema that was ever released opens, loses nothing, and survives being killed on the way."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from daogou.core.types import Consent, Event, EventLine
from daogou.data.store import open_store
from daogou.data.store.migrations import HEAD
from daogou.data.store.schema import metadata

RELEASED = Path(__file__).parent / "released"
"""One database per step, as SQL, with rows in every table that the step knows."""
VERSIONS = sorted(path.stem.removeprefix("v") for path in RELEASED.glob("v*.sql"))
AT_US = 1_795_255_200_000_000
DIES_AT = {"0002": "rule_versions", "0003": "wishes", "0004": "ix_slates_person", "0005": "price_moves", "0006": "seen"}
"""A word of the statement during which the upgrade is killed, by the step it belongs to."""

KILLED_UPGRADE = """
import os, signal, sys
from sqlalchemy import Engine, event
from daogou.data.store import open_store

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if sys.argv[2] in statement and statement.lstrip().upper().startswith(("CREATE", "ALTER")):
        os.kill(os.getpid(), signal.SIGKILL)

open_store(sys.argv[1])
"""


def made(folder: Path, version: str) -> Path:
    path = folder / "shop.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((RELEASED / f"v{version}.sql").read_text(encoding="utf-8"))
    return path


def check_everything_is_there(path: Path, since: str) -> None:
    with closing(open_store(f"sqlite:///{path}")) as store:
        events = [event for _, event in store.iterate_events()]
        assert [event.event_id for event in events] == ["e1", "e2", "e3", "e4"]
        assert events[1].lines == (EventLine("mug", 2, 1250, 0), EventLine("茶壶"))
        assert (events[1].transaction_id, events[1].coupon, events[2].search_term) == ("t1", "SPRING", 'a "red" mug')
        assert (events[3].rating, events[3].consent) == (4.5, Consent(analytics="denied"))
        assert [row.item_id for row in store.history(["u:ann", "v:v-1"], 10)] == ["mug", "mug", "茶壶", "茶壶"]
        mug, pot = store.items(["mug", "茶壶"])
        assert (mug.price_minor, mug.title["zh"], mug.attributes["colour"]) == (1000, "红杯", ("red",))
        assert (pot.currency, pot.is_hidden) == ("CNY", True)
        user = store.user("ann")
        assert user is not None
        assert user.attributes == {"segment": ("gold",)}
        slate = store.slate("r1")
        assert slate is not None
        assert [(place.item_id, place.propensity) for place in slate.items] == [("茶壶", 0.5), ("mug", None)]
        manifest = store.manifest()
        assert (manifest.watermark, [file.n_bytes for file in manifest.files]) == (2, [1234])
        assert store.rules.version() == (1 if since >= "0002" else 0)
        assert dict(store.wishes.of(["u:ann"])) == ({"colour:red": "less"} if since >= "0003" else {})
        assert len(store.showings(["u:ann"], 0, 5)) == 1
        moves = list(store.prices.since(0)) if since >= "0005" else []
        assert [(move[1], move[3], move[4]) for move in moves] == ([("mug", 1250, 1000)] if moves else [])


def test_every_step_has_its_database_here() -> None:
    assert VERSIONS[: int("0006")] == ["0001", "0002", "0003", "0004", "0005", "0006"]
    assert VERSIONS[-1] <= HEAD


@pytest.mark.parametrize("version", VERSIONS)
def test_a_database_of_any_released_step_is_read_back_whole(version: str, tmp_path: Path) -> None:
    path = made(tmp_path, version)
    check_everything_is_there(path, version)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    with closing(open_store(f"sqlite:///{path}")) as store:
        assert store.append([Event("e4", "search", AT_US), Event("e5", "search", AT_US)]).accepted == 1
        assert store.count_events() == 5


@pytest.mark.parametrize(("step", "word"), DIES_AT.items())
def test_an_upgrade_killed_during_any_step_is_taken_up_again(step: str, word: str, tmp_path: Path) -> None:
    path = made(tmp_path, "0001")
    url = f"sqlite:///{path}"
    killed = subprocess.run([sys.executable, "-c", KILLED_UPGRADE, url, word], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, (step, killed.stderr)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    check_everything_is_there(path, "0001")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
