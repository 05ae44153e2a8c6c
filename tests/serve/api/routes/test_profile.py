"""POST /v1/profile and PUT /v1/profile/wishes: a shopper sees what is thought of them, and changes it."""

from __future__ import annotations

from typing import Any

import pytest

MUGS = "category:Kitchen > Mugs"


@pytest.fixture
def known(shop: Any) -> Any:
    """The shop with a visitor who looked at three mugs and a pot."""
    for number, item_id in enumerate(("p1", "p3", "p5", "p2")):
        event = shop.event(f"e{number}", items=[{"item_id": item_id}])
        assert shop.call("POST", "/v1/events", shop.publishable, json=event).json()["accepted"] == 1
    return shop


def profile(shop: Any, **asked: Any) -> Any:
    return shop.call("POST", "/v1/profile", shop.publishable, json={"visitor_id": "v1", **asked}).json()


def wish(shop: Any, **said: Any) -> Any:
    return shop.call("PUT", "/v1/profile/wishes", shop.publishable, json={"visitor_id": "v1", **said})


def shown(shop: Any, **asked: Any) -> list[str]:
    return [
        place["item_id"]
        for place in shop.recommend(placement="new_arrivals", visitor_id="v1", limit=12, **asked)["items"]
    ]


def test_a_shopper_sees_the_tags_and_what_they_rest_on(known: Any) -> None:
    seen = profile(known)
    assert (seen["is_personalized"], seen["n_events"], seen["choices"]) == (True, 4, [])
    (tag,) = seen["tags"]
    assert (tag["tag"], tag["kind"], tag["label"], tag["n_items"]) == (MUGS, "Category", "Mugs", 3)
    assert tag["share"] == pytest.approx(0.75, abs=0.01)
    assert {one["item_id"] for one in tag["evidence"]} == {"p1", "p3", "p5"}
    assert profile(known, language="zh")["tags"][0]["kind"] == "分类"


def test_the_tags_are_summed_up_where_that_is_asked_for(known: Any) -> None:
    assert profile(known)["summary"] is None
    assert profile(known, summary=True)["summary"] == "You seem to like Mugs."
    assert profile(known, summary=True, language="zh")["summary"] == "看起来您喜欢Mugs。"
    assert profile(known, summary=True, visitor_id="nobody")["summary"] is None


def test_never_takes_every_such_item_off_the_next_list_and_why_not_says_so(known: Any) -> None:
    assert {"p1", "p0"} <= set(shown(known))
    assert wish(known, tag=MUGS, choice="never").json() == {"tag": MUGS, "choice": "never", "before": None}
    left = shown(known)
    assert left
    assert all(int(item_id[1:]) % 2 == 0 for item_id in left)
    question = {"placement": "new_arrivals", "visitor_id": "v1", "item_id": "p1"}
    told = known.call("POST", "/v1/explain", known.publishable, json=question).json()
    assert told["filtered_by"] == "unwanted"
    assert "wants nothing of its kind" in told["verdict"]["text"]
    assert [one["label"] for one in profile(known)["choices"]] == ["Mugs"]


def test_what_was_before_undoes_a_wish(known: Any) -> None:
    before = shown(known)
    wish(known, tag=MUGS, choice="less")
    changed = wish(known, tag=MUGS, choice="never").json()
    assert changed["before"] == "less"
    assert wish(known, tag=MUGS, choice=changed["before"]).json()["choice"] == "less"
    assert wish(known, tag=MUGS, choice=None).json() == {"tag": MUGS, "choice": None, "before": "less"}
    assert shown(known) == before
    assert profile(known)["choices"] == []


def test_less_of_an_item_means_its_innermost_category_and_ranks_it_lower(known: Any) -> None:
    first = shown(known)[0]
    changed = wish(known, item_id=first, choice="less").json()
    assert changed["tag"] in (MUGS, "category:Garden > Pots")
    after = shown(known)
    assert set(after) == set(shown(known, personalize=False))
    assert after[0] != first


