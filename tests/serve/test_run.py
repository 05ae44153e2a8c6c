"""The real server in its own processes: several workers, one truth, and an orderly end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import Settings, database_url, read_settings
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.serve.handover import FLAGS_VARIABLE, environment_for, folder_and_settings
from daogou.serve.keys import create_key
from daogou.serve.run import check_address, run_server

RUN = """
import sys
from pathlib import Path
from daogou.core.settings import read_settings
from daogou.serve.run import run_server

folder, port, workers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
run_server(folder, read_settings(folder, {"server": {"port": port, "workers": workers}}))
"""


@dataclass
class Running:
    """A server in its own process and a client that opens a new connection for every call."""

    client: httpx.Client
    port: int
    key: str
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, workers: int, database: str = "sqlite:///daogou.db") -> Iterator[Running]:
    """A running server over eight items."""
    (folder / "shop.toml").write_text(f"[shop]\ndatabase = '{database}'\n[server]\nmax_batch = 50\n")
    with closing(open_store(database_url(read_settings(folder), folder))) as store:
        store.put_items([Item(f"p{number}", {"en": f"Mug {number}"}, price_minor=100) for number in range(8)])
    key, port = create_key(folder, "secret"), free_port()
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {key}"},
        limits=httpx.Limits(max_keepalive_connections=0),
        timeout=20,
    )
    with client, (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder), str(port), str(workers)], stderr=log, start_new_session=True
        )
        try:
            wait_until_ready(client, process)
            yield Running(client, port, key, process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One worker, for tests that leave it running."""
    with serving(tmp_path_factory.mktemp("one"), workers=1) as running:
        yield running


def wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server stopped while starting"
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server was not ready in time")


def event(name: str, item: str = "p1", visitor: str = "v1") -> dict[str, Any]:
    return {
        "event_id": name,
        "event_name": "view_item",
        "timestamp": int(time.time()),
        "visitor_id": visitor,
        "items": [{"item_id": item}],
    }


def test_what_one_worker_took_every_worker_knows_at_once(tmp_path: Path, database: str) -> None:
    with serving(tmp_path, workers=2, database=database) as running:
        client = running.client
        for number in range(8):
            visitor, item = f"v{number}", f"p{number}"
            assert client.post("/v1/events", json=event(f"e{number}", item, visitor)).json()["accepted"] == 1
            for _ in range(4):  # each over a new connection, so from either worker
                body = {"placement": "recently_viewed", "visitor_id": visitor}
                answer = client.post("/v1/recommendations", json=body).json()
                assert [place["item_id"] for place in answer["items"]] == [item]
        for number in range(4):
            client.patch(f"/v1/items/p{number}", json={"hidden": True}).raise_for_status()
            for _ in range(4):
                assert client.get("/v1/items?limit=200").json()["total"] == 7 - number
        counted = [line for line in client.get("/metrics").text.splitlines() if "daogou_events_total" in line]
        assert 'daogou_events_total{outcome="accepted",shop="shop"} 8.0' in counted  # of both workers together


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the serving processes in /proc")
def test_processes_are_replaced_one_by_one_and_no_call_fails(tmp_path: Path) -> None:
    with serving(tmp_path, workers=2) as running:
        before = serving_processes(running.process.pid)
        assert len(before) == 2
        kept = httpx.Client(base_url=running.client.base_url, headers=running.client.headers, timeout=60)
        with kept:
            running.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 180
            calls = 0
            while serving_processes(running.process.pid) & before and time.monotonic() < deadline:
                for client in (kept, running.client):  # over a kept connection, and over a new one
                    answer = client.post("/v1/recommendations", json={"placement": "trending"})
                    assert answer.status_code == 200
                    calls += 1
                time.sleep(0.01)
        after = serving_processes(running.process.pid)
        assert calls > 10
        assert len(after) == 2
        assert not after & before


def serving_processes(parent: int) -> set[int]:
    """Processes that the parent spawned to serve."""
    found = set()
    for line in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        try:
            command = Path(f"/proc/{line}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.add(int(line))
    return found


def test_one_process_alone_does_not_die_of_a_hangup(server: Running) -> None:
    server.process.send_signal(signal.SIGHUP)
    assert server.client.get("/healthz").status_code == 200
    assert server.process.poll() is None


def test_flags_reach_the_worker_and_the_answer_names_no_server(server: Running) -> None:
    answer = server.client.put("/v1/users", json={"users": [{"id": "u"}] * 51})
    assert answer.status_code == 413  # max_batch = 50 of shop.toml
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "garbage",
    [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"POST /v1/events HTTP/1.1\r\nContent-Length: x\r\n\r\n"],
)
def test_a_garbled_request_line_is_answered_and_the_server_lives_on(server: Running, garbage: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(garbage)
        line.shutdown(socket.SHUT_WR)
        assert not line.recv(1_000).startswith(b"HTTP/1.1 5")
    assert server.client.get("/healthz").status_code == 200
    assert server.process.poll() is None


def test_a_stopped_server_has_kept_everything_it_acknowledged(tmp_path: Path) -> None:
    with serving(tmp_path, workers=1) as running:
        for number in range(5):
            running.client.post("/v1/events", json=event(f"e{number}")).raise_for_status()
        answer = running.client.post("/v1/recommendations", json={"placement": "trending"}).json()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) in (0, -signal.SIGTERM)
    with closing(open_store(database_url(Settings(), tmp_path))) as store:
        assert store.count_events() == 5
        assert store.slate(answer["recommendation_id"]) is not None  # even what nobody waits for was written
    logged = (tmp_path / "log").read_text()
    assert '"event":"closed"' in logged
    assert all(json.loads(line) for line in logged.splitlines())
    assert running.key not in logged


