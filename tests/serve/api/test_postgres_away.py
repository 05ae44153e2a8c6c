"""PostgreSQL behind a proxy that spoils the connection: lists go on, and all is well again by itself."""

from __future__ import annotations

import importlib.util
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from daogou.data.store.open import BACKENDS

from ..conftest import rows

HOST, PORT = "127.0.0.1", 5432
PROXY = Path(__file__).parents[3] / "benchmarks" / "drills" / "proxy.py"
MARK = "storage_unavailable"


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to be so")


@pytest.fixture
def proxy() -> Iterator[Any]:
    """A proxy before the server that answers at the usual address."""
    if "postgresql" not in BACKENDS:
        pytest.skip("this program speaks no PostgreSQL yet")
    found = importlib.util.spec_from_file_location("proxy", PROXY)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    opened = module.Proxy(HOST, PORT)
    yield opened
    opened.close()


@pytest.fixture
def database() -> Iterator[str]:
    """The name of a fresh database."""
    psycopg = pytest.importorskip("psycopg", reason="needs psycopg: pip install 'daogou[postgres]'")
    name = f"away_{uuid.uuid4().hex[:12]}"
    try:
        admin = psycopg.connect(host=HOST, port=PORT, user="postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers at {HOST}:{PORT}: {error}")
    with admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("fault", ["slow", "reset", "down", "half_open", "garbage"])
def test_lists_go_on_and_nothing_is_acknowledged_that_is_not_there(
    tmp_path: Path, open_with: Any, proxy: Any, database: str, fault: str
) -> None:
    url = f"postgresql+psycopg://postgres@127.0.0.1:{proxy.port}/{database}"
    quick = {"look_every_ms": 50, "patience_ms": 1_000, "acknowledge_seconds": 1.0}
    with open_with(tmp_path, shop={"database": url}, storage=quick) as shop:
        assert shop.call("PUT", "/v1/items", json={"items": rows()}).status_code == 200
        assert shop.call("POST", "/v1/events", json=shop.event("e1")).json()["accepted"] == 1
        before = shop.recommend(placement="new_arrivals", visitor_id="v1")["items"]
        seen = shop.recommend(placement="recently_viewed", visitor_id="v1")["items"]
        proxy.become(fault)
        try:
            for _ in range(3):
                during = shop.recommend(placement="new_arrivals", visitor_id="v1")
                assert during["degraded"] == [MARK]
                assert [one["item_id"] for one in during["items"]] == [one["item_id"] for one in before]
            known = shop.recommend(placement="recently_viewed", visitor_id="v1")["items"]
            assert [one["item_id"] for one in known] == [one["item_id"] for one in seen]
            refused = shop.call("POST", "/v1/events", json=shop.event("e2"))
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, MARK)
        finally:
            proxy.become("none")
        wait_until(lambda: shop.recommend(placement="new_arrivals")["degraded"] == [])
        wait_until(lambda: shop.call("POST", "/v1/events", json=shop.event("e2")).status_code == 200)
        assert shop.client.app.state.service.store.count_events() == 2
