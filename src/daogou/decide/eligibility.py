"""The one gate that every item passes on its way to a shopper, whatever found it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.settings import RuleSettings
from daogou.core.types import I32, Bools, HistoryRow
from daogou.decide.catalogue import KINDS, Catalogue
from daogou.decide.filters import Filter
from daogou.decide.suitability import STRICTEST, Requirement


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


Gate = Callable[[Catalogue, I32, Visit], Bools | None]

GATES: dict[str, Gate] = {
    "hidden": lambda catalogue, numbers, visit: catalogue.is_hidden[numbers],
    "rule_hidden": lambda catalogue, numbers, visit: None if visit.rule_hidden is None else visit.rule_hidden[numbers],
    "out_of_stock": lambda catalogue, numbers, visit: ~catalogue.is_in_stock[numbers],
    "not_yet_available": lambda catalogue, numbers, visit: catalogue.available_at_us[numbers] > visit.now_us,
    "expired": lambda catalogue, numbers, visit: catalogue.expires_at_us[numbers] <= visit.now_us,
    "other_kind": lambda catalogue, numbers, visit: ~visit.is_kind_held[catalogue.kind[numbers]],
    "excluded": lambda catalogue, numbers, visit: _among(catalogue, numbers, visit.excluded),
    "disliked": lambda catalogue, numbers, visit: _among(catalogue, numbers, visit.disliked),
    "unwanted": lambda catalogue, numbers, visit: _among(catalogue, numbers, visit.unwanted),
    "already_bought": lambda catalogue, numbers, visit: _among(catalogue, numbers, visit.bought),
    "unsuitable": lambda catalogue, numbers, visit: _unsuitable(catalogue, numbers, visit),
    "filter": lambda catalogue, numbers, visit: _failing(catalogue, numbers, visit),
}
"""Every reason to bar an item, by the code that answers and explanations carry.

True in the result means barred; None stands for nobody.
"""


def bars(catalogue: Catalogue, numbers: I32, visit: Visit) -> Iterator[tuple[str, Bools]]:
    """Each gate's name with a mask over `numbers`: True where it bars."""
    for name, is_barred in GATES.items():
        barred = is_barred(catalogue, numbers, visit)
        yield name, np.zeros(len(numbers), bool) if barred is None else barred


def admit(catalogue: Catalogue, numbers: I32, visit: Visit) -> tuple[Bools, dict[str, int]]:
    """Which of `numbers` may be shown, and how many each gate turned away (counted at the first that did)."""
    admitted = np.ones(len(numbers), bool)
    turned_away: dict[str, int] = {}
    for name, is_barred in GATES.items():
        barred = is_barred(catalogue, numbers, visit)
        if barred is None or not barred.any():
            continue
        count = int(np.count_nonzero(barred & admitted))
        if count:
            turned_away[name] = count
            admitted &= ~barred
    return admitted, turned_away


def bought_and_barred(
    rows: list[HistoryRow], numbers: list[int], catalogue: Catalogue, rules: RuleSettings, now_us: int
) -> I32:
    """Numbers of bought items that must not come back, by the shop's policy for their category.

    numbers  of each row's item, -1 where the catalogue does not know it

    A refund gives the item back: what was returned in full may be shown again.
    """
    since_us = now_us - rules.already_bought_days * DAY_US
    kept: dict[int, int] = {}
    for row, number in zip(rows, numbers, strict=True):
        if row.name == "purchase" and number >= 0 and row.at_us >= since_us:
            kept[number] = kept.get(number, 0) + max(row.quantity, 1)
        elif row.name == "refund" and number in kept and row.at_us >= since_us:
            kept[number] -= max(row.quantity, 1)
    policies = rules.already_bought_by_category
    barred = [
        number
        for number, quantity in kept.items()
        if quantity > 0 and policies.get(catalogue.outermost[number], rules.already_bought) == "exclude"
    ]
    return np.array(barred, np.int32)


def disliked(rows: list[HistoryRow], numbers: list[int]) -> I32:
    """Numbers of items the shopper turned down and did not take up again afterwards."""
    turned_down: dict[int, None] = {}
    for row, number in zip(rows, numbers, strict=True):
        if row.name == "dislike_item" and number >= 0:
            turned_down[number] = None
        elif row.name in ("add_to_cart", "purchase", "add_to_wishlist"):
            turned_down.pop(number, None)
    return np.fromiter(turned_down, np.int32, len(turned_down))


def _among(catalogue: Catalogue, numbers: I32, barred: I32) -> Bools | None:
    if not len(barred):
        return None
    is_barred = np.zeros(len(catalogue), bool)  # a table is several times faster than searching
    is_barred[barred] = True
    return is_barred[numbers]


def _unsuitable(catalogue: Catalogue, numbers: I32, visit: Visit) -> Bools | None:
    barred: Bools | None = None
    for requirement in visit.suitability:
        one = requirement.bars(catalogue, numbers)
        if one is not None:
            barred = one if barred is None else barred | one
    return barred


def _failing(catalogue: Catalogue, numbers: I32, visit: Visit) -> Bools | None:
    if not visit.filters:
        return None
    failing = np.zeros(len(numbers), bool)
    for one in visit.filters:
        failing |= ~one.mask(catalogue, numbers, visit.now_us)
    return failing
