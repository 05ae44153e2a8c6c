"""PUT /v1/rules: another set of rules in place of the one in force; it acts on the next answer of every worker."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.decide.rules.review import refuse_contradictions, review
from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rule_rows import author_of, read, told_in_full
from daogou.serve.api.wire.rules import RulesToWrite, RulesWriting, RulesWritten, finding_facts, version_facts
from daogou.serve.keys import Scope

WRITING = msgspec.json.Decoder(RulesWriting)


async def put_rules(call: Call) -> Response:
    """Check the whole set, then write it as the next version, unless somebody else was faster."""
    shop = call.service.shop
    asked = await read(call, WRITING)
    with told_in_full():
        rules, findings = review(shop, asked.rules)
        if not asked.force:
            refuse_contradictions(rules, findings)
    made = await run_in_threadpool(
        shop.rules.write,
        rules,
        expected_version=asked.expected_version,
        at_us=call.service.clock(),
        author=author_of(call),
        note=asked.note,
    )
    await audited(call, "rules_written", version=made.version, rules=made.n_rules, forced=asked.force)
    return reply(RulesWritten(version_facts(made), finding_facts(findings)))


ENDPOINT = Endpoint(
    "PUT",
    "/v1/rules",
    "put_rules",
    "Write the rules",
    put_rules,
    RulesWritten,
    "rules",
    Scope.admin,
    body=RulesToWrite,
    errors=(400, 408, 409, 413, 415, 422, 503, 507),
    description=(
        "The whole set becomes the next version. 409 when the one in force is not expected_version. 422 with every "
        "mistake and every contradiction in details; force writes contradictions all the same."
    ),
    example={
        "expected_version": 0,
        "note": "spring",
        "rules": [
            {"id": "hero", "action": "pin", "position": 0, "items": ["mug-red"], "placements": ["home_for_you"]},
            {"id": "no-sold-series", "action": "hide", "filter": 'tags has "discontinued"'},
        ],
    },
)
