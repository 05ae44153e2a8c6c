"""Metarank's JSON lines: event says the family (interaction, ranking), type says what the shopper did.

Source: docs.metarank.ai, "Data model".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_RENAMED = {
    "id": "event_id",
    "timestamp": "timestamp",
    "user": "user_id",
    "session": "session_id",
    "ranking": "recommendation_id",
}


def matches(keys: frozenset[str]) -> bool:
    """Whether these are the keys of an interaction or a ranking."""
    return {"event", "id", "timestamp"} <= keys and bool(keys & {"item", "items"}) and "event_name" not in keys


def reshape(row: Mapping[str, Any]) -> dict[str, Any] | str:
    """Our event; item and user metadata events are left out."""
    family = row.get("event")
    if family not in ("interaction", "ranking"):
        return f"Metarank {family} event"
    reshaped: dict[str, Any] = {ours: row[theirs] for theirs, ours in _RENAMED.items() if row.get(theirs) is not None}
    if family == "interaction":
        reshaped["event_name"] = row.get("type")
        reshaped["items"] = [{"item_id": row.get("item")}]
    else:
        reshaped["event_name"] = "view_item_list"
        reshaped["recommendation_id"] = row.get("id")
        reshaped["items"] = [
            {"item_id": one.get("id"), "index": place}
            for place, one in enumerate(row.get("items") or [])
            if isinstance(one, Mapping)
        ]
    return reshaped
