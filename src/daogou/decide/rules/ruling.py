"""A set of rules against a catalogue: what it says for one list, one shopper, one moment, as arrays.

What a rule matches is looked up once per revision of the catalogue, and once a minute more where a filter may look at
the time; what a whole set says for one list is kept as long. A set without rules costs one comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import F32, Bools
from daogou.decide.catalogue import Catalogue
from daogou.decide.context import Context
from daogou.decide.filters import parse_filter
from daogou.decide.rules.bounds import Bound
from daogou.decide.rules.pins import Pin
from daogou.decide.rules.rule import Rule
from daogou.learn.circumstances import WEEKDAYS

Attributes = Mapping[str, tuple[str, ...]]

MINUTE_US = 60_000_000
MOST_KEPT = 64
LEAST_FACTOR, GREATEST_FACTOR = 0.001, 1_000.0
_NOBODY: Attributes = {}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say for one list.

    rules    the ones in force here, in the order of the set
    hidden   (n_catalogue,) None where nothing is hidden
    factors  (n_catalogue,) what every score is multiplied by; None where nothing is boosted or buried
    matches  (n_catalogue,) of each rule, by its id: the items it is about
    """

    rules: tuple[Rule, ...] = ()
    hidden: Bools | None = None
    factors: F32 | None = None
    pins: tuple[Pin, ...] = ()
    bounds: tuple[Bound, ...] = ()
    matches: Mapping[str, Bools] | None = None

    def about(self, number: int) -> list[Rule]:
        """The rules in force here that are about this item."""
        held = self.matches or {}
        return [rule for rule in self.rules if held[rule.id][number]]


NO_RULING = Ruling()


class RuleSet:
    """Rules that can be asked what they say; those that are switched off say nothing."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._on = tuple(rule for rule in self.rules if rule.is_enabled)
        self._by_placement: dict[str, tuple[int, ...]] = {}
        self._moment = (-1, -1, -1)
        self._matches: dict[int, Bools] = {}
        self._rulings: dict[tuple[int, ...], Ruling] = {}

    def ruling(
        self,
        catalogue: Catalogue,
        placement: str,
        now_us: int,
        *,
        context: Context | None = None,
        attributes: Callable[[], Attributes] = lambda: _NOBODY,
    ) -> Ruling:
        """What is in force in this placement now.

        context     the circumstances of the request; None: nothing is known of them
        attributes  asked only where a rule is for some users alone; gives the asking user's
        """
        if not self._on:
            return NO_RULING
        here = self._here(placement)
        store = None if context is None else context.store
        in_force = [n for n in here if self._on[n].is_on(now_us) and self._on[n].store in (None, store)]
        in_force = [n for n in in_force if not self._on[n].when or is_when(self._on[n], context)]
        if any(self._on[n].segments for n in in_force):
            of_user = attributes()
            in_force = [n for n in in_force if is_for(self._on[n], of_user)]
        if not in_force:
            return NO_RULING
        self._forget_when_changed(catalogue, now_us)
        key = tuple(in_force)
        found = self._rulings.get(key)
        if found is None:
            if len(self._rulings) >= MOST_KEPT:
                self._rulings.clear()
            found = self._rulings[key] = self._ruled(catalogue, in_force, now_us)
        return found

    def _here(self, placement: str) -> tuple[int, ...]:
        found = self._by_placement.get(placement)
        if found is None:
            here = (n for n, rule in enumerate(self._on) if not rule.placements or placement in rule.placements)
            found = self._by_placement[placement] = tuple(here)
        return found

    def _forget_when_changed(self, catalogue: Catalogue, now_us: int) -> None:
        moment = (catalogue.revision, len(catalogue), now_us // MINUTE_US)
        if moment == self._moment:
            return
        if moment[:2] != self._moment[:2]:
            self._matches.clear()
        else:
            self._matches = {n: found for n, found in self._matches.items() if not self._on[n].filter}
        self._rulings.clear()
        self._moment = moment

    def _ruled(self, catalogue: Catalogue, in_force: Sequence[int], now_us: int) -> Ruling:
        hidden: Bools | None = None
        factors: np.ndarray[tuple[int], np.dtype[np.float64]] | None = None
        pins: list[Pin] = []
        bounds: list[Bound] = []
        matches: dict[str, Bools] = {}
        for n in in_force:
            rule = self._on[n]
            held = self._matches.get(n)
            if held is None:
                held = self._matches[n] = matched(rule, catalogue, now_us)
            matches[rule.id] = held
            if rule.action == "hide":
                hidden = held if hidden is None else hidden | held
            elif rule.action in ("boost", "bury"):
                factors = np.ones(len(catalogue)) if factors is None else factors
                factors[held] = np.clip(factors[held] * rule.factor, LEAST_FACTOR, GREATEST_FACTOR)
            elif rule.action == "pin":
                pins += pins_of(rule, catalogue)
            elif rule.action == "cap":
                bounds.append(Bound(rule.id, held, at_most=rule.at_most))
            else:
                bounds.append(Bound(rule.id, held, at_least=rule.at_least))
        return Ruling(
            tuple(self._on[n] for n in in_force),
            hidden,
            None if factors is None else factors.astype(np.float32),
            tuple(pins),
            tuple(bounds),
            matches,
        )


def matched(rule: Rule, catalogue: Catalogue, now_us: int) -> Bools:
    """(n_catalogue,) the items a rule is about."""
    if rule.filter:
        found = parse_filter(rule.filter).mask(catalogue, None, now_us)
        if not rule.items:
            return found
    else:
        found = np.ones(len(catalogue), bool)
    if rule.items:
        named = np.zeros(len(catalogue), bool)
        named[catalogue.numbers(rule.items)] = True
        found = found & named
    return found


def pins_of(rule: Rule, catalogue: Catalogue) -> list[Pin]:
    """Its items at their places; one the catalogue does not know leaves its place to the list."""
    return [
        Pin(catalogue.number_of[item_id], rule.position + step, rule.id)
        for step, item_id in enumerate(rule.items)
        if item_id in catalogue.number_of
    ]


def is_for(rule: Rule, attributes: Attributes) -> bool:
    """Whether a user with these attributes is one of those the rule is for."""
    return all(not set(values).isdisjoint(attributes.get(name, ())) for name, values in rule.segments.items())


def is_when(rule: Rule, context: Context | None) -> bool:
    """Whether these circumstances are some of those the rule is for; what is unknown is not."""
    return context is not None and all(_said(context, name) in values for name, values in rule.when.items())


def _said(context: Context, name: str) -> str | None:
    return WEEKDAYS[context.weekday] if name == "weekday" else context.said(name)
