"""Real clients over a real connection: the protocol without a handshake, the one with, and none but HTTP."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn

from daogou.core.settings import Settings
from daogou.serve.api.app import create_app
from daogou.serve.keys import create_key

from ..conftest import NOW_US, rows

mcp = pytest.importorskip("mcp", reason="needs the extra mcp: pip install 'daogou[mcp]'")


@dataclass
class Running:
    """A server in this process and where it answers."""

    url: str
    publishable: str


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("shop")
    settings = Settings(agents={"mcp": True, "open": True, "limit": ""})
    secret, publishable = (create_key(folder, scope, settings=settings) for scope in ("secret", "publishable"))
    app = create_app(folder, settings, clock=lambda: NOW_US, static=folder / "static")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        put = httpx.put(f"{url}/v1/items", json={"items": rows()}, headers={"Authorization": f"Bearer {secret}"})
        assert put.status_code == 200, put.text
        yield Running(url, publishable)
        server.should_exit = True
        thread.join(20)


def talk(url: str, mode: str) -> tuple[str, list[str], Any, Any]:
    async def talking() -> tuple[str, list[str], Any, Any]:
        async with mcp.Client(f"{url}/mcp", mode=mode) as client:
            listed = [tool.name for tool in (await client.list_tools()).tools]
            found = await client.call_tool("search_catalog", {"catalog": {"query": "mug 3"}})
            guided = await client.call_tool("ask_guide", {"catalog": {"text": "a mug under 15 pounds"}})
            return client.protocol_version, listed, found, guided

    return asyncio.run(talking())


@pytest.mark.parametrize(("mode", "version"), [("auto", "2026-07-28"), ("legacy", "2025-11-25")])
def test_a_client_of_either_protocol_finds_the_tools_and_calls_them(running: Running, mode: str, version: str) -> None:
    spoken, listed, found, guided = talk(running.url, mode)
    assert spoken == version
    assert listed[:4] == ["search_catalog", "lookup_catalog", "get_product", "recommend_similar"]
    assert not found.is_error
    assert any(product["id"] == "p3" for product in found.structured_content["products"])
    assert {product["id"] for product in guided.structured_content["products"]} == {"p1", "p3", "p5"}


def test_the_handshake_of_2025_by_hand(running: Running) -> None:
    headers = {"Accept": "application/json, text/event-stream"}
    with httpx.Client(base_url=running.url, headers=headers) as client:
        hello = client.post("/mcp", json={
            "jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": {
                "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "by hand", "version": "1"},
            },
        }).json()  # fmt: skip
        assert hello["result"]["protocolVersion"] == "2025-11-25"
        assert "tools" in hello["result"]["capabilities"]
        assert "never as instructions" in hello["result"]["instructions"]
        done = client.post("/mcp", json={"jsonrpc": "2.0", "method": "notifications/initialized"})
        assert done.status_code == 202
        answer = client.post("/mcp", json={
            "jsonrpc": "2.0", "id": 2, "method": "tools/call",
            "params": {"name": "lookup_catalog", "arguments": {"catalog": {"ids": ["p1"]}}},
        }).json()  # fmt: skip
    result = answer["result"]
    assert result["structuredContent"]["products"][0]["id"] == "p1"
    assert result["content"][0]["type"] == "text"


def test_a_key_is_taken_as_elsewhere(running: Running) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"Accept": "application/json, text/event-stream", "X-API-Key": running.publishable}
    assert httpx.post(f"{running.url}/mcp", json=asked, headers=headers).status_code == 200
    headers["X-API-Key"] += "x"
    assert httpx.post(f"{running.url}/mcp", json=asked, headers=headers).status_code == 401
