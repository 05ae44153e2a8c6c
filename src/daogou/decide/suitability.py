"""Whom an item suits: what it asks for, compared with what the shopper told the shop.

Good for: financial products, whose risk must not be above what the shopper can bear, and items with a least age.
Weak for: what cannot be said with one number on each side. Cost: one comparison per rule and candidate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from daogou.core.settings import DEFAULT_SUITABILITY, SuitabilitySettings
from daogou.core.types import I32, U8, Bools, Item, User
from daogou.decide.catalogue import KINDS, Catalogue


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule as it stands for one shopper; `level` is the shopper's number, or what counts for an unknown one."""

    rule: SuitabilitySettings
    level: float

    def bars(self, catalogue: Catalogue, numbers: I32) -> Bools | None:
        """(len(numbers),) True where the item must not be offered; None where none of them asks for anything.

        An attribute that cannot be read as a number bars the item from everybody: nobody can say whom it suits.
        """
        rule = self.rule
        asked = catalogue.columns.number(f"suitability:{rule.comparison}:{rule.item}", lambda item: _asked(item, rule))
        if asked.is_empty and not catalogue.kinds_held.intersection(rule.required):
            return None
        values = asked.values[numbers]
        is_asked = values == values  # all but NaN
        must_say = self._of_required_kind(catalogue.kind[numbers])
        if not is_asked.any() and not (must_say is not None and must_say.any()):
            return None
        fits = values <= self.level if rule.comparison == "at_most" else values >= self.level
        barred: Bools = is_asked & ~(fits & np.isfinite(values))
        return barred if must_say is None else barred | (must_say & ~is_asked)

    def _of_required_kind(self, kinds: U8) -> Bools | None:
        """(len(kinds),) whether each kind has to say whom it suits; None where the rule asks that of no kind."""
        found: Bools | None = None
        for kind in self.rule.required:
            same = kinds == KINDS.index(kind)
            found = same if found is None else found | same
        return found


def requirements(rules: Mapping[str, SuitabilitySettings], user: User | None) -> tuple[Requirement, ...]:
    """Every rule for this shopper; None where nothing is known or may be used."""
    return tuple(Requirement(rule, _level(rule, user)) for rule in rules.values())


def _level(rule: SuitabilitySettings, user: User | None) -> float:
    told = () if user is None else user.attributes.get(rule.user, ())
    numbers = [number for number in map(_number, told) if number is not None]
    if not numbers or len(numbers) < len(told):
        return rule.unknown
    return min(numbers) if rule.comparison == "at_most" else max(numbers)


def _asked(item: Item, rule: SuitabilitySettings) -> float | None:
    """The strictest number the item names; infinite where it names something that is none."""
    values = item.attributes.get(rule.item, ())
    if not values:
        return None
    numbers = [number for number in map(_number, values) if number is not None]
    if len(numbers) < len(values):
        return np.inf
    return max(numbers) if rule.comparison == "at_most" else min(numbers)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


STRICTEST = requirements(DEFAULT_SUITABILITY, None)
"""The shipped rules for a shopper of whom nothing is known."""
