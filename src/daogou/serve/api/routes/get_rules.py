"""GET /v1/rules: the merchant's rules in force, or any earlier version of them."""

from __future__ import annotations

from starlette.responses import Response

from daogou.decide.rules.rule import row_of
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.wire.rules import RulesAnswer
from daogou.serve.keys import Scope

MOST = 10**12 - 1
VERSION = {"type": "integer", "minimum": 0, "maximum": MOST}


async def get_rules(call: Call) -> Response:
    """The set as it was written."""
    shop = call.service.shop
    version = call.whole_number("version", -1, MOST)
    if version < 0:
        version = shop.reach.require(shop.store.rules.version)
    rules, problems = shop.reach.require(lambda: shop.rules.read(version))
    return reply(RulesAnswer(version, [row_of(rule) for rule in rules], list(problems)))


ENDPOINT = Endpoint(
    "GET",
    "/v1/rules",
    "get_rules",
    "Read the rules",
    get_rules,
    RulesAnswer,
    "rules",
    Scope.admin,
    parameters=(Parameter("version", "An earlier version; the one in force when left out", VERSION),),
    errors=(404, 422, 503),
    description="Version 0 is the empty set that every shop begins with.",
)
