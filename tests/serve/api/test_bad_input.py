"""Everything a caller can get wrong: one error shape, the right status, the value seen and the next step."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from daogou.serve.api import body
from daogou.serve.api.errors import ErrorBody

JSON = {"Content-Type": "application/json"}
NOW = 1_795_255_200
QUESTION = {"placement": "new_arrivals"}


@pytest.fixture
def shop(kept_shop: Any) -> Any:
    """Refused calls change nothing, so one shop does for all."""
    return kept_shop


def failure(answer: Any, status: int, code: str) -> Any:
    """The facts of the error, after checking the shape and that the header names the same request."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    facts = msgspec.json.decode(answer.content, type=ErrorBody).error
    assert facts.code == code
    assert facts.request_id == answer.headers["x-request-id"]
    assert facts.message
    return facts


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/events"), ("POST", "/v1/recommendations"), ("POST", "/v1/explain"), ("PUT", "/v1/items"),
     ("PUT", "/v1/users"), ("PATCH", "/v1/items/p1")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("sent", "part"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"[" * 50_000, "nested deeper"),
        (b'{"a": "\\u0000"}', "NUL"),
        (b'{"a": 1e999}', "out of range"),
    ],
)
def test_every_endpoint_refuses_bytes_it_cannot_read(shop: Any, method: str, path: str, sent: bytes, part: str) -> None:
    facts = failure(shop.call(method, path, content=sent, headers=JSON), 400, "malformed")
    assert part in facts.message


@pytest.mark.parametrize("body", ["[]", "1", '"text"', "null", "true"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/events"), ("POST", "/v1/recommendations"), ("PUT", "/v1/items"),
                         ("PATCH", "/v1/items/p1"), ("POST", "/v1/explain")]
)  # fmt: skip
def test_a_body_that_is_not_an_object_is_refused(shop: Any, method: str, path: str, body: str) -> None:
    facts = failure(shop.call(method, path, content=body, headers=JSON), 422, "invalid_field")
    assert facts.field == "body"


def test_a_body_over_the_limit_is_refused_by_its_announced_length_without_reading(shop: Any) -> None:
    facts = failure(
        shop.call("POST", "/v1/events", content=b"{}", headers={**JSON, "Content-Length": "100001"}), 413, "too_large"
    )
    assert "100,000" in facts.message


def test_a_body_over_the_limit_is_refused_while_it_is_read(shop: Any) -> None:
    async def endless() -> Any:
        for _ in range(1_000):
            yield b" " * 10_000

    failure(shop.call("POST", "/v1/events", content=endless(), headers=JSON), 413, "too_large")


def test_a_body_that_trickles_in_is_given_up(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow() -> Any:
        yield b"{"
        await asyncio.sleep(5)
        yield b"}"

    monkeypatch.setattr(body, "READ_SECONDS", 0.05)
    failure(shop.call("POST", "/v1/events", content=slow(), headers=JSON), 408, "request_timeout")


def test_more_rows_than_a_call_may_carry_are_refused(shop: Any) -> None:
    events = [shop.event(f"e{number}") for number in range(51)]
    facts = failure(shop.call("POST", "/v1/events", json={"events": events}), 413, "too_large")
    assert "51" in facts.message
    assert "50" in facts.message
    failure(shop.call("PUT", "/v1/items", json={"items": [{}] * 51}), 413, "too_large")
    failure(shop.call("PUT", "/v1/users", json={"users": [{}] * 51}), 413, "too_large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", ""]
)
def test_a_body_that_is_not_json_by_its_own_word_is_refused(shop: Any, kind: str) -> None:
    answer = shop.call("POST", "/v1/recommendations", content=b"{}", headers={"Content-Type": kind})
    failure(answer, 415, "unsupported_media_type")


def test_a_packed_body_is_refused(shop: Any) -> None:
    answer = shop.call("POST", "/v1/events", content=b"x", headers={**JSON, "Content-Encoding": "gzip"})
    failure(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1", "/v1/", "/v1/events/", "/nothing.js", "/v1/items/"])
def test_an_unknown_path_is_not_found_in_the_one_shape(shop: Any, path: str) -> None:
    failure(shop.call("GET", path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/events", "POST"),
        ("GET", "/v1/recommendations", "POST"),
        ("POST", "/v1/items", "GET, PUT"),
        ("PUT", "/v1/items/p1", "DELETE, GET, PATCH"),
        ("POST", "/", "GET"),
        ("TRACE", "/v1/shop", "GET"),
    ],
)
def test_an_unknown_method_names_the_allowed_ones(shop: Any, method: str, path: str, allowed: str) -> None:
    answer = shop.call(method, path)
    failure(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"limit": 0}, "limit", ">= 1"),
        ({"limit": 101}, "limit", "<= 100"),
        ({"limit": -5}, "limit", ">= 1"),
        ({"limit": "ten"}, "limit", "int"),
        ({"limit": 10**30}, "limit", "<= 100"),
        ({"visitorId": "v1"}, "visitorId", "only the documented fields"),
        ({"item_ids": ["x"] * 501}, "item_ids", "length <= 500"),
        ({"item_ids": [None]}, "item_ids[0]", "str"),
        ({"user_id": ""}, "user_id", "length >= 1"),
        ({"user_id": "u" * 257}, "user_id", "length <= 256"),
        ({"user_id": 7}, "user_id", "str"),
        ({"language": "<script>"}, "language", "matching regex"),
        ({"personalize": "yes"}, "personalize", "bool"),
        ({"context": []}, "context", "object"),
        ({"placement": None}, "placement", "str"),
    ],
)
def test_a_wrong_field_of_a_question_is_named_with_what_is_allowed(
    shop: Any, changes: dict[str, Any], field: str, part: str
) -> None:
    facts = failure(shop.call("POST", "/v1/recommendations", json={**QUESTION, **changes}), 422, "invalid_field")
    assert facts.field == field
    assert facts.details is not None
    assert part in facts.details[0].allowed


