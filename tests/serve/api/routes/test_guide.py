"""The door of the guide: a turn in, cards at once, and nothing kept that nobody agreed to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from daogou.data.store import person_keys
from daogou.serve.api.wire.guide import MOST_CHARACTERS, MOST_STATE_CHARACTERS

POPULAR = [{"type": "plain", "name": "popular"}]
COMPARE = [{"type": "compare"}]
CHEAPER_THAN_15 = [{"type": "inform", "wants": [{"field": "price", "op": "at_most", "number": 1500}]}]
WARRANTY = [{"type": "ask_policy", "topic": "warranty"}]
UNKNOWN_FACT = [{"type": "unknown", "attribute": "buoyancy"}]


def answer(shop: Any, status: int = 200, headers: dict[str, str] | None = None, **said: Any) -> Any:
    given = shop.call("POST", "/v1/guide", shop.publishable, json=said, headers=headers or {})
    assert given.status_code == status, given.text
    return given


def turn(shop: Any, **said: Any) -> Any:
    return answer(shop, **said).json()


def error(shop: Any, status: int, **said: Any) -> Any:
    return answer(shop, status, **said).json()["error"]


def events(text: str) -> list[tuple[str, Any]]:
    """Names and data of an event stream."""
    found = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]


def test_a_first_turn_shows_items_with_price_and_stock(kept_shop: Any) -> None:
    given = turn(kept_shop, acts=POPULAR)
    assert given["cards"]
    assert all(card["item"]["price_minor"] and card["item"]["availability"] == "in_stock" for card in given["cards"])
    assert [card["position"] for card in given["cards"]] == list(range(len(given["cards"])))
    assert given["said"]
    assert given["mode"] == "rules"


def test_nothing_said_greets_in_the_asked_language(kept_shop: Any) -> None:
    english, chinese = turn(kept_shop, language="en"), turn(kept_shop, language="zh")
    assert (english["language"], chinese["language"]) == ("en", "zh")
    assert any("\u4e00" <= letter <= "\u9fff" for sentence in chinese["said"] for letter in sentence["text"])
    assert [one["code"] for one in english["said"]] == [one["code"] for one in chinese["said"]]


def test_the_state_carries_the_talk_on(kept_shop: Any) -> None:
    first = turn(kept_shop, acts=CHEAPER_THAN_15)
    assert [chip["label"] for chip in first["wants"]] == ["up to £15"]
    assert all(card["item"]["price_minor"] <= 1500 for card in first["cards"])
    again = turn(kept_shop, acts=POPULAR, state=first["state"])
    assert again["wants"] == first["wants"]
    (chip,) = first["wants"]
    assert turn(kept_shop, acts=chip["acts"], state=first["state"])["wants"] == []


@pytest.mark.parametrize("state", ["", "x", "eyJ0dXJuIjoxfQ.AAAA", "茶" * 100])
def test_a_state_that_is_not_ours_begins_anew_and_never_fails(kept_shop: Any, state: str) -> None:
    assert turn(kept_shop, acts=POPULAR, state=state)["wants"] == []


def test_a_comparison_has_price_and_stock_first(kept_shop: Any) -> None:
    shown = turn(kept_shop, acts=POPULAR)
    table = turn(kept_shop, acts=COMPARE, state=shown["state"])["table"]
    assert [row["field"] for row in table["rows"][:2]] == ["price", "stock"]
    assert [row["label"] for row in table["rows"][:2]] == ["Price", "Stock"]
    assert all(value.startswith("£") for value in table["rows"][0]["values"])
    assert set(table["rows"][1]["values"]) == {"in stock"}


def test_a_price_that_moved_a_moment_ago_stands_in_the_answer(shop: Any) -> None:
    card = turn(shop, acts=POPULAR)["cards"][0]
    path = f"/v1/items/{card['item_id']}"
    assert shop.call("PATCH", path, json={"price": 99.5, "availability": "out_of_stock"}).status_code == 200
    fact = [{"type": "pick", "item": {"item_id": card["item_id"]}}]
    moved = next(one for one in turn(shop, acts=fact)["cards"] if one["item_id"] == card["item_id"])
    assert (moved["item"]["price_minor"], moved["item"]["availability"]) == (9950, "out_of_stock")


def test_as_a_stream_the_cards_come_first_and_then_that_it_is_over(kept_shop: Any) -> None:
    given = answer(kept_shop, headers={"Accept": "text/event-stream"}, acts=POPULAR)
    assert given.headers["content-type"].startswith("text/event-stream")
    assert given.headers["x-guide-mode"] == "rules"
    (first, cards), (last, done) = events(given.text)
    assert (first, last, done) == ("cards", "done", {"mode": "rules"})
    assert cards["cards"]
    assert cards["prose"] == []


def test_a_wrong_turn_is_refused_as_a_stream_too(kept_shop: Any) -> None:
    given = answer(kept_shop, 422, headers={"Accept": "text/event-stream"}, limit=0)
    assert given.json()["error"]["field"] == "limit"


def test_what_is_too_long_is_said_with_what_is_allowed(kept_shop: Any) -> None:
    told = error(kept_shop, 422, utterance="a" * (MOST_CHARACTERS + 1))
    assert (told["field"], told["details"][0]["rule"]) == ("utterance", "too_long")
    assert "at most 2,000 characters" in told["message"]
    assert turn(kept_shop, utterance="茶" * MOST_CHARACTERS)["said"]
    assert error(kept_shop, 422, state="x" * (MOST_STATE_CHARACTERS + 1))["field"] == "state"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"acts": [{"type": "drop_tables"}]}, "acts[0].type"),
        ({"acts": [{"type": "pick"}]}, "acts[0].item"),
        ({"acts": [{"type": "plain", "name": "sing"}]}, "acts[0].name"),
        ({"acts": POPULAR, "utterance": "and this"}, "acts"),
        ({"acts": POPULAR * 17}, "acts"),
        ({"language": "en_GB!"}, "language"),
        ({"prompt": "hello"}, "prompt"),
    ],
)
def test_a_wrong_field_is_named(kept_shop: Any, said: dict[str, Any], field: str) -> None:
    assert error(kept_shop, 422, **said)["field"] == field


def test_a_blank_typed_by_a_shopper_tells_nothing_that_is_hidden(shop: Any) -> None:
    assert shop.call("PATCH", "/v1/items/p1", json={"hidden": True, "price": 7777.77}).status_code == 200
    given = answer(shop, utterance="{price:p1} {title:p1}").text
    assert "7,777" not in given
    assert "777777" not in given
    assert 'Mug 1"' not in given


def test_titles_cannot_bring_markup_into_a_sentence(shop: Any) -> None:
    title = "<img src=x onerror=alert(1)>\u202eGood\u200b mug {price:p2}"
    assert shop.call("PATCH", "/v1/items/p3", json={"title": {"en": title}}).status_code == 200
    given = turn(shop, acts=[{"type": "pick", "item": {"item_id": "p3"}}])
    told = " ".join(sentence["text"] for sentence in given["said"])
    assert "<" not in told
    assert "\u202e" not in told
    assert "{" not in told


def until(look: Callable[[], Any]) -> Any:
    """What a look gives once it gives something: the log is written by a thread of its own."""
    end = time.monotonic() + 30
    while (found := look()) is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


def test_what_was_shown_is_logged_so_that_clicks_can_be_told_of(shop: Any) -> None:
    given = turn(shop, acts=POPULAR, visitor_id="v-1")
    service = shop.client.app.state.service
    service.slates.flush()
    slate = until(lambda: service.store.slate(given["recommendation_id"]))
    assert slate.placement == "chat"
    assert [place.item_id for place in slate.items] == [card["item_id"] for card in given["cards"]]


def test_turns_are_limited_by_address(tmp_path: Path, open_with: Any) -> None:
    with open_with(tmp_path, limits={"guide": "2 per minute"}) as shop:
        assert [answer(shop, status).status_code for status in (200, 200, 429)] == [200, 200, 429]
        assert shop.call("POST", "/v1/guide", shop.secret, json={}).status_code == 200


def kept(shop: Any, visitor_id: str = "v-1") -> list[Any]:
    given = shop.call("POST", "/v1/guide/talks/own", shop.publishable, json={"visitor_id": visitor_id})
    assert given.status_code == 200, given.text
    return list(given.json()["turns"])


def test_a_talk_is_kept_only_with_consent_and_then_masked(shop: Any) -> None:
    said = "a mug; call me on +44 20 7946 0958 or jo@example.com"
    turn(shop, utterance=said, visitor_id="v-1")
    turn(shop, utterance=said, visitor_id="v-1", keep_transcript=True, consent={"analytics": "denied"})
    turn(shop, utterance=said, keep_transcript=True)
    assert kept(shop) == []
    given = turn(shop, utterance=said, visitor_id="v-1", keep_transcript=True, talk_id="t-1")
    (one,) = kept(shop)
    assert one["said"] == "a mug; call me on [phone] or [email]"
    assert "example.com" not in one["answered"]
    assert (one["talk_id"], one["item_ids"]) == ("t-1", [card["item_id"] for card in given["cards"]])
    assert kept(shop, "v-2") == []


def test_a_shop_that_keeps_no_talks_keeps_none(tmp_path: Path, open_with: Any) -> None:
    with open_with(tmp_path, transcripts={"keep": False}) as shop:
        turn(shop, utterance="tea", visitor_id="v-1", keep_transcript=True)
        assert kept(shop) == []


def test_a_shopper_takes_consent_back_and_is_erased(shop: Any) -> None:
    turn(shop, utterance="tea", visitor_id="v-1", keep_transcript=True)
    gone = shop.call("POST", "/v1/guide/talks/withdraw", shop.publishable, json={"visitor_id": "v-1"})
    assert gone.json() == {"deleted": 1}
    assert kept(shop) == []
    turn(shop, utterance="tea", visitor_id="v-1", keep_transcript=True)
    assert len(kept(shop)) == 1
    shop.client.app.state.service.store.forget(person_keys(None, "v-1"))
    assert kept(shop) == []


def test_a_page_cannot_read_a_users_talk(shop: Any) -> None:
    body = {"user_id": "anna"}
    for path in ("/v1/guide/talks/own", "/v1/guide/talks/withdraw"):
        assert shop.call("POST", path, shop.publishable, json=body).status_code == 403
        assert shop.call("POST", path, shop.secret, json=body).status_code == 200


def test_the_merchant_reads_kept_talks_without_whose_they_were(shop: Any) -> None:
    for number in range(3):
        turn(shop, utterance=f"tea {number}", visitor_id="v-secret", keep_transcript=True)
    page = shop.call("GET", "/v1/guide/talks?limit=2", shop.admin)
    assert "v-secret" not in page.text
    turns = page.json()["turns"]
    assert [one["said"] for one in turns] == ["tea 2", "tea 1"]
    rest = shop.call("GET", f"/v1/guide/talks?before={turns[-1]['number']}", shop.admin).json()["turns"]
    assert [one["said"] for one in rest] == ["tea 0"]
    assert shop.call("GET", "/v1/guide/talks", shop.secret).status_code == 403


def report(shop: Any) -> Any:
    given = shop.call("GET", "/v1/reports/guide", shop.secret)
    assert given.status_code == 200, given.text
    return given.json()


def test_the_report_tells_missing_facts_from_five_shoppers_on(shop: Any) -> None:
    for number in range(4):
        turn(shop, acts=UNKNOWN_FACT, visitor_id=f"w-{number}")
    told = report(shop)
    assert (told["attributes"], told["rare_attributes"], told["turns"]) == ([], 4, {"rules": 4})
    for number in range(4, 12):
        turn(shop, acts=UNKNOWN_FACT, visitor_id=f"w-{number}")
    (one,) = report(shop)["attributes"]
    assert (one["text"], one["times"]) == ("buoyancy", 12)
    assert 5 <= one["shoppers"] <= 12


def test_the_report_names_policies_the_shop_does_not_give_and_fields_asked_for(shop: Any) -> None:
    turn(shop, acts=WARRANTY)
    turn(shop, acts=CHEAPER_THAN_15)
    told = report(shop)
    assert [one["text"] for one in told["policies"]] == ["warranty"]
    assert [one["text"] for one in told["fields"]] == ["price"]
