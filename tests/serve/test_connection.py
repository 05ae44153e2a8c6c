"""Before a call is read at all: heads that never end, in time or in size, do not hold a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from daogou.serve import connection
from daogou.serve.admission import ALWAYS_OPEN, STATE, Admission
from daogou.serve.connection import Connection

Dialogue = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[Any]]
HEAD = b"GET / HTTP/1.1\r\nHost: shop\r\n"


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """The smallest application: 204 to everything."""
    await receive()
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def talk(dialogue: Dialogue, state: dict[str, Any] | None = None) -> Any:
    """What the dialogue returns, held with a server of ours on a free port."""

    async def held() -> Any:
        loop = asyncio.get_running_loop()
        config = Config(answer, lifespan="off", log_config=None)
        config.load()
        shared, given = ServerState(), state or {}
        server = await loop.create_server(lambda: Connection(config, shared, given, _loop=loop), "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            try:
                return await asyncio.wait_for(dialogue(reader, writer), 10)
            finally:
                writer.close()

    return asyncio.run(held())


def test_a_head_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.05)

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(HEAD + b"X-Slow: ")
        return await reader.read()

    assert talk(slow).startswith(b"HTTP/1.1 408 ")


def test_a_connection_on_which_nothing_comes_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.05)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        return await reader.read()

    assert talk(silent).startswith(b"HTTP/1.1 408 ")


def test_a_head_without_end_is_refused_long_before_it_fills_the_memory() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[int, bytes]:
        sent = 0
        writer.write(HEAD + b"X-Long: ")
        try:
            while sent < 1_000:
                writer.write(b"a" * 65_536)
                await writer.drain()
                sent += 1
        except ConnectionError:
            pass
        return sent, b""

    sent, _ = talk(endless)
    assert sent < 1_000


def test_calls_one_after_the_other_on_one_connection_are_all_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)

    async def polite(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[bytes]:
        answers = []
        for _ in range(4):
            writer.write(HEAD + b"X-Size: " + b"a" * 50_000 + b"\r\n\r\n")
            answers.append((await reader.readuntil(b"\r\n\r\n"))[:12])
            await asyncio.sleep(0.08)
        return answers

    assert talk(polite) == [b"HTTP/1.1 204"] * 4


def turning_away() -> Admission:
    """Lets nobody in."""
    admission = Admission(8, 100)
    admission.open_calls = 100
    return admission


def test_a_call_too_many_is_turned_away_and_the_connection_lives_on() -> None:
    admission = turning_away()

    async def impatient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[bytes]:
        answers = []
        for _ in range(2):
            writer.write(b"POST /v1/events HTTP/1.1\r\nHost: shop\r\nContent-Length: 4\r\n\r\n{}{}")
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0])
            answers += [head, await reader.readexactly(length)]
        admission.open_calls = 0
        writer.write(HEAD + b"\r\n")
        return [*answers, await reader.readuntil(b"\r\n\r\n")]

    head, body, _, _, at_last = talk(impatient, {STATE: admission})
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 1" in head
    assert msgspec.json.decode(body)["error"]["code"] == "overloaded"
    assert msgspec.json.decode(body)["error"]["request_id"].encode() in head
    assert at_last.startswith(b"HTTP/1.1 204")
    assert admission.refused == 2


@pytest.mark.parametrize("path", ALWAYS_OPEN)
def test_whoever_asks_how_the_server_is_doing_is_always_let_in(path: bytes) -> None:
    async def asking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: shop\r\n\r\n")
        return await reader.readuntil(b"\r\n\r\n")

    assert talk(asking, {STATE: turning_away()}).startswith(b"HTTP/1.1 204")


def test_a_body_that_nobody_will_read_does_not_go_on_for_ever() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        writer.write(b"POST /v1/events HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000000\r\n\r\n")
        sent = 0
        try:
            while sent < 1_000:
                writer.write(b"a" * 65_536)
                await writer.drain()
                sent += 1
        except ConnectionError:
            pass
        return sent

    assert talk(endless, {STATE: turning_away()}) < 1_000


def test_too_many_headers_are_refused() -> None:
    async def many(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(HEAD + b"".join(b"X-%d: a\r\n" % number for number in range(200)) + b"\r\n")
        return await reader.read()

    assert talk(many).startswith(b"HTTP/1.1 431 ")


def test_with_too_many_connections_the_one_that_is_silent_longest_is_closed() -> None:
    admission = Admission(8, max_connections=1)

    async def crowding(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        await asyncio.sleep(0.05)
        _, other = await asyncio.open_connection(*writer.get_extra_info("peername")[:2])
        try:
            return await reader.read()
        finally:
            other.close()

    assert talk(crowding, {STATE: admission}) == b""
    assert admission.hung_up == 1
