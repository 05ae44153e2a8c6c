"""POST /v1/guide/talks/own: a shopper reads what was kept of their talks, to take along."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.data.store import person_keys
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.read_profile import check_person
from daogou.serve.api.wire.talks import KeptTurns, TalkOwner, kept_turn
from daogou.serve.keys import Scope

OWNER = msgspec.json.Decoder(TalkOwner)


async def own_talks(call: Call) -> Response:
    """Oldest first, all of them."""
    people = await people_of(call)
    found = await run_in_threadpool(call.service.store.talks.of, people)
    return reply(KeptTurns([kept_turn(one) for one in found]))


async def people_of(call: Call) -> list[str]:
    """Whose talks the body names; Forbidden where a page names a user."""
    owner = decode(await read_body(call.request, call.service.settings.server.max_body_bytes), OWNER)
    check_person(owner.user_id, owner.visitor_id, call.holder)
    await count_shopper(call, owner.user_id or owner.visitor_id)
    await call.service.talks.settled(call.service.clock())
    return person_keys(owner.user_id, owner.visitor_id)


ENDPOINT = Endpoint(
    "POST",
    "/v1/guide/talks/own",
    "own_talks",
    "What was kept of a shopper's talks",
    own_talks,
    KeptTurns,
    "guide",
    Scope.publishable,
    body=TalkOwner,
    errors=(400, 403, 408, 413, 415, 422, 503),
    example={"visitor_id": "v-1"},
)
