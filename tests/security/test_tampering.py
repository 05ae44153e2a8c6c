"""Ids, offsets and tokens that callers bend: no privilege, no price, nobody else's data."""

from __future__ import annotations

from typing import Any

import pytest

BENT = (
    "p1%2F..%2Fp2",
    "..%2fusers%2fu1",
    "p1%00",
    "p1;DROP TABLE items",
    "' OR '1'='1",
    "p1\u202e",
    "P1",
    "%70%31x",
    "-1",
)
RIGHTS = ("price_minor", "price", "list_price_minor", "scope", "shop", "key_id", "is_admin", "release")


@pytest.fixture
def shop(kept_shop: Any) -> Any:
    """One shop for all."""
    return kept_shop


@pytest.mark.parametrize("bent", BENT)
def test_a_bent_id_finds_nothing_and_breaks_nothing(shop: Any, bent: str) -> None:
    assert shop.call("GET", f"/v1/items/{bent}").status_code in (404, 422)
    assert shop.call("GET", f"/v1/users/{bent}").status_code in (404, 422)
    assert shop.call("GET", "/v1/items", params={"ids": bent}).json()["items"] == []
    assert len(shop.call("GET", "/v1/items").json()["items"]) == 12


@pytest.mark.parametrize("bent", BENT)
def test_a_bent_recommendation_id_changes_nothing(shop: Any, bent: str) -> None:
    event = shop.event(f"bent-{bent}", recommendation_id=bent)
    assert shop.call("POST", "/v1/events", shop.publishable, json=event).status_code in (200, 422)
    again = shop.recommend(placement="home_for_you", visitor_id="fresh")
    assert again["recommendation_id"] != bent


@pytest.mark.parametrize("offset", ["-1", "1e9", "99999999999999999999", "0x1", "1;2", "NaN"])
def test_a_bent_offset_is_refused(shop: Any, offset: str) -> None:
    assert shop.call("GET", "/v1/items", params={"offset": offset}).status_code == 422


@pytest.mark.parametrize("field", RIGHTS)
def test_a_question_cannot_carry_a_price_or_a_right(shop: Any, field: str) -> None:
    answer = shop.call("POST", "/v1/recommendations", shop.publishable, json={"placement": "trending", field: 1})
    assert answer.status_code == 422
    assert answer.json()["error"]["details"][0]["rule"] == "unknown_field"


def test_prices_in_events_do_not_become_prices_of_the_catalogue(shop: Any) -> None:
    before = shop.call("GET", "/v1/items/p1").json()["price_minor"]
    line = {"item_id": "p1", "price": 0.01, "quantity": 1}
    event = shop.event("cheap", event_name="purchase", transaction_id="t1", items=[line])
    assert shop.call("POST", "/v1/events", shop.publishable, json=event).status_code == 200
    assert shop.call("GET", "/v1/items/p1").json()["price_minor"] == before


@pytest.mark.parametrize("prefix", ["dg_sec_", "dg_adm_"])
def test_a_key_whose_scope_was_rewritten_is_refused(shop: Any, prefix: str) -> None:
    raised = prefix + shop.publishable.removeprefix("dg_pub_")
    assert shop.call("GET", "/v1/users/u1", raised).status_code == 401


def test_a_page_reads_no_users_profile_and_no_hidden_item(shop: Any) -> None:
    assert shop.call("POST", "/v1/profile", shop.publishable, json={"user_id": "u1"}).status_code == 403
    hidden = {"items": [{"id": "hidden", "title": "Hidden", "hidden": True}]}
    assert shop.call("PUT", "/v1/items", json=hidden).status_code == 200
    assert shop.call("GET", "/v1/items/hidden", shop.publishable).status_code == 404
    assert shop.call("DELETE", "/v1/items/hidden").status_code == 200
