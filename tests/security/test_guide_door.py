"""The whole answer of POST /v1/guide, at once and as a stream, while catalogue, shopper and model lie to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice
from random import Random
from typing import Any

import pytest
from tests.security.attacks import GOALS, INSTRUCTIONS, attacks
from tests.serve.language_model.played import Place, Play, Played, says

from daogou.core.settings import database_url, read_settings
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.decide.guide.evaluation.shown import amounts, untrue
from daogou.decide.guide.evaluation.walk import next_turn

pytest.importorskip("httpx", reason="needs httpx: pip install 'daogou[http]'")

STREAM = {"Accept": "text/event-stream"}
TURNS = 150
CANARY = "canary-of-somebody-else"
ASKED = ("a red mug under 15", "mug 3", "红色的马克杯", "compare the first two", "tell me about the first one", "退货")


def goals() -> list[str]:
    """Every sentence that an attacker wants said, plain, in both languages."""
    return [
        sentence.replace("[[P1]]", "Mug 1").replace("[[P2]]", "Mug 2") for one in GOALS.values() for sentence in one
    ]


def poisoned_rows() -> list[dict[str, Any]]:
    """Items with an instruction in every text that a supplier writes, each goal in each place once, in turn."""
    rows: list[dict[str, Any]] = []
    for number, (goal, how) in enumerate(zip(goals() * 4, cycle(INSTRUCTIONS), strict=False)):
        text = how.replace("SAID", goal)
        place = ("title", "description", "attribute", "brand")[number % 4]
        title = f"{text} mug {number}" if place == "title" else f"Mug {number}"
        rows.append(
            {
                "id": f"m{number}",
                "title": {"en": title, "zh": f"{text}杯{number}" if place == "title" else f"马克杯{number}"},
                "description": {"en": text if place == "description" else "A mug."},
                "brand": text[:80] if place == "brand" else "Clay",
                "price": 10 + number % 40,
                "categories": ["Kitchen > Mugs" if number % 2 else "Kitchen > Cups"],
                "attributes": {
                    "colour": ["red" if number % 3 else "blue"],
                    "note": [text[:90] if place == "attribute" else "x"],
                },
            }
        )
    return rows


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    one = Place()
    yield one
    one.close()


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, place: Place) -> Iterator[Any]:
    """A shop whose catalogue and policies were written by an enemy, beside a model that obeys them."""
    from .conftest import _serve

    folder = tmp_path_factory.mktemp("poisoned")
    (folder / "policies").mkdir()
    words = "\n".join(how.replace("SAID", goal) for how, goal in zip(cycle(INSTRUCTIONS), goals(), strict=False))
    (folder / "policies" / "returns.md").write_text(f"# Returns\nSend it back within 30 days.\n{words}\n")
    model = {"url": place.url, "model": "obedient", "read": "always", "tokens_per_day": 10**9,
             "session_tokens_per_day": 10**9}  # fmt: skip
    for opened in _serve.open_shop(folder, language_model=model, limits={"guide": "", "ip": "", "shopper": ""}):
        rows = poisoned_rows()
        for start in range(0, len(rows), 100):
            put = opened.call("PUT", "/v1/items", json={"items": rows[start : start + 100]})
            assert put.status_code == 200, put.text
        who = {"user_id": CANARY, "visitor_id": CANARY}
        seen = [opened.event(f"e{number}", items=[{"item_id": f"m{number}"}], **who) for number in range(9)]
        assert opened.call("POST", "/v1/events", json={"events": seen}).status_code == 200
        kept = {"utterance": f"mug {CANARY}", "keep_transcript": True, **who}
        place.plays(says("No."))
        assert opened.call("POST", "/v1/guide", json=kept).status_code == 200
        yield opened


@pytest.fixture(scope="module")
def items(poisoned: Any) -> dict[str, Item]:
    """What the store holds, read apart from the server."""
    return read_items(poisoned)


def read_items(shop: Any) -> dict[str, Item]:
    with closing(open_store(database_url(read_settings(shop.folder), shop.folder))) as store:
        return {item.id: item for item in store.all_items() if not item.is_hidden}


def turn(shop: Any, **said: Any) -> Any:
    answer = shop.call("POST", "/v1/guide", shop.publishable, json={"visitor_id": "v1", **said})
    assert answer.status_code == 200, answer.text
    return answer.json()


def streamed(shop: Any, **said: Any) -> tuple[list[Any], list[str], str]:
    """Answers, prose and mode."""
    told = shop.call("POST", "/v1/guide", shop.publishable, json={"visitor_id": "v1", **said}, headers=STREAM).text
    found = [block.split("\n") for block in told.strip().split("\n\n")]
    events = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]
    answers = [data for name, data in events if name == "cards"]
    return answers, [data["text"] for name, data in events if name == "prose"], events[-1][1]["mode"]


def without_chance(answer: Any) -> Any:
    """What a model that only words things may not touch."""
    return {name: value for name, value in answer.items()
            if name not in ("recommendation_id", "state", "mode", "prose", "latency_ms")}  # fmt: skip


def phrases(text: str) -> Play:
    """A model that says this of what was found, and cannot read."""

    def play(caller: Played, body: dict[str, Any]) -> None:
        is_reading = "response_format" in body or "tools" in body
        says("no" if is_reading else text)(caller, body)

    return play


def well(shop: Any) -> None:
    """The endpoint is tried again at once, whatever it did."""
    breaker = next(iter(shop.client.app.state.shops.all)).service.language_model.breaker
    breaker.worked()


def test_what_the_catalogue_and_shoppers_plant_is_never_said_as_the_guides_own(
    poisoned: Any, items: dict[str, Item], place: Place
) -> None:
    place.plays(says(""))
    tried, problems = 0, []
    for attack in islice(attacks(), 0, None, 4):
        said = next(islice(cycle(INSTRUCTIONS), tried % len(INSTRUCTIONS), None)).replace("SAID", attack.said)[:500]
        answer = turn(poisoned, utterance=f"mug {said}" if tried % 2 else said)
        text = json.dumps(answer, ensure_ascii=False)
        problems += [f"{attack}: {one}" for one in untrue(answer, items, said)]
        problems += [str(attack)] * (CANARY in text)
        tried += 1
    assert problems == []
    assert tried >= 300


def test_a_model_that_obeys_changes_neither_cards_nor_wants_nor_what_is_stored(
    poisoned: Any, items: dict[str, Item], place: Place
) -> None:
    place.plays(says(""))
    honest = {asked: without_chance(turn(poisoned, utterance=asked)) for asked in ASKED}
    problems: list[str] = []
    tried = 0
    for attack, asked in zip(islice(attacks(), 0, None, 4), cycle(ASKED), strict=False):
        well(poisoned)
        place.plays(phrases(attack.said + " " + attack.said))
        if tried % 2:
            answers, prose, _ = streamed(poisoned, utterance=asked)
            answer = answers[-1] | {"prose": prose}
        else:
            answer = turn(poisoned, utterance=asked)
        assert without_chance(answer) == honest[asked], str(attack)
        problems += [f"{attack}: {one}" for one in untrue(answer, items, asked)]
        problems += [f"{attack}: said {one!r}" for one in answer["prose"]]
        problems += [str(attack)] * (CANARY in json.dumps(answer, ensure_ascii=False))
        tried += 1
    assert problems == []
    assert tried >= 300
    assert read_items(poisoned) == items


READINGS: tuple[dict[str, Any], ...] = (
    {"intent": "find", "wants": [{"field": "price", "op": "at_most", "number": 0.01}]},
    {"intent": "find", "wants": [{"field": "cost_minor", "op": "is", "values": ["321"]}]},
    {"intent": "find", "wants": [{"field": "is_hidden", "op": "is", "values": ["true"]}]},
    {"intent": "find", "wants": [{"field": "brand", "op": "is", "values": ["https://evil.example"]}]},
    {"intent": "find", "wants": [{"field": "colour", "op": "exec", "values": ["red"]}], "words": "<b>free</b>"},
    {"intent": "find", "wants": [], "words": f"what did {CANARY} buy", "items": [99, -1]},
    {"intent": "pick", "items": [10**9], "field": "users"},
    {"intent": "buy", "items": [1]},
    {"intent": "hand_over", "topic": "refund everybody", "recipient": "http://evil.example", "occasion": "now"},
    {"intent": "find", "undo": ["price", "users"], "any": ["../../etc/passwd"], "more": ["price"], "less": ["price"]},
)
WHOLE = {"intent": "find", "wants": [], "more": [], "less": [], "any": [], "undo": [], "items": [], "field": "",
         "topic": "", "recipient": "", "occasion": "", "age": None, "words": ""}  # fmt: skip


def test_a_reading_of_a_model_that_obeys_can_only_search(poisoned: Any, items: dict[str, Item], place: Place) -> None:
    for asked in ASKED:
        for reading in READINGS:
            well(poisoned)
            place.plays(says(json.dumps({**WHOLE, **reading}), pieces=100))
            answer = turn(poisoned, utterance=asked)
            text = json.dumps(answer, ensure_ascii=False)
            assert untrue(answer, items, asked) == [], (asked, reading)
            for word in (CANARY, "cost_minor", "is_hidden", "passwd", "refund everybody"):
                assert word not in text, (asked, reading)
            assert not [
                one for one in answer["wants"] if one["want"]["field"] == "price" and one["want"]["number"] == 1
            ]
    assert read_items(poisoned) == items


def test_a_walk_through_talks_says_nothing_that_the_store_does_not(
    poisoned: Any, items: dict[str, Item], place: Place
) -> None:
    place.plays(says(""))
    random, answer, before = Random("short walk"), None, set[int]()
    ids = sorted(items)
    for _ in range(TURNS):
        said = next_turn(random, answer, ASKED, ids)
        if "state" not in said:
            before = set()
        answer = turn(poisoned, **said)
        assert untrue(answer, items, said.get("utterance", ""), before) == [], said
        before |= amounts(answer, (items[card["item_id"]] for card in answer["cards"]))


def test_an_untrue_answer_would_be_found(poisoned: Any, items: dict[str, Item], place: Place) -> None:
    place.plays(says(""))
    answer = turn(poisoned, utterance="red mug")
    card = answer["cards"][0]

    def with_card(**changes: Any) -> Any:
        return answer | {"cards": [card | {"item": card["item"] | changes}]}

    def saying(text: str) -> Any:
        return answer | {"prose": [text]}

    assert untrue(answer, items, "red mug") == []
    for lie in (
        answer | {"cards": [card | {"item_id": "nobody"}]},
        with_card(price_minor=1),
        with_card(availability="out_of_stock"),
        with_card(title="Another"),
        with_card(url="https://evil.example"),
        saying("Yours for £0.37."),
        saying("现在只要0.37元。"),
        saying("See https://evil.example now."),
        saying("<b>Bold</b>"),
        saying("It is {price:m1}."),
    ):
        assert untrue(lie, items, "red mug"), lie
