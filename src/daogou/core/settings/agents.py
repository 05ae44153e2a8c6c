"""Programs that shop for people, and the feeds that carry the catalogue to them."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from daogou.core.settings.section import Section

AgentTool = Literal[
    "search_catalog", "lookup_catalog", "get_product", "recommend_similar", "ask_guide", "shop_policies"
]  # fmt: skip


class AgentSettings(Section):
    """[agents]: other people's assistants ask the shop over MCP, read-only; see docs/agents.md."""

    mcp: bool = False
    """Answer assistants at /mcp; needs the extra `mcp`. A server of several shops asks its server.toml for this too."""
    open: bool = False
    """Answer without a key as well: anybody may then read what the shop's pages show anyway."""
    tools: tuple[AgentTool, ...] = get_args(AgentTool)
    """Tools that are offered."""
    limit: str = "120 per minute"
    """Calls with one key, or without any from one address; written as in [limits]."""
    hosts: tuple[str, ...] = ()
    """Host names under which assistants reach /mcp, beside those of [server] hosts, [shop] url and this machine."""


class FeedSettings(Section):
    """[feeds]: what feeds say beside the items, see docs/feeds.md."""

    seller: str = ""
    """Who sells; empty takes the shop's name."""
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    """Where the shop sells from, as two letters, for example GB."""
    target_countries: tuple[str, ...] = ()
    """Where it sells to, as two letters each."""
    privacy_policy: str = ""
    """Address of the page that says how the shop keeps personal data."""
    terms: str = ""
    """Address of the shop's terms."""
    return_policy: str = ""
    """Address of the page on returns."""
