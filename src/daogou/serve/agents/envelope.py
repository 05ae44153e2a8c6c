"""What stands around every answer of UCP: its version and capability, what went wrong, what is worth saying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

VERSION = "2026-08-25"
"""Of UCP; what the catalogue's shapes are checked against in the tests."""

SEARCH, LOOKUP = "dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup"


def answered(capability: str, content: dict[str, Any], messages: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """An answer of this capability."""
    made = {"ucp": {"version": VERSION, "status": "success", "capabilities": {capability: [{"version": VERSION}]}}}
    return made | content | ({"messages": list(messages)} if messages else {})


def failed(capability: str, code: str, content: str) -> dict[str, Any]:
    """What was asked for cannot be had: an outcome, not a fault of the call."""
    message = {"type": "error", "code": code, "content": content, "severity": "unrecoverable"}
    made = answered(capability, {}, [message])
    made["ucp"]["status"] = "error"
    return made
