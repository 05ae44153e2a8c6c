"""A server of its own for benchmarks, and the smallest HTTP client that keeps a connection open."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from daogou.serve.keys import create_key

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """`daogou serve` in its own process group, over a copy of a shop."""

    folder: Path
    workers: int = 1
    port: int = 0
    key: str = ""
    process: subprocess.Popen[bytes] | None = None
    _log: Any = None

    def __post_init__(self) -> None:
        self.key = create_key(self.folder, "secret", note="benchmark")
        self.port = self.port or _free_port()

    def start(self, wait_seconds: float = 120.0) -> float:
        """Start and wait until it is ready; returns the seconds that took."""
        began = time.perf_counter()
        self._log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("daogou")), "serve", "--shop", str(self.folder), *self._options()],
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        while time.perf_counter() - began < wait_seconds:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server stopped: {(self.folder / 'server.log').read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=1) as answer:
                    answer.read()
                return time.perf_counter() - began
            except urllib.error.HTTPError as refusal:
                refusal.read()
                time.sleep(0.02)
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"not ready after {wait_seconds} s: {(self.folder / 'server.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """SIGKILL to every process of the server at once."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, then wait until it finished what it had begun."""
        self._signal(signal.SIGTERM)

    def cpu_seconds(self) -> float:
        """CPU used so far by the server and its workers."""
        assert self.process is not None
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:  # session
                total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def memory_mb(self) -> float:
        """Resident memory of the server and its workers, shared pages counted once per process."""
        assert self.process is not None
        pages = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                pages += int(fields[21])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _options(self) -> list[str]:
        return ["--port", str(self.port), "--workers", str(self.workers)]

    def _signal(self, number: int) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, number)
        self.process.wait(30)
        self._log.close()


@dataclass
class Connection:
    """One kept-alive connection; one call at a time."""

    port: int
    key: str
    head: bytes = field(default=b"", repr=False)  # of the last answer
    _reader: asyncio.StreamReader | None = field(default=None, repr=False)
    _writer: asyncio.StreamWriter | None = field(default=None, repr=False)

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and decoded answer; ConnectionError when the server went away."""
        status, content = await self.raw(method, path, b"" if body is None else json.dumps(body).encode())
        return status, json.loads(content)

    async def raw(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """The same without JSON, so that the client costs little."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader is not None
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = self.head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(answer[9:12])
        length = int(answer.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        return status, await self._reader.readexactly(length)

    async def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None


def copied(shop: Path) -> Path:
    """A copy of a shop's folder that may be spoiled."""
    place = Path(tempfile.mkdtemp(prefix="daogou-bench-")) / "shop"
    shutil.copytree(shop, place)
    return place


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
