"""Before a call is read at all: heads that never end, in time or in size, do not hold a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from daogou.serve import connection
from daogou.serve.connection import Connection

Dialogue = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[Any]]
HEAD = b"GET / HTTP/1.1\r\nHost: shop\r\n"


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """The smallest application: 204 to everything."""
    await receive()
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def talk(dialogue: Dialogue) -> Any:
    """What the dialogue returns, held with a server of ours on a free port."""

    async def held() -> Any:
        loop = asyncio.get_running_loop()
        config = Config(answer, lifespan="off", log_config=None)
        config.load()
        state = ServerState()
        server = await loop.create_server(lambda: Connection(config, state, {}, _loop=loop), "127.0.0.1", 0)
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
