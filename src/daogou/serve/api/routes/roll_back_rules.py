"""POST /v1/rules/rollback: put an earlier version of the rules in force again, as a new version."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.decide.rules.review import look_over
from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rule_rows import author_of, read
from daogou.serve.api.wire.rules import RulesToRollBack, RulesWritten, finding_facts, version_facts
from daogou.serve.keys import Scope

ROLLING_BACK = msgspec.json.Decoder(RulesToRollBack)


async def roll_back_rules(call: Call) -> Response:
    """Exactly as it was; what there is to say about it today comes along."""
    shop = call.service.shop
    asked = await read(call, ROLLING_BACK)
    made = await run_in_threadpool(
        shop.rules.roll_back,
        asked.version,
        expected_version=asked.expected_version,
        at_us=call.service.clock(),
        author=author_of(call),
        note=asked.note,
    )
    await audited(call, "rules_rolled_back", version=made.version, to=asked.version)
    findings = look_over(shop, shop.rules.read(made.version)[0])
    return reply(RulesWritten(version_facts(made), finding_facts(findings)))


ENDPOINT = Endpoint(
    "POST",
    "/v1/rules/rollback",
    "roll_back_rules",
    "Roll the rules back",
    roll_back_rules,
    RulesWritten,
    "rules",
    Scope.admin,
    body=RulesToRollBack,
    errors=(400, 404, 408, 409, 413, 415, 422, 503, 507),
    description="The earlier set becomes the next version, so this too can be taken back.",
    example={"version": 1, "expected_version": 2},
    writes=True,
)
