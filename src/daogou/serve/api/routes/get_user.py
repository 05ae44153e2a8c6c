"""GET /v1/users/{user_id}: what is kept of a user."""

from __future__ import annotations

from starlette.responses import Response

from daogou.core.clock import isoformat
from daogou.core.errors import NotFound
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.wire.rows import UserPage
from daogou.serve.keys import Scope


async def get_user(call: Call) -> Response:
    """The record as it was put; events are not part of it."""
    service, user_id = call.service, call.path("user_id")
    user = service.shop.reach.require(lambda: service.store.user(user_id))
    if user is None:
        raise NotFound("No user has this id.")  # the id is not repeated: messages may end in logs
    return reply(
        UserPage(
            id=user.id,
            attributes=dict(user.attributes),
            consent={"personalization": user.consent.personalization, "analytics": user.consent.analytics},
            friends=user.friends,
            created_at=None if user.created_at_us is None else isoformat(user.created_at_us),
        )
    )


ENDPOINT = Endpoint(
    "GET",
    "/v1/users/{user_id}",
    "get_user",
    "Read a user",
    get_user,
    UserPage,
    "users",
    Scope.secret,
    parameters=(Parameter("user_id", "Id of the user", {"type": "string", "minLength": 1}, place="path"),),
    errors=(404, 422, 503),
)
