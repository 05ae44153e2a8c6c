"""A small open shop whose assistants' door is open, without sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ..conftest import OpenShop, open_shop, rows

HEADERS = {
    "Accept": "application/json, text/event-stream",
    "Content-Type": "application/json",
    "MCP-Protocol-Version": "2025-11-25",
}
VARIANTS = [
    {
        "id": f"shirt-{colour}-{size}",
        "group_id": "shirt",
        "title": {"en": f"Shirt {colour} {size}", "zh": f"衬衫 {colour} {size}"},
        "description": {"en": "A shirt of cotton."},
        "price": 20 if size == "S" else 25,
        "list_price": 30,
        "categories": ["Clothes > Shirts"],
        "brand": "Loom",
        "attributes": {"colour": [colour], "size": [size], "material": ["cotton"]},
        "images": ["https://pictures.example/shirt.jpg"],
        "availability": "out_of_stock" if (colour, size) == ("blue", "L") else "in_stock",
    }
    for colour, size in (("red", "S"), ("red", "L"), ("blue", "S"), ("blue", "L"), ("green", "S"))
]
"""A product with two options, without a green L and with a blue L that is sold out."""


@dataclass
class AgentShop:
    """The shop, and what an assistant asks of it."""

    opened: OpenShop

    def post(self, message: Any, **rest: Any) -> Any:
        """One JSON-RPC message."""
        headers = {"Authorization": f"Bearer {self.opened.publishable}", **HEADERS, **rest.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.opened.client.request("POST", "/mcp", json=message, headers=headers, **rest)

    def rpc(self, method: str, params: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
        """The answer to a method."""
        answer = self.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}, **rest)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def tool(self, tool: str, /, **catalog: Any) -> dict[str, Any]:
        """The content of a tool's answer."""
        arguments = {"meta": {"ucp-agent": {"profile": "https://agent.example/profile.json"}}, "catalog": catalog}
        answer = self.rpc("tools/call", {"name": tool, "arguments": arguments})
        assert "error" not in answer, answer
        found: dict[str, Any] = answer["result"]["structuredContent"]
        return found

    def refused(self, tool: str, /, **catalog: Any) -> dict[str, Any]:
        """The error of a tool's answer."""
        answer = self.rpc("tools/call", {"name": tool, "arguments": {"catalog": catalog}})
        found: dict[str, Any] = answer["error"]
        return found

    def put(self, *items: dict[str, Any]) -> None:
        """Write items."""
        answer = self.opened.call("PUT", "/v1/items", json={"items": list(items)})
        assert answer.status_code == 200, answer.text


AGENTS = {"mcp": True, "hosts": ["shop.example"], "limit": ""}


@pytest.fixture(scope="module")
def agents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgentShop]:
    """Kept for all tests of a file; those that write use ids of their own."""
    settings = {"agents": AGENTS, "limits": {"refused": ""}, "shop": {"url": "https://shop.example"}}
    for opened in open_shop(tmp_path_factory.mktemp("shop"), **settings):
        made = AgentShop(opened)
        made.put(*rows(), *VARIANTS)
        yield made


@pytest.fixture
def agents_with(tmp_path: Path) -> Callable[..., Iterator[AgentShop]]:
    """Opens a shop with other settings."""

    def opening(**sections: Any) -> Iterator[AgentShop]:
        for opened in open_shop(tmp_path, **sections):
            made = AgentShop(opened)
            made.put(*rows(), *VARIANTS)
            yield made

    return opening
