"""POST /v1/autocomplete: what somebody who types this may mean."""

from __future__ import annotations

import time

import msgspec
from starlette.responses import Response

from daogou.decide.search.request import Completion
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.service import Service
from daogou.serve.api.wire.search import CompletionAnswer, CompletionLine, CompletionQuestion
from daogou.serve.keys import Scope

QUESTION = msgspec.json.Decoder(CompletionQuestion)


async def complete(call: Call) -> Response:
    """Items come with price and picture, as they are at this moment."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    question = decode(body, QUESTION)
    started, service = time.perf_counter(), call.service
    service.shop.refresh()
    found = service.shop.search.complete(question.words, limit=question.limit, language=question.language)
    language = service.language(question.language)
    lines = [_line(service, one, language) for one in found]
    return reply(CompletionAnswer(lines, round((time.perf_counter() - started) * 1_000, 3)))


def _line(service: Service, one: Completion, language: str) -> CompletionLine:
    item = service.shop.catalogue.item(one.item_id) if one.item_id is not None else None
    return CompletionLine(one.kind, one.text, one.path, one.count, service.card(item, language) if item else None)


ENDPOINT = Endpoint(
    "POST",
    "/v1/autocomplete",
    "complete",
    "Complete what is being typed",
    complete,
    CompletionAnswer,
    "search",
    Scope.publishable,
    body=CompletionQuestion,
    errors=(400, 408, 413, 415, 422, 503),
    description="Words, categories, brands and items, best first; the same for everybody.",
    example={"words": "mu", "limit": 8, "language": "en"},
)
