"""POST /v1/explain: why an item is in a list, or why it is not."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.decide.explain.answer import Explanation
from daogou.decide.pipeline import explain as decide
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.recommend import check_filter, request_of
from daogou.serve.api.wire.slates import ExplainQuestion
from daogou.serve.keys import Scope

QUESTION = msgspec.json.Decoder(ExplainQuestion)


async def explain(call: Call) -> Response:
    """Decide again for the same question and read the item's whole story from the trace."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    question = decode(body, QUESTION)
    await count_shopper(call, question.user_id or question.visitor_id)
    check_filter(question.filter, call.holder)
    tell_private = call.holder is not None and call.holder.scope >= Scope.secret
    return reply(decide(call.service.shop, request_of(question), question.item_id, tell_private=tell_private))


ENDPOINT = Endpoint(
    "POST",
    "/v1/explain",
    "explain",
    "Why, and why not",
    explain,
    Explanation,
    "recommendations",
    Scope.publishable,
    body=ExplainQuestion,
    errors=(400, 404, 408, 413, 415, 422, 503),
    description="The question of /v1/recommendations and one item: its place or rank, each source, cause and gate.",
    example={"placement": "home_for_you", "visitor_id": "v-1", "item_id": "mug-red"},
)
