"""/v1/rules through the API: written, checked, previewed, compared, rolled back; seen by every worker at once."""

from __future__ import annotations

from typing import Any

import pytest

from daogou.decide.shop import Shop
from daogou.serve.keys import create_key

HIDE = {"id": "no-p1", "action": "hide", "items": ["p1"]}
PIN = {"id": "hero", "action": "pin", "position": 0, "items": ["p7"], "placements": ["new_arrivals"]}


def ask(shop: Any, method: str, path: str, **rest: Any) -> Any:
    """One call with the admin key that went well."""
    answer = shop.call(method, f"/v1/rules{path}", shop.admin, **rest)
    assert answer.status_code == 200, answer.text
    return answer.json()


def put(shop: Any, *rules: dict[str, Any], expected_version: int = 0, **rest: Any) -> Any:
    return ask(shop, "PUT", "", json={"rules": list(rules), "expected_version": expected_version, **rest})


def refusal(shop: Any, method: str, path: str, body: Any) -> tuple[int, Any]:
    answer = shop.call(method, f"/v1/rules{path}", shop.admin, json=body)
    return answer.status_code, answer.json()["error"]


def ids(shop: Any, placement: str = "new_arrivals", **rest: Any) -> list[str]:
    return [place["item_id"] for place in shop.recommend(placement=placement, limit=12, **rest)["items"]]


def test_rules_act_on_the_next_answer_and_say_so(shop: Any) -> None:
    assert ask(shop, "GET", "") == {"version": 0, "rules": [], "problems": []}
    assert "p1" in ids(shop)
    written = put(shop, HIDE, PIN, note="spring")
    assert (written["written"]["version"], written["written"]["n_rules"], written["findings"]) == (1, 2, [])
    assert written["written"]["at"] == "2026-11-21T10:00:00Z"
    assert ask(shop, "GET", "") == {"version": 1, "rules": [HIDE, PIN], "problems": []}
    answer = shop.recommend(placement="new_arrivals", limit=12)
    first = answer["items"][0]
    assert (first["item_id"], first["reason"]["code"], first["source"]) == ("p7", "pinned", "pinned")
    assert "p1" not in [place["item_id"] for place in answer["items"]]
    assert answer["filtered"]["rule_hidden"] == 1
    question = {"placement": "new_arrivals", "item_id": "p1", "language": "zh"}
    told = shop.call("POST", "/v1/explain", shop.publishable, json=question).json()
    assert told["verdict"]["code"] == "rule_hidden"
    assert told["rules"] == [
        {"id": None, "action": "hide", "amount": None, "decided": True, "text": "本店的一条规则在此将其隐藏。"}
    ]
    (to_the_shop,) = shop.call("POST", "/v1/explain", shop.secret, json=question).json()["rules"]
    assert (to_the_shop["id"], to_the_shop["text"]) == ("no-p1", "规则 no-p1 在此将其隐藏。")


def test_a_pinned_place_is_remembered_as_it_was_shown(shop: Any) -> None:
    put(shop, PIN)
    answer = shop.recommend(placement="new_arrivals", limit=2)
    service = shop.client.app.state.service
    service.slates.flush()
    service.writer.close()
    kept = service.store.slate(answer["recommendation_id"])
    assert next((one.item_id, one.position, one.source) for one in kept.items) == ("p7", 0, "pinned")


def test_what_another_worker_wrote_is_in_the_next_answer(shop: Any) -> None:
    other = Shop.open(shop.folder, shop.settings)
    put(shop, HIDE)
    other.refresh()
    assert [rule.id for rule in other.rules.live.rules] == ["no-p1"]
    other.rules.write([], expected_version=1, at_us=0, author="another worker")
    assert "p1" in ids(shop)
    other.close()


def test_every_mistake_of_every_rule_comes_in_one_answer(shop: Any) -> None:
    rules = [{"id": "a", "action": "boost", "items": ["p1"], "factor": 0.5}, {"id": "b", "action": "hide"}]
    for method, path, more in [("PUT", "", {"expected_version": 0}), ("POST", "/check", {})]:
        status, error = refusal(shop, method, path, {"rules": rules, **more})
        assert (status, error["code"]) == (422, "invalid_input")
        assert error["message"].startswith("Rule 'a': factor: 0.5 is not allowed. Use a number above 1")
        assert [(one["field"], one["rule"]) for one in error["details"]] == [
            ("rules[0].factor", "out_of_range"),
            ("rules[1].items", "required"),
        ]
    assert ask(shop, "GET", "")["version"] == 0


