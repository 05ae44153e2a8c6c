"""The one gate that every item passes on its way to a shopper, whatever found it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numba import types

from daogou.core.clock import DAY_US
from daogou.core.settings import RuleSettings
from daogou.core.types import EVENT_NUMBER, I32, I64, U8, U16, Bools
from daogou.decide.catalogue import KINDS, Catalogue
from daogou.decide.filters import Filter
from daogou.decide.lines import Lines
from daogou.decide.suitability import STRICTEST, Requirement
from daogou.learn.kernels.compiled import compiled, read_only


def _none() -> I32:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the gate knows about the moment of asking.

    is_kind_held  for each of KINDS, whether this list may hold it
    bought        numbers that the shopper owns already and that must not come back
    excluded      numbers the caller asked to leave out, anchors and cart among them
    disliked      numbers the shopper turned down
    unwanted      numbers that have a tag the shopper wants nothing of
    suitability   what the shopper may be offered, by what is known of them; by default of whom nothing is known
    filters       expressions of which an item must pass every one
    rule_hidden   (n_catalogue,) what the merchant's rules hide here; None where they hide nothing
    """

    now_us: int
    is_kind_held: Bools = field(default_factory=lambda: np.ones(len(KINDS), bool))
    bought: I32 = field(default_factory=_none)
    excluded: I32 = field(default_factory=_none)
    disliked: I32 = field(default_factory=_none)
    unwanted: I32 = field(default_factory=_none)
    suitability: tuple[Requirement, ...] = STRICTEST
    filters: tuple[Filter, ...] = ()
    rule_hidden: Bools | None = None


GATES = {
    name: 1 << place
    for place, name in enumerate(
        (
            "hidden", "rule_hidden", "out_of_stock", "not_yet_available", "expired", "other_kind",
            "excluded", "disliked", "unwanted", "already_bought", "unsuitable", "filter",
        )
    )
}  # fmt: skip
"""Every reason to bar an item, by the code that answers and explanations carry, with its bit; the first one counts."""


def codes(catalogue: Catalogue, numbers: I32, visit: Visit) -> U16:
    """(len(numbers),) the bits of all GATES that bar each item; 0 where it may be shown."""
    found = np.zeros(len(numbers), np.uint16)
    _look(
        numbers, catalogue.is_hidden, _NOBODY if visit.rule_hidden is None else visit.rule_hidden,
        catalogue.is_in_stock, catalogue.available_at_us, catalogue.expires_at_us, catalogue.kind,
        visit.is_kind_held, visit.excluded, visit.disliked, visit.unwanted, visit.bought, visit.now_us, found,
    )  # fmt: skip
    for requirement in visit.suitability:
        unsuitable = requirement.bars(catalogue, numbers)
        if unsuitable is not None:
            found[unsuitable] |= GATES["unsuitable"]
    for one in visit.filters:
        found[~one.mask(catalogue, numbers, visit.now_us)] |= GATES["filter"]
    return found


(_HIDDEN, _RULED, _SOLD_OUT, _EARLY, _LATE, _KIND, _EXCLUDED, _DISLIKED, _UNWANTED, _BOUGHT) = list(GATES.values())[:10]
_NOBODY = np.empty(0, bool)
_FLAGS, _NUMBERS = read_only(types.bool_), read_only(types.int32)
_TIMES = read_only(types.int64)


