"""A merchant's rule: what happens to which items, in which lists, for whom and when.

Positions count from 0, as in every slate. A rule that names items and a filter is about both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from daogou.learn.circumstances import DAYPARTS, HOLIDAYS, SEASONS, WEEKDAYS, WEEKS

Action = Literal["pin", "hide", "boost", "bury", "cap", "quota"]
ACTIONS: tuple[Action, ...] = get_args(Action)

AMOUNTS: Mapping[Action, str] = {
    "pin": "position",
    "boost": "factor",
    "bury": "factor",
    "cap": "at_most",
    "quota": "at_least",
}
"""The field that says how much, by action; `hide` has none."""

CIRCUMSTANCES: Mapping[str, tuple[str, ...]] = {
    "daypart": DAYPARTS,
    "weekday": WEEKDAYS,
    "week": WEEKS,
    "season": SEASONS,
    "holiday": HOLIDAYS,
    "weather": (),
    "device": (),
    "region": (),
    "store": (),
}
"""What `when` may name, and the words of those that have words of ours; the others are spelled as requests do."""

MOST_RULES = 500
MOST_ITEMS = 1_000
MOST_PINNED = 20
MOST_PLACES = 100
LARGEST_BOOST, SMALLEST_BURY, USUAL_BURY = 100.0, 0.01, 0.1


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, already checked.

    items        ids; for a pin the first stands at `position`, the next one place further on, and so on
    filter       an expression over items, "" for none
    position     pin: place of the first item, from 0
    factor       boost: above 1, bury: below 1; the blended score is multiplied by it
    at_most      cap: of these items at most so many in one list
    at_least     quota: of these items at least so many in one list
    placements   where; empty means everywhere
    segments     for whom: of each attribute the user must have one of these values; empty means everybody
    store        only where the request's context names this store; None means everywhere
    when         in which circumstances: of each the request must be in one of these; empty means always
    starts       when it begins, as written: a date of the shop's time zone or a moment; None means always
    until        when it ends, as written; a date is the last day on which it acts
    from_us      first moment of acting; until_us: first moment of acting no more
    """

    id: str
    action: Action
    items: tuple[str, ...] = ()
    filter: str = ""
    position: int = 0
    factor: float = 1.0
    at_most: int = 0
    at_least: int = 0
    placements: tuple[str, ...] = ()
    segments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    store: str | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    starts: str | None = None
    until: str | None = None
    from_us: int | None = None
    until_us: int | None = None
    note: str = ""
    is_enabled: bool = True

    def is_on(self, now_us: int) -> bool:
        """Whether it acts at this moment."""
        return (self.from_us is None or self.from_us <= now_us) and (self.until_us is None or now_us < self.until_us)

    @property
    def amount(self) -> float | int | None:
        """How much: the position, factor or number of its action; None for `hide`."""
        name = AMOUNTS.get(self.action)
        return None if name is None else getattr(self, name)


def row_of(rule: Rule) -> dict[str, Any]:
    """The rule as it is written in files and over HTTP; what is not said is left out."""
    row: dict[str, Any] = {"id": rule.id, "action": rule.action}
    if rule.action in AMOUNTS:
        row[AMOUNTS[rule.action]] = rule.amount
    row |= {"items": list(rule.items), "filter": rule.filter, "placements": list(rule.placements)}
    row |= {"segments": {name: list(values) for name, values in rule.segments.items()}, "store": rule.store}
    row |= {"when": {name: list(values) for name, values in rule.when.items()}}
    row |= {"from": rule.starts, "until": rule.until, "note": rule.note}
    row = {name: value for name, value in row.items() if value not in ([], {}, "", None)}
    return row if rule.is_enabled else {**row, "enabled": False}