def test_settings_survive_the_handover(tmp_path: Path) -> None:
    settings = Settings(server={"port": 9001, "max_batch": 7}, shop={"currency": "CNY"}, key_pepper="hush")
    environment = environment_for(tmp_path, settings)
    assert "hush" not in "".join(environment.values())
    folder, taken = folder_and_settings(environment)
    assert folder == tmp_path.resolve()
    assert taken.model_dump(exclude={"key_pepper"}) == settings.model_dump(exclude={"key_pepper"})
    assert environment["OMP_NUM_THREADS"] == "1"


def test_garbled_flags_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=FLAGS_VARIABLE):
        folder_and_settings({FLAGS_VARIABLE: "{"})


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InvalidInput, match=rf"port {port}: Address already in use.*--port 8081"):
            run_server(tmp_path, Settings(server={"port": port}))
    check_address(Settings(server={"port": port}).server)
    with pytest.raises(InvalidInput, match="Cannot listen on no such host"):
        check_address(Settings(server={"host": "no such host"}).server)


def test_a_damaged_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    with closing(open_store(database_url(Settings(), tmp_path))) as store:
        store.put_items([Item(f"p{number}", {"en": f"Mug {number}"}, price_minor=100) for number in range(400)])
    database = tmp_path / "daogou.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:8_192] + bytes(range(256)) * ((len(whole) - 8_192) // 256))
    command = [sys.executable, "-c", RUN, str(tmp_path), str(free_port()), "1"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
    assert ended.returncode != 0
    assert b"Traceback" not in ended.stdout
    said = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith(b"{")]
    assert any("is damaged" in line["event"] and "a whole copy" in line["event"] for line in said), said


def test_one_server_of_several_shops_follows_its_folder(tmp_path: Path) -> None:
    def make(name: str) -> str:
        (tmp_path / name).mkdir()
        (tmp_path / name / "shop.toml").write_text(f'[shop]\nid = "{name}"\n')
        with closing(open_store(database_url(Settings(), tmp_path / name))) as store:
            store.put_items([Item(f"{name}-mug", {"en": "Mug"}, price_minor=100)])
        return create_key(tmp_path / name, "secret")

    keys, port = {name: make(name) for name in ("north", "south")}, free_port()
    (tmp_path / "server.toml").write_text(
        '[server]\ntrusted_proxies = ["127.0.0.0/8"]\n[limits]\nrefused = "2/minute"\n'
    )
    command = [sys.executable, "-m", "daogou.cli.main", "serve", "--shops", str(tmp_path), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "DAOGOU_SHOP"}
    command[1:3] = ["-c", "from daogou.cli.main import run; run()"]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client, (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, env=environment)
        try:
            wait_until_ready(client, process)
            keys["late"] = make("late")
            deadline, found = time.monotonic() + 30, set[str]()
            while found != set(keys) and time.monotonic() < deadline:
                answers = [client.get("/v1/shop", headers={"X-API-Key": key}) for key in keys.values()]
                found = {answer.json().get("id") for answer in answers if answer.status_code == 200}
                time.sleep(0.1)
            assert found == set(keys)
            for forwarded in ("203.0.113.1", "203.0.113.2"):  # each counted by itself: the proxy is believed
                headers = {"X-Forwarded-For": forwarded, "X-API-Key": "dg_pub_guess_guess"}
                tried = [client.get("/v1/shop", headers=headers).status_code for _ in range(3)]
                assert tried == [401, 401, 429]
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) in (0, -signal.SIGTERM)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(20)


def test_slow_and_oversized_callers_are_refused_and_others_are_answered(server: Running) -> None:
    head = f"POST /v1/events HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer {server.key}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    slow = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(50)]
    try:
        for number, line in enumerate(slow):
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: sh" if number % 2 else (head % 100).encode() + b"{")
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
            line.sendall((head % 5_000_000).encode())
            assert line.recv(1_000).startswith(b"HTTP/1.1 413 ")
        rows = {"events": [event(f"x{number}") for number in range(10_000)]}
        assert server.client.post("/v1/events", json=rows).status_code == 413
        deep = b'{"events": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
        sent = server.client.post("/v1/events", content=deep, headers={"Content-Type": "application/json"})
        assert sent.status_code == 400
        assert server.client.post("/v1/recommendations", json={"placement": "trending"}).status_code == 200
        slow[0].settimeout(40)
        assert slow[0].recv(1_000).startswith(b"HTTP/1.1 408 ")
    finally:
        for line in slow:
            line.close()
