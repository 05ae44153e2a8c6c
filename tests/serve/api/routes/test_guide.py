"""The door of the guide: a turn in, cards at once, and nothing kept that nobody agreed to."""

from __future__ import annotations

import json
from typing import Any

import pytest

RED = [{"type": "inform", "wants": [{"field": "colour", "op": "is", "values": ["red"]}]}]


def turn(shop: Any, status: int = 200, **said: Any) -> Any:
    answer = shop.call("POST", "/v1/guide", shop.publishable, json=said)
    assert answer.status_code == status, answer.text
    return answer.json()


def events(text: str) -> list[tuple[str, Any]]:
    """Names and data of an event stream."""
    found = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]


def test_a_greeting_shows_items_with_their_price_and_stock(kept_shop: Any) -> None:
    answer = turn(kept_shop)
    card = answer["cards"][0]
    assert card["item"]["price_minor"] and card["item"]["availability"] == "in_stock"
    assert answer["said"] and answer["state"] and answer["mode"] == "rules"
    assert [one["position"] for one in answer["cards"]] == list(range(len(answer["cards"])))
