"""What a draft of rules would change, on chosen lists and shoppers; nothing is written and nothing is logged."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from daogou.core.clock import standing_clock
from daogou.core.types import text_in
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.ruling import RuleSet
from daogou.decide.shop import Shop
from daogou.decide.trace import Trace, trace


@dataclass(frozen=True, slots=True)
class Moved:
    """One item whose place changes. Positions count from 0; None where it is not in the list.

    rules  ids of the rules that act on it before or after, and differ; empty when others only made room or took it
    """

    item_id: str
    title: str
    before: int | None
    after: int | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """One list for one shopper: item ids with the rules in force and with the draft."""

    placement: str
    user_id: str | None
    visitor_id: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    moved: tuple[Moved, ...]


def preview(shop: Shop, draft: RuleSet, request: RecommendRequest, at_us: int | None = None) -> Preview:
    """One list as it is and as it would be.

    at_us  the moment to look at, for rules with dates; None means now

    Raises UnknownName for a placement the shop does not have.
    """
    shop.refresh()
    seen = copy(shop)
    if at_us is not None:
        seen.clock = standing_clock(at_us)
    return _compared(trace(seen, request), trace(seen, request, draft))


def _compared(old: Trace, new: Trace) -> Preview:
    catalogue, request = new.occasion.catalogue, new.request
    was, becomes = old.shown(), new.shown()
    moved = []
    for number in dict.fromkeys([*becomes, *was]):
        before = was.index(number) if number in was else None
        after = becomes.index(number) if number in becomes else None
        if before != after:
            item = catalogue.items[number]
            title = text_in(item.title, new.language)
            moved.append(Moved(item.id, title, before, after, _different(old, new, number)))
    before_ids, after_ids = (tuple(catalogue.items[number].id for number in numbers) for numbers in (was, becomes))
    return Preview(request.placement, request.user_id, request.visitor_id, before_ids, after_ids, tuple(moved))


def _different(old: Trace, new: Trace, number: int) -> tuple[str, ...]:
    """Ids of the rules about the item that only one of the two has, or has otherwise."""
    before, after = old.ruling.about(number), new.ruling.about(number)
    changed = [rule for rule in after if rule not in before] + [rule for rule in before if rule not in after]
    return tuple(dict.fromkeys(rule.id for rule in changed))
