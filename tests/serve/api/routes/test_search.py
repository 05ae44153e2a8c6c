"""Searching over HTTP: what comes back, what is refused, what is remembered."""

from __future__ import annotations

import time
from typing import Any

import pytest

from daogou.core.clock import DAY_US
from daogou.data.store.search_log import NotedSearch

NOW_US = 1_795_255_200_000_000
ROWS = [
    ("red-mug", "Red mug", "红色马克杯", 9.5, "Kitchen > Mugs", "red", "Clay"),
    ("blue-mug", "Blue mug", "蓝色马克杯", 12, "Kitchen > Mugs", "blue", "Clay"),
    ("red-pot", "Red flower pot", "红色花盆", 30, "Garden > Pots", "red", "Terra"),
    ("green-pot", "Green flower pot", "绿色花盆", 28, "Garden > Pots", "green", "Terra"),
]


@pytest.fixture
def shop(empty_shop: Any) -> Any:
    """Four items; their variants, if any, are told apart."""
    items = [
        {
            "id": one,
            "title": {"en": english, "zh": chinese},
            "price": price,
            "categories": [category],
            "brand": brand,
            "attributes": {"colour": [colour]},
            "cost": 1,
        }
        for one, english, chinese, price, category, colour, brand in ROWS
    ]
    assert empty_shop.call("PUT", "/v1/items", json={"items": items}).status_code == 200
    return empty_shop


def search(shop: Any, **question: Any) -> Any:
    answer = shop.call("POST", "/v1/search", shop.publishable, json=question)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(found: Any) -> list[str]:
    return [place["item_id"] for place in found["items"]]


def counts(found: Any, name: str) -> dict[str, int]:
    return {one["value"]: one["count"] for facet in found["facets"] if facet["name"] == name for one in facet["values"]}


def refused(shop: Any, **question: Any) -> Any:
    answer = shop.call("POST", "/v1/search", shop.publishable, json=question)
    assert answer.status_code == 422, answer.text
    return answer.json()["error"]


def test_words_find_items_in_both_languages_with_price_stock_and_reason(shop: Any) -> None:
    for words, language in (("red mug", "en"), ("红色马克杯", "zh")):
        found = search(shop, words=words, language=language)
        first = found["items"][0]
        assert first["item_id"] == "red-mug"
        assert (first["item"]["price_minor"], first["item"]["availability"]) == (950, "in_stock")
        assert first["reason"]["text"]
        assert ids(search(shop, words=words, language=language, relax=False)) == ["red-mug"]


def test_what_the_shop_sells_changes_in_the_next_answer(shop: Any) -> None:
    shop.call("PATCH", "/v1/items/red-mug", json={"price": 8, "availability": "out_of_stock"})
    (first, *_) = [one["item"] for one in search(shop, words="red mug")["items"] if one["item_id"] == "red-mug"]
    assert (first["price_minor"], first["availability"]) == (800, "out_of_stock")
    shop.call("PATCH", "/v1/items/red-mug", json={"hidden": True})
    assert "red-mug" not in ids(search(shop, words="red mug"))
    shop.call("PUT", "/v1/items", json={"items": [{"id": "cup", "title": "Crimson cup", "price": 3}]})
    assert ids(search(shop, words="crimson cup")) == ["cup"]


def test_facets_narrow_and_say_how_many_each_would_leave(shop: Any) -> None:
    found = search(shop, words="pot", facets={"colour": ["red"]})
    assert ids(found) == ["red-pot"]
    assert counts(found, "colour") == {"red": 1, "green": 1}
    assert set(ids(search(shop, words="pot", facets={"colour": ["red", "green"]}))) == {"red-pot", "green-pot"}
    assert ids(search(shop, category=["Garden", "Pots"], price_minor={"at_least": 2_900})) == ["red-pot"]
    assert set(ids(search(shop, category=["Kitchen"]))) == {"red-mug", "blue-mug"}


def test_pages_go_on_where_the_last_one_ended_with_places_in_the_whole_list(shop: Any) -> None:
    first, second = (search(shop, order="title", offset=offset, limit=2) for offset in (0, 2))
    assert first["total"] == second["total"] == 4
    assert ids(first) + ids(second) == ["blue-mug", "green-pot", "red-pot", "red-mug"]
    assert [place["position"] for place in second["items"]] == [2, 3]


