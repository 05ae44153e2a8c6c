"""What is true of PostgreSQL only: how it is opened, who waits for whom, what a server that goes away looks like."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, make_url, text

from daogou.core.errors import InvalidInput, MissingExtra, StorageFull, StorageUnavailable
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import Appended, Store, open_store, postgres
from daogou.data.store.open import open_backend
from daogou.data.store.postgres import PostgresBackend
from daogou.data.store.postgres_errors import in_our_words
from daogou.data.store.schema import metadata
from daogou.data.store.sql_store import SqlStore


def view(event_id: str, **rest: object) -> Event:
    return Event(event_id, "view_item", 1, (EventLine("mug"),), **{"visitor_id": "v1", **rest})  # type: ignore[arg-type]


def backend_of(store: Store) -> PostgresBackend:
    assert isinstance(store, SqlStore)
    assert isinstance(store._backend, PostgresBackend)
    return store._backend


def setting(store: Store, name: str) -> str:
    return str(backend_of(store).read("SELECT current_setting(%s)", (name,))[0][0])


def hang_up(url: str, schema: str) -> None:
    """Let the server end every connection that looks into this schema."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE %s"
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(ended, (f"%marked {schema}%",))


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    opened = open_store(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def plain_url(postgres_server: str) -> str:
    return postgres_server.replace("+psycopg", "")


def test_commits_wait_for_the_disk_even_where_the_server_would_not(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c synchronous_commit=off")
    with closing(open_store(postgres_url)) as store:
        assert setting(store, "synchronous_commit") == "on"
    monkeypatch.setenv("PGOPTIONS", "-c synchronous_commit=remote_apply")
    with closing(open_store(postgres_url)) as store:
        assert setting(store, "synchronous_commit") == "remote_apply"


def test_the_steps_build_what_the_schema_says(store: Store, postgres_server: str) -> None:
    schema = backend_of(store).schema
    engine = create_engine(postgres_server)
    with engine.connect() as connection:
        connection.execute(text(f"SET search_path = {schema}"))
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        index = connection.execute(text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_events_past'")).scalars()
        assert any(one.endswith("WHERE (past_lines > 0)") for one in index)
    engine.dispose()


def test_several_processes_may_make_the_same_new_shop(postgres_url: str) -> None:
    script = f"from daogou.data.store import open_store; print(open_store({postgres_url!r}).count_events())"
    starters = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) for _ in range(4)]
    assert [(starter.communicate()[0].strip(), starter.returncode) for starter in starters] == [(b"0", 0)] * 4


def test_opening_again_loads_no_migration_machinery(store: Store, postgres_url: str) -> None:
    script = f"import sys; from daogou.data.store import open_store; open_store({postgres_url!r}); "
    script += "print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_shops_of_one_database_know_nothing_of_each_other(store: Store, postgres_url: str) -> None:
    with closing(open_store(f"{postgres_url}_b")) as other:
        store.append([view("a")])
        assert (store.count_events(), other.count_events()) == (1, 0)
        backend_of(other).read("SELECT 1")
        with backend_of(other).writing() as driver:
            store.append([view("b")])  # who writes in one shop waits for nobody in another
            driver.execute(f"DROP SCHEMA {backend_of(other).schema} CASCADE")
    assert store.count_events() == 2


@pytest.mark.parametrize("schema", ["Shop", "1st", "a-b", 'a"; DROP', "", "pg_shop", "x" * 64])
def test_a_schema_that_is_no_plain_name_is_refused(schema: str) -> None:
    url = make_url("postgresql+psycopg://nobody@nowhere/x").update_query_dict({"schema": schema})
    with pytest.raises(InvalidInput, match=r"Schema '.*' is not allowed in the database URL\. Use small letters"):
        PostgresBackend(url)


def test_numbers_become_visible_in_the_order_in_which_they_were_given(store: Store, postgres_url: str) -> None:
    """Two real transactions at once: the later one cannot commit a higher number before the earlier one is there."""
    backend = backend_of(store)
    adding = store._events.adding  # type: ignore[attr-defined]
    from daogou.data.store.rows import event_rows

    done = threading.Event()
    other = open_store(postgres_url)

    def second() -> None:
        other.append([view("second")])
        done.set()

    thread = threading.Thread(target=second)
    with backend.writing() as driver:
        assert adding.groups(driver, [event_rows([view("first")])]) == [1]
        thread.start()
        assert not done.wait(0.3)
        assert other.last_seq() == 0
        seen = [seq for seq, _ in store.iterate_events()]
    thread.join(10)
    later = [(seq, event.event_id) for seq, event in store.iterate_events(max(seen, default=0))]
    assert later == [(1, "first"), (2, "second")]
    other.close()


def test_who_reads_what_is_new_misses_nothing_that_many_write_at_once(store: Store, postgres_url: str) -> None:
    script = """
import sys
from daogou.core.types import Event
from daogou.data.store import open_store
store = open_store(sys.argv[1])
for number in range(150):
    store.append([Event(f"{sys.argv[2]}-{number}-{n}", "search", 1) for n in range(3)])
"""
    writers = [subprocess.Popen([sys.executable, "-c", script, postgres_url, name]) for name in "abc"]
    after, seen = 0, []
    while True:
        is_over = all(one.poll() is not None for one in writers)
        rows = store.event_rows(after, 1_000, store.last_seq())
        seen += [row[1] for row in rows]
        after = rows[-1][0] if rows else after
        if is_over and not rows:
            break
    assert len(seen) == len(set(seen)) == 3 * 150 * 3 == store.count_events()


def test_a_turn_that_is_held_too_long_is_said_to_be_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = backend_of(store)
    monkeypatch.setattr(postgres, "BUSY_SECONDS", 0.05)
    with backend.writing():
        backend.read("SELECT set_config('lock_timeout', '50ms', false)")
        with pytest.raises(StorageUnavailable, match="another program has been writing for"):
            store.append([view("a")])
        assert store.count_events() == 0  # reading never waits
    assert store.append([view("a")]) == Appended(1, 0)


def test_a_server_that_hung_up_meanwhile_is_asked_once_more(store: Store, plain_url: str) -> None:
    backend = backend_of(store)
    for again in (lambda: store.count_events(), lambda: store.append([view("a")]), lambda: store.history(["v:v1"], 9)):
        backend.read(f"SELECT 1 /* marked {backend.schema} */")
        hang_up(plain_url, backend.schema)
        again()
    assert store.count_events() == 1


def test_a_server_that_goes_away_within_a_transaction_leaves_nothing(store: Store, plain_url: str) -> None:
    backend = backend_of(store)

    def write_and_lose() -> None:
        with backend.writing() as driver:
            driver.execute("INSERT INTO pruned_events VALUES ('a')")
            driver.execute(f"SELECT 1 /* marked {backend.schema} */")
            hang_up(plain_url, backend.schema)
            driver.execute("SELECT 1")

    with pytest.raises(StorageUnavailable, match="cannot be used: terminating connection"):
        write_and_lose()
    assert store.statistics()["pruned_events"] == 0


def test_an_error_inside_a_transaction_takes_everything_back(store: Store) -> None:
    def break_off() -> None:
        with backend_of(store).writing() as driver:
            driver.execute("INSERT INTO pruned_events VALUES ('a')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert store.statistics()["pruned_events"] == 0
    assert store.append([view("a")]) == Appended(1, 0)


def test_a_full_disk_is_said_to_be_one(store: Store) -> None:
    raised = psycopg.errors.DiskFull("could not extend file: No space left on device")
    told = in_our_words(raised, backend_of(store).place)
    assert isinstance(told, StorageFull)
    assert "is full; nothing was written. Free some space" in str(told)
    refuse = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
    refuse += "$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"
    with backend_of(store).writing() as driver:
        driver.execute(refuse)
        driver.execute("CREATE TRIGGER full_disk BEFORE INSERT ON events EXECUTE FUNCTION full_disk()")
    with pytest.raises(StorageFull, match="is full; nothing was written"):
        store.append([view("a")])
    with backend_of(store).writing() as driver:
        driver.execute("DROP TRIGGER full_disk ON events")
    assert store.append([view("a")]) == Appended(1, 0)


@pytest.mark.parametrize("bad", [{"search_term": "a\0b"}, {"session_id": "\ud800"}, {"value_minor": 2**63}])
def test_what_cannot_be_kept_is_refused_and_nothing_of_it_is_in(store: Store, bad: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="A value cannot be stored"):
        store.append([view("a"), view("b", **bad)])
    with pytest.raises(InvalidInput, match="cannot be stored"):
        store.history(["v:\0"], 3)
    with pytest.raises(InvalidInput, match="cannot be stored"):
        store.put_items([Item("a\0", {})])
    assert (store.count_events(), store.catalogue_revision()) == (0, 0)
    assert store.append([view("a")]) == Appended(1, 0)


def test_a_server_that_does_not_answer_is_named_with_what_to_look_at() -> None:
    with pytest.raises(
        StorageUnavailable, match=r"127\.0\.0\.1:1/x.* cannot be reached: .*refused.*Check that it runs"
    ):
        open_store("postgresql+psycopg://anna:secret@127.0.0.1:1/x")


def test_a_database_that_does_not_exist_is_named_and_no_password_is(postgres_server: str) -> None:
    url = make_url(postgres_server).set(database="no_such_database", password="hidden")
    with pytest.raises(StorageUnavailable, match=r'database "no_such_database" does not exist\. Create it') as told:
        open_store(url.render_as_string(hide_password=False))
    assert "hidden" not in str(told.value)


def test_a_url_that_cannot_be_read_is_shown_without_its_password() -> None:
    with pytest.raises(InvalidInput, match=r"\(hidden\)") as told:
        open_store("postgresql+psycopg//anna:secret@127.0.0.1:port/x")
    assert "secret" not in str(told.value)


def test_another_driver_is_refused_with_the_one_to_use() -> None:
    with pytest.raises(InvalidInput, match=r"The driver 'asyncpg' is not spoken\. Use postgresql\+psycopg"):
        open_backend("postgresql+asyncpg://localhost/x")


def test_without_the_extra_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daogou.data.store.postgres", None)
    with pytest.raises(
        MissingExtra, match=r"PostgreSQL needs psycopg\. Install it with: pip install 'daogou\[postgres\]'"
    ):
        open_store("postgresql+psycopg://localhost/x")


def test_a_closed_store_says_so(postgres_url: str) -> None:
    store = open_store(postgres_url)
    store.close()
    with pytest.raises(StorageUnavailable, match=r"The store .* is closed"):
        store.count_events()


def test_a_past_the_revision_and_the_newest_number_are_found_by_an_index(store: Store) -> None:
    backend = backend_of(store)
    asked = {
        "ix_events_past": (store._events.past, ("u:anna", 9)),  # type: ignore[attr-defined]
        "ix_items_revision": (store._catalogue.revision, ()),  # type: ignore[attr-defined]
        "events_pkey": (store._events.last, ()),  # type: ignore[attr-defined]
    }
    with backend.reading() as driver:
        driver.execute("SET LOCAL enable_seqscan = off")  # tables so small are read whole otherwise
        for index, (sql, blanks) in asked.items():
            plan = "\n".join(row[0] for row in driver.execute(f"EXPLAIN {sql}", blanks).fetchall())
            assert index in plan
            assert "Seq Scan" not in plan
