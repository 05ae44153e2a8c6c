"""A real server whose processes, files and limits are taken from it: it goes on, and loses nothing it acknowledged."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from .test_run import Running, event, serving


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(1_200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be so")


def workers_of(running: Running) -> list[int]:
    """Processes that answer: children of the supervisor, its resource tracker left aside."""
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
    return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def seen(client: httpx.Client, visitor: str) -> list[str]:
    answer = client.post("/v1/recommendations", json={"placement": "recently_viewed", "visitor_id": visitor})
    assert answer.status_code == 200, answer.text
    return [place["item_id"] for place in answer.json()["items"]]


def test_a_killed_worker_is_replaced_and_nothing_acknowledged_is_gone(tmp_path: Path) -> None:
    with serving(tmp_path, workers=2) as running:
        assert running.client.post("/v1/events", json=event("e1")).json()["accepted"] == 1
        wait_until(lambda: len(workers_of(running)) == 2)
        victim = workers_of(running)[0]
        os.kill(victim, signal.SIGKILL)

        def is_whole() -> bool:
            now = workers_of(running)
            return len(now) == 2 and victim not in now

        wait_until(is_whole)
        wait_until(lambda: _answers(running.client))
        assert seen(running.client, "v1") == ["p1"]
        assert running.client.post("/v1/events", json=event("e1")).json()["duplicates"] == 1


def _answers(client: httpx.Client) -> bool:
    try:
        return all(client.get("/readyz").status_code == 200 for _ in range(4))
    except httpx.TransportError:
        return False


def test_settings_keys_and_files_that_vanish_do_not_stop_a_running_server(tmp_path: Path) -> None:
    with serving(tmp_path, workers=1) as running:
        assert running.client.post("/v1/events", json=event("e1")).json()["accepted"] == 1
        (tmp_path / "shop.toml").unlink()
        shutil.rmtree(tmp_path / "files", ignore_errors=True)
        (tmp_path / "keys.json").write_bytes(b'[{"key_id": "half')
        assert seen(running.client, "v1") == ["p1"]
        assert running.client.post("/v1/events", json=event("e2", "p2")).json()["accepted"] == 1
        assert seen(running.client, "v1") == ["p2", "p1"]
        assert "keys_unread" in running.client.get("/readyz").json()["degraded"]
    assert "Restore it from a backup" in (tmp_path / "log").read_text()


def test_two_servers_on_one_folder_share_what_either_acknowledged(tmp_path: Path) -> None:
    with ExitStack() as stack:
        one, other = (stack.enter_context(serving(tmp_path, workers=1)) for _ in range(2))
        assert one.client.post("/v1/events", json=event("e1", "p1")).json()["accepted"] == 1
        assert seen(other.client, "v1") == ["p1"]
        assert other.client.post("/v1/events", json=event("e1", "p1")).json()["duplicates"] == 1
        assert other.client.post("/v1/events", json=event("e2", "p2")).json()["accepted"] == 1
        assert seen(one.client, "v1") == ["p2", "p1"]


def test_without_file_descriptors_open_connections_are_answered_and_new_ones_once_there_are_some(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, workers=1) as running, ExitStack() as stack:
        kept = stack.enter_context(httpx.Client(base_url=running.client.base_url, headers=running.client.headers))
        assert kept.post("/v1/events", json=event("e1")).json()["accepted"] == 1
        n_open = len(os.listdir(f"/proc/{running.process.pid}/fd"))
        most = resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE)[1]
        resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (n_open + 8, most))
        idle = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(40)]
        for number in range(5):
            assert seen(kept, "v1") == ["p1"]
            answer = kept.post("/v1/events", json=event(f"more{number}"))
            assert answer.status_code in (200, 503), answer.text
        for one in idle:
            one.close()
        wait_until(lambda: _answers(running.client))
        assert running.client.post("/v1/events", json=event("e1")).json()["duplicates"] == 1


def test_training_without_memory_ends_by_itself_and_what_serves_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path, workers=1) as running:
        limited = (
            "import resource, sys; from daogou.cli.main import run\n"
            "import daogou.cli.train\n"
            "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize() + 8_000_000\n"
            "resource.setrlimit(resource.RLIMIT_AS, (used, used)); run()"
        )
        done: Any = subprocess.run(
            [sys.executable, "-c", limited, "train", "--shop", str(tmp_path)], capture_output=True, timeout=120
        )
        assert done.returncode != 0
        assert not list((tmp_path / "files").glob("models/releases/*"))
        assert running.client.post("/v1/events", json=event("e1")).json()["accepted"] == 1
        assert seen(running.client, "v1") == ["p1"]
