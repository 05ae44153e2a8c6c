import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from tests.serve.language_model import played as plays
from tests.serve.language_model.played import Place, Played, chunk, says

from daogou.core.settings import LanguageModelSettings
from daogou.serve.language_model.endpoint import Endpoint, Unanswered
from daogou.serve.language_model.exchange import Exchange

MESSAGES = ({"role": "system", "content": "task"}, {"role": "user", "content": "data"})
SCHEMA = {"type": "object", "properties": {"intent": {"type": "string", "enum": ["find"]}}, "required": ["intent"]}


def asked(url: str, *, seconds: float = 6.0, schema: Any = None, **settings: Any) -> tuple[str, str, float, Exchange]:
    """Text, why it ended early, how long it took, and the exchange."""

    async def run() -> tuple[str, str, float, Exchange]:
        endpoint = Endpoint(LanguageModelSettings.model_validate({"url": url, "model": "small", **settings}))
        loop, exchange, text, why = asyncio.get_running_loop(), Exchange(), "", ""
        began = loop.time()
        try:
            async for piece in endpoint.ask(MESSAGES, exchange, deadline=began + seconds, schema=schema):
                text += piece
        except Unanswered as error:
            why = error.reason
        await endpoint.aclose()
        return text, why, loop.time() - began, exchange

    return asyncio.run(run())


def test_a_stream_becomes_text_and_its_tokens_are_counted(place: Place) -> None:
    place.plays(says("红色的杯子 and a mug."))
    text, why, _, exchange = asked(place.url)
    assert (text, why, exchange.total_tokens, exchange.is_whole) == ("红色的杯子 and a mug.", "", 120, True)
    assert place.asked[0]["model"] == "small"


def test_an_endpoint_that_does_not_stream_is_understood_too(place: Place) -> None:
    whole = {"choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}], "usage": {"total_tokens": 7}}
    place.plays(lambda caller, body: caller.answer(200, json.dumps(whole).encode()))
    assert asked(place.url)[:2] == ("Hello.", "")


def test_arguments_of_a_tool_call_come_in_fragments(place: Place) -> None:
    def play(caller: Played, body: dict[str, Any]) -> None:
        caller.begin()
        name = body["tools"][0]["function"]["name"]
        for call in ({"name": name, "arguments": ""}, {"arguments": '{"intent"'}, {"arguments": ':"find"}'}):
            caller.wfile.write(chunk(tool_calls=[{"index": 0, "function": call}]))
        caller.wfile.write(b"data: [DONE]\n\n")

    place.plays(play)
    assert asked(place.url, schema=SCHEMA, shape="tools")[:2] == ('{"intent":"find"}', "")


def test_thoughts_are_no_part_of_the_answer(place: Place) -> None:
    place.plays(says("<think>they want a mug</think>\nHello.", 3))
    assert asked(place.url)[0] == "Hello."


@pytest.mark.parametrize(
    ("play", "reason"),
    [
        (plays.hangs(), "slow"),
        (plays.drips_nothing, "slow"),
        (plays.hangs_midway, "slow"),
        (plays.fails, "status_5xx"),
        (plays.garbage, "garbage"),
        (plays.wrong_tool, "wrong_tool"),
        (plays.never_ends_a_line, "garbage"),
    ],
)
def test_a_bad_endpoint_is_left_in_time(place: Place, play: plays.Play, reason: str) -> None:
    place.plays(play)
    _, why, seconds, _ = asked(place.url, connect_seconds=0.3, first_byte_seconds=0.4, seconds=3.0)
    assert why == reason
    assert seconds < 2.5


def test_a_stream_without_end_is_cut_and_is_no_answer(place: Place) -> None:
    place.plays(plays.never_ends)
    text, why, _, exchange = asked(place.url, output_tokens=50)
    assert why == "endless"
    assert not exchange.is_whole
    assert len(text) < 100_000


def test_connections_that_never_come_about_are_given_up(nowhere: str) -> None:
    _, why, seconds, _ = asked(nowhere, connect_seconds=0.3)
    assert why == "no_connection"
    assert seconds < 2.0


def test_a_refused_shape_is_asked_for_otherwise_the_next_time(place: Place) -> None:
    def play(caller: Played, body: dict[str, Any]) -> None:
        if "response_format" in body or "tools" in body:
            caller.answer(400, b'{"error":"not supported"}')
        else:
            says('{"intent":"find"}')(caller, body)

    place.plays(play)

    async def run() -> list[str]:
        endpoint = Endpoint(LanguageModelSettings(url=place.url, model="small"))
        shapes = []
        for _ in range(3):
            shapes.append(endpoint.shape)
            deadline = asyncio.get_running_loop().time() + 6
            with suppress(Unanswered):
                async for _ in endpoint.ask(MESSAGES, Exchange(), deadline=deadline, schema=SCHEMA):
                    pass
        await endpoint.aclose()
        return shapes

    assert asyncio.run(run()) == ["json_schema", "tools", "plain"]
    assert '"intent":"find"' in place.asked[-1]["messages"][0]["content"]


def test_the_body_is_as_the_shop_wants_it(place: Place) -> None:
    place.plays(says("Hello."))
    asked(place.url, extra_body={"max_tokens": "", "max_completion_tokens": 99})
    assert "max_tokens" not in place.asked[0]
    assert place.asked[0]["max_completion_tokens"] == 99


def test_an_address_with_a_password_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="without a name or password"):
        LanguageModelSettings(url="http://me:secret@example.org/v1", model="small")
