"""One file per tool; the table below is all of them."""

from __future__ import annotations

from importlib import import_module

from daogou.serve.agents.tool import Tool

TOOLS: dict[str, str] = {
    "search_catalog": "daogou.serve.agents.tools.search_catalog",
    "lookup_catalog": "daogou.serve.agents.tools.lookup_catalog",
    "get_product": "daogou.serve.agents.tools.get_product",
    "recommend_similar": "daogou.serve.agents.tools.recommend_similar",
    "ask_guide": "daogou.serve.agents.tools.ask_guide",
    "shop_policies": "daogou.serve.agents.tools.shop_policies",
}
"""Every tool by its name; each module has a TOOL."""


def tools() -> dict[str, Tool]:
    """All of them, imported."""
    return {name: import_module(module).TOOL for name, module in TOOLS.items()}
