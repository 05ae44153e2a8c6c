"""GET /v1/guide/talks: what shoppers let be kept of their talks, for the merchant to read."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.routes.get_rules import MOST
from daogou.serve.api.wire.talks import KeptTurns, kept_turn
from daogou.serve.keys import Scope

USUAL, LARGEST = 100, 1_000


async def list_talks(call: Call) -> Response:
    """Newest first; `before` goes on where the last page ended. Never whose they were."""
    limit = call.whole_number("limit", USUAL, LARGEST)
    before = call.whole_number("before", MOST, MOST)
    await call.service.talks.settled(call.service.clock())
    found = await run_in_threadpool(call.service.store.talks.turns, limit, before)
    await audited(call, "talks_read", turns=len(found))
    return reply(KeptTurns([kept_turn(one) for one in found]))


ENDPOINT = Endpoint(
    "GET",
    "/v1/guide/talks",
    "list_talks",
    "Read the talks that shoppers let be kept",
    list_talks,
    KeptTurns,
    "guide",
    Scope.admin,
    parameters=(
        Parameter("limit", "How many at most", {"type": "integer", "minimum": 0, "maximum": LARGEST}),
        Parameter("before", "Only turns below this number", {"type": "integer", "minimum": 0, "maximum": MOST}),
    ),
    errors=(422, 503),
)