def test_the_neutral_order_is_the_same_for_two_shoppers(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1", visitor_id="v1", items=[{"item_id": "green-pot"}]))
    one, other = (search(shop, words="pot", order="neutral", visitor_id=visitor) for visitor in ("v1", "v2"))
    assert one["items"] == other["items"]
    assert not one["personalized"]


def test_what_was_found_is_remembered_so_that_a_click_can_name_it(shop: Any) -> None:
    found = search(shop, words="mug", visitor_id="v1")
    event = shop.event("e1", recommendation_id=found["recommendation_id"], search_term="mug")
    shop.call("POST", "/v1/events", json=event)
    store = shop.client.app.state.service.store
    end = time.monotonic() + 5
    while (slate := store.slate(found["recommendation_id"])) is None and time.monotonic() < end:
        time.sleep(0.05)
    assert slate is not None
    assert (slate.placement, [one.item_id for one in slate.items]) == ("search", ids(found))
    assert slate.person is None or found["personalized"]


def test_searches_are_counted_by_day_without_contact_data_and_not_again_for_each_page(shop: Any) -> None:
    service = shop.client.app.state.service
    for words in ("Mug", " mug ", "zzzzqqqq", "call 138 0013 8000"):
        search(shop, words=words, visitor_id="v1")
    search(shop, words="mug", offset=2)
    search(shop, words="mug", facets={"colour": ["red"]})
    search(shop, words="")
    service.searches.flush()
    noted = service.store.searches.since(0)
    day = NOW_US // DAY_US
    assert NotedSearch(day, "mug", 2, 0) in noted
    assert NotedSearch(day, "zzzzqqqq", 1, 1) in noted
    assert [one.words for one in noted if "call" in one.words] == ["call [phone]"]
    assert sum(one.count for one in noted) == 4


@pytest.mark.parametrize(
    ("question", "field", "allowed"),
    [
        ({"words": "x" * 10_000}, "words", "length <= 500"),
        ({"words": 3}, "words", "str"),
        ({"limit": 101}, "limit", "<= 100"),
        ({"offset": -1}, "offset", ">= 0"),
        ({"order": "best"}, "order", "neutral"),
        ({"facets": {"hue": ["red"]}}, "facets.hue", "colour"),
        ({"facets": {"colour": []}}, "facets[...]", "length >= 1"),
        ({"category": ["Attic"]}, "category", "Kitchen, Garden"),
        ({"price_minor": {"at_least": -5}}, "price_minor.at_least", ">= 0"),
        ({"price_minor": {"lowest": 5}}, "price_minor.lowest", "documented fields"),
        ({"filter": "price <"}, "filter", "a number"),
        ({"query": "mug"}, "query", "documented fields"),
    ],
)
def test_each_wrong_field_is_named_with_what_is_allowed(
    shop: Any, question: dict[str, Any], field: str, allowed: str
) -> None:
    error = refused(shop, **question)
    assert error["field"] == field
    assert allowed in error["details"][0]["allowed"] or allowed in error["message"]


def test_a_page_may_not_filter_by_what_the_shop_earns(shop: Any) -> None:
    question = {"words": "mug", "filter": "margin > 10"}
    assert shop.call("POST", "/v1/search", shop.publishable, json=question).status_code == 403
    assert shop.call("POST", "/v1/search", json=question).status_code == 200
    assert "cost" not in shop.call("POST", "/v1/search", shop.admin, json={"words": "mug"}).text


@pytest.mark.parametrize(
    "words",
    ["", " ", "😀😀", "\u200b\u202e\u2066gum", "<script>alert(1)</script>", "'; drop table items;--", "%", "a" * 500],
)
def test_no_words_are_too_odd(shop: Any, words: str) -> None:
    found = search(shop, words=words)
    assert found["total"] >= len(found["items"])
    assert shop.call("POST", "/v1/autocomplete", shop.publishable, json={"words": words}).status_code == 200


def test_the_same_shopper_may_not_search_without_end(open_with: Any, tmp_path: Any) -> None:
    with open_with(tmp_path, limits={"shopper": "3/minute"}) as shop:
        asked = [
            shop.call("POST", "/v1/search", shop.publishable, json={"words": "mug", "visitor_id": "v1"}).status_code
            for _ in range(4)
        ]
        assert asked == [200, 200, 200, 429]


def test_an_empty_shop_finds_nothing_and_says_so(empty_shop: Any) -> None:
    found = search(empty_shop, words="mug")
    assert (found["items"], found["total"], found["facets"]) == ([], 0, [])