@compiled(
    types.void(
        _NUMBERS, _FLAGS, _FLAGS, _FLAGS, _TIMES, _TIMES, read_only(types.uint8), _FLAGS,
        _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, types.int64, types.uint16[::1],
    )
)  # fmt: skip
def _look(
    numbers: I32, is_hidden: Bools, rule_hidden: Bools, is_in_stock: Bools, available_at_us: I64, expires_at_us: I64,
    kind: U8, is_kind_held: Bools, excluded: I32, disliked: I32, unwanted: I32, bought: I32, now_us: int, found: U16,
) -> None:  # fmt: skip
    """The gates that are arrays and lists, in one pass."""
    listed = np.zeros(len(kind), np.uint16)  # a table is several times faster than searching
    for number in excluded:
        listed[number] |= _EXCLUDED
    for number in disliked:
        listed[number] |= _DISLIKED
    for number in unwanted:
        listed[number] |= _UNWANTED
    for number in bought:
        listed[number] |= _BOUGHT
    for place, number in enumerate(numbers):
        bits = listed[number]
        if is_hidden[number]:
            bits |= _HIDDEN
        if len(rule_hidden) and rule_hidden[number]:
            bits |= _RULED
        if not is_in_stock[number]:
            bits |= _SOLD_OUT
        if available_at_us[number] > now_us:
            bits |= _EARLY
        if expires_at_us[number] <= now_us:
            bits |= _LATE
        if not is_kind_held[kind[number]]:
            bits |= _KIND
        found[place] = bits


def bars(catalogue: Catalogue, numbers: I32, visit: Visit) -> Iterator[tuple[str, Bools]]:
    """Each gate's name with a mask over `numbers`: True where it bars."""
    found = codes(catalogue, numbers, visit)
    for name, bit in GATES.items():
        yield name, found & bit != 0


def admit(catalogue: Catalogue, numbers: I32, visit: Visit) -> tuple[Bools, dict[str, int]]:
    """Which of `numbers` may be shown, and how many each gate turned away (counted at the first that did)."""
    counts = np.zeros(len(GATES), np.int64)
    admitted = np.empty(len(numbers), bool)
    if not _tally(codes(catalogue, numbers, visit), admitted, counts):
        return admitted, {}
    return admitted, {name: count for name, count in zip(GATES, counts.tolist(), strict=True) if count}


@compiled(types.int64(types.uint16[::1], types.bool_[::1], types.int64[::1]))
def _tally(found: U16, admitted: Bools, counts: I64) -> int:
    """Write who may be shown and how many each gate was the first to bar; returns how many may not be shown."""
    n_barred = 0
    for place, bits in enumerate(found):
        admitted[place] = bits == 0
        if bits:
            n_barred += 1
            gate = 0
            while not bits >> gate & 1:
                gate += 1
            counts[gate] += 1
    return n_barred


PURCHASE, REFUND, DISLIKE = EVENT_NUMBER["purchase"], EVENT_NUMBER["refund"], EVENT_NUMBER["dislike_item"]
TAKING_UP = frozenset(EVENT_NUMBER[name] for name in ("add_to_cart", "purchase", "add_to_wishlist"))


def bought_and_barred(lines: Lines, catalogue: Catalogue, rules: RuleSettings, now_us: int) -> I32:
    """Numbers of bought items that must not come back, by the shop's policy for their category.

    A refund gives the item back: what was returned in full may be shown again.
    """
    lately = lines.only((lines.at_us >= now_us - rules.already_bought_days * DAY_US) & (lines.numbers >= 0))
    pieces = np.maximum(lately.quantities, 1).tolist()
    kept: dict[int, int] = {}
    for number, kind, quantity in zip(lately.numbers.tolist(), lately.kinds.tolist(), pieces, strict=True):
        if kind == PURCHASE:
            kept[number] = kept.get(number, 0) + quantity
        elif kind == REFUND and number in kept:
            kept[number] -= quantity
    policies = rules.already_bought_by_category
    barred = [
        number
        for number, quantity in kept.items()
        if quantity > 0 and policies.get(catalogue.outermost[number], rules.already_bought) == "exclude"
    ]
    return np.array(barred, np.int32)


def disliked(lines: Lines) -> I32:
    """Numbers of items the shopper turned down and did not take up again afterwards."""
    if not np.any(lines.kinds == DISLIKE):
        return _none()
    turned_down: dict[int, None] = {}
    for number, kind in zip(lines.numbers.tolist(), lines.kinds.tolist(), strict=True):
        if kind == DISLIKE and number >= 0:
            turned_down[number] = None
        elif kind in TAKING_UP:
            turned_down.pop(number, None)
    return np.fromiter(turned_down, np.int32, len(turned_down))
