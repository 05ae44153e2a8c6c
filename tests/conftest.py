"""What all tests share: where public data lies, and databases of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from daogou.data.store.open import BACKENDS

# Tests run side by side on few cores, and train tiny networks: threads would only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def public_data() -> Path:
    """The folder of public data sets named by DAOGOU_DATA; tests that need it skip without it."""
    named = os.environ.get("DAOGOU_DATA")
    if not named or not Path(named).is_dir():
        pytest.skip("needs public data sets: set DAOGOU_DATA to the folder that holds them")
    return Path(named)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the searches for bad calls go on."""
    parser.addoption("--fuzz-examples", type=int, default=8, help="Invented calls per operation, with and without keys")


@pytest.fixture(scope="session")
def fuzz_examples(request: pytest.FixtureRequest) -> int:
    """Invented calls per operation."""
    return int(request.config.getoption("--fuzz-examples"))


POSTGRES = os.environ.get("DAOGOU_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
"""A server on which tests may make schemas and drop them."""


def _answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a database in PostgreSQL: the one that answers, else one of a server started here."""
    pytest.importorskip("psycopg", reason="needs psycopg: pip install 'daogou[postgres]'")
    if _answers(POSTGRES):
        yield POSTGRES
        return
    programs = shutil.which("initdb") or max(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)
    if programs is None:
        pytest.skip(f"needs PostgreSQL: nothing answers at {POSTGRES}, and no initdb is installed to start one")
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip(f"needs PostgreSQL: nothing answers at {POSTGRES}, and root may not start one")
    folder = Path(tempfile.mkdtemp(prefix="daogou-pg-"))
    control = str(Path(programs).with_name("pg_ctl"))
    subprocess.run([programs, "-A", "trust", "-U", "postgres", "-D", folder / "data"], check=True, capture_output=True)
    options = f"-k {folder} -c listen_addresses= -p 5432"
    subprocess.run([control, "-w", "-D", folder / "data", "-l", folder / "log", "-o", options, "start"], check=True)
    yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    subprocess.run([control, "-w", "-m", "fast", "-D", folder / "data", "stop"], check=True)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_postgres_url(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Gives the URL of a place for one shop in PostgreSQL; all are dropped in the end."""
    import psycopg

    made: list[str] = []

    def new() -> str:
        made.append(f"test_{uuid.uuid4().hex}")
        return f"{postgres_server}{'&' if '?' in postgres_server else '?'}schema={made[-1]}"

    yield new
    with closing(psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True)) as connection:
        connection.execute("SET client_min_messages = warning")
        for schema in made:
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


@pytest.fixture
def postgres_url(new_postgres_url: Callable[[], str]) -> str:
    """A place for one shop in PostgreSQL."""
    return new_postgres_url()


@pytest.fixture(params=sorted(BACKENDS))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once of each kind that we speak."""
    urls = {
        "sqlite": lambda: f"sqlite:///{tmp_path}/shop.db",
        "postgresql": lambda: request.getfixturevalue("postgres_url"),
    }
    return str(urls[request.param]())
