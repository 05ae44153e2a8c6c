"""While the database is away: lists go on, marked; nothing is acknowledged; all is well again by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from daogou.core.errors import StorageUnavailable
from daogou.data.store import open_store
from daogou.data.store.sqlite import SqliteBackend
from daogou.decide.reach import Reach

MARK = "storage_unavailable"


class Away:
    """The database of every store in this process, which can be taken away and brought back."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.is_away = False
        for name in ("read", "reading", "writing"):
            patch.setattr(SqliteBackend, name, self._guarded(getattr(SqliteBackend, name)))

    def _guarded(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*given: Any) -> Any:
            if self.is_away:
                raise StorageUnavailable("The database cannot be used: connection refused.")
            return method(*given)

        return guarded


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Away:
    return Away(monkeypatch)


@contextmanager
def taken_away(away: Away, shop: Any) -> Iterator[None]:
    away.is_away = True
    try:
        yield
    finally:
        away.is_away = False
    wait_until(lambda: reach_of(shop).away is None)


def reach_of(shop: Any) -> Reach:
    reach: Reach = shop.client.app.state.service.shop.reach
    return reach


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to be so")


def send(shop: Any, name: str, **changes: Any) -> Any:
    return shop.call("POST", "/v1/events", json=shop.event(name, **changes))


@pytest.fixture
def quick(tmp_path: Any, open_with: Any) -> Iterator[Any]:
    """A shop of twelve items that looks every 20 ms whether its database is back."""
    from ..conftest import rows

    with open_with(tmp_path, storage={"look_every_ms": 20, "patience_ms": 5_000}) as shop:
        assert shop.call("PUT", "/v1/items", json={"items": rows()}).status_code == 200
        shop.recommend(placement="new_arrivals")  # takes the items over
        yield shop


def test_lists_go_on_and_say_what_they_are_made_without(quick: Any, away: Away) -> None:
    before = quick.recommend(placement="new_arrivals", limit=5)
    assert before["degraded"] == []
    with taken_away(away, quick):
        for _ in range(3):
            during = quick.recommend(placement="new_arrivals", limit=5)
            assert during["degraded"] == [MARK]
            assert [one["item_id"] for one in during["items"]] == [one["item_id"] for one in before["items"]]
    assert quick.recommend(placement="new_arrivals", limit=5)["degraded"] == []


def test_a_visitor_whose_past_is_kept_is_still_known(quick: Any, away: Away) -> None:
    assert send(quick, "e1").status_code == 200
    asked = {"placement": "recently_viewed", "visitor_id": "v1"}
    assert [one["item_id"] for one in quick.recommend(**asked)["items"]] == ["p1"]
    with taken_away(away, quick):
        known = quick.recommend(**asked)
        assert ([one["item_id"] for one in known["items"]], known["degraded"]) == (["p1"], [MARK])
        stranger = quick.recommend(placement="recently_viewed", visitor_id="v2")
        assert (stranger["personalized"], stranger["degraded"]) == (False, [MARK])


def test_consent_that_cannot_be_asked_for_is_not_taken_for_granted(quick: Any, away: Away) -> None:
    assert quick.call("PUT", "/v1/users", json={"users": [{"id": "anna"}]}).status_code == 200
    assert send(quick, "e1", visitor_id=None, user_id="anna").status_code == 200
    asked = {"placement": "recently_viewed", "user_id": "anna"}
    assert quick.recommend(**asked)["personalized"]
    with taken_away(away, quick):
        during = quick.recommend(**asked)
        assert not during["personalized"]
        assert during["degraded"] == [MARK]
    assert quick.recommend(**asked)["personalized"]


def test_events_are_refused_and_what_was_refused_counts_once_when_sent_again(quick: Any, away: Away) -> None:
    assert send(quick, "e1").json()["accepted"] == 1
    with taken_away(away, quick):
        quick.recommend(placement="new_arrivals")
        refused = send(quick, "e2")
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, MARK)
        assert refused.headers["retry-after"] == "1"
    assert send(quick, "e2").json() == {"accepted": 1, "duplicates": 0, "rejected": []}
    assert send(quick, "e1").json()["duplicates"] == 1


def test_lists_shown_meanwhile_are_remembered_when_it_is_back(quick: Any, away: Away) -> None:
    with taken_away(away, quick):
        shown = quick.recommend(placement="new_arrivals")["recommendation_id"]
        service = quick.client.app.state.service
        wait_until(lambda: bool(service.writer._held))
    assert send(quick, "e1").status_code == 200
    assert service.store.slate(shown) is not None
    assert service.writer.slates_dropped == 0


def test_what_shows_one_shopper_their_own_data_says_that_it_cannot(quick: Any, away: Away) -> None:
    with taken_away(away, quick):
        calls = [
            quick.call("POST", "/v1/profile", json={"visitor_id": "v1"}),
            quick.call("GET", "/v1/users/anna"),
            quick.call("GET", "/v1/rules", quick.admin),
            quick.call("GET", "/v1/rules/versions", quick.admin),
        ]
        assert [(one.status_code, one.json()["error"]["code"]) for one in calls] == [(503, MARK)] * 4


def test_readiness_metrics_and_the_log_tell_the_operator(
    quick: Any, away: Away, caplog: pytest.LogCaptureFixture
) -> None:
    with taken_away(away, quick):
        quick.recommend(placement="new_arrivals")
        ready = quick.client.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
        assert MARK in ready.json()["degraded"]
        assert quick.client.get("/healthz").status_code == 200
        figures = quick.client.get("/metrics").text
        assert 'daogou_store_away{shop="shop"} 1.0' in figures
        assert (
            'daogou_slates_degraded_total{placement="new_arrivals",reason="storage_unavailable",shop="shop"}' in figures
        )
        assert "Look at the database, its disk and the network" in caplog.text
    assert MARK not in quick.client.get("/readyz").json()["degraded"]
    assert 'daogou_store_away{shop="shop"} 0.0' in quick.client.get("/metrics").text


def test_what_changed_while_it_was_away_is_taken_over_by_itself(quick: Any, away: Away) -> None:
    before = quick.recommend(placement="new_arrivals", limit=12)["items"]
    first = before[0]["item_id"]
    with taken_away(away, quick):
        quick.recommend(placement="new_arrivals")
        away.is_away = False  # for another process the database is there
        store = open_store(f"sqlite:///{quick.folder / 'daogou.db'}")
        store.change_item(first, lambda item: replace(item, is_hidden=True))
        store.close()
    listed = [one["item_id"] for one in quick.recommend(placement="new_arrivals", limit=12)["items"]]
    assert listed
    assert first not in listed


def test_events_that_do_not_reach_the_disk_in_time_are_not_acknowledged(
    tmp_path: Any, open_with: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_with(tmp_path, storage={"acknowledge_seconds": 0.05}) as shop:
        writer = shop.client.app.state.service.writer
        write = writer._store.append_groups
        monkeypatch.setattr(writer._store, "append_groups", lambda *given: time.sleep(0.3) or write(*given))
        answer = send(shop, "e1")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, MARK)
        assert "again" in answer.json()["error"]["message"]
