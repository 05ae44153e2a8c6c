"""Rows of the GA4 export to BigQuery (tables events_YYYYMMDD), as JSON lines, Parquet, or CSV with JSON in its cells.

Source: support.google.com/analytics/answer/7029846, "[GA4] BigQuery Export schema".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from daogou.data.ingest.event_names import find_event_name

_ITEM_FIELDS = {
    "item_id": "item_id",
    "quantity": "quantity",
    "price": "price",
    "item_list_index": "index",
    "index": "index",
}
_UNSET = frozenset({"(not set)", "(none)", ""})
_PARAMS_KEPT = ("page_location", "page_type", "engagement_time_msec")


def matches(keys: frozenset[str]) -> bool:
    """Whether these are the columns of an exported event."""
    return (
        "event_timestamp" in keys and "event_name" in keys and bool(keys & {"event_params", "user_pseudo_id", "items"})
    )


def reshape(row: Mapping[str, Any]) -> dict[str, Any] | str:
    """Our event; an event GA4 collects by itself (session_start, scroll, …) or a shop's own is left out by name."""
    name = row.get("event_name")
    if not isinstance(name, str) or find_event_name(name) is None:
        return f"event {str(name)[:60]} is not one we keep"
    params = _params(row.get("event_params"))
    commerce = _structure(row.get("ecommerce"))
    commerce = commerce if isinstance(commerce, Mapping) else {}
    lines = _lines(row.get("items"))
    lists = [one.get("item_list_id") or one.get("item_list_name") for one in _rows(row.get("items"))]
    session = params.get("ga_session_id")
    visitor = _set(row.get("user_pseudo_id"))
    reshaped = {
        "event_name": name,
        "timestamp": row.get("event_timestamp"),
        "user_id": _set(row.get("user_id")),
        "visitor_id": visitor,
        # GA4 numbers sessions per visitor: only both together are one session
        "session_id": None if session is None else f"{visitor or ''}.{session}",
        "items": lines,
        "search_term": _set(params.get("search_term")),
        "transaction_id": _set(params.get("transaction_id")) or _set(commerce.get("transaction_id")),
        "value": params.get("value") if params.get("value") is not None else commerce.get("purchase_revenue"),
        "currency": _set(params.get("currency")),
        "coupon": _set(params.get("coupon")),
        "placement": _set(params.get("item_list_id")) or next((one for one in map(_set, lists) if one), None),
        "consent": _consent(_structure(row.get("privacy_info"))),
        "context": _context(row, params),
    }
    return {field: value for field, value in reshaped.items() if value is not None and value != {}}


def _structure(value: object) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return msgspec.json.decode(value)
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            return None
    return value


def _rows(value: object) -> list[Mapping[str, Any]]:
    found = _structure(value)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []


def _set(value: object) -> object | None:
    return None if value is None or (isinstance(value, str) and value.strip() in _UNSET) else value


def _params(value: object) -> dict[str, Any]:
    """The flat parameters out of [{"key": …, "value": {"string_value": …, "int_value": …}}]."""
    read = {}
    for one in _rows(value):
        held = one.get("value")
        if isinstance(held, Mapping):
            held = next((part for part in held.values() if part is not None), None)
        if isinstance(one.get("key"), str) and held is not None:
            read[one["key"]] = held
    return read


def _lines(value: object) -> list[dict[str, Any]]:
    lines = []
    for one in _rows(value):
        line = {
            ours: _set(one.get(theirs)) for theirs, ours in _ITEM_FIELDS.items() if _set(one.get(theirs)) is not None
        }
        lines.append(line)
    return lines


def _consent(info: object) -> dict[str, str]:
    """GA4 exports Yes, No or nothing for each kind of storage."""
    if not isinstance(info, Mapping):
        return {}
    word = str(info.get("analytics_storage") or "").lower()
    return {"analytics": "denied"} if word in ("no", "denied") else {}


def _context(row: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    device, geo = _structure(row.get("device")), _structure(row.get("geo"))
    context = {name: params[name] for name in _PARAMS_KEPT if name in params}
    if isinstance(device, Mapping) and device.get("category"):
        context["device"] = device["category"]
    if isinstance(geo, Mapping) and geo.get("country"):
        context["country"] = geo["country"]
    return context