def test_a_question_without_a_placement_is_refused(shop: Any) -> None:
    facts = failure(shop.call("POST", "/v1/recommendations", json={}), 422, "invalid_field")
    assert (facts.field, facts.details[0].rule) == ("placement", "required")


def test_an_unknown_placement_is_refused_with_the_known_ones(shop: Any) -> None:
    for path, more in (("/v1/recommendations", {}), ("/v1/explain", {"item_id": "p1"})):
        facts = failure(shop.call("POST", path, json={"placement": "homepage", **more}), 422, "unknown_name")
        assert "'homepage'" in facts.message
        assert "home_for_you" in facts.message


@pytest.mark.parametrize("questions", [[], [QUESTION] * 21, [{}], "x", [1]])
def test_a_wrong_list_of_questions_is_refused(shop: Any, questions: Any) -> None:
    failure(shop.call("POST", "/v1/recommendations", json={"requests": questions}), 422, "invalid_field")


def test_one_unknown_placement_among_several_refuses_the_call(shop: Any) -> None:
    failure(
        shop.call("POST", "/v1/recommendations", json={"requests": [QUESTION, {"placement": "no"}]}),
        422,
        "unknown_name",
    )


def test_explaining_an_unknown_item_is_not_found(shop: Any) -> None:
    failure(shop.call("POST", "/v1/explain", json={**QUESTION, "item_id": "nobody"}), 404, "not_found")


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"timestamp": NOW + 301}, "timestamp", "time_in_future"),
        ({"timestamp": (NOW + 301) * 1_000}, "timestamp", "time_in_future"),
        ({"timestamp": (NOW + 301) * 1_000_000}, "timestamp", "time_in_future"),
        ({"timestamp": "2006-11-21T10:00:00Z"}, "timestamp", "time_too_old"),
        ({"timestamp": 1_163_000_000}, "timestamp", "time_too_old"),
        ({"timestamp": "yesterday"}, "timestamp", None),
        ({"timestamp": -1}, "timestamp", None),
        ({"timestamp": None}, "timestamp", "required"),
        ({"timestamp": 10**40}, "timestamp", None),
        ({"event_name": "explode"}, "event_name", None),
        ({"event_name": None}, "event_name", "required"),
        ({"items": []}, "items", "items_required"),
        ({"items": [{"item_id": ""}]}, "items[0].item_id", None),
        ({"items": [{"item_id": "p1", "quantity": 0}]}, "items[0].quantity", None),
        ({"items": [{"item_id": "p1", "quantity": 10**12}]}, "items[0].quantity", None),
        ({"items": [{"item_id": "p1", "price": -1}]}, "items[0].price", None),
        ({"items": [{"item_id": "p1", "price": "12,5"}, 7]}, "items[1].item_id", None),
        ({"items": [{"item_id": "p1", "propensity": 0}]}, "items[0].propensity", None),
        ({"items": {}}, "items", None),
        ({"event_id": " "}, "event_id", None),
        ({"event_id": {"a": 1}}, "event_id", None),
        ({"user_id": "someone@example.com"}, "user_id", None),
        ({"currency": "POUNDS"}, "currency", None),
        ({"consent": {"personalization": "maybe"}}, "consent.personalization", None),
        ({"context": "text"}, "context", None),
        ({"context": {"note": "x" * 30_000}}, "context", None),
        ({"visitorid": "v"}, "visitorid", "unknown_field"),
        ({"event_name": "rate_item", "rating": 6}, "rating", None),
    ],
)
def test_a_bad_event_alone_is_refused_with_its_field(
    shop: Any, changes: dict[str, Any], field: str, rule: str | None, request: pytest.FixtureRequest
) -> None:
    facts = failure(
        shop.call("POST", "/v1/events", json={"events": [shop.event(request.node.name, **changes)]}),
        422,
        "invalid_input",
    )
    (detail,) = facts.details
    assert detail.field == f"events[0].{field}"
    assert rule is None or detail.rule == rule
    assert (
        shop.call("POST", "/v1/events", json=shop.event(request.node.name)).json()["accepted"] == 1
    )  # not stored before


