"""The clock jumps, and events claim to be from other times: nothing breaks, nothing is believed that cannot be."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from daogou.core.clock import DAY_US, SECOND_US, isoformat
from daogou.core.settings import Settings
from daogou.serve.api.app import create_app
from daogou.serve.keys import create_key

from ..conftest import NOW_US, Client, OpenShop, rows

PLACEMENTS = ("trending", "recently_viewed", "new_arrivals", "home_for_you", "on_sale")


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now_us = NOW_US

    def __call__(self) -> int:
        return self.now_us


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Iterator[OpenShop]:
    settings = Settings()
    keys = [create_key(tmp_path, scope, settings=settings) for scope in ("publishable", "secret", "admin")]
    with Client(create_app(tmp_path, settings, clock=clock, static=tmp_path / "static")) as client:
        opened = OpenShop(client, tmp_path, *keys, settings)
        assert opened.call("PUT", "/v1/items", json={"items": rows()}).status_code == 200
        yield opened


def send(shop: OpenShop, name: str, at: object, **changes: Any) -> Any:
    return shop.call("POST", "/v1/events", json=shop.event(name, timestamp=at, **changes))


def seen(shop: OpenShop) -> list[str]:
    return [one["item_id"] for one in shop.recommend(placement="recently_viewed", visitor_id="v1")["items"]]


@pytest.mark.parametrize("days", [1, -1, 400, -400])
def test_a_clock_that_jumps_leaves_every_list_answering_with_finite_scores(
    shop: OpenShop, clock: Clock, days: int
) -> None:
    assert send(shop, "e1", NOW_US // SECOND_US).json()["accepted"] == 1
    for _ in range(2):  # there and back
        for placement in PLACEMENTS:
            answer = shop.recommend(placement=placement, visitor_id="v1")
            assert all(abs(one["score"]) < 1e12 for one in answer["items"])
            assert answer["degraded"] == []
        clock.now_us += days * DAY_US
        days = -days
    assert shop.client.get("/readyz").status_code == 200


@pytest.mark.parametrize("days", [1, -1])
def test_what_was_done_before_the_jump_is_still_known_after_it(shop: OpenShop, clock: Clock, days: int) -> None:
    assert send(shop, "e1", NOW_US // SECOND_US).json()["accepted"] == 1
    assert seen(shop) == ["p1"]
    clock.now_us += days * DAY_US
    assert seen(shop) == ["p1"]
    now = clock.now_us // SECOND_US
    assert send(shop, "e2", now, items=[{"item_id": "p2"}]).json()["accepted"] == 1
    assert set(seen(shop)) == {"p1", "p2"}


def test_an_event_from_the_future_is_refused_with_how_it_was_read(shop: OpenShop) -> None:
    almost_now = isoformat(NOW_US + 299 * SECOND_US)  # clocks of phones differ
    assert send(shop, "e1", almost_now).json()["accepted"] == 1
    refused = send(shop, "e2", isoformat(NOW_US + DAY_US))
    assert refused.status_code == 422
    assert refused.json()["error"]["details"][0]["rule"] == "time_in_future"
    assert seen(shop) == ["p1"]
    assert shop.client.app.state.service.store.count_events() == 1


@pytest.mark.parametrize("at", ["1990-01-01T00:00:00Z", "1901-01-01T00:00:00Z", "9999-12-31T23:59:59Z", -1, 1e300])
def test_an_event_from_the_far_past_or_no_time_at_all_is_refused(shop: OpenShop, at: object) -> None:
    assert send(shop, "e1", at).status_code == 422
    assert shop.client.app.state.service.store.count_events() == 0


def test_an_item_expires_and_begins_by_the_clock_in_both_directions(shop: OpenShop, clock: Clock) -> None:
    until = {**rows()[0], "id": "until", "expires_at": isoformat(NOW_US + 3_600 * SECOND_US)}
    begins = {**rows()[0], "id": "begins", "available_at": isoformat(NOW_US + 3_600 * SECOND_US)}
    assert shop.call("PUT", "/v1/items", json={"items": [until, begins]}).status_code == 200

    def listed() -> set[str]:
        items = shop.recommend(placement="new_arrivals", limit=30)["items"]
        return {one["item_id"] for one in items} & {"until", "begins"}

    before = listed()
    assert "begins" not in before
    clock.now_us += DAY_US
    assert "until" not in listed()
    clock.now_us -= DAY_US
    assert listed() == before


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z", "2016-12-31 23:59:60+00:00", "2016-12-31T23:59:60.500Z"])
def test_a_leap_second_is_a_time_like_any_other(shop: OpenShop, text: str) -> None:
    assert send(shop, "e1", text).json()["accepted"] == 1
    (event,) = (one for _, one in shop.client.app.state.service.store.iterate_events())
    assert isoformat(event.at_us).startswith("2016-12-31T23:59:59")


def test_a_rule_begins_and_ends_by_the_shops_clock_when_summer_time_ends(tmp_path: Path, clock: Clock) -> None:
    settings = Settings(shop={"timezone": "Europe/London"})
    key = create_key(tmp_path, "admin", settings=settings)
    clock.now_us = 1_792_893_600_000_000  # 2026-10-25T02:00:00+01:00, which comes twice that night
    with Client(create_app(tmp_path, settings, clock=clock, static=tmp_path / "static")) as client:
        shop = OpenShop(client, tmp_path, key, key, key, settings)
        shop.call("PUT", "/v1/items", json={"items": rows()})
        for hours in range(26):
            clock.now_us += 3_600 * SECOND_US
            at_home = isoformat(clock.now_us).removesuffix("Z")  # as if said in the shop's own zone
            answer = send(shop, f"e{hours}", at_home)
            assert answer.status_code in (200, 422), answer.text
            assert shop.recommend(placement="trending", visitor_id="v1")["degraded"] == []


def test_live_counts_are_looked_at_again_when_the_clock_was_set_back(
    shop: OpenShop, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    clock.now_us += DAY_US
    shop.recommend(placement="trending")
    clock.now_us -= DAY_US
    assert send(shop, "e1", NOW_US // SECOND_US, event_name="purchase").json()["accepted"] == 1
    shop.recommend(placement="trending")
    live = shop.client.app.state.service.shop.live
    assert float(live.counts("buy", "day", clock.now_us).sum()) == pytest.approx(1.0, abs=0.01)
    assert not caplog.records