def test_wishes_are_of_one_shopper_and_rest_where_nothing_is_personalised(known: Any) -> None:
    wish(known, tag=MUGS, choice="never")
    other = known.recommend(placement="new_arrivals", visitor_id="v2", limit=12)["items"]
    assert "p1" in [place["item_id"] for place in other]
    assert "p1" in shown(known, personalize=False)


def test_who_objected_has_no_tags_told_and_their_wishes_stay_theirs(known: Any) -> None:
    known.call("PUT", "/v1/profile/wishes", json={"user_id": "u1", "tag": MUGS, "choice": "less"})
    denied = {"users": [{"id": "u1", "consent": {"personalization": "denied"}}]}
    assert known.call("PUT", "/v1/users", json=denied).status_code == 200
    seen = known.call("POST", "/v1/profile", json={"user_id": "u1", "visitor_id": "v1"}).json()
    assert (seen["is_personalized"], seen["n_events"], seen["tags"]) == (False, 0, [])
    assert [one["tag"] for one in seen["choices"]] == [MUGS]


def test_a_page_may_not_ask_about_users(shop: Any) -> None:
    for method, path, body in (
        ("POST", "/v1/profile", {"user_id": "u1"}),
        ("PUT", "/v1/profile/wishes", {"user_id": "u1", "tag": MUGS, "choice": "less"}),
    ):
        refused = shop.call(method, path, shop.publishable, json=body)
        assert refused.status_code == 403
        assert "secret key" in refused.json()["error"]["message"]
        assert shop.call(method, path, json=body).status_code == 200


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"tag": "red", "choice": "less"}, "tag"),
        ({"choice": "less"}, "tag"),
        ({"tag": MUGS, "item_id": "p1", "choice": "less"}, "tag"),
        ({"tag": MUGS, "choice": "most"}, "choice"),
        ({"tag": MUGS}, "choice"),
    ],
)
def test_a_wish_that_says_nothing_is_refused(shop: Any, said: dict[str, Any], field: str) -> None:
    refused = wish(shop, **said)
    assert refused.status_code == 422
    assert field in refused.json()["error"]["message"]


def test_nobody_has_no_profile_and_an_unknown_item_no_kind(shop: Any) -> None:
    nobody = shop.call("POST", "/v1/profile", shop.publishable, json={})
    assert (nobody.status_code, nobody.json()["error"]["field"]) == (422, "visitor_id")
    assert wish(shop, item_id="gone", choice="less").status_code == 404
    nothing: dict[str, list[Any]] = {"tags": [], "choices": [], "turned_down": [], "summary": None}
    assert profile(shop, visitor_id="new") == {"is_personalized": True, "n_events": 0, **nothing}


def test_somebody_who_says_something_of_everything_is_stopped(shop: Any) -> None:
    for number in range(200):
        assert wish(shop, tag=f"colour:{number}", choice="less").status_code == 200
    refused = wish(shop, tag="colour:one more", choice="less")
    assert (refused.status_code, "at most 200" in refused.json()["error"]["message"]) == (422, True)
    assert wish(shop, tag="colour:7", choice=None).status_code == 200
    assert wish(shop, tag="colour:one more", choice="less").status_code == 200


def test_items_turned_down_are_told_and_can_be_taken_back(known: Any) -> None:
    def report(name: str, item_id: str) -> None:
        event = known.event(f"{name}-{item_id}", event_name=name, items=[{"item_id": item_id}])
        assert known.call("POST", "/v1/events", known.publishable, json=event).json()["accepted"] == 1

    report("dislike_item", "p1")
    report("dislike_item", "p3")
    told = profile(known, language="en")["turned_down"]
    assert {one["item_id"] for one in told} == {"p1", "p3"}
    assert all(one["title"] and one["at_us"] for one in told)
    assert not {"p1", "p3"} & set(shown(known))
    report("undo_dislike_item", "p1")
    assert [one["item_id"] for one in profile(known)["turned_down"]] == ["p3"]
    assert "p1" in shown(known)
