"""Streams over real HTTP and two processes: what changed is sent, what did not is not."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from daogou.core.settings import Settings, database_url
from daogou.data.store import open_store

NEWEST = {"placement": "new_arrivals", "limit": 3, "personalize": False}


def ids(slate: Any) -> list[str]:
    return [place["item_id"] for place in slate["items"]]


def test_an_event_that_any_process_took_changes_the_list_of_its_shopper_and_of_nobody_else(server: Any) -> None:
    with ExitStack() as opened:
        own = [
            opened.enter_context(server.stream(placement="recently_viewed", visitor_id="ann")) for _ in range(4)
        ]  # four connections, so most likely both processes
        other = opened.enter_context(server.stream(placement="recently_viewed", visitor_id="bob"))
        assert [ids(one.slate()) for one in (*own, other)] == [[]] * 5
        server.send("e1", "p3", "ann")
        assert [ids(one.slate()) for one in own] == [["p3"]] * 4
        server.send("e2", "p5", "ann")
        assert [ids(one.slate()) for one in own] == [["p5", "p3"]] * 4
        server.send("e2", "p5", "ann")  # known already
        assert all(one.is_silent(0.3) for one in (*own, other))


def test_a_price_drop_a_hidden_item_and_a_rule_are_seen_in_the_list(server: Any) -> None:
    with server.stream(**NEWEST) as stream:
        first = stream.slate()
        assert ids(first) == ["p11", "p10", "p9"]
        server.client.patch("/v1/items/p10", json={"price": 1.99}).raise_for_status()
        cheaper = stream.item()
        assert (cheaper["item_id"], cheaper["questions"]) == ("p10", [0])
        assert cheaper["item"] == {**first["items"][1]["item"], "price_minor": 199}
        assert cheaper["revision"] > first["revision"]
        assert stream.is_silent()  # the list made again is the same
        server.client.patch("/v1/items/p11", json={"hidden": True}).raise_for_status()
        gone = stream.item()
        assert (gone["item_id"], gone["questions"], gone["item"]) == ("p11", [0], None)
        renewed = stream.slate()
        assert ids(renewed) == ["p10", "p9", "p8"]
        assert renewed["items"][0]["item"] == cheaper["item"]
        assert renewed["revision"] >= gone["revision"]
        rules = {"expected_version": 0, "rules": [{"id": "hero", "action": "pin", "position": 0, "items": ["p0"]}]}
        server.client.put("/v1/rules", json=rules).raise_for_status()
        pinned = stream.slate()
        assert ids(pinned) == ["p0", "p10", "p9"]
        assert pinned["items"][0]["reason"]["code"] == "pinned"
        server.client.put("/v1/rules", json={"expected_version": 1, "rules": []}).raise_for_status()
        assert ids(stream.slate()) == ["p10", "p9", "p8"]


def test_an_item_leaves_only_the_lists_that_must_not_show_it(server: Any) -> None:
    cheap = {"placement": "new_arrivals", "filter": "price < 900", "personalize": False}
    everything = {"placement": "new_arrivals", "personalize": False}
    with server.stream(requests=[cheap, everything]) as stream:
        cheapest, newest = ids(stream.slate()), ids(stream.slate())
        both = next(one for one in cheapest if one in newest)
        server.client.patch(f"/v1/items/{both}", json={"price": 20}).raise_for_status()
        told = {tuple(one["questions"]): one["item"] for one in (stream.item(), stream.item())}
        assert told[0,] is None
        assert told[1,]["price_minor"] == 2000
        name, identity, slate = stream.next()  # the gap is closed
        assert (name, identity) == ("slate", "0.1")
        assert both not in ids(slate)
        assert stream.is_silent()  # what is decided after a change says it by itself
        server.client.patch(f"/v1/items/{both}", json={"price": 4}).raise_for_status()
        assert stream.item()["questions"] == [1]
        assert stream.next()[:2] == ("slate", "0.2")  # only a new list brings it back


def test_what_no_list_shows_sends_nothing(server: Any) -> None:
    with server.stream(**NEWEST) as stream:
        first = stream.slate()
        server.client.patch("/v1/items/p1", json={"price": 77}).raise_for_status()  # far below the three newest
        server.send("e3", "p1", "somebody")
        assert stream.is_silent()
        again = server.client.post("/v1/recommendations", json=NEWEST).json()
        assert ids(again) == ids(first)


def test_several_questions_have_several_lists_told_apart_by_their_ids(server: Any) -> None:
    viewed = {"placement": "recently_viewed", "visitor_id": "eve"}
    with server.stream(requests=[NEWEST, viewed]) as stream:
        assert [stream.next()[1] for _ in range(2)] == ["0.0", "1.0"]
        server.send("e4", "p4", "eve")
        name, identity, slate = stream.next()
        assert (name, identity, slate["placement"], ids(slate)) == ("slate", "1.1", "recently_viewed", ["p4"])


def test_a_shopper_who_wants_no_profile_is_not_watched(server: Any) -> None:
    with server.stream(placement="recently_viewed", visitor_id="zoe", personalize=False) as stream:
        stream.slate()
        server.send("e5", "p4", "zoe")
        assert stream.is_silent()


def test_a_wish_changes_the_list_of_its_shopper(server: Any) -> None:
    server.send("e6", "p4", "kim", "add_to_cart")
    with server.stream(placement="recently_viewed", visitor_id="kim") as stream:
        assert ids(stream.slate()) == ["p4"]
        wish = {"visitor_id": "kim", "tag": "colour:red", "choice": "never"}
        server.client.put("/v1/profile/wishes", json=wish).raise_for_status()
        assert ids(stream.slate()) == []
    assert server.figure('daogou_push_seconds_count{shop="shop"}') > 0


def test_a_new_release_is_taken_over_and_its_lists_are_sent(serve_with: Any, tmp_path: Path) -> None:
    with serve_with(tmp_path, workers=1) as running:
        for number in range(40):
            running.send(f"e{number}", f"p{number % 4}", f"v{number % 8}", "purchase")
        with running.stream(placement="trending", limit=2, personalize=False) as stream:
            assert stream.slate()["model"] == "none"
            command = "from daogou.cli.main import run; run()"
            subprocess.run([sys.executable, "-c", command, "train", "--shop", str(tmp_path)], check=True)
            trained = stream.slate()
            assert trained["model"] != "none"
            assert set(ids(trained)) <= {"p0", "p1", "p2", "p3"}


def test_a_reader_who_leaves_is_forgotten(server: Any) -> None:
    server.until(lambda: server.figure('daogou_streams{shop="shop"}') == 0)
    with server.stream(**NEWEST) as stream:
        stream.slate()
        assert server.figure('daogou_streams{shop="shop"}') == 1
    server.until(lambda: server.figure('daogou_streams{shop="shop"}') == 0)
    assert server.figure('daogou_pushes_total{kind="first",placement="new_arrivals",shop="shop"}') > 0
    assert server.figure('daogou_requests_total{method="POST",route="/v1/stream",shop="shop",status="200"}') > 0


def test_a_wrong_question_is_refused_like_any_other(server: Any) -> None:
    unknown = server.client.post("/v1/stream", json={"placement": "nowhere"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (422, "unknown_name")
    no_key = server.client.post("/v1/stream", json=NEWEST, headers={"Authorization": "Bearer dg_pub_x"})
    assert no_key.status_code == 401


def test_there_is_a_bound_a_goodbye_and_a_log_of_what_was_sent(serve_with: Any, tmp_path: Path) -> None:
    with serve_with(tmp_path, workers=1, settings="[stream]\nmax_subscribers = 1\n") as running:
        with running.stream(**NEWEST) as stream:
            sent = [stream.slate()["recommendation_id"]]
            full = running.client.post("/v1/stream", json=NEWEST)
            assert (full.status_code, full.json()["error"]["code"]) == (503, "too_many_streams")
            assert int(full.headers["retry-after"]) >= 1
            running.client.patch("/v1/items/p11", json={"availability": "out_of_stock"}).raise_for_status()
            assert stream.item()["item"] is None
            sent.append(stream.slate()["recommendation_id"])
            running.process.send_signal(signal.SIGTERM)
            assert stream.next()[0] == "bye"
            assert stream.next()[0] == "end"
        assert running.process.wait(15) in (0, -signal.SIGTERM)
    with closing(open_store(database_url(Settings(), tmp_path))) as store:
        assert [one.recommendation_id for one in store.iterate_slates()] == sent
    assert '"event":"closed"' in (tmp_path / "log").read_text()
