"""GET /v1/rules/diff: what one version of the rules has otherwise than another."""

from __future__ import annotations

from typing import Literal

from starlette.responses import Response

from daogou.decide.rules.book import RuleChange, difference
from daogou.decide.rules.rule import row_of
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.routes.get_rules import MOST, VERSION
from daogou.serve.api.wire.rules import RuleChangeFacts, RulesDiff
from daogou.serve.keys import Scope


async def diff_rules(call: Call) -> Response:
    """By default from the version before the newest to the newest."""
    book = call.service.shop.rules
    to = call.whole_number("to", book.versions.version(), MOST)
    since = call.whole_number("from", max(to - 1, 0), MOST)
    changes = difference(book.read(since)[0], book.read(to)[0])
    return reply(RulesDiff(since, to, [change_facts(one) for one in changes]))


def change_facts(one: RuleChange) -> RuleChangeFacts:
    """A change on the wire."""
    kind: Literal["added", "removed", "changed", "moved"] = "moved" if one.fields == ("order",) else "changed"
    if one.before is None or one.after is None:
        kind = "added" if one.before is None else "removed"
    before, after = (None if rule is None else row_of(rule) for rule in (one.before, one.after))
    return RuleChangeFacts(one.id, kind, one.fields, before, after)


ENDPOINT = Endpoint(
    "GET",
    "/v1/rules/diff",
    "diff_rules",
    "Compare two versions of the rules",
    diff_rules,
    RulesDiff,
    "rules",
    Scope.admin,
    parameters=(
        Parameter("from", "The earlier version; by default the one before `to`", VERSION),
        Parameter("to", "The later version; by default the one in force", VERSION),
    ),
    errors=(404, 422, 503),
)
