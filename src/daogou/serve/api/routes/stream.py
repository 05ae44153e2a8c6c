"""POST /v1/stream: the same questions as POST /v1/recommendations, answered again whenever the answer changes."""

from __future__ import annotations

from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint
from daogou.serve.api.routes.recommend import read_questions, request_of
from daogou.serve.api.wire.slates import ItemNews, Question, Questions, SlateAnswer
from daogou.serve.keys import Scope
from daogou.serve.push.event_stream import MEDIA_TYPE, EventStream
from daogou.serve.push.hub import Hub


async def stream(call: Call) -> Response:
    """The first slates are made before anything is sent, so that a wrong question is refused like any other."""
    questions, _ = await read_questions(call)
    hub = hub_of(call)
    return EventStream(hub, hub.subscribe([request_of(question) for question in questions]))


def hub_of(call: Call) -> Hub:
    """The hub of this process and shop, made with the first stream."""
    hub = call.service.hub
    if not isinstance(hub, Hub):
        hub = call.service.hub = Hub(call.service)
        if call.shop is not None:
            call.shop.hang_up.append(hub.dismiss_all)
    return hub


ENDPOINT = Endpoint(
    "POST",
    "/v1/stream",
    "stream",
    "Recommend items, again and again",
    stream,
    str,
    "recommendations",
    Scope.publishable,
    body=(Question, Questions),
    errors=(400, 408, 413, 415, 422, 503),
    description=(
        "The body of POST /v1/recommendations. Answers server-sent events: `slate` with one SlateAnswer, at once and "
        "then whenever the list changed; its id is the number of the question and of the slate; `item` with one "
        "ItemNews as soon as a shown item changed or must leave; `bye` before the server stops. A comment every 15 "
        "seconds keeps the line open."
    ),
    example={"placement": "home_for_you", "visitor_id": "v-1", "limit": 8, "language": "en"},
    media_type=MEDIA_TYPE,
    messages={"slate": SlateAnswer, "item": ItemNews},
)
