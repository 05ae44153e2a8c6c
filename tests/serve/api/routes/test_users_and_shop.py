"""Users, and what a page learns about the shop."""

from __future__ import annotations

from typing import Any


def test_a_user_reads_back_as_put(shop: Any) -> None:
    row = {"id": "u1", "attributes": {"tier": ["gold"]}, "consent": {"analytics": "denied"}, "friends": ["u2"],
           "created_at": "2026-01-02T03:04:05Z"}  # fmt: skip
    assert shop.call("PUT", "/v1/users", json={"users": [row]}).json() == {"accepted": 1, "rejected": []}
    assert shop.call("GET", "/v1/users/u1").json() == {
        "id": "u1",
        "attributes": {"tier": ["gold"]},
        "consent": {"personalization": "granted", "analytics": "denied"},
        "friends": ["u2"],
        "created_at": "2026-01-02T03:04:05Z",
    }


def test_a_user_id_that_is_an_address_is_refused(shop: Any) -> None:
    answer = shop.call("PUT", "/v1/users", json={"users": [{"id": "someone@example.com"}, {"id": "u1"}]}).json()
    assert answer["accepted"] == 1
    assert answer["rejected"][0]["index"] == 0


def test_a_page_learns_the_shop_and_its_placements(shop: Any) -> None:
    told = shop.call("GET", "/v1/shop", shop.publishable).json()
    assert (told["id"], told["currency"], told["languages"]) == ("shop", "GBP", ["en"])
    assert {"name": "trending", "title": {"en": "Trending now", "zh": "热门商品"}} in told["placements"]
