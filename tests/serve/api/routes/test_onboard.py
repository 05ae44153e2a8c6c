"""Getting to know a new shopper over HTTP."""

from __future__ import annotations

from typing import Any

import pytest


def onboard(shop: Any, key: str | None = None, **body: Any) -> Any:
    return shop.call("POST", "/v1/onboarding", key or shop.publishable, json=body)


def test_a_visitor_is_asked_answers_and_sees_the_answer_in_the_profile(shop: Any) -> None:
    first = onboard(shop, visitor_id="v1", language="en").json()
    assert (first["n_asked"], first["most_questions"], first["done"]) == (0, 3, False)
    question = first["question"]
    assert question["choices"][-1] == {"choice": None, "label": "It doesn't matter", "items": []}
    chosen = question["choices"][0]
    answers = [{"question": question["question"], "choice": chosen["choice"]}]
    second = onboard(shop, visitor_id="v1", answers=answers).json()
    assert second["n_asked"] == 1
    assert second["wishes"] == [chosen["choice"]]
    seen = shop.call("POST", "/v1/profile", shop.publishable, json={"visitor_id": "v1"}).json()
    assert [(one["tag"], one["choice"]) for one in seen["choices"]] == [(chosen["choice"], "more")]
    listed = shop.recommend(placement="home_for_you", visitor_id="v1", language="en")["items"]
    assert listed[0]["reason"]["code"] == "asked_for"


def test_a_wish_for_more_can_be_said_in_the_profile_too(shop: Any) -> None:
    wish = {"visitor_id": "v1", "tag": "category:Kitchen", "choice": "more"}
    assert shop.call("PUT", "/v1/profile/wishes", shop.publishable, json=wish).json()["choice"] == "more"
    listed = shop.recommend(placement="home_for_you", visitor_id="v1", limit=3)["items"]
    assert all("Kitchen > Mugs" in str(one["item"]) or one["reason"]["code"] == "asked_for" for one in listed)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"visitor_id": "v1", "answers": [{"question": "moon", "choice": "moon:full"}]}, 422),
        ({"visitor_id": "v1", "answers": [{"question": "category", "choice": "x"}]}, 422),
        ({"visitor_id": "v1", "answers": "Kitchen"}, 422),
        ({"user_id": "u1"}, 403),
    ],
)
def test_what_is_wrong_is_refused(shop: Any, body: dict[str, Any], status: int) -> None:
    assert onboard(shop, **body).status_code == status


def test_a_shop_without_items_asks_nothing(empty_shop: Any) -> None:
    found = onboard(empty_shop, visitor_id="v1").json()
    assert (found["question"], found["done"]) == (None, True)


def test_a_context_of_a_wrong_type_is_refused_by_its_name(shop: Any) -> None:
    question = {"placement": "new_arrivals", "context": {"weather": 3}}
    refused = shop.call("POST", "/v1/recommendations", shop.publishable, json=question)
    assert refused.status_code == 422
    assert "context.weather" in refused.text
    question["context"] = {"store_id": "nowhere", "moon": ["full"]}
    assert shop.call("POST", "/v1/recommendations", shop.publishable, json=question).status_code == 200


def test_a_store_nobody_knows_is_served_and_counted(shop: Any) -> None:
    item = {"id": "p0", "title": "Mug", "price": 10, "stores": [{"store_id": "leeds"}]}
    assert shop.call("PUT", "/v1/items", json={"items": [item]}).status_code == 200
    assert shop.recommend(placement="new_arrivals", context={"store_id": "york"})["items"]
    assert 'daogou_unknown_stores{shop="shop"} 1.0' in shop.client.get("/metrics").text
    assert "context_unknown" not in shop.client.get("/readyz").json()["degraded"]
