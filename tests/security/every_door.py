"""Goes through every door of a shop once: commands, server, each endpoint. Run as a program, best without a network.

python every_door.py FOLDER     writes answers, logs and what was tried to reach into FOLDER
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

DAOGOU = [sys.executable, "-c", "from daogou.cli.main import run; run()"]
GET_FLAGS, SET_FLAGS, IS_UP = 0x8913, 0x8914, 0x1
SECONDS_TO_START = 180
PATH_VALUES = {"item_id": "p1", "user_id": "u1", "name": "none-such"}


def main(place: Path) -> None:
    """All of it, in order."""
    loopback_up()
    (place / "reach.txt").write_text(reached("192.0.2.1", 80))
    shop = place / "shop"
    log = (place / "commands.log").open("ab")

    def daogou(*words: str) -> None:
        subprocess.run([*DAOGOU, *words], stdout=log, stderr=log, check=False)

    daogou("shop", "new", str(shop), "--currency", "GBP")
    for file in ("items.jsonl", "users.csv", "events.csv"):
        daogou("import", str(place / file), "--shop", str(shop))
    for words in ("train", "items", "recommend", "evaluate", "compact", "advise"):
        daogou(words, "--shop", str(shop))
    daogou("explain", "p1", "--user", "u1", "--shop", str(shop))
    daogou("lists", "--users", "all", "--out", str(place / "lists.jsonl"), "--shop", str(shop))
    daogou("shop", "show", "--shop", str(shop))
    keys = {scope: key(shop, scope) for scope in ("publishable", "secret", "admin")}
    (place / "keys.json").write_text(json.dumps(keys))
    serve(place, shop, keys)


def loopback_up() -> None:
    """A fresh network namespace has its loopback down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, GET_FLAGS, asked))[1]
        if not flags & IS_UP:
            fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sH14x", b"lo", flags | IS_UP))


def reached(host: str, port: int) -> str:
    """What the system says to a call that leaves this machine; an address that nobody has."""
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError as error:
        return f"refused {error.errno}" if error.errno else type(error).__name__
    return "reached"


def key(shop: Path, scope: str) -> str:
    """A new key."""
    words = [*DAOGOU, "key", "new", "--scope", scope, "--shop", str(shop)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def serve(place: Path, shop: Path, keys: dict[str, str]) -> None:
    """Start, call each endpoint, stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [*DAOGOU, "serve", "--shop", str(shop), "--port", str(port)]
    with (place / "server.log").open("wb") as log, subprocess.Popen(words, stdout=log, stderr=log) as server:
        try:
            call_all(f"http://127.0.0.1:{port}", keys, place)
            (place / "arguments.bin").write_bytes(Path(f"/proc/{server.pid}/cmdline").read_bytes())
        finally:
            server.terminate()


def call_all(address: str, keys: dict[str, str], place: Path) -> None:
    """Every operation of the document with its example, then what is wrong, then the figures."""
    with (
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
        (place / "answers.txt").open("w") as out,
    ):
        wait(client)
        client.headers["Authorization"] = f"Bearer {keys['admin']}"
        statuses: dict[str, int] = {}
        paths: dict[str, Any] = client.get("/openapi.json").json()["paths"]
        for path, methods in paths.items():
            for method, operation in methods.items():
                given = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
                with client.stream(method, path.format(**PATH_VALUES), json=given) as answer:
                    statuses[operation["operationId"]] = answer.status_code
                    if operation["operationId"] == "stream":
                        out.write(next(answer.iter_text()))
                        continue
                    out.write(f"{answer.read().decode()}\n")
        (place / "statuses.json").write_text(json.dumps(statuses))
        for method, path, body in json.loads((place / "calls.json").read_text()):
            out.write(f"{client.request(method, path, json=body).text}\n")
        for wrong in (keys["secret"] + "x", "dg_sec_nobody_nothing"):
            out.write(client.get("/v1/shop", headers={"Authorization": f"Bearer {wrong}"}).text)
        (place / "metrics.txt").write_text(client.get("/metrics").text)
        time.sleep(1)  # lists are logged a moment later


def wait(client: httpx.Client) -> None:
    """Until the server answers."""
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
        time.sleep(0.2)


if __name__ == "__main__":
    os.umask(0o022)
    main(Path(sys.argv[1]))
