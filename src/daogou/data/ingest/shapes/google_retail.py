"""Google Retail (Vertex AI Search for commerce): UserEvent and Product messages as JSON lines, camelCase or snake_case.

Source: cloud.google.com/retail/docs/reference/rest/v2, userEvents and products.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PRODUCT_LISTS = {"sizes": "size", "materials": "material", "patterns": "pattern", "conditions": "condition"}


def _key(name: str) -> str:
    return name.replace("_", "").lower()


def matches_event(keys: frozenset[str]) -> bool:
    """Whether these are the keys of a UserEvent."""
    found = {_key(key) for key in keys}
    return "eventtype" in found and bool(
        found & {"productdetails", "userinfo", "purchasetransaction", "attributiontoken"}
    )


def matches_product(keys: frozenset[str]) -> bool:
    """Whether these are the keys of a Product with nested prices or images."""
    found = {_key(key) for key in keys}
    return "title" in found and bool(found & {"priceinfo", "primaryproductid", "colorinfo", "availablequantity"})


def reshape_event(row: Mapping[str, Any]) -> dict[str, Any] | str:
    """Our event: product details become items, the transaction and the user's id come out of their boxes."""
    given = {_key(key): value for key, value in row.items()}
    sale, user = _box(given.get("purchasetransaction")), _box(given.get("userinfo"))
    reshaped: dict[str, Any] = {
        "event_name": given.get("eventtype"),
        "timestamp": given.get("eventtime"),
        "user_id": user.get("userid"),
        "visitor_id": given.get("visitorid"),
        "session_id": given.get("sessionid"),
        "recommendation_id": given.get("attributiontoken"),
        "search_term": given.get("searchquery"),
        "transaction_id": sale.get("id"),
        "value": sale.get("revenue"),
        "currency": sale.get("currencycode"),
        "tax": sale.get("tax"),
        "items": [_line(_box(one)) for one in given.get("productdetails") or []],
        "context": {
            name: given[key]
            for name, key in (("page_location", "uri"), ("page_categories", "pagecategories"), ("filter", "filter"))
            if given.get(key)
        },
    }
    return {field: value for field, value in reshaped.items() if value is not None and value not in ({}, "")}


def reshape_product(row: Mapping[str, Any]) -> dict[str, Any] | str:
    """Our item: prices, rating, images and the listed attributes come out of their boxes."""
    given = {_key(key): value for key, value in row.items()}
    price, rating = _box(given.get("priceinfo")), _box(given.get("rating"))
    reshaped: dict[str, Any] = {
        "id": given.get("id"),
        "group_id": given.get("primaryproductid"),
        "title": given.get("title"),
        "description": given.get("description"),
        "url": given.get("uri"),
        "images": [one.get("uri") for one in map(_box, given.get("images") or []) if one.get("uri")],
        "price": price.get("price"),
        "list_price": price.get("originalprice"),
        "cost": price.get("cost"),
        "currency": price.get("currencycode"),
        "availability": given.get("availability"),
        "brand": given.get("brands") or None,
        "categories": given.get("categories"),
        "tags": given.get("tags"),
        "attributes": _attributes(given),
        "created_at": given.get("publishtime"),
        "available_at": given.get("availabletime"),
        "expires_at": given.get("expiretime"),
        "rating": rating.get("averagerating"),
    }
    return {field: value for field, value in reshaped.items() if value is not None and value not in ({}, [], "")}


def _box(value: object) -> dict[str, Any]:
    return {_key(key): inner for key, inner in value.items()} if isinstance(value, Mapping) else {}


def _line(detail: Mapping[str, Any]) -> dict[str, Any]:
    quantity = detail.get("quantity")
    if isinstance(quantity, Mapping):  # BigQuery exports wrap it
        quantity = quantity.get("value")
    line = {"item_id": _box(detail.get("product")).get("id"), "quantity": quantity}
    return {field: value for field, value in line.items() if value is not None}


def _attributes(given: Mapping[str, Any]) -> dict[str, Any]:
    attributes = dict(given["attributes"]) if isinstance(given.get("attributes"), Mapping) else {}
    for theirs, ours in _PRODUCT_LISTS.items():
        if given.get(theirs):
            attributes[ours] = given[theirs]
    colours, audience = _box(given.get("colorinfo")), _box(given.get("audience"))
    found = {"colour": colours.get("colors") or colours.get("colorfamilies"), "gender": audience.get("genders")}
    return attributes | {name: value for name, value in found.items() if value}
