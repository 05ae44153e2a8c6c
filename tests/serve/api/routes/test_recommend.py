"""POST /v1/recommendations and /v1/explain through the real decisions of a small shop."""

from __future__ import annotations

from typing import Any

import pytest


def ids(answer: Any) -> list[str]:
    return [place["item_id"] for place in answer["items"]]


def test_a_click_is_in_the_next_answer(shop: Any) -> None:
    assert ids(shop.recommend(placement="recently_viewed", visitor_id="v1")) == []
    assert shop.call("POST", "/v1/events", shop.publishable, json=shop.event("e1")).json()["accepted"] == 1
    answer = shop.recommend(placement="recently_viewed", visitor_id="v1")
    assert ids(answer) == ["p1"]
    assert answer["personalized"] is True
    (place,) = answer["items"]
    assert place["reason"]["code"] == "viewed_before"
    assert place["reason"]["evidence"] == [{"item_id": "p1", "title": "Mug 1", "share": 1.0, "event": "view_item"}]
    assert place["item"]["price_minor"] == 1100
    assert (place["position"], place["filler"]) == (0, False)


def test_another_visitor_sees_nothing_of_it(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1"))
    assert ids(shop.recommend(placement="recently_viewed", visitor_id="v2")) == []


def test_without_personalisation_the_history_is_not_read(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1"))
    answer = shop.recommend(placement="recently_viewed", visitor_id="v1", personalize=False)
    assert (ids(answer), answer["personalized"]) == ([], False)


def test_a_user_who_said_no_is_not_personalised(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1", user_id="u1"))
    assert ids(shop.recommend(placement="recently_viewed", user_id="u1")) == ["p1"]
    denied = {"users": [{"id": "u1", "consent": {"personalization": "denied"}}]}
    assert shop.call("PUT", "/v1/users", json=denied).status_code == 200
    assert ids(shop.recommend(placement="recently_viewed", user_id="u1")) == []


@pytest.mark.parametrize(
    ("language", "title", "heading"), [("zh-CN", "马克杯", "新品上架"), ("en", "Mug", "New arrivals")]
)
def test_texts_come_in_the_language_asked_for(shop: Any, language: str, title: str, heading: str) -> None:
    answer = shop.recommend(placement="new_arrivals", language=language)
    assert answer["title"] == heading
    assert answer["items"]
    assert all(place["item"]["title"].startswith(title) for place in answer["items"])


def test_excluded_and_anchored_items_do_not_come_back(shop: Any) -> None:
    answer = shop.recommend(placement="new_arrivals", limit=12, exclude=["p3"], item_ids=["p4"], cart=["p5"])
    assert not {"p3", "p4", "p5"} & set(ids(answer))


def test_a_list_that_is_too_short_is_filled_and_says_so(shop: Any) -> None:
    answer = shop.recommend(placement="home_for_you", visitor_id="new", limit=3)
    assert answer["filler"] == sum(place["filler"] for place in answer["items"]) == 3
    assert all(place["reason"]["code"].startswith("filler_") for place in answer["items"])


def test_all_lists_of_a_page_come_in_one_call_in_their_order(shop: Any) -> None:
    questions = [{"placement": "new_arrivals"}, {"placement": "trending"}, {"placement": "new_arrivals", "limit": 1}]
    answer = shop.call("POST", "/v1/recommendations", json={"requests": questions}).json()
    assert [one["placement"] for one in answer["answers"]] == ["new_arrivals", "trending", "new_arrivals"]
    assert len(answer["answers"][2]["items"]) == 1


def test_the_word_requests_inside_a_text_is_not_several_questions(shop: Any) -> None:
    answer = shop.recommend(placement="new_arrivals", context={"requests": ["x"], "note": '"requests"'})
    assert answer["placement"] == "new_arrivals"


def test_every_answer_has_its_own_id_and_is_remembered(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1"))
    first = shop.recommend(placement="recently_viewed", visitor_id="v1")
    second = shop.recommend(placement="new_arrivals", visitor_id="v1", personalize=False)
    assert first["recommendation_id"] != second["recommendation_id"]
    service = shop.client.app.state.service
    service.slates.flush()
    service.writer.close()
    kept = service.store.slate(first["recommendation_id"])
    assert kept.person == "v:v1"
    assert [one.item_id for one in kept.items] == ["p1"]
    assert service.store.slate(second["recommendation_id"]).person is None


def test_an_explanation_agrees_with_the_list(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1"))
    question = {"placement": "recently_viewed", "visitor_id": "v1"}
    shown = shop.call("POST", "/v1/explain", shop.publishable, json={**question, "item_id": "p1"}).json()
    assert (shown["in_slate"], shown["position"], shown["verdict"]["code"]) == (True, 0, "shown")
    assert shown["history"][0]["item_id"] == "p1"
    other = shop.call("POST", "/v1/explain", shop.publishable, json={**question, "item_id": "p2"}).json()
    assert other["in_slate"] is False
    assert other["verdict"]["code"] == "no_source"
    shop.call("PATCH", "/v1/items/p1", json={"hidden": True})
    hidden = shop.call("POST", "/v1/explain", shop.publishable, json={**question, "item_id": "p1"}).json()
    assert (hidden["in_slate"], hidden["filtered_by"]) == (False, "hidden")
    assert [gate["passed"] for gate in hidden["gates"] if gate["name"] == "hidden"] == [False]