def test_contradictions_are_refused_with_all_of_them_unless_forced(shop: Any) -> None:
    rules = [{**PIN, "items": ["p1"]}, HIDE, {**PIN, "id": "second"}, {**HIDE, "id": "x", "placements": ["nowhere"]}]
    status, error = refusal(shop, "PUT", "", {"rules": rules, "expected_version": 0})
    assert status == 422
    assert [(one["field"], one["rule"]) for one in error["details"]] == [
        ("rules[3].placements", "unknown_placement"),
        ("rules[2].position", "position_taken"),
        ("rules[1].items", "pinned_and_hidden"),
    ]
    assert error["message"].endswith("(and 2 more) Correct it, or force the set to be written as it is.")
    checked = ask(shop, "POST", "/check", json={"rules": rules})
    assert checked["ok"] is False
    assert [one["code"] for one in checked["findings"]] == ["unknown_placement", "position_taken", "pinned_and_hidden"]
    assert set(checked["findings"][0]["text"]) == {"en", "zh"}
    forced = put(shop, *rules, force=True)
    assert forced["written"]["version"] == 1
    assert [one["severity"] for one in forced["findings"]] == ["error"] * 3
    assert "p1" not in ids(shop)


def test_warnings_come_with_what_was_written(shop: Any) -> None:
    written = put(shop, {**HIDE, "until": "2026-11-20"}, {"id": "none", "action": "hide", "filter": 'brand = "Sand"'})
    assert [(one["code"], one["severity"]) for one in written["findings"]] == [
        ("past_its_end", "warning"),
        ("matches_no_item", "warning"),
    ]


def test_of_two_who_change_at_once_the_second_is_told(shop: Any) -> None:
    put(shop, HIDE)
    status, error = refusal(shop, "PUT", "", {"rules": [], "expected_version": 0})
    assert (status, error["code"]) == (409, "conflict")
    assert "at version 1, not 0" in error["message"]
    assert ask(shop, "GET", "")["rules"] == [HIDE]


def test_versions_tell_who_when_and_why_and_can_be_compared_and_brought_back(shop: Any) -> None:
    merchant = create_key(shop.folder, "admin", note="Li at the console", settings=shop.settings)
    body = {"rules": [HIDE, PIN], "expected_version": 0, "note": "first"}
    assert shop.call("PUT", "/v1/rules", merchant, json=body).status_code == 200
    put(shop, {**PIN, "position": 1}, expected_version=1)
    listed = ask(shop, "GET", "/versions")["versions"]
    assert [(one["version"], one["note"], one["n_rules"]) for one in listed] == [(2, "", 1), (1, "first", 2)]
    assert listed[1]["author"].startswith("Li at the console (")
    assert [one["version"] for one in ask(shop, "GET", "/versions?limit=1&before=2")["versions"]] == [1]
    diff = ask(shop, "GET", "/diff")
    assert (diff["from"], diff["to"]) == (1, 2)
    assert [(one["id"], one["change"], one["fields"]) for one in diff["changes"]] == [
        ("no-p1", "removed", []),
        ("hero", "changed", ["position"]),
    ]
    assert diff["changes"][0]["before"] == HIDE
    assert diff["changes"][1]["after"]["position"] == 1
    back = ask(shop, "POST", "/rollback", json={"version": 1, "expected_version": 2})
    assert (back["written"]["version"], back["written"]["note"]) == (3, "back to version 1")
    assert ask(shop, "GET", "")["rules"] == ask(shop, "GET", "?version=1")["rules"] == [HIDE, PIN]
    assert ask(shop, "GET", "/diff?from=1&to=3")["changes"] == []
    assert "p1" not in ids(shop)
    assert refusal(shop, "POST", "/rollback", {"version": 9, "expected_version": 3})[0] == 404
    assert refusal(shop, "POST", "/rollback", {"version": 1, "expected_version": 2})[0] == 409
    assert shop.call("GET", "/v1/rules?version=9", shop.admin).status_code == 404


