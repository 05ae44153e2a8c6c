"""PUT /v1/users: pseudonyms with attributes and consent."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.data.ingest.users import parse_user
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rows import parse_rows, read_rows
from daogou.serve.api.wire.rows import UserRows, UsersTaken
from daogou.serve.keys import Scope


async def put_users(call: Call) -> Response:
    """Store the good users whole, replacing what was there; report the bad ones."""
    service = call.service
    rows = await read_rows(call, "users")
    defaults = service.defaults
    users, rejected = parse_rows(rows, lambda row: parse_user(row, defaults), "users")
    if users:
        await run_in_threadpool(service.store.put_users, users)
    return reply(UsersTaken(len(users), rejected))


ENDPOINT = Endpoint(
    "PUT",
    "/v1/users",
    "put_users",
    "Put users",
    put_users,
    UsersTaken,
    "users",
    Scope.secret,
    body=UserRows,
    errors=(400, 408, 413, 415, 422, 503, 507),
    leads_to={
        "get_user": {"user_id": "$request.body#/users/0/id"},
    },
    description="Consent given here counts from the next call on. Send pseudonyms, never names or addresses.",
    example={"users": [{"id": "u-1", "consent": {"personalization": "denied"}}]},
)
