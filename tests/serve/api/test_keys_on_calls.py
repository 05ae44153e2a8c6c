"""Which key may do what, and how calls without a right key are answered."""

from __future__ import annotations

from typing import Any

import pytest

from daogou.serve.keys import create_key, revoke_key
from daogou.serve.monitor.log import SINK


@pytest.fixture
def shop(kept_shop: Any) -> Any:
    """One shop for all: what is written here disturbs no other test."""
    return kept_shop


READING = [
    ("POST", "/v1/events", {"events": []}),
    ("POST", "/v1/recommendations", {"placement": "trending"}),
    ("POST", "/v1/explain", {"placement": "trending", "item_id": "p1"}),
    ("GET", "/v1/items", None),
    ("GET", "/v1/items/p1", None),
    ("GET", "/v1/categories", None),
    ("GET", "/v1/shop", None),
]
WRITING = [
    ("PUT", "/v1/items", {"items": [{"id": "new", "title": "New"}]}),
    ("PATCH", "/v1/items/p1", {"price": 1}),
    ("DELETE", "/v1/items/p2", None),
    ("PUT", "/v1/users", {"users": [{"id": "u1"}]}),
    ("GET", "/v1/users/u1", None),
]
OPEN = ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"]


def call(shop: Any, method: str, path: str, body: Any, key: str) -> Any:
    return shop.call(method, path, key, **({} if body is None else {"json": body}))


@pytest.mark.parametrize(("method", "path", "body"), READING)
def test_any_key_may_read_and_send_events(shop: Any, method: str, path: str, body: Any) -> None:
    for key in (shop.publishable, shop.secret, shop.admin):
        assert call(shop, method, path, body, key).status_code == 200


@pytest.mark.parametrize(("method", "path", "body"), WRITING)
def test_a_publishable_key_may_not_write_or_read_users(shop: Any, method: str, path: str, body: Any) -> None:
    answer = call(shop, method, path, body, shop.publishable)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden"
    assert "secret" in answer.json()["error"]["message"]


@pytest.mark.parametrize(("method", "path", "body"), WRITING[:4])
def test_secret_and_admin_keys_may_write(shop: Any, method: str, path: str, body: Any) -> None:
    for key in (shop.secret, shop.admin):
        assert call(shop, method, path, body, key).status_code == 200


@pytest.mark.parametrize(("method", "path", "body"), READING + WRITING)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer dg_pub_x_y", "Basic dXNlcg==", "dg_pub_x_y"])
def test_no_endpoint_answers_without_a_valid_key(
    shop: Any, method: str, path: str, body: Any, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = shop.client.request(method, path, headers=headers, **({} if body is None else {"json": body}))
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "unauthorized"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_key_may_come_in_its_own_header(shop: Any) -> None:
    assert shop.client.get("/v1/shop", headers={"X-API-Key": shop.publishable}).status_code == 200
    assert shop.client.get("/v1/shop", headers={"X-API-Key": shop.publishable + "x"}).status_code == 401


def test_two_keys_in_one_call_are_refused(shop: Any) -> None:
    answer = shop.call("GET", "/v1/shop", headers={"X-API-Key": shop.admin})
    assert answer.status_code == 400
    twice = [("Authorization", f"Bearer {shop.secret}"), ("Authorization", f"Bearer {shop.admin}")]
    answer = shop.client.request("GET", "/v1/shop", headers=twice)
    assert answer.status_code == 400
    assert "authorization" in answer.json()["error"]["message"]


def test_a_revoked_key_is_refused_by_the_running_server(shop: Any) -> None:
    key = create_key(shop.folder, "admin", settings=shop.settings)
    assert shop.call("GET", "/v1/shop", key).status_code == 200
    revoke_key(shop.folder, key.split("_")[2])
    assert shop.call("GET", "/v1/shop", key).status_code == 401


@pytest.mark.parametrize("path", OPEN)
def test_operation_needs_no_key(shop: Any, path: str) -> None:
    assert shop.client.get(path).status_code == 200


def test_no_key_and_no_shopper_ever_reaches_the_log(shop: Any, capfd: pytest.CaptureFixture[str]) -> None:
    shop.call("POST", "/v1/events", shop.publishable, json=shop.event("e1", visitor_id="visitor-secret-7"))
    shop.call("GET", "/v1/users/person-secret-8")
    shop.call("GET", "/v1/items?q=words-secret-9")
    shop.call("GET", "/v1/shop", shop.publishable + "altered")
    shop.client.get("/v1/shop?key=" + shop.secret)
    SINK.write_out()
    logged = capfd.readouterr().err
    assert '"route":"/v1/users/{user_id}"' in logged
    for private in (shop.publishable, shop.secret, "visitor-secret-7", "person-secret-8", "words-secret-9"):
        assert private not in logged
        assert private.rpartition("_")[2] not in logged
