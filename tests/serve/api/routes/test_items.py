"""The catalogue over HTTP: put, patch, delete, read, browse."""

from __future__ import annotations

import urllib.parse
from typing import Any

import pytest

from daogou.decide.shop import Shop

PRIVATE = "cost"


def listed(shop: Any, query: str = "") -> list[str]:
    answer = shop.call("GET", f"/v1/items?{query}", shop.publishable)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_a_new_item_is_recommended_from_the_next_call_on(shop: Any) -> None:
    row = {"id": "fresh", "title": "Fresh", "price": "7.5", "created_at": "2026-11-21T09:00:00Z"}
    told = shop.call("PUT", "/v1/items", json={"items": [row]}).json()
    assert told == {"accepted": 1, "revision": told["revision"], "rejected": []}
    answer = shop.recommend(placement="new_arrivals", limit=3)
    assert answer["items"][0]["item_id"] == "fresh"
    assert answer["items"][0]["item"]["price_minor"] == 750


def test_a_hidden_item_is_gone_from_the_next_call_on(shop: Any) -> None:
    (first, *_) = [place["item_id"] for place in shop.recommend(placement="new_arrivals")["items"]]
    shop.call("PATCH", f"/v1/items/{first}", json={"hidden": True})
    after = shop.recommend(placement="new_arrivals", limit=100)
    assert first not in [place["item_id"] for place in after["items"]]
    assert after["filtered"]["hidden"] == 1
    assert first not in listed(shop, "limit=200")


def test_good_items_go_in_beside_bad_ones(shop: Any) -> None:
    told = shop.call("PUT", "/v1/items", json={"items": [{"id": "a", "title": "A"}, {"id": "b"}, []]}).json()
    assert told["accepted"] == 1
    assert [(one["index"], one["field"]) for one in told["rejected"]] == [(1, "title"), (2, "row")]
    assert shop.call("GET", "/v1/items/a").status_code == 200


def test_a_patch_changes_what_it_names_and_nothing_else(shop: Any) -> None:
    before = shop.call("GET", "/v1/items/p1").json()
    shop.call("PATCH", "/v1/items/p1", json={"price": 9.99, "tags": ["sale"], "brand": None})
    after = shop.call("GET", "/v1/items/p1").json()
    assert {name for name in before if before[name] != after[name]} == {"price_minor", "tags", "brand"}
    assert (after["price_minor"], after["tags"], after["brand"]) == (999, ["sale"], None)
    assert after["description"] == before["description"]
    stored = shop.client.app.state.service.store.items(["p1"])[0]
    assert stored.cost_minor == 321
    assert dict(stored.title) == {"en": "Mug 1", "zh": "马克杯1"}


def test_a_patch_with_everything_an_item_can_have_loses_nothing(shop: Any) -> None:
    row = {
        "id": "full", "title": {"en": "T", "zh": "题"}, "description": {"en": "D"}, "group_id": "g", "kind": "bundle",
        "url": "https://shop.example/full", "images": ["/a.jpg", "/b.jpg"], "price": 5, "list_price": 6, "cost": 2,
        "currency": "CNY", "availability": "preorder", "brand": "B", "categories": [["X > Y", "Z"], ["W"]],
        "tags": ["a,b", "c"], "attributes": {"size": ["S", "M"]}, "created_at": "2026-01-01T00:00:00.5Z",
        "available_at": "2026-02-01T00:00:00Z", "expires_at": "2027-01-01T00:00:00Z", "rating": 4.5,
        "stores": [{"store_id": "s1", "quantity": 3, "price": 4, "availability": "out_of_stock"}],
    }  # fmt: skip
    shop.call("PUT", "/v1/items", json={"items": [row]})
    store = shop.client.app.state.service.store
    (before,) = store.items(["full"])
    assert shop.call("PATCH", "/v1/items/full", json={}).status_code == 200
    assert store.items(["full"]) == [before]


def test_a_deleted_item_is_hidden_and_comes_back_when_put_again(shop: Any) -> None:
    first = shop.call("DELETE", "/v1/items/p2").json()
    assert shop.call("GET", "/v1/items/p2", shop.publishable).status_code == 404
    assert shop.call("GET", "/v1/items/p2", shop.secret).json()["hidden"] is True
    assert shop.call("DELETE", "/v1/items/p2").json()["revision"] == first["revision"]  # twice is the same as once
    shop.call("PUT", "/v1/items", json={"items": [{"id": "p2", "title": "Back"}]})
    assert shop.call("GET", "/v1/items/p2", shop.publishable).json()["title"] == "Back"


def test_an_id_may_hold_slashes_spaces_and_chinese(shop: Any) -> None:
    for item_id in ("a/b/c", "a b", "杯子", "50%", "a?b#c"):
        assert shop.call("PUT", "/v1/items", json={"items": [{"id": item_id, "title": "T"}]}).json()["accepted"] == 1
        answer = shop.call("GET", f"/v1/items/{urllib.parse.quote(item_id)}")
        assert answer.json()["id"] == item_id