def test_a_preview_shows_lists_for_chosen_shoppers_and_logs_nothing(shop: Any) -> None:
    shop.call("POST", "/v1/events", json=shop.event("e1"))
    body = {
        "rules": [HIDE],
        "placements": ["recently_viewed", "new_arrivals"],
        "shoppers": [{}, {"visitor_id": "v1"}],
        "limit": 3,
    }
    told = ask(shop, "POST", "/preview", json=body)
    assert (told["ok"], told["findings"]) == (True, [])
    assert [(one["placement"], one["visitor_id"]) for one in told["lists"]] == [
        ("recently_viewed", None),
        ("recently_viewed", "v1"),
        ("new_arrivals", None),
        ("new_arrivals", "v1"),
    ]
    seen = told["lists"][1]
    assert (seen["before"], seen["after"]) == (["p1"], [])
    assert seen["moved"] == [{"item_id": "p1", "title": "Mug 1", "before": 0, "after": None, "rules": ["no-p1"]}]
    service = shop.client.app.state.service
    service.slates.flush()
    service.writer.close()
    assert service.store.statistics()["slates"] == 0
    assert ask(shop, "GET", "")["version"] == 0


def test_a_preview_looks_at_another_moment(shop: Any) -> None:
    later = {**HIDE, "from": "2026-12-24", "until": "2026-12-24"}
    body = {"rules": [later], "placements": ["new_arrivals"]}
    (now,) = ask(shop, "POST", "/preview", json=body)["lists"]
    (then,) = ask(shop, "POST", "/preview", json={**body, "at": "2026-12-24T12:00:00Z"})["lists"]
    assert "p1" in now["after"]
    assert "p1" not in then["after"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"placements": ["new_arrivals"] * 5, "shoppers": [{}] * 5}, "shoppers"),
        ({"at": "soon"}, "at"),
        ({"shoppers": [{"name": "x"}]}, "shoppers[0].name"),
    ],
)
def test_a_preview_that_cannot_be_made_names_the_field(shop: Any, change: dict[str, Any], field: str) -> None:
    status, error = refusal(shop, "POST", "/preview", {"rules": [], "placements": ["new_arrivals"], **change})
    assert (status, error["field"]) == (422, field)


def test_rules_that_this_program_cannot_read_show_in_readiness_and_the_others_act(shop: Any) -> None:
    store = shop.client.app.state.service.store
    body = '[{"id":"new","action":"teleport","items":["p2"]},{"id":"no","action":"hide","items":["p1"]}]'
    store.rules.put(body, expected_version=0, at_us=0, author="a newer program", n_rules=2)
    assert "p1" not in ids(shop)
    assert "rules_unread" in shop.client.get("/readyz").json()["degraded"]
    answer = ask(shop, "GET", "")
    assert [rule["id"] for rule in answer["rules"]] == ["no"]
    assert answer["problems"][0].startswith("Rule 'new': action: 'teleport' is not allowed.")
    put(shop, expected_version=1)
    assert "rules_unread" not in shop.client.get("/readyz").json()["degraded"]
    back = ask(shop, "POST", "/rollback", json={"version": 1, "expected_version": 2})
    assert (back["written"]["n_rules"], store.rules.body(3)) == (2, body)


CALLS = [
    ("GET", "", None),
    ("PUT", "", {"rules": [], "expected_version": 0}),
    ("POST", "/check", {"rules": []}),
    ("POST", "/preview", {"rules": [], "placements": ["new_arrivals"]}),
    ("GET", "/versions", None),
    ("GET", "/diff", None),
    ("POST", "/rollback", {"version": 0, "expected_version": 0}),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_only_an_admin_key_may_see_or_write_rules(kept_shop: Any, method: str, path: str, body: Any) -> None:
    rest = {} if body is None else {"json": body}
    for key in (kept_shop.publishable, kept_shop.secret):
        assert kept_shop.call(method, f"/v1/rules{path}", key, **rest).status_code == 403
