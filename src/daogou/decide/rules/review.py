"""From rules as written to rules that may be put in force: the same questions whoever asks, over HTTP or in a shell."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.core.errors import InvalidField, InvalidInput
from daogou.decide.rules.check import check
from daogou.decide.rules.findings import Finding
from daogou.decide.rules.reading import read_rules
from daogou.decide.rules.rule import Rule
from daogou.decide.shop import Shop


class RulesRefused(InvalidInput):
    """A set of rules that was not taken; `causes` is everything that is wrong with it."""

    code = "invalid_input"

    def __init__(self, message: str, causes: Sequence[InvalidField]) -> None:
        self.causes = tuple(causes)
        super().__init__(message)


class Contradiction(InvalidField):
    """A finding that keeps a set from being written."""

    def __init__(self, found: Finding, field: str) -> None:
        super().__init__(field, found.value, found.text["en"], rule=found.code)
        self.args = (found.text["en"],)


def review(shop: Shop, rows: object, now_us: int | None = None) -> tuple[list[Rule], list[Finding]]:
    """The rules and what there is to say about them now, or at another moment.

    Raises RulesRefused with every mistake when one of the rows is no rule.
    """
    rules, problems = read_rules(rows, shop.settings.shop.timezone)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise RulesRefused(f"{problems[0]}{more}", problems)
    return rules, look_over(shop, rules, now_us)


def look_over(shop: Shop, rules: Sequence[Rule], now_us: int | None = None) -> list[Finding]:
    """What there is to say about these rules in this shop."""
    shop.refresh()
    return check(rules, shop.catalogue, shop.settings.placements, shop.clock() if now_us is None else now_us)


def refuse_contradictions(rules: Sequence[Rule], findings: Sequence[Finding]) -> None:
    """Raises RulesRefused with every contradiction; warnings are no reason."""
    place_of = {rule.id: place for place, rule in enumerate(rules)}
    causes = [
        Contradiction(one, f"rules[{place_of[one.rules[-1]]}].{one.field}")
        for one in findings
        if one.severity == "error"
    ]
    if causes:
        more = f" (and {len(causes) - 1} more)" if len(causes) > 1 else ""
        raise RulesRefused(f"{causes[0]}{more} Correct it, or force the set to be written as it is.", causes)
