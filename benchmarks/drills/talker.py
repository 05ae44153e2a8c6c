"""One who talks with the guide of a real server, over one connection that is kept."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from http_server import Server

MOST_SECONDS = 30.0


@dataclass
class Streamed:
    """A turn as a stream. cards_ms: until the first `cards` came; all_ms: until `done`."""

    mode: str = ""
    cards_ms: float = 0.0
    all_ms: float = 0.0
    answers: list[Any] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)


class Talker:
    """Calls POST /v1/guide."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=MOST_SECONDS)

    def call(self, method: str, path: str, body: Any, accept: str = "application/json") -> http.client.HTTPResponse:
        """The answer's head; its body is still to be read."""
        headers = {
            "Authorization": f"Bearer {self._server.key}",
            "Content-Type": "application/json",
            "Accept": accept,
        }
        self._line.request(method, path, json.dumps(body), headers)
        return self._line.getresponse()

    def whole(self, turn: Mapping[str, Any]) -> tuple[int, Any]:
        """Status and answer, at once."""
        answer = self.call("POST", "/v1/guide", turn)
        return answer.status, json.loads(answer.read())

    def stream(self, turn: Mapping[str, Any]) -> Streamed:
        """The turn as server-sent events, with the time at which each came."""
        told, began = Streamed(), time.perf_counter()
        answer = self.call("POST", "/v1/guide", turn, "text/event-stream")
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {answer.read()[:300]!r}")
        name = ""
        while line := answer.readline():
            kind, _, text = line.decode().rstrip("\n").partition(": ")
            if kind == "event":
                name = text
            elif kind == "data":
                data, now_ms = json.loads(text), 1_000 * (time.perf_counter() - began)
                if name == "cards":
                    told.answers.append(data)
                    told.cards_ms = told.cards_ms or now_ms
                elif name == "prose":
                    told.prose.append(data["text"])
                else:
                    told.mode, told.all_ms = data["mode"], now_ms
        return told

    def close(self) -> None:
        """Hang up."""
        self._line.close()
