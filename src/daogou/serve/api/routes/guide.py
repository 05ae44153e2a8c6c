"""POST /v1/guide: one turn of the talk with the guide, at once or as a stream."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec
from starlette.responses import Response, StreamingResponse

from daogou.core.errors import InvalidField
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_guide, count_shopper
from daogou.serve.api.endpoint import ENCODER, Call, Endpoint
from daogou.serve.api.wire.guide import (
    MOST_BODY_BYTES,
    MOST_CHARACTERS,
    MOST_STATE_CHARACTERS,
    GuideAnswer,
    GuideDone,
    GuideTurn,
    Prose,
)
from daogou.serve.guide.turn import Spoken, Talk
from daogou.serve.keys import Scope
from daogou.serve.push.event_stream import IS_STREAM, MEDIA_TYPE

TURN = msgspec.json.Decoder(GuideTurn)
MODE = "X-Guide-Mode"


async def guide(call: Call) -> Response:
    """The cards are made before anything is sent, so that a wrong turn is refused like any other call."""
    turn = await read_turn(call)
    await count_guide(call)
    await count_shopper(call, turn.user_id or turn.visitor_id)
    talk = Talk(call.service, turn, _who(call, turn))
    if MEDIA_TYPE in call.request.headers.get("accept", ""):
        first = talk.first()
        call.request.scope[IS_STREAM] = True
        headers = {MODE: "rules" if call.service.language_model is None else "llm", "X-Accel-Buffering": "no"}
        return StreamingResponse(_events(talk, first), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
    answer = await talk.whole()
    return Response(ENCODER.encode(answer), media_type="application/json", headers={MODE: answer.mode})


async def read_turn(call: Call) -> GuideTurn:
    """The body. Raises InvalidField where the talk's own bounds are passed."""
    server = call.service.settings.server
    turn = decode(await read_body(call.request, min(server.max_body_bytes, MOST_BODY_BYTES)), TURN)
    for name, text, most in (
        ("utterance", turn.utterance, MOST_CHARACTERS),
        ("state", turn.state or "", MOST_STATE_CHARACTERS),
    ):
        if len(text) > most:
            raise InvalidField(name, text, f"at most {most:,} characters", rule="too_long")
    if turn.utterance.strip() and turn.acts:
        raise InvalidField("acts", turn.acts, "an utterance or acts, not both", rule="both_given")
    return turn


def _who(call: Call, turn: GuideTurn) -> str:
    """What tells shoppers apart while they are counted; never kept."""
    host = call.request.client.host if call.request.client else ""
    return turn.user_id or turn.visitor_id or host


async def _events(talk: Talk, first: GuideAnswer) -> AsyncGenerator[bytes]:
    yield _event("cards", first)
    async with aclosing(talk.rest()) as spoken:
        async for one in spoken:
            yield _event(_NAMES[type(one)], one)


def _event(name: str, data: Spoken) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + ENCODER.encode(data) + b"\n\n"


_NAMES: dict[type, str] = {GuideAnswer: "cards", Prose: "prose", GuideDone: "done"}

ENDPOINT = Endpoint(
    "POST",
    "/v1/guide",
    "guide",
    "Talk to the guide",
    guide,
    GuideAnswer,
    "guide",
    Scope.publishable,
    body=GuideTurn,
    errors=(400, 408, 413, 415, 422, 503),
    description=(
        "One turn: products and, where it helps, one question. With `Accept: text/event-stream` it answers server-sent "
        "events: `cards` with one GuideAnswer at once, `prose` as a language model speaks, where the shop has one, and "
        "`done`; a second `cards` replaces the first. The header X-Guide-Mode is rules, llm or llm-fallback."
    ),
    example={"utterance": "a red mug under 15", "visitor_id": "v-1", "language": "en"},
    messages={"cards": GuideAnswer, "prose": Prose, "done": GuideDone},
)
