"""Where assistants are let in, and where not; what they may see listed; what is counted of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ucp_sdk.models.schemas.profile import BusinessSchema

from daogou.core.errors import InvalidInput, MissingExtra
from daogou.core.settings import Settings
from daogou.serve.agents.known import agent_name
from daogou.serve.api.app import create_app

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


def test_the_door_is_closed_until_the_settings_open_it(open_with: Any, tmp_path: Path) -> None:
    with open_with(tmp_path) as opened:
        assert opened.call("POST", "/mcp", json=LIST).status_code in (404, 405)
        assert opened.client.get("/.well-known/ucp").status_code == 404


def test_without_the_extra_the_server_says_what_to_install(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "mcp.server.streamable_http_manager", None)
    with pytest.raises(MissingExtra, match=r"pip install 'daogou\[mcp\]'"):
        create_app(tmp_path, Settings(agents={"mcp": True}))


def test_a_limit_that_cannot_be_read_is_refused_at_the_start(open_with: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"\[agents\] limit"), open_with(tmp_path, agents={"limit": "a few"}):
        pass


def test_a_key_is_needed_unless_the_shop_is_open(agents: Any) -> None:
    assert agents.post(LIST, headers={"Authorization": None}).status_code == 401
    assert agents.post(LIST).status_code == 200


def test_every_tool_says_what_it_takes_and_that_it_only_reads(agents: Any) -> None:
    tools = agents.rpc("tools/list")["result"]["tools"]
    assert {"search_catalog", "lookup_catalog", "get_product", "recommend_similar"} <= {one["name"] for one in tools}
    for tool in tools:
        assert tool["annotations"]["readOnlyHint"] is True
        assert tool["inputSchema"]["type"] == "object"
        assert tool["description"]


def test_a_tool_that_is_switched_off_is_neither_listed_nor_called(agents_with: Any) -> None:
    chosen = {"mcp": True, "hosts": ["shop.example"], "tools": ["search_catalog", "get_product"]}
    for agents in agents_with(agents=chosen):
        assert [one["name"] for one in agents.rpc("tools/list")["result"]["tools"]] == ["search_catalog", "get_product"]
        assert agents.refused("lookup_catalog", ids=["p1"])["code"] == -32602
        profile = agents.opened.client.get("/.well-known/ucp").json()
        assert list(profile["ucp"]["capabilities"]) == ["dev.ucp.shopping.catalog.search"]


def test_the_profile_has_ucps_shape(agents: Any) -> None:
    answer = agents.opened.client.get("/.well-known/ucp")
    BusinessSchema.model_validate(answer.json())
    (service,) = answer.json()["ucp"]["services"]["dev.ucp.shopping"]
    assert service["endpoint"] == "https://shop.example/mcp"
    assert answer.headers["content-type"] == "application/json"
    assert agents.opened.client.request("POST", "/.well-known/ucp").status_code == 405
    assert agents.opened.client.get("/.well-known/ucp", headers={"Host": "evil.example"}).status_code == 421


def test_get_and_delete_are_not_answered(agents: Any) -> None:
    for method in ("GET", "DELETE", "PUT"):
        answer = agents.opened.call(method, "/mcp")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "POST"


def test_calls_are_counted_by_tool_and_by_who_says_to_call(agents: Any) -> None:
    agents.tool("search_catalog", query="mug")
    agents.refused("lookup_catalog")
    text = agents.opened.call("GET", "/metrics").text
    assert 'daogou_agent_calls_total{agent="other",outcome="answered",shop="shop",tool="search_catalog"}' in text
    assert 'agent="unnamed",outcome="refused",shop="shop",tool="lookup_catalog"' in text


@pytest.mark.parametrize(
    ("profile", "user_agent", "name"),
    [
        ("https://chatgpt.com/agent.json", "", "openai"),
        ("https://agents.google.com/profile", "", "google"),
        ("https://evilgoogle.com/profile", "", "other"),
        ("https://google.com.evil.example", "", "other"),
        ("", "Claude-User/1.0", "anthropic"),
        ("", "curl/8", "unnamed"),
        ("http://[::1", "", "unnamed"),
    ],
)
def test_names_come_from_a_short_list(profile: str, user_agent: str, name: str) -> None:
    assert agent_name(profile, user_agent) == name


def test_each_key_has_an_allowance_of_its_own(agents_with: Any) -> None:
    for agents in agents_with(agents={"mcp": True, "hosts": ["shop.example"], "limit": "3 per minute"}):
        assert [agents.post(LIST).status_code for _ in range(4)] == [200, 200, 200, 429]
        over = agents.post(LIST)
        assert over.json()["error"]["code"] == "rate_limited"
        assert int(over.headers["retry-after"]) >= 1
        assert agents.post(LIST, headers={"Authorization": f"Bearer {agents.opened.secret}"}).status_code == 200


def test_an_open_shop_counts_by_address_whatever_a_caller_names_itself(agents_with: Any) -> None:
    chosen = {"mcp": True, "open": True, "hosts": ["shop.example"], "limit": "2 per minute"}
    for agents in agents_with(agents=chosen):
        codes = [
            agents.post(LIST, headers={"Authorization": None, "User-Agent": f"agent {number}"}).status_code
            for number in range(3)
        ]
        assert codes == [200, 200, 429]
