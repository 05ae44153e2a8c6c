"""POST /v1/pages."""

from __future__ import annotations

from typing import Any

from daogou.serve.api.wire.pages import PageQuestion
from daogou.serve.api.wire.slates import Question


def test_a_page_of_a_new_shop_shows_every_item_once_and_logs_only_what_it_shows(shop: Any) -> None:
    answer = shop.call("POST", "/v1/pages", shop.publishable, json={"page": "home", "visitor_id": "v9", "limit": 5})
    page = answer.json()
    assert answer.status_code == 200
    assert [row["slate"]["placement"] for row in page["rows"]] == ["home_for_you", "trending"]
    assert [row["position"] for row in page["rows"]] == [0, 1]
    assert {row["reason"]["code"] for row in page["rows"]} == {"row_shop"}
    assert page["left_out"]["new_arrivals"]["code"] == "row_short"
    shown = [place["item_id"] for row in page["rows"] for place in row["slate"]["items"]]
    assert len(shown) == len(set(shown)) == 10
    logged = {row["slate"]["recommendation_id"] for row in page["rows"]}
    shop.client._run(_flushed(shop))
    assert {one.recommendation_id for one in shop.client.app.state.service.store.iterate_slates()} == logged


async def _flushed(shop: Any) -> None:
    service = shop.client.app.state.service
    service.slates.flush()
    while service.writer.waiting:
        pass


def test_a_page_asks_what_a_list_asks() -> None:
    assert [name for name in PageQuestion.__struct_fields__ if name != "page"] == [
        name for name in Question.__struct_fields__ if name != "placement"
    ]


def test_an_unknown_page_and_a_shop_without_items_are_answered(shop: Any, open_with: Any, tmp_path: Any) -> None:
    answer = shop.call("POST", "/v1/pages", shop.publishable, json={"page": "attic"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unknown_name")
    with open_with(tmp_path / "empty") as empty:
        page = empty.call("POST", "/v1/pages", empty.publishable, json={"page": "home", "language": "zh"}).json()
        assert page["rows"] == []
        assert {one["code"] for one in page["left_out"].values()} == {"row_empty"}
