"""What an item costs and whether it is there never depends on who asks."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

N_PAIRS = 1_000
OFFER = ("price_minor", "list_price_minor", "currency", "availability")
CART = ["p1", "p4"]


def offers(answer: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """What each item of a list is offered for."""
    return {place["item_id"]: tuple(place["item"].get(name) for name in OFFER) for place in answer["items"]}


def attributes(draw: random.Random) -> dict[str, list[str]]:
    """What a shop may know of a shopper."""
    return {"age": [str(draw.randint(18, 90))], "segment": [draw.choice(["rich", "poor"])]}


@pytest.fixture
def shop(open_with: Any, tmp_path: Path) -> Any:
    """A shop with twelve items that lets one caller ask as often as it wants."""
    items = [{"id": f"p{number}", "title": f"Mug {number}", "price": 3 + number} for number in range(12)]
    with open_with(tmp_path, limits={"publishable": "", "ip": "", "shopper": ""}) as opened:
        assert opened.call("PUT", "/v1/items", json={"items": items}).status_code == 200
        yield opened


def test_a_thousand_pairs_of_profiles_see_one_price_and_one_stock(shop: Any) -> None:
    draw = random.Random(14)
    users = [
        {
            "id": f"u{number}",
            "attributes": {"age": [str(draw.randint(18, 90))], "segment": [draw.choice(["rich", "poor"])]},
        }
        for number in range(2 * N_PAIRS)
    ]
    for start in range(0, len(users), 50):
        assert shop.call("PUT", "/v1/users", json={"users": users[start : start + 50]}).status_code == 200
    events = [
        shop.event(
            f"e{number}",
            user_id=f"u{number}",
            event_name=draw.choice(["view_item", "add_to_cart", "purchase"]),
            items=[{"item_id": f"p{draw.randrange(12)}"}],
        )
        for number in range(2 * N_PAIRS)
    ]
    for start in range(0, len(events), 50):
        assert shop.call("POST", "/v1/events", json={"events": events[start : start + 50]}).status_code == 200
    catalogue = {
        one["id"]: tuple(one.get(name) for name in OFFER)
        for one in shop.call("GET", "/v1/items?limit=200").json()["items"]
    }
    compared = 0
    for pair in range(N_PAIRS):
        first, second = (
            offers(
                shop.recommend(placement="cart_addon" if pair % 2 else "home_for_you", cart=CART, limit=8, user_id=user)
            )
            for user in (f"u{pair}", f"u{pair + N_PAIRS}")
        )
        for seen in (first, second):
            assert {one: catalogue[one] for one in seen} == seen
        compared += len(first.keys() & second.keys())
    assert compared > N_PAIRS  # the pairs had items in common, so something was compared
