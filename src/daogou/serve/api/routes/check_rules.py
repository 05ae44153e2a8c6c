"""POST /v1/rules/check: what there is to say about a draft; nothing is written."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.decide.rules.review import review
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rule_rows import read, told_in_full
from daogou.serve.api.wire.rules import RulesChecked, RulesChecking, RulesToCheck, finding_facts
from daogou.serve.keys import Scope

CHECKING = msgspec.json.Decoder(RulesChecking)


async def check_rules(call: Call) -> Response:
    """Contradictions and doubts, in both languages."""
    asked = await read(call, CHECKING)
    with told_in_full():
        _, findings = review(call.service.shop, asked.rules)
    return reply(RulesChecked(all(one.severity != "error" for one in findings), finding_facts(findings)))


ENDPOINT = Endpoint(
    "POST",
    "/v1/rules/check",
    "check_rules",
    "Check a draft of rules",
    check_rules,
    RulesChecked,
    "rules",
    Scope.admin,
    body=RulesToCheck,
    errors=(400, 408, 413, 415, 422, 503),
    description="422 where a rule cannot be read; contradictions and doubts come as findings.",
    example={"rules": [{"id": "push", "action": "boost", "factor": 2, "filter": 'brand = "Clay"'}]},
)
