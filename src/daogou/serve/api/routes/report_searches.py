"""GET /v1/reports/searches: what was searched for, what found nothing, what nobody clicked."""

from __future__ import annotations

import csv
import io
from typing import cast, get_args

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.core.errors import Forbidden, InvalidField
from daogou.data.searched_words import FEWEST_SHOPPERS, SearchedWords, SearchOrder, SearchReport
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.keys import Scope

USUAL_DAYS, MOST_DAYS = 28, 400
USUAL, LARGEST = 100, 10_000
ORDERS = get_args(SearchOrder)
FORMATS = ("json", "csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def report_searches(call: Call) -> Response:
    """Read in a thread: it goes through the events of many days."""
    from daogou.data.lake.searches import search_report  # reads tables, which no shopper's call needs

    order, form = call.query("order") or ORDERS[0], call.query("format") or FORMATS[0]
    if order not in ORDERS:
        raise InvalidField("order", order, "one of " + ", ".join(ORDERS), rule="unknown_order")
    if form not in FORMATS:
        raise InvalidField("format", form, "json or csv", rule="unknown_format")
    fewest = call.whole_number("fewest_shoppers", FEWEST_SHOPPERS, 1_000)
    if fewest < FEWEST_SHOPPERS and (call.holder is None or call.holder.scope < Scope.admin):
        raise Forbidden(
            f"Words that fewer than {FEWEST_SHOPPERS} shoppers typed may tell who they are; only an admin key may ask."
        )
    days = max(1, call.whole_number("days", USUAL_DAYS, MOST_DAYS))
    limit = call.whole_number("limit", USUAL, LARGEST)
    service = call.service
    service.searches.flush()
    report = await run_in_threadpool(
        search_report,
        service.store,
        service.shop.files,
        service.clock(),
        days=days,
        fewest_shoppers=fewest,
        order=cast("SearchOrder", order),
        limit=limit,
    )
    if form == "csv":
        return Response(csv_of(report), media_type="text/csv; charset=utf-8")
    return reply(report)


def csv_of(report: SearchReport) -> str:
    """The rows as a table with a heading; words that a spreadsheet would reckon with are marked as text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(SearchedWords.__dataclass_fields__)
    for one in report.queries:
        words = f"'{one.words}" if one.words.startswith(_FORMULA) else one.words
        share = "" if one.click_share is None else f"{one.click_share:.4f}"
        writer.writerow((words, one.searches, one.shoppers, one.empty, share))
    return text.getvalue()


ENDPOINT = Endpoint(
    "GET",
    "/v1/reports/searches",
    "report_searches",
    "What shoppers search for",
    report_searches,
    SearchReport,
    "reports",
    Scope.secret,
    parameters=(
        Parameter("days", "So many last days", {"type": "integer", "minimum": 1, "maximum": MOST_DAYS,
                                                "default": USUAL_DAYS}),
        Parameter("order", "The most searched first, the most often empty, or the least clicked",
                  {"type": "string", "enum": list(ORDERS), "default": ORDERS[0]}),
        Parameter("fewest_shoppers", f"Only words that so many shoppers typed; below {FEWEST_SHOPPERS} with an admin "
                  "key only", {"type": "integer", "minimum": 0, "maximum": 1_000, "default": FEWEST_SHOPPERS}),
        Parameter("limit", "How many at most", {"type": "integer", "minimum": 0, "maximum": LARGEST,
                                                "default": USUAL}),
        Parameter("format", "json, or csv for a spreadsheet",
                  {"type": "string", "enum": list(FORMATS), "default": FORMATS[0]}),
    ),
    errors=(403, 422, 503),
    also_as=("text/csv",),
)  # fmt: skip
