"""/.well-known/ucp: what this shop can do for assistants, and where.

Source: UCP 2026-08-25, schemas/profile.json; only what is read, nothing about payment.
"""

from __future__ import annotations

from typing import Any

from daogou.core.settings import Settings
from daogou.serve.agents.envelope import LOOKUP, SEARCH, VERSION

SPEC = f"https://ucp.dev/{VERSION}"
NEEDED = {SEARCH: ("search_catalog",), LOOKUP: ("lookup_catalog", "get_product")}
"""A capability is offered with all of its tools or not at all."""

_PAGES = {SEARCH: "catalog/search", LOOKUP: "catalog/lookup"}
_SHAPES = {SEARCH: "catalog_search", LOOKUP: "catalog_lookup"}


def profile(settings: Settings, address: str) -> dict[str, Any]:
    """The document of a shop whose assistants' door is at `address`."""
    offered = settings.agents.tools
    capabilities = {
        name: [
            {
                "version": VERSION,
                "spec": f"{SPEC}/specification/shopping/{_PAGES[name]}",
                "schema": f"{SPEC}/schemas/shopping/{_SHAPES[name]}.json",
            }
        ]
        for name, needed in NEEDED.items()
        if all(tool in offered for tool in needed)
    }
    service = {
        "version": VERSION,
        "spec": f"{SPEC}/specification/overview",
        "transport": "mcp",
        "schema": f"{SPEC}/services/shopping/mcp.openrpc.json",
        "endpoint": address,
    }
    return {
        "ucp": {
            "version": VERSION,
            "services": {"dev.ucp.shopping": [service]},
            "capabilities": capabilities,
            "payment_handlers": {},
        }
    }
