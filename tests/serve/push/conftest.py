"""A small shop behind a real server of several processes, and readers of its streams."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import Settings, database_url
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.serve.keys import create_key

RUN = """
import sys
from pathlib import Path
from daogou.core.settings import read_settings
from daogou.serve.run import run_server

run_server(Path(sys.argv[1]), read_settings(Path(sys.argv[1])))
"""
SECONDS_TO_WAIT = 60.0


@dataclass
class Stream:
    """An open stream, read by a thread of its own; `next` gives its events as (name, id, data)."""

    response: httpx.Response
    events: queue.SimpleQueue[tuple[str, str | None, Any]] = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        found: dict[str, str] = {}
        try:
            for line in self.response.iter_lines():
                name, _, value = line.partition(": ")
                if line:
                    found[name] = value
                elif "data" in found:
                    self.events.put((found["event"], found.get("id"), json.loads(found["data"])))
                    found = {}
        except (httpx.StreamError, httpx.TransportError):
            pass
        self.events.put(("end", None, None))

    def next(self) -> tuple[str, str | None, Any]:
        return self.events.get(timeout=SECONDS_TO_WAIT)

    def slate(self) -> Any:
        """The next slate."""
        name, _, data = self.next()
        assert name == "slate", name
        return data

    def item(self) -> Any:
        """The next change of an item."""
        name, identity, data = self.next()
        assert (name, identity) == ("item", None)
        return data

    def is_silent(self, seconds: float = 0.6) -> bool:
        """Whether nothing comes for a while, in which the server looks a dozen times."""
        try:
            self.events.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@dataclass
class Running:
    """A server of several processes; every call goes over a new connection, so to any of them."""

    folder: Path
    client: httpx.Client
    process: subprocess.Popen[bytes]

    @contextmanager
    def stream(self, **question: Any) -> Iterator[Stream]:
        with self.client.stream("POST", "/v1/stream", json=question) as response:
            assert response.status_code == 200, response.read()
            assert response.headers["content-type"].startswith("text/event-stream")
            try:
                yield Stream(response)
            finally:  # closing alone would wait for the thread that reads
                with suppress(OSError):
                    response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def send(self, name: str, item: str, visitor: str, event: str = "view_item") -> None:
        body = {
            "event_id": name,
            "event_name": event,
            "timestamp": int(time.time()),
            "visitor_id": visitor,
            "items": [{"item_id": item}],
        }
        self.client.post("/v1/events", json=body).raise_for_status()

    def figure(self, name: str) -> float:
        """A figure of all processes together."""
        lines = self.client.get("/metrics").text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    def until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.02)


@contextmanager
def serving(folder: Path, *, workers: int, settings: str = "", database: str | None = None) -> Iterator[Running]:
    """A running server over twelve items, one pound apart, kept in a SQLite file where nothing else is said."""
    url = database or database_url(Settings(), folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "shop.toml").write_text(
        f"[server]\nport = {port}\nworkers = {workers}\n[shop]\ndatabase = '{url}'\n{settings}"
    )
    now_us = system_clock()
    with closing(open_store(url)) as store:
        store.put_items(
            [
                Item(
                    f"p{number}",
                    {"en": f"Mug {number}"},
                    price_minor=100 * number + 100,
                    created_at_us=now_us - (12 - number) * DAY_US,
                    attributes={"colour": ("red",)} if number == 4 else {},
                )
                for number in range(12)
            ]
        )
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {create_key(folder, 'admin')}"},
        limits=httpx.Limits(max_keepalive_connections=0),
        timeout=SECONDS_TO_WAIT,
    )
    with client, (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", RUN, str(folder)], stderr=log, start_new_session=True)
        try:
            running = Running(folder, client, process)
            running.until(lambda: _is_ready(client, process))
            yield running
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def _is_ready(client: httpx.Client, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the server stopped while starting"
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two processes over each kind of database, for tests that leave them running."""
    database = request.getfixturevalue("new_postgres_url")() if request.param == "postgresql" else None
    with serving(tmp_path_factory.mktemp("two"), workers=2, database=database) as running:
        yield running


@pytest.fixture
def serve_with() -> Any:
    """Opens a server of one's own: serve_with(folder, workers=1, settings="…")."""
    return serving