def test_what_an_item_cost_never_goes_out(shop: Any) -> None:
    for path in ("/v1/items/p1", "/v1/items", "/v1/items?ids=p1"):
        assert PRIVATE not in shop.call("GET", path, shop.admin).text
    assert PRIVATE not in shop.call("POST", "/v1/recommendations", json={"placement": "new_arrivals"}).text


def test_browsing_by_category_words_and_order(shop: Any) -> None:
    assert listed(shop, "category=Kitchen&sort=price") == ["p1", "p3", "p5", "p7", "p9", "p11"]
    assert listed(shop, "category=Kitchen > Mugs&sort=-price&limit=2") == ["p11", "p9"]
    assert listed(shop, "category=Kitchen > Pots") == []
    assert listed(shop, "q=马克杯11") == ["p11"]
    assert listed(shop, "q=MUG clay 7") == ["p7"]
    assert listed(shop, "q=nothing") == []
    assert listed(shop, "sort=price&offset=10") == ["p10", "p11"]
    assert shop.call("GET", "/v1/items?limit=0").json() == {"items": [], "total": 12}


def test_items_by_id_come_in_the_order_asked_without_unknown_and_hidden_ones(shop: Any) -> None:
    shop.call("DELETE", "/v1/items/p5")
    assert listed(shop, "ids=p3,nobody,p1,p5,p3") == ["p3", "p1"]
    assert listed(shop, "ids=") == []


@pytest.mark.parametrize(
    "change", [{"hidden": True}, {"available_at": "2026-11-21T10:00:01Z"}, {"expires_at": "2026-11-21T10:00:00Z"}]
)
def test_listings_and_counts_hold_only_what_a_shopper_may_see(shop: Any, change: dict[str, Any]) -> None:
    assert "p1" in listed(shop, "category=Kitchen")
    shop.call("PATCH", "/v1/items/p1", json=change)
    assert "p1" not in listed(shop, "category=Kitchen")
    tree = shop.call("GET", "/v1/categories").json()["categories"]
    assert tree[2:] == [
        {"name": "Kitchen", "path": ["Kitchen"], "count": 5},
        {"name": "Mugs", "path": ["Kitchen", "Mugs"], "count": 5},
    ]


def test_a_sold_out_item_stays_listed_and_says_so(shop: Any) -> None:
    shop.call("PATCH", "/v1/items/p1", json={"availability": "out_of_stock"})
    assert shop.call("GET", "/v1/items?ids=p1").json()["items"][0]["availability"] == "out_of_stock"
    assert "p1" not in [one["item_id"] for one in shop.recommend(placement="new_arrivals", limit=100)["items"]]


def test_an_item_in_two_branches_counts_once_in_each_node(shop: Any) -> None:
    row = {"id": "x", "title": "X", "categories": [["Kitchen", "Mugs"], ["Kitchen", "Gifts"]]}
    shop.call("PUT", "/v1/items", json={"items": [row]})
    tree = {tuple(one["path"]): one["count"] for one in shop.call("GET", "/v1/categories").json()["categories"]}
    assert (tree["Kitchen",], tree["Kitchen", "Gifts"], tree["Kitchen", "Mugs"]) == (7, 1, 7)


def test_a_new_currency_never_reads_old_amounts_in_it(shop: Any) -> None:
    row = {"id": "abroad", "title": "T", "price": 3, "list_price": 4, "currency": "GBP"}
    shop.call("PUT", "/v1/items", json={"items": [row]})
    answer = shop.call("PATCH", "/v1/items/abroad", json={"currency": "JPY"})
    assert answer.status_code == 422
    (detail,) = answer.json()["error"]["details"]
    assert (detail["field"], detail["rule"]) == ("currency", "currency_change")
    assert "price and list_price in JPY" in detail["allowed"]
    assert shop.call("GET", "/v1/items/abroad").json()["currency"] == "GBP"


def test_a_new_currency_is_taken_with_the_amounts_in_it(shop: Any) -> None:
    row = {"id": "abroad", "title": "T", "price": 3, "list_price": 4, "currency": "GBP"}
    shop.call("PUT", "/v1/items", json={"items": [row]})
    change = {"currency": "JPY", "price": 450, "list_price": None}
    assert shop.call("PATCH", "/v1/items/abroad", json=change).status_code == 200
    after = shop.call("GET", "/v1/items/abroad").json()
    assert (after["currency"], after["price_minor"], after["list_price_minor"]) == ("JPY", 450, None)


@pytest.mark.parametrize("path", ["/v1/items/new", "/v1/items?ids=new", "/v1/items?q=brand-new", "/v1/categories"])
def test_an_item_that_was_looked_at_first_is_still_taken_up_by_the_models(
    shop: Any, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_up: list[int] = []
    monkeypatch.setattr(Shop, "_embed", lambda self, numbers: taken_up.extend(numbers))
    shop.call("PUT", "/v1/items", json={"items": [{"id": "new", "title": "brand-new"}]})
    assert shop.call("GET", path).status_code == 200
    shop.recommend(placement="new_arrivals")
    assert taken_up.count(12) == 1
