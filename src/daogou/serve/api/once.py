"""Idempotency-Key: a write that is sent again, because its answer got lost, is answered again and not done again.

Only successes are kept: what failed changed nothing and may be tried again.
Source: draft-ietf-httpapi-idempotency-key-header-06.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from daogou.core.clock import SECOND_US
from daogou.core.errors import Conflict, DaogouError, Malformed
from daogou.serve.api.body import read_body
from daogou.serve.api.endpoint import JSON, Call, Endpoint
from daogou.serve.api.errors import KeyReused
from daogou.serve.monitor.log import logger

HEADER = "idempotency-key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,255}")
UNFINISHED_SECONDS = 60
"""After so long a call that never ended is taken to have died with its process."""

HOUR_US = 3_600 * SECOND_US


async def answered_once(call: Call, endpoint: Endpoint) -> Response:
    """The endpoint's answer; the one kept before where the same call came before.

    Raises KeyReused where another call came with this key, Conflict where the first one is still being answered.
    """
    key = call.request.headers.get(HEADER)
    if key is None or not endpoint.is_write:
        return await endpoint.handle(call)
    if not KEY.fullmatch(key):
        raise Malformed("Idempotency-Key is not 1 to 255 visible ASCII characters. Send for example a UUID.")
    assert call.holder is not None, "writing needs a key"
    service, answers = call.service, call.service.store.answers
    body = b"" if endpoint.body is None else await read_body(call.request, service.settings.server.max_body_bytes)
    name, fingerprint, now_us = f"{call.holder.key_id}:{key}", _fingerprint(call.request, body), service.clock()
    keep_us = service.settings.limits.idempotency_hours * HOUR_US
    kept = await run_in_threadpool(
        answers.claim,
        name,
        fingerprint,
        now_us,
        forget_before_us=now_us - keep_us,
        unfinished_before_us=now_us - UNFINISHED_SECONDS * SECOND_US,
    )
    if kept is None:
        again = replace(call, request=Request(call.request.scope, _sending(body, call.request.receive)))
        return await _first(again, endpoint, name)
    if kept.fingerprint != fingerprint:
        raise KeyReused("This Idempotency-Key came before with another call. Use a new one for each call.")
    if kept.status is None:
        raise Conflict("The first call with this Idempotency-Key is still being answered. Try again in a moment.")
    return Response(kept.body, kept.status, {REPLAYED: "true"}, JSON)


async def _first(call: Call, endpoint: Endpoint, name: str) -> Response:
    answers = call.service.store.answers
    try:
        response = await endpoint.handle(call)
    except Exception:
        await run_in_threadpool(answers.release, name)
        raise
    try:
        await run_in_threadpool(answers.keep, name, response.status_code, bytes(response.body).decode())
    except DaogouError as error:  # what was asked for is done, and that is what the caller must hear
        logger().warning("The answer to an Idempotency-Key could not be kept.", error=error.code)
    return response


def _fingerprint(request: Request, body: bytes) -> str:
    called = f"{request.method} {request.url.path}?{request.url.query}\n".encode("utf-8", "replace")
    return hashlib.sha256(called + body).hexdigest()


def _sending(body: bytes, receive: Callable[[], Awaitable[Message]]) -> Callable[[], Awaitable[Message]]:
    """A body that was read already, to be read again; afterwards whatever the connection says."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def send() -> Message:
        return waiting.pop() if waiting else await receive()

    return send
