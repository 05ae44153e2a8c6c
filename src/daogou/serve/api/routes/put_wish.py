"""PUT /v1/profile/wishes: more or less of a tag, nothing of it, or as before."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.core.errors import InvalidField
from daogou.decide.profile.profile import Changed, choose
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.read_profile import check_person
from daogou.serve.api.wire.profiles import Wish
from daogou.serve.keys import Scope

WISH = msgspec.json.Decoder(Wish)


async def put_wish(call: Call) -> Response:
    """Written durably before the answer; it acts on the next list, in every process."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    wish = decode(body, WISH)
    check_person(wish.user_id, wish.visitor_id, call.holder)
    await count_shopper(call, wish.user_id or wish.visitor_id)
    if (wish.tag is None) == (wish.item_id is None):
        raise InvalidField("tag", wish.tag, "exactly one of tag and item_id")
    tag, item_id = wish.tag or "", wish.item_id or ""
    return reply(choose(call.service.shop, wish.user_id, wish.visitor_id, wish.choice, tag=tag, item_id=item_id))


ENDPOINT = Endpoint(
    "PUT",
    "/v1/profile/wishes",
    "put_wish",
    "More or less of a tag, or nothing of it",
    put_wish,
    Changed,
    "profile",
    Scope.publishable,
    body=Wish,
    errors=(400, 403, 404, 408, 413, 415, 422, 503),
    description="`before` in the answer is what to send as `choice` to undo.",
    example={"visitor_id": "v-1", "tag": "colour:red", "choice": "less"},
)
