"""POST /v1/pages: which lists a page shows to this shopper, in which order, no item twice."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.decide.page.choose import RowReason, choose_page
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.recommend import check_filter, presented, request_of, sent
from daogou.serve.api.wire.pages import PageAnswer, PageQuestion, PageRow, RowReasonFacts
from daogou.serve.api.wire.slates import Question
from daogou.serve.keys import Scope

BODY = msgspec.json.Decoder(PageQuestion)
SHARED = tuple(name for name in PageQuestion.__struct_fields__ if name != "page")


async def choose(call: Call) -> Response:
    """Only the lists that are on the page are counted and remembered as served."""
    asked = decode(await read_body(call.request, call.service.settings.server.max_body_bytes), BODY)
    question = Question(placement=asked.page, **{name: getattr(asked, name) for name in SHARED})
    await count_shopper(call, question.user_id or question.visitor_id)
    check_filter(question.filter, call.holder)
    page = choose_page(call.service.shop, asked.page, request_of(question))
    rows = []
    for position, row in enumerate(page.rows):
        prepared = presented(call.service, row.asked, row.slate)
        sent(call.service, prepared)
        expected = None if row.expected_clicks is None else round(row.expected_clicks, 6)
        rows.append(PageRow(position, _facts(row.reason), expected, prepared.answer))
    return reply(PageAnswer(page.name, rows, {name: _facts(why) for name, why in page.left_out.items()}))


def _facts(reason: RowReason) -> RowReasonFacts:
    return RowReasonFacts(reason.code, reason.text)


ENDPOINT = Endpoint(
    "POST",
    "/v1/pages",
    "choose_page",
    "Choose the lists of a page",
    choose,
    PageAnswer,
    "recommendations",
    Scope.publishable,
    body=PageQuestion,
    errors=(400, 408, 413, 415, 422, 503),
    description=(
        "The rows of [pages.NAME] in the order of the clicks expected of each for this shopper; no item stands twice, "
        "rows with too few items are left out, and every row says why it stands where it stands."
    ),
    example={"page": "home", "visitor_id": "v-1", "language": "en"},
)
