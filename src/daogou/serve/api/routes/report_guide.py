"""GET /v1/reports/guide: what shoppers asked the guide and did not get."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.core.clock import DAY_US
from daogou.decide.guide.report import GuideReport, guide_report
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.keys import Scope

USUAL_DAYS, MOST_DAYS = 28, 400
USUAL, LARGEST = 50, 1_000


async def report_guide(call: Call) -> Response:
    """Words that fewer shoppers said than [transcripts] least_shoppers are not in the store, whoever asks."""
    days = max(1, call.whole_number("days", USUAL_DAYS, MOST_DAYS))
    limit = call.whole_number("limit", USUAL, LARGEST)
    service = call.service
    from_day = service.clock() // DAY_US - days + 1

    await service.talks.settled(service.clock())
    counted = await run_in_threadpool(service.store.talks.counts, from_day)
    least = service.settings.transcripts.least_shoppers
    return reply(guide_report(counted, days=days, least_shoppers=least, limit=limit))


ENDPOINT = Endpoint(
    "GET",
    "/v1/reports/guide",
    "report_guide",
    "What shoppers asked the guide and did not get",
    report_guide,
    GuideReport,
    "reports",
    Scope.secret,
    parameters=(
        Parameter(
            "days", "So many last days", {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": USUAL_DAYS}
        ),
        Parameter(
            "limit", "Lines of each kind", {"type": "integer", "minimum": 0, "maximum": LARGEST, "default": USUAL}
        ),
    ),
    errors=(422, 503),
)
