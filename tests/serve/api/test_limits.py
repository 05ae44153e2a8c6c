"""Limits as callers meet them: per key, per address, per shopper, and for those without a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import InvalidInput
from daogou.serve.keys import create_key

OFF = {"publishable": "", "ip": "", "shopper": "", "refused": ""}


def statuses(shop: Any, key: str, times: int, path: str = "/v1/shop") -> list[int]:
    return [shop.call("GET", path, key).status_code for _ in range(times)]


@pytest.fixture
def limited(tmp_path: Path, open_with: Any) -> Any:
    return lambda **limits: open_with(tmp_path, limits={**OFF, **limits})


def test_a_caller_is_told_what_is_left_and_when_to_come_again(limited: Any) -> None:
    with limited(publishable="2 per minute") as shop:
        first, _, over = (shop.call("GET", "/v1/shop", shop.publishable) for _ in range(3))
    assert first.status_code == 200
    assert first.headers["ratelimit-limit"] == "2"
    assert first.headers["ratelimit-remaining"] == "1"
    assert first.headers["ratelimit-policy"] == "2;w=60"
    assert over.status_code == 429
    assert over.json()["error"]["code"] == "rate_limited"
    assert over.headers["ratelimit-remaining"] == "0"
    assert 1 <= int(over.headers["retry-after"]) == int(over.headers["ratelimit-reset"]) <= 60


def test_every_scope_has_its_own_limit_and_without_one_nothing_is_said(limited: Any) -> None:
    with limited(publishable="1 per minute", secret="3 per day") as shop:
        assert statuses(shop, shop.publishable, 2) == [200, 429]
        assert statuses(shop, shop.secret, 4) == [200, 200, 200, 429]
        assert statuses(shop, shop.admin, 4) == [200] * 4
        assert "ratelimit-limit" not in shop.call("GET", "/v1/shop", shop.admin).headers


def test_a_key_may_have_a_limit_of_its_own(limited: Any) -> None:
    with limited(secret="1 per minute") as shop:
        roomy = create_key(shop.folder, "secret", settings=shop.settings, limit="3 per minute")
        assert statuses(shop, roomy, 4) == [200, 200, 200, 429]
        assert statuses(shop, shop.secret, 2) == [200, 429]


def test_a_limit_that_cannot_be_read_makes_no_key_and_opens_no_shop(tmp_path: Path, open_with: Any) -> None:
    with pytest.raises(InvalidInput, match="600 per minute"):
        create_key(tmp_path, "secret", limit="lots")
    assert not (tmp_path / "keys.json").exists()
    with pytest.raises(InvalidInput, match=r"\[limits\] ip"), open_with(tmp_path, limits={"ip": "lots"}):
        pass


def test_one_address_is_limited_over_all_publishable_keys_but_servers_are_not(limited: Any) -> None:
    with limited(ip="2 per minute") as shop:
        other = create_key(shop.folder, "publishable", settings=shop.settings)
        assert statuses(shop, shop.publishable, 1) + statuses(shop, other, 2) == [200, 200, 429]
        assert statuses(shop, shop.secret, 5) == [200] * 5


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/recommendations", {"placement": "trending", "visitor_id": "v"}),
        ("/v1/recommendations", {"requests": [{"placement": "trending", "visitor_id": "v"}] * 3}),
        ("/v1/pages", {"page": "home", "visitor_id": "v"}),
        ("/v1/profile", {"visitor_id": "v"}),
        ("/v1/onboarding", {"visitor_id": "v", "answers": []}),
    ],
)
def test_one_shopper_is_limited_and_another_is_not(limited: Any, path: str, body: dict[str, Any]) -> None:
    with limited(shopper="2 per minute") as shop:
        asked = [shop.call("POST", path, shop.publishable, json=body).status_code for _ in range(3)]
        assert asked == [200, 200, 429]
        other = {"placement": "trending", "visitor_id": "w"}
        assert shop.call("POST", "/v1/recommendations", shop.publishable, json=other).status_code == 200
        assert shop.call("POST", path, shop.secret, json=body).status_code == 200


def test_events_of_one_shopper_are_limited_and_nothing_refused_is_stored(limited: Any) -> None:
    with limited(shopper="1 per minute") as shop:
        assert shop.call("POST", "/v1/events", shop.publishable, json=shop.event("a")).status_code == 200
        assert shop.call("POST", "/v1/events", shop.publishable, json=shop.event("b")).status_code == 429
        assert shop.client.app.state.service.store.count_events() == 1


def test_guessing_keys_ends_in_429_and_good_keys_still_open(limited: Any) -> None:
    with limited(refused="3 per minute") as shop:
        assert statuses(shop, "dg_pub_guess_guess", 5) == [401, 401, 401, 429, 429]
        assert statuses(shop, shop.publishable, 1) == [200]


def test_asking_how_the_server_is_doing_costs_nothing(limited: Any) -> None:
    with limited(refused="1 per minute", ip="1 per minute") as shop:
        assert [shop.client.get("/healthz").status_code for _ in range(5)] == [200] * 5
