"""Filters over HTTP: in recommendations, in explanations, and in the settings of a placement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import InvalidFilter
from daogou.core.settings import Settings
from daogou.serve.run import run_server

NEWEST = {"placement": "new_arrivals", "limit": 50}


def ids(answer: Any) -> set[str]:
    return {place["item_id"] for place in answer["items"]}


def test_a_list_holds_only_what_passes(kept_shop: Any) -> None:
    answer = kept_shop.recommend(**NEWEST, filter='price < 1300 and category under "Kitchen > Mugs"')
    assert ids(answer) == {"p1"}
    assert answer["filtered"] == {"filter": 11}


def test_what_the_filter_keeps_out_is_filled_with_what_passes(kept_shop: Any) -> None:
    answer = kept_shop.recommend(
        placement="home_for_you", visitor_id="v9", filter="id in ['p3', 'p5'] or price missing"
    )
    assert ids(answer) == {"p3", "p5"}
    assert answer["filler"] == 2


def test_every_question_of_a_page_has_its_own(kept_shop: Any) -> None:
    questions = [{**NEWEST, "filter": "price = 1000"}, NEWEST, {**NEWEST, "filter": "price = 1100"}]
    answers = kept_shop.recommend(requests=questions)["answers"]
    assert [len(ids(one)) for one in answers] == [1, 8, 1]  # four of each of two categories without a filter


def test_why_not_names_it_in_both_languages(kept_shop: Any) -> None:
    question = {**NEWEST, "filter": "price < 1300", "item_id": "p9"}
    english = kept_shop.call("POST", "/v1/explain", kept_shop.publishable, json={**question, "language": "en"}).json()
    chinese = kept_shop.call("POST", "/v1/explain", kept_shop.publishable, json={**question, "language": "zh"}).json()
    assert english["filtered_by"] == chinese["filtered_by"] == "filter"
    assert english["verdict"]["text"] == "Not shown: it does not pass the filter of the request or of this list."
    assert chinese["verdict"]["text"] == "未显示：不符合本次请求或此列表的筛选条件。"
    gate = next(one for one in english["gates"] if one["name"] == "filter")
    assert gate == {"name": "filter", "passed": False, "text": "passes the filters of the request and of this list"}


@pytest.mark.parametrize("path", ["/v1/recommendations", "/v1/explain"])
def test_a_wrong_filter_is_answered_with_its_place(kept_shop: Any, path: str) -> None:
    question = {**NEWEST, "filter": "price < 20 and prise > 3", **({"item_id": "p1"} if "explain" in path else {})}
    answer = kept_shop.call("POST", path, kept_shop.publishable, json=question)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"], error["position"]) == (
        422,
        "invalid_filter",
        "filter",
        16,
    )
    (detail,) = error["details"]
    assert (detail["field"], detail["value"], detail["rule"]) == ("filter", '"prise"', "unknown_field")
    assert detail["allowed"].startswith("the field price,")
    assert error["message"].endswith("\n  price < 20 and prise > 3\n                 ^")


def test_of_several_questions_the_wrong_one_is_named(kept_shop: Any) -> None:
    questions = {"requests": [NEWEST, {**NEWEST, "filter": "price <"}]}
    answer = kept_shop.call("POST", "/v1/recommendations", kept_shop.publishable, json=questions)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "requests[1].filter")


@pytest.mark.parametrize("value", ["", "x" * 4_001, 3, ["price < 3"]])
def test_what_is_no_expression_at_all_is_a_wrong_field(kept_shop: Any, value: object) -> None:
    answer = kept_shop.call("POST", "/v1/recommendations", kept_shop.publishable, json={**NEWEST, "filter": value})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_field")
    assert answer.json()["error"]["field"] == "filter"


@pytest.mark.parametrize("text", ["(" * 3_999, "not " * 999, '"', "price < 3 " * 300, "\\", "“", "﷽ = 3", "[" * 50])
def test_no_text_breaks_the_server(kept_shop: Any, text: str) -> None:
    answer = kept_shop.call("POST", "/v1/recommendations", kept_shop.publishable, json={**NEWEST, "filter": text})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_filter")


@pytest.mark.parametrize("path", ["/v1/recommendations", "/v1/explain"])
def test_a_page_cannot_find_out_what_the_shop_earns(kept_shop: Any, path: str) -> None:
    question = {**NEWEST, "filter": "margin > 70", **({"item_id": "p1"} if "explain" in path else {})}
    refused = kept_shop.call("POST", path, kept_shop.publishable, json=question)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")
    assert "margin" in refused.json()["error"]["message"]
    assert kept_shop.call("POST", path, kept_shop.secret, json=question).status_code == 200


def test_a_server_may_ask_for_margin(kept_shop: Any) -> None:
    question = {**NEWEST, "filter": "margin >= 75"}  # cost 3.21: from a price of 12.84 on
    answer = kept_shop.call("POST", "/v1/recommendations", kept_shop.secret, json=question).json()
    assert ids(answer) <= {f"p{number}" for number in range(3, 12)}
    assert answer["filtered"] == {"filter": 3}


def test_a_changed_item_passes_or_fails_from_the_next_call_on(shop: Any) -> None:
    cheap = {**NEWEST, "filter": "price < 1001"}
    assert ids(shop.recommend(**cheap)) == {"p0"}
    assert shop.call("PATCH", "/v1/items/p7", json={"price": 1}).status_code == 200
    assert shop.call("PATCH", "/v1/items/p0", json={"price": 99}).status_code == 200
    assert ids(shop.recommend(**cheap)) == {"p7"}


def test_a_placement_may_have_a_filter_of_the_shop(open_with: Any, tmp_path: Path) -> None:
    mugs = {"retrievers": {"newest": 1.0}, "filter": 'category has "mugs" and margin > 70', "max_per_category": None}
    with open_with(tmp_path, placements={"mugs": mugs}) as opened:
        rows = [
            {"id": f"m{price}", "title": "Mug", "price": price, "cost": 3, "categories": ["Mugs"]}
            for price in (4, 9, 20)
        ]
        assert opened.call("PUT", "/v1/items", json={"items": rows}).status_code == 200
        assert ids(opened.recommend(placement="mugs")) == {"m20"}


def test_a_server_with_a_wrong_placement_does_not_start(tmp_path: Path) -> None:
    settings = Settings(placements={"footer": {"retrievers": {"newest": 1.0}, "filter": "price ="}})  # type: ignore[dict-item]
    with pytest.raises(InvalidFilter, match=r"placements\.footer\.filter, column 8: found the end, expected a number"):
        run_server(tmp_path, settings)
