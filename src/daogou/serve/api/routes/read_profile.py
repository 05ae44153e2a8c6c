"""POST /v1/profile: what the shop thinks of a shopper, for the shopper to see."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.core.errors import Forbidden, InvalidField
from daogou.decide.profile.profile import Profile, profile
from daogou.decide.profile.summary import summary
from daogou.decide.profile.tag import read_tag
from daogou.decide.request import RecommendRequest
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.service import Service
from daogou.serve.api.wire.profiles import ProfileQuestion
from daogou.serve.keys import KeyHolder, Scope

QUESTION = msgspec.json.Decoder(ProfileQuestion)


async def read_profile(call: Call) -> Response:
    """Read from the same past that lists are made from, at this moment."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    question = decode(body, QUESTION)
    check_person(question.user_id, question.visitor_id, call.holder)
    await count_shopper(call, question.user_id or question.visitor_id)
    asked = RecommendRequest(
        "profile", user_id=question.user_id, visitor_id=question.visitor_id, language=question.language
    )
    found = profile(call.service.shop, asked, question.limit)
    if question.summary:
        found = msgspec.structs.replace(found, summary=await _summary(call.service, found, question))
    return reply(found)


async def _summary(service: Service, found: Profile, question: ProfileQuestion) -> str | None:
    """The tags in one sentence, worded by the language model where the shop wants that and its sentence holds."""
    language = service.language(question.language)
    plain = summary(found.tags, language)
    if plain is None or service.language_model is None:
        return plain
    speaking = service.language_model.turn(session=question.user_id or question.visitor_id or "", language=language)
    return await speaking.word_profile([read_tag(one.tag) for one in found.tags], plain, service.shop.guide.lexicon)


def check_person(user_id: str | None, visitor_id: str | None, holder: KeyHolder | None) -> None:
    """Raise where nobody is named, or where a page names a user: it could name any, and see what they like."""
    if user_id is None and visitor_id is None:
        raise InvalidField("visitor_id", None, "visitor_id or user_id: whose profile it is", rule="required")
    if user_id is not None and (holder is None or holder.scope < Scope.secret):
        raise Forbidden(
            "A publishable key may name a visitor_id only: with user_id, anybody could read what anybody likes. Ask "
            "from a server, with a secret key, for the user who is signed in."
        )


ENDPOINT = Endpoint(
    "POST",
    "/v1/profile",
    "read_profile",
    "What the shop thinks of a shopper",
    read_profile,
    Profile,
    "profile",
    Scope.publishable,
    body=ProfileQuestion,
    errors=(400, 403, 408, 413, 415, 422, 503),
    description=(
        "Tags with their share of the shopper's history and what they rest on, and what the shopper said about tags. "
        "A publishable key asks for a `visitor_id`; a secret key also for a `user_id`."
    ),
    example={"visitor_id": "v-1"},
)
