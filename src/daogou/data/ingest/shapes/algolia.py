"""Algolia Insights events: the name is in eventType and eventSubtype, the items in objectIDs.

Source: algolia.com/doc/rest-api/insights, "Send events".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NAMES = {
    ("view", None): "view_item",
    ("click", None): "select_item",
    ("conversion", "addtocart"): "add_to_cart",
    ("conversion", "purchase"): "purchase",
}
_RENAMED = {
    "timestamp": "timestamp",
    "userToken": "visitor_id",
    "authenticatedUserToken": "user_id",
    "queryID": "recommendation_id",
    "value": "value",
    "currency": "currency",
}


def matches(keys: frozenset[str]) -> bool:
    """Whether these are the keys of an Insights event."""
    return {"eventType", "userToken"} <= keys and bool(keys & {"objectIDs", "eventSubtype", "filters"})


def reshape(row: Mapping[str, Any]) -> dict[str, Any] | str:
    """Our event. A conversion without a subtype does not say what was converted, so it is left out."""
    subtype = row.get("eventSubtype")
    key = (str(row.get("eventType")).lower(), subtype.lower() if isinstance(subtype, str) else None)
    if key == ("conversion", None):
        return "Algolia conversion without eventSubtype"
    if not row.get("objectIDs"):
        return "Algolia event about filters, not items"
    reshaped: dict[str, Any] = {ours: row[theirs] for theirs, ours in _RENAMED.items() if row.get(theirs) is not None}
    reshaped["event_name"] = _NAMES.get(key) or row.get("eventType")
    reshaped["items"] = _lines(row)
    own_name = row.get("eventName")
    if isinstance(own_name, str):
        reshaped["context"] = {"event_text": own_name}
    return reshaped


def _lines(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    ids, details, positions = row.get("objectIDs"), row.get("objectData"), row.get("positions")
    lines = []
    for place, item_id in enumerate(ids if isinstance(ids, list) else [ids]):
        line: dict[str, Any] = {"item_id": item_id}
        if isinstance(details, list) and place < len(details) and isinstance(details[place], Mapping):
            line |= {
                name: details[place][name] for name in ("price", "quantity") if details[place].get(name) is not None
            }
        if isinstance(positions, list) and place < len(positions) and isinstance(positions[place], int):
            line["index"] = max(positions[place] - 1, 0)  # Algolia counts from 1
        lines.append(line)
    return lines
