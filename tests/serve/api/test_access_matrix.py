"""Every endpoint against every kind of caller who should not get in, made from the table of endpoints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from daogou.serve.api.endpoint import Endpoint
from daogou.serve.api.routes import endpoints
from daogou.serve.keys import Scope, create_key, revoke_key

ALL = {f"{one.method} {one.path}": one for one in endpoints()}
GUARDED = {name: one for name, one in ALL.items() if one.scope is not None}
ABOVE_PUBLISHABLE = {name: one for name, one in GUARDED.items() if one.scope != Scope.publishable}
LASTING = {"POST /v1/stream"}
"""Answers that do not end: whoever gets in waits in them for ever."""

GARBAGE = ["", "x", "dg_pub_x_y", "dg_adm__", "dg_adm_" + "0" * 12 + "_", "茶", "dg_" + "a" * 5_000]


@pytest.fixture(scope="module")
def revoked(house: Any) -> str:
    folder = house.parent / "alpha"
    key = create_key(folder, "admin")
    revoke_key(folder, key.split("_")[2])
    return key


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An admin key of a shop that is not served here."""
    return create_key(tmp_path_factory.mktemp("elsewhere"), "admin")


@pytest.fixture(scope="module", params=[True, False], ids=["several shops", "one shop"])
def server(request: pytest.FixtureRequest, house: Any) -> Any:
    return house if request.param else request.getfixturevalue("kept_shop")


def asked(endpoint: Endpoint, shop: str = "alpha") -> tuple[str, str, dict[str, Any]]:
    """A call that would be a good one, as its own example has it."""
    path = re.sub(r"\{\w+\}", f"{shop}-p1", endpoint.path)
    return endpoint.method, path, {"json": dict(endpoint.example)} if endpoint.body is not None else {}


def sent(server: Any, key: str | None, call: tuple[str, str, dict[str, Any]]) -> Any:
    method, path, rest = call
    headers = {} if key is None else {"Authorization": f"Bearer {key}".encode()}
    return server.client.request(method, path, headers=headers, **rest)


def refused(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["code"] == code
    assert "brand of" not in answer.text


@pytest.mark.parametrize("name", GUARDED)
def test_without_a_key_nobody_gets_in(server: Any, name: str) -> None:
    refused(sent(server, None, asked(GUARDED[name])), 401, "unauthorized")


@pytest.mark.parametrize("name", GUARDED)
def test_what_is_no_key_opens_nothing(server: Any, name: str) -> None:
    for garbage in GARBAGE:
        refused(sent(server, garbage, asked(GUARDED[name])), 401, "unauthorized")


@pytest.mark.parametrize("name", GUARDED)
def test_a_key_that_was_revoked_or_is_of_another_server_opens_nothing(
    server: Any, name: str, revoked: str, foreign: str
) -> None:
    for key in (revoked, foreign):
        refused(sent(server, key, asked(GUARDED[name])), 401, "unauthorized")


@pytest.mark.parametrize("name", GUARDED)
def test_an_altered_key_opens_nothing(house: Any, name: str) -> None:
    key = house.keys["alpha"]["admin"]
    kind, key_id, secret = key.split("_", 3)[1:]
    for altered in (key[:-1], key + "x", f"dg_{kind}_{key_id}_", key.replace("_adm_", "_pub_"), secret):
        refused(sent(house, altered, asked(GUARDED[name])), 401, "unauthorized")
    other = house.keys["beta"]["admin"].split("_", 3)
    refused(sent(house, f"dg_adm_{other[2]}_{secret}", asked(GUARDED[name])), 401, "unauthorized")


@pytest.mark.parametrize("name", ABOVE_PUBLISHABLE)
def test_a_key_of_a_lower_scope_is_not_enough(house: Any, name: str) -> None:
    least = ABOVE_PUBLISHABLE[name].scope
    assert least is not None
    for scope in Scope:
        if scope < least:
            refused(sent(house, house.keys["alpha"][scope.name], asked(ABOVE_PUBLISHABLE[name])), 403, "forbidden")


@pytest.mark.parametrize("name", sorted(set(GUARDED) - LASTING))
def test_an_admin_key_is_turned_away_nowhere(house: Any, name: str) -> None:
    assert sent(house, house.keys["beta"]["admin"], asked(GUARDED[name], "beta")).status_code not in (401, 403)


@pytest.mark.parametrize("name", sorted(set(GUARDED) - LASTING))
def test_another_shops_key_neither_sees_nor_changes_this_shop_whatever_the_call_says(house: Any, name: str) -> None:
    before = contents(house.parent / "alpha", house)
    method, path, rest = asked(GUARDED[name], "alpha")
    named = {"shop": "alpha", "shop_id": "alpha", "tenant": "alpha", "tenant_id": "alpha"}
    headers = {"X-Shop": "alpha", "X-Tenant-Id": "alpha", "Host": "alpha.example"}
    if "json" in rest:
        headers["Content-Type"] = "application/json"
        bodies = [rest["json"], {**rest["json"], **named}, with_ids_of("alpha", rest["json"])]
    else:
        bodies = [None]
    for body in bodies:
        content = None if body is None else json.dumps(body).encode()
        key = house.keys["beta"]["admin"]
        answer = house.call(method, path, key, headers=headers, content=content, params={"shop": "alpha"})
        assert "of alpha" not in answer.text
        assert '"id":"alpha"' not in answer.text
    assert contents(house.parent / "alpha", house) == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/profile", {"user_id": "alpha-anna"}),
        ("POST", "/v1/profile", {"user_id": "alpha-anna", "visitor_id": "v-1"}),
        ("PUT", "/v1/profile/wishes", {"user_id": "alpha-anna", "tag": "colour:red", "choice": "less"}),
        ("POST", "/v1/onboarding", {"user_id": "alpha-anna", "answers": []}),
        ("GET", "/v1/users/alpha-anna", None),
        ("PUT", "/v1/users", {"users": [{"id": "alpha-anna"}]}),
    ],
)
def test_a_page_does_not_reach_what_is_known_of_a_user(
    house: Any, method: str, path: str, body: dict[str, Any] | None
) -> None:
    rest = {} if body is None else {"json": body}
    answer = house.call(method, path, house.keys["alpha"]["publishable"], **rest)
    refused(answer, 403, "forbidden")
    assert "city of" not in answer.text


def test_what_needs_no_key_says_nothing_of_items_and_shoppers(house: Any) -> None:
    for endpoint in (one for one in endpoints() if one.scope is None):
        text = house.call(*asked(endpoint)[:2]).text
        assert "brand of" not in text
        assert "anna" not in text


def test_every_endpoint_is_guarded_or_known_to_be_open() -> None:
    assert {name for name, one in ALL.items() if one.scope is None} == {"GET /healthz", "GET /readyz", "GET /metrics"}


def contents(folder: Path, house: Any) -> dict[str, Any]:
    """All that is kept of a shop."""
    store = next(one for one in house.client.app.state.shops.all if one.folder == folder).service.store
    return {
        "statistics": dict(store.statistics()),
        "revisions": store.revisions(),
        "items": list(store.all_items()),
        "users": list(store.all_users()),
    }


def with_ids_of(shop: str, body: dict[str, Any]) -> Any:
    """The example, with ids that are of this shop."""
    return json.loads(json.dumps(body).replace('"mug-red"', f'"{shop}-p1"').replace('"v-1"', f'"{shop}-anna"'))
