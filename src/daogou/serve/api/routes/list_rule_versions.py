"""GET /v1/rules/versions: when the rules changed, through whom and why."""

from __future__ import annotations

from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.routes.get_rules import MOST, VERSION
from daogou.serve.api.wire.rules import RuleVersionsAnswer, version_facts
from daogou.serve.keys import Scope

USUAL, LARGEST = 50, 500


async def list_rule_versions(call: Call) -> Response:
    """Newest first; `before` goes on where the last page ended."""
    limit = call.whole_number("limit", USUAL, LARGEST)
    before = call.whole_number("before", MOST, MOST)
    service = call.service
    found = service.shop.reach.require(lambda: service.store.rules.versions(limit, before))
    return reply(RuleVersionsAnswer([version_facts(one) for one in found]))


ENDPOINT = Endpoint(
    "GET",
    "/v1/rules/versions",
    "list_rule_versions",
    "List the versions of the rules",
    list_rule_versions,
    RuleVersionsAnswer,
    "rules",
    Scope.admin,
    parameters=(
        Parameter("limit", "How many at most", {"type": "integer", "minimum": 0, "maximum": LARGEST}),
        Parameter("before", "Only versions below this one", VERSION),
    ),
    errors=(422, 503),
)
