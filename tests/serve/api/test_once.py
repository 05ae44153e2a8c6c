"""Idempotency-Key: what is sent again is answered again, not done again."""

from __future__ import annotations

import random
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from daogou.core.settings import Settings, database_url
from daogou.data.store import open_store
from daogou.serve.keys import create_key

from ..conftest import NOW_US, Client, create_app, rows

WRITES = [
    ("PUT", "/v1/items", {"items": [{"id": "n", "title": "New", "price": 1}]}),
    ("PATCH", "/v1/items/p1", {"price": 77}),
    ("DELETE", "/v1/items/p2", None),
    ("PUT", "/v1/users", {"users": [{"id": "u1"}]}),
    ("PUT", "/v1/profile/wishes", {"visitor_id": "v", "tag": "colour:red", "choice": "less"}),
]


def send(shop: Any, method: str, path: str, body: Any, key: str, **rest: Any) -> Any:
    return shop.call(method, path, headers={"Idempotency-Key": key}, **({} if body is None else {"json": body}), **rest)


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_the_same_call_is_answered_with_the_same_answer(shop: Any, method: str, path: str, body: Any) -> None:
    first, second = (send(shop, method, path, body, "k1") for _ in range(2))
    assert first.status_code == 200, first.text
    assert (second.status_code, second.content) == (200, first.content)
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == first.headers["content-type"]


def test_what_is_sent_again_is_not_done_again(shop: Any) -> None:
    revision = send(shop, "PATCH", "/v1/items/p1", {"price": 77}, "once").json()["revision"]
    shop.call("PATCH", "/v1/items/p1", json={"price": 88}).raise_for_status()
    assert send(shop, "PATCH", "/v1/items/p1", {"price": 77}, "once").json()["revision"] == revision
    assert shop.client.app.state.service.store.items(["p1"])[0].price_minor == 8_800


@pytest.mark.parametrize(
    ("path", "body"),
    [("/v1/items/p1", {"price": 2}), ("/v1/items/p2", {"price": 1}), ("/v1/items/p1?x=1", {"price": 1})],
)
def test_another_call_under_the_same_key_is_refused(shop: Any, path: str, body: Any) -> None:
    assert send(shop, "PATCH", "/v1/items/p1", {"price": 1}, "k").status_code == 200
    refusal = send(shop, "PATCH", path, body, "k")
    assert refusal.status_code == 422
    assert refusal.json()["error"]["code"] == "idempotency_key_reused"


def test_each_api_key_has_its_own_idempotency_keys(shop: Any) -> None:
    body = {"events": [shop.event("e")]}
    assert send(shop, "POST", "/v1/events", body, "k").json()["accepted"] == 1
    other = shop.call("POST", "/v1/events", shop.publishable, headers={"Idempotency-Key": "k"}, json=body)
    assert "idempotency-replayed" not in other.headers
    assert other.json()["duplicates"] == 1


def test_a_call_that_failed_may_be_tried_again_under_its_key(shop: Any) -> None:
    for _ in range(2):
        answer = send(shop, "PATCH", "/v1/items/late", {"price": 1}, "k")
        assert answer.status_code == 404
    shop.call("PUT", "/v1/items", json={"items": [{"id": "late", "title": "Late", "price": 5}]}).raise_for_status()
    assert send(shop, "PATCH", "/v1/items/late", {"price": 1}, "k").status_code == 200


@pytest.mark.parametrize("key", ["", "a b", "a" * 256, "é"])
def test_a_key_that_is_no_key_is_refused(shop: Any, key: str) -> None:
    answer = shop.call("PATCH", "/v1/items/p1", headers={b"Idempotency-Key": key.encode()}, json={"price": 1})
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["error"]["message"]


def test_reading_heeds_no_such_key(shop: Any) -> None:
    for placement in ("trending", "new_arrivals"):
        body = {"placement": placement, "visitor_id": "v"}
        assert send(shop, "POST", "/v1/recommendations", body, "k").json()["placement"] == placement


def test_of_calls_at_once_one_is_done(shop: Any) -> None:
    answers: list[Any] = []
    body = {"events": [shop.event(f"e{number}") for number in range(20)]}
    threads = [
        threading.Thread(target=lambda: answers.append(send(shop, "POST", "/v1/events", body, "k"))) for _ in range(6)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert all(answer.json()["accepted"] == 20 for answer in answers if answer.status_code == 200)


def test_batches_sent_five_times_out_of_order_over_restarts_count_once(tmp_path: Path) -> None:
    settings, chance = Settings(), random.Random(7)
    key = create_key(tmp_path, "secret", settings=settings)
    batches = [
        [{"event_id": f"e{batch}-{number}", "event_name": "view_item", "timestamp": NOW_US // 1_000_000 - batch,
          "visitor_id": "v", "items": [{"item_id": "p1"}]} for number in range(10)]
        for batch in range(8)
    ]  # fmt: skip
    answers: dict[int, set[bytes]] = {}
    sendings = [batch for batch in range(len(batches)) for _ in range(5)]
    chance.shuffle(sendings)
    for first in range(0, len(sendings), 10):  # a restart after every ten
        app = create_app(tmp_path, settings, clock=lambda: NOW_US, static=tmp_path)
        with Client(app) as client:
            client.request(
                "PUT", "/v1/items", headers={"Authorization": f"Bearer {key}"}, json={"items": rows()}
            ).raise_for_status()
            for batch in sendings[first : first + 10]:
                events = batches[batch]
                headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"batch-{batch}"}
                answer = client.request("POST", "/v1/events", headers=headers, json={"events": events})
                assert answer.status_code == 200
                answers.setdefault(batch, set()).add(answer.content)
    assert all(len(seen) == 1 and b'"accepted":10' in next(iter(seen)) for seen in answers.values())
    with closing(open_store(database_url(settings, tmp_path))) as store:
        assert store.count_events() == 80
