"""An endpoint on this machine that plays what endpoints do, good and bad; a model over it is a fixture beside."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def chunk(**delta: Any) -> bytes:
    """One line of a stream."""
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta}]}).encode() + b"\n\n"


class Played(BaseHTTPRequestHandler):
    """Answers as the server's `play` says, and remembers what was asked."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        with suppress(OSError):  # the caller hung up, as it should
            self.server.play(self, body)
        self.close_connection = True

    def do_GET(self) -> None:
        self.answer(200, json.dumps({"data": [{"id": "small"}]}).encode())

    def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self) -> None:
        """The head of a stream."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


Play = Callable[[Played, dict[str, Any]], None]


def says(text: str, pieces: int = 7, tokens: int = 120) -> Play:
    """A stream of this text in pieces."""

    def play(caller: Played, body: dict[str, Any]) -> None:
        caller.begin()
        for start in range(0, len(text), pieces):
            caller.wfile.write(chunk(content=text[start : start + pieces]))
        count = json.dumps({"choices": [], "usage": {"total_tokens": tokens}})
        caller.wfile.write(f"data: {count}\n\ndata: [DONE]\n\n".encode())

    return play


class Place:
    """The endpoint: what it plays, what it was asked, where it is."""

    def __init__(self) -> None:
        self.server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Played)
        self.server.asked, self.server.play, self.server.daemon_threads = [], says("Hello."), True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def asked(self) -> list[dict[str, Any]]:
        return list(self.server.asked)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def plays(self, play: Play) -> None:
        self.server.play = play

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def nowhere() -> Iterator[str]:
    """An address whose connections never come about."""
    with ExitStack() as stack:
        deaf = stack.enter_context(socket.socket())
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):  # until the kernel takes no more
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(deaf.getsockname())
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"


def hangs(seconds: float = 30.0) -> Play:
    """Takes the call and says nothing."""
    return lambda caller, body: time.sleep(seconds)


def hangs_midway(caller: Played, body: dict[str, Any]) -> None:
    """One sentence, half another, silence."""
    caller.begin()
    caller.wfile.write(chunk(content="[[P1]] is a red mug. It also "))
    caller.wfile.flush()
    time.sleep(30)


def drips_nothing(caller: Played, body: dict[str, Any]) -> None:
    """Keeps the line warm, and never says a word."""
    caller.begin()
    for _ in range(600):
        caller.wfile.write(b": wait\n\n")
        caller.wfile.flush()
        time.sleep(0.05)


def never_ends(caller: Played, body: dict[str, Any]) -> None:
    """A stream without end."""
    caller.begin()
    piece = chunk(content="[[P1]] is a red mug. ")
    while True:
        caller.wfile.write(piece)


def never_ends_a_line(caller: Played, body: dict[str, Any]) -> None:
    """A line without end."""
    caller.begin()
    while True:
        caller.wfile.write(b"data: " + b"x" * 8_000)


def garbage(caller: Played, body: dict[str, Any]) -> None:
    """What no protocol says."""
    caller.begin()
    caller.wfile.write(b"data: {what\n\n")


def wrong_tool(caller: Played, body: dict[str, Any]) -> None:
    """Calls a tool that nobody offered."""
    caller.begin()
    call = {"index": 0, "function": {"name": "delete_orders", "arguments": "{}"}}
    caller.wfile.write(chunk(tool_calls=[call]) + b"data: [DONE]\n\n")


def fails(caller: Played, body: dict[str, Any]) -> None:
    caller.answer(500, b"{}")
