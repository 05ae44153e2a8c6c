"""The report of searches over HTTP."""

from __future__ import annotations

import csv
from typing import Any


def search_by(shop: Any, words: str, shoppers: int) -> None:
    events = [
        shop.event(f"{words}-{number}", event_name="search", visitor_id=f"v{number}", items=[], search_term=words)
        for number in range(shoppers)
    ]
    assert shop.call("POST", "/v1/events", json={"events": events}).status_code == 200


def test_it_tells_what_finds_nothing_and_hides_what_few_typed(shop: Any) -> None:
    search_by(shop, "mug", 6)
    search_by(shop, "=cmd|' /C calc'!A0", 5)
    search_by(shop, "my secret wish", 2)
    shop.call("POST", "/v1/search", shop.publishable, json={"words": "zzqq"})
    told = shop.call("GET", "/v1/reports/searches").json()
    assert [one["words"] for one in told["queries"]] == ["mug", "=cmd|' /c calc'!a0"]
    assert (told["searches"], told["empty"], told["withheld"], told["withheld_searches"]) == (14, 1, 2, 3)
    every = shop.call("GET", "/v1/reports/searches?fewest_shoppers=1&order=empty", shop.admin).json()
    assert [(one["words"], one["empty"]) for one in every["queries"]] == [("zzqq", 1)]


def test_only_an_admin_key_sees_what_few_typed_and_a_page_sees_nothing(shop: Any) -> None:
    for key, status in ((shop.publishable, 403), (shop.secret, 403), (shop.admin, 200)):
        assert shop.call("GET", "/v1/reports/searches?fewest_shoppers=4", key).status_code == status
    assert shop.call("GET", "/v1/reports/searches", shop.publishable).status_code == 403


def test_a_spreadsheet_reckons_with_nothing_that_was_typed(shop: Any) -> None:
    search_by(shop, "=1+1", 5)
    answer = shop.call("GET", "/v1/reports/searches?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(answer.text.splitlines())) == [
        ["words", "searches", "shoppers", "empty", "click_share"],
        ["'=1+1", "5", "5", "0", "0.0000"],
    ]


def test_wrong_parameters_are_named(shop: Any) -> None:
    for query, field in (("order=best", "order"), ("format=xml", "format"), ("days=999", "days")):
        answer = shop.call("GET", f"/v1/reports/searches?{query}")
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
