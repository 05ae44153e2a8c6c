"""POST /v1/guide/talks/withdraw: a shopper no longer lets the shop keep what was said."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.own_talks import people_of
from daogou.serve.api.wire.talks import TalkOwner, Withdrawn
from daogou.serve.keys import Scope


async def withdraw_talks(call: Call) -> Response:
    """Delete all turns at once; counts name nobody and stay."""
    people = await people_of(call)
    return reply(Withdrawn(await run_in_threadpool(call.service.store.talks.withdraw, people)))


ENDPOINT = Endpoint(
    "POST",
    "/v1/guide/talks/withdraw",
    "withdraw_talks",
    "Delete what was kept of a shopper's talks",
    withdraw_talks,
    Withdrawn,
    "guide",
    Scope.publishable,
    body=TalkOwner,
    errors=(400, 403, 408, 413, 415, 422, 503),
    example={"visitor_id": "v-1"},
    writes=True,
)
