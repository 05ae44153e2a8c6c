"""What shoppers asked the guide and did not get, for the merchant: questions, facts and policies that are missing.

Words of shoppers stand here only where enough different ones said them; of all others there is only a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daogou.data.store.talk_log import Counted, TallyKind, by_digest


@dataclass(frozen=True, slots=True)
class Asked:
    """shoppers: how many different ones at least."""

    text: str
    times: int
    shoppers: int


@dataclass(frozen=True, slots=True)
class GuideReport:
    """The commonest of each first.

    turns       by who understood them: rules, llm, llm-fallback
    hand_overs  turns after which a person should have gone on
    unanswered  what the guide had no answer to; rare_unanswered: turns with words that too few shoppers said
    attributes  facts that no item of the shop states; rare_attributes likewise
    policies    topics of which the shop says nothing
    fields      what shoppers asked or wanted to know most
    """

    days: int
    least_shoppers: int
    turns: dict[str, int]
    hand_overs: int
    unanswered: list[Asked]
    rare_unanswered: int
    attributes: list[Asked]
    rare_attributes: int
    policies: list[Asked]
    fields: list[Asked]


def guide_report(counted: Sequence[Counted], *, days: int, least_shoppers: int, limit: int) -> GuideReport:
    """The counts of some days as a report; `limit` lines of each kind."""
    whole = list(by_digest(counted).values())

    def told(kind: TallyKind) -> list[Asked]:
        found = [Asked(one.text, one.times, one.shoppers) for one in whole if one.kind == kind and one.text is not None]
        return sorted(found, key=lambda one: (-one.times, one.text))[:limit]

    def times(kind: TallyKind, *, is_told: bool) -> int:
        return sum(one.times for one in whole if one.kind == kind and (one.text is not None) == is_told)

    return GuideReport(
        days=days,
        least_shoppers=least_shoppers,
        turns={one.text: one.times for one in told("mode")},
        hand_overs=times("hand_over", is_told=True),
        unanswered=told("unanswered"),
        rare_unanswered=times("unanswered", is_told=False),
        attributes=told("attribute"),
        rare_attributes=times("attribute", is_told=False),
        policies=told("policy"),
        fields=told("field"),
    )
