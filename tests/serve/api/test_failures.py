"""When something under the API fails, the caller learns what to do and nothing about our insides."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from daogou.core.errors import StorageFull, StorageUnavailable
from daogou.core.types import Event
from daogou.data.store import Appended


class FailingWriter:
    """An event writer whose disk says no."""

    waiting = 0

    def __init__(self, error: Exception, *, at_once: bool = False) -> None:
        self._error = error
        self._at_once = at_once

    def submit(self, events: Sequence[Event]) -> Future[Appended]:
        if self._at_once:
            raise self._error
        answer: Future[Appended] = Future()
        answer.set_exception(self._error)
        return answer


def service_of(shop: Any) -> Any:
    return shop.client.app.state.service


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StorageFull("The disk is full."), 507, "storage_full"),
        (StorageUnavailable("The database is locked."), 503, "storage_unavailable"),
    ],
)
def test_events_that_could_not_be_stored_are_never_acknowledged(
    shop: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str, at_once: bool
) -> None:
    monkeypatch.setattr(service_of(shop), "writer", FailingWriter(error, at_once=at_once))
    answer = shop.call("POST", "/v1/events", json=shop.event("e1"))
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert answer.headers.get("retry-after") == ("1" if status == 503 else "30")
    monkeypatch.undo()
    assert shop.call("POST", "/v1/events", json=shop.event("e1")).json()["accepted"] == 1


def test_an_unforeseen_failure_tells_the_caller_nothing_and_the_log_everything(
    shop: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret inside: sqlite:///somewhere")

    monkeypatch.setattr(service_of(shop).store, "user", broken)
    answer = shop.call("GET", "/v1/users/u1", headers={"X-Request-Id": "find-me"})
    assert answer.status_code == 500
    error = answer.json()["error"]
    assert error["code"] == "daogou_error"
    assert error["request_id"] == "find-me"
    assert "secret inside" not in answer.text
    logged = capfd.readouterr().err
    assert "find-me" in logged
    assert "secret inside" in logged
    assert shop.secret not in logged
    assert "Bearer" not in logged


def test_a_failure_keeps_its_cross_origin_headers(tmp_path: Any, open_with: Any, monkeypatch: Any) -> None:
    with open_with(tmp_path, server={"allow_origins": ["https://shop.example"]}) as shop:
        monkeypatch.setattr(service_of(shop).store, "user", lambda _: 1 / 0)
        answer = shop.call("GET", "/v1/users/u1", headers={"Origin": "https://shop.example"})
        assert answer.status_code == 500
        assert answer.headers["access-control-allow-origin"] == "https://shop.example"


def test_a_shop_without_catalogue_is_alive_but_not_ready(empty_shop: Any) -> None:
    assert empty_shop.client.get("/healthz").json()["status"] == "ok"
    answer = empty_shop.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "not_ready"
    assert "daogou import" in answer.json()["error"]["message"]


def test_a_shop_without_model_is_ready_and_says_what_is_missing(shop: Any) -> None:
    told = shop.client.get("/readyz").json()
    assert (told["status"], told["degraded"], told["items"]) == ("degraded", ["no_model"], 12)


def test_a_release_that_was_refused_shows_in_readiness_while_the_one_before_serves(shop: Any) -> None:
    service_of(shop).shop.problems = ("20261121T101500Z-9f3a was refused: weights.safetensors was altered.",)
    told = shop.client.get("/readyz")
    assert told.status_code == 200
    assert told.json()["status"] == "degraded"
    assert "release_refused" in told.json()["degraded"]
    assert "safetensors" not in told.text
