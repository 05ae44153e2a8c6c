"""POST /v1/onboarding: get to know a new shopper in at most three questions."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.decide.onboarding.interview import Answer, Interview, interview
from daogou.decide.request import RecommendRequest
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.read_profile import check_person
from daogou.serve.api.wire.onboarding import OnboardingAnswers
from daogou.serve.keys import Scope

ANSWERS = msgspec.json.Decoder(OnboardingAnswers)


async def onboard(call: Call) -> Response:
    """Answers act on the next list, as wishes that stand in the profile."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    given = decode(body, ANSWERS)
    check_person(given.user_id, given.visitor_id, call.holder)
    await count_shopper(call, given.user_id or given.visitor_id)
    asked = RecommendRequest("", given.user_id, given.visitor_id, language=given.language)
    answers = [Answer(one.question, one.choice) for one in given.answers]
    return reply(interview(call.service.shop, asked, answers))


ENDPOINT = Endpoint(
    "POST",
    "/v1/onboarding",
    "onboard",
    "Questions to a new shopper",
    onboard,
    Interview,
    "profile",
    Scope.publishable,
    body=OnboardingAnswers,
    errors=(400, 403, 404, 408, 413, 415, 422, 503),
    description=(
        "Send no answers to get the first question, then all answers so far. Each answer becomes a wish of choice "
        "`more` in the profile, to be seen and taken back there."
    ),
    example={"visitor_id": "v-1", "language": "en", "answers": []},
    writes=True,
)