@pytest.mark.parametrize(
    ("timestamp", "read"),
    [
        (NOW + 3_600, "read as seconds: 2026-11-21T11:00:00Z"),
        ((NOW + 3_600) * 1_000, "read as milliseconds: 2026-11-21T11:00:00Z"),
        ((NOW + 3_600) * 1_000_000, "read as microseconds: 2026-11-21T11:00:00Z"),
        (1_163_000_000, "read as seconds: 2006-11-08T15:33:20Z"),
    ],
)
def test_a_number_out_of_time_is_answered_with_how_it_was_read(shop: Any, timestamp: int, read: str) -> None:
    answer = shop.call("POST", "/v1/events", json=shop.event("e1", timestamp=timestamp))
    assert read in failure(answer, 422, "invalid_input").message


def test_good_events_go_in_beside_bad_ones(shop: Any) -> None:
    events = [shop.event("a"), 7, shop.event("b", timestamp=NOW + 9_000), shop.event("c"), shop.event("a")]
    answer = shop.call("POST", "/v1/events", json={"events": events})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["accepted"], told["duplicates"]) == (2, 1)
    assert [(one["index"], one["field"]) for one in told["rejected"]] == [(1, "row"), (2, "timestamp")]
    assert "300 seconds" in told["rejected"][1]["message"]


def test_the_clock_tolerance_of_the_shop_is_kept_to_the_second(shop: Any) -> None:
    assert shop.call("POST", "/v1/events", json=shop.event("edge", timestamp=NOW + 300)).status_code == 200
    assert shop.call("POST", "/v1/events", json=shop.event("over", timestamp=NOW + 301)).status_code == 422


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"title": "No id"}, "id"),
        ({"id": "x"}, "title"),
        ({"id": "x", "title": ""}, "title"),
        ({"id": "x", "title": "T", "price": "cheap"}, "price"),
        ({"id": "x", "title": "T", "price": -1}, "price"),
        ({"id": "x", "title": "T", "price": 1, "price_minor": 100}, "price"),
        ({"id": "x", "title": "T", "availability": "maybe"}, "availability"),
        ({"id": "x", "title": "T", "url": "javascript:alert(1)"}, "url"),
        ({"id": "x", "title": {"EN!": "T"}}, "title.EN!"),
        ({"id": "x", "title": "T", "colour": "red"}, "colour"),
        ({"id": "x", "title": "T", "expires_at": "someday"}, "expires_at"),
    ],
)
def test_a_bad_item_is_refused_with_its_field(shop: Any, item: dict[str, Any], field: str) -> None:
    facts = failure(shop.call("PUT", "/v1/items", json={"items": [item]}), 422, "invalid_input")
    assert facts.details[0].field == f"items[0].{field}"


@pytest.mark.parametrize("body", [{}, {"items": None}, {"items": {}}, {"items": "x"}])
def test_a_put_without_a_list_of_items_is_refused(shop: Any, body: Any) -> None:
    assert failure(shop.call("PUT", "/v1/items", json=body), 422, "invalid_field").field == "items"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sort=random", "sort"),
        ("limit=x", "limit"),
        ("limit=-1", "limit"),
        ("limit=201", "limit"),
        ("limit=9999999999999999999999", "limit"),
        ("limit=%C2%B2", "limit"),
        ("offset=1.5", "offset"),
        ("offset=-0", "offset"),
        ("limit=1&limit=2", "limit"),
        ("q=%00", "q"),
        ("q=" + "x" * 3_000, "q"),
        ("ids=" + ",".join(["p"] * 600), "ids"),
    ],
)
def test_a_wrong_query_parameter_is_named(shop: Any, query: str, field: str) -> None:
    assert failure(shop.call("GET", f"/v1/items?{query}"), 422, "invalid_field").field == field


@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", "/v1/items/none"), ("DELETE", "/v1/items/none"), ("GET", "/v1/items/none"),
                         ("GET", "/v1/users/none")]
)  # fmt: skip
def test_an_unknown_id_is_not_found(shop: Any, method: str, path: str) -> None:
    failure(shop.call(method, path, **({"json": {}} if method == "PATCH" else {})), 404, "not_found")


def test_an_item_cannot_change_its_id(shop: Any) -> None:
    assert failure(shop.call("PATCH", "/v1/items/p1", json={"id": "p2"}), 422, "invalid_field").field == "id"


def test_a_patch_is_checked_like_a_new_item(shop: Any) -> None:
    assert failure(shop.call("PATCH", "/v1/items/p1", json={"price": "x"}), 422, "invalid_field").field == "price"
    assert failure(shop.call("PATCH", "/v1/items/p1", json={"title": None}), 422, "invalid_field").field == "title"


def test_a_request_id_is_taken_over_only_when_it_is_harmless(shop: Any) -> None:
    assert shop.client.get("/healthz", headers={"X-Request-Id": "abc-1"}).headers["x-request-id"] == "abc-1"
    for bad in ("x" * 65, "a b", "é", ""):
        given = shop.client.get("/healthz", headers={"X-Request-Id": bad.encode()}).headers["x-request-id"]
        assert given != bad
        assert len(given) == 16
