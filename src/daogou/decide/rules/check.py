"""Look a set of rules over before it acts: what contradicts itself, what will do nothing, what will do less than meant.

Two rules are compared where they can act in one and the same list: their placements, times, stores, segments and
circumstances meet.
Of segments, different values of one attribute count as different people.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import TypeVar

import numpy as np

from daogou.core.settings import PlacementSettings
from daogou.core.types import Bools
from daogou.decide.catalogue import Catalogue
from daogou.decide.eligibility import Visit, bars
from daogou.decide.rules.findings import Finding, finding
from daogou.decide.rules.pins import Pin
from daogou.decide.rules.rule import Rule
from daogou.decide.rules.ruling import matched, pins_of
from daogou.learn.circumstances import WEEKDAYS, WEEKS

NAMED = 5
"""How many items or placements a sentence names at most."""

T = TypeVar("T")


def check(
    rules: Sequence[Rule], catalogue: Catalogue, placements: Mapping[str, PlacementSettings], now_us: int
) -> list[Finding]:
    """Every finding about the rules that are switched on, errors first; one of a kind for each rule or pair."""
    acting = [rule for rule in rules if rule.is_enabled and not _is_past(rule, now_us)]
    matches = {rule.id: matched(rule, catalogue, now_us) for rule in acting}
    found = [finding("past_its_end", (rule.id,), "until", rule.until) for rule in rules if _is_past(rule, now_us)]
    for rule in acting:
        found += _alone(rule, matches[rule.id], catalogue, placements)
    found += _pins(acting, matches, catalogue, now_us)
    found += _factors(acting, matches)
    found += _bounds(acting, matches)
    kept: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for one in found:
        kept.setdefault((one.code, one.rules), one)
    return sorted(kept.values(), key=lambda one: one.severity != "error")


def meet(one: Rule, other: Rule) -> bool:
    """Whether both can act in one and the same list."""
    is_one_place = (
        not one.placements or not other.placements or not set(one.placements).isdisjoint(other.placements)
    ) and (one.store is None or other.store is None or one.store == other.store)
    begins = [rule.from_us for rule in (one, other) if rule.from_us is not None]
    ends = [rule.until_us for rule in (one, other) if rule.until_us is not None]
    is_one_time = not begins or not ends or max(begins) < min(ends)
    shared = one.segments.keys() & other.segments.keys()
    is_one_person = all(not set(one.segments[name]).isdisjoint(other.segments[name]) for name in shared)
    return is_one_place and is_one_time and is_one_person and _meet_in(one, other)


def _meet_in(one: Rule, other: Rule) -> bool:
    """Whether some circumstances are of both."""
    whens = [{**rule.when, **({"store": (rule.store,)} if rule.store else {})} for rule in (one, other)]
    days = [_days(when) for when in whens]
    shared = whens[0].keys() & whens[1].keys()
    return all(not set(whens[0][name]).isdisjoint(whens[1][name]) for name in shared) and bool(days[0] & days[1])


def _days(when: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The weekdays that `weekday` and `week` leave."""
    of_week = {"weekend": WEEKDAYS[5:], "workday": WEEKDAYS[:5]}
    allowed = {day for name in when.get("week", WEEKS) for day in of_week[name]}
    return allowed & set(when.get("weekday", WEEKDAYS))


def _is_past(rule: Rule, now_us: int) -> bool:
    return rule.is_enabled and rule.until_us is not None and rule.until_us <= now_us


def _alone(
    rule: Rule, match: Bools, catalogue: Catalogue, placements: Mapping[str, PlacementSettings]
) -> Iterator[Finding]:
    """What is wrong with one rule whatever the others say."""
    for name in rule.placements:
        if name not in placements:
            yield finding("unknown_placement", (rule.id,), "placements", name, ", ".join(sorted(placements)))
    unknown = [one for one in rule.items if one not in catalogue.number_of]
    if not match.any():
        yield finding("matches_no_item", (rule.id,), "items" if rule.items else "filter")
    elif unknown:
        yield finding("unknown_item", (rule.id,), "items", _listed(unknown))
    here = [name for name in rule.placements or placements if name in placements]
    if rule.action == "quota":
        short = [name for name in here if placements[name].limit < rule.at_least]
        if short and (rule.placements or len(short) == len(here)):
            yield finding("quota_above_limit", (rule.id,), "at_least", rule.at_least, _listed(short))
    if rule.action == "pin" and rule.placements:
        last = rule.position + len(rule.items) - 1
        short = [name for name in here if placements[name].limit <= last]
        if short:
            yield finding("position_past_end", (rule.id,), "position", last, _listed(short))


def _pins(acting: Sequence[Rule], matches: Mapping[str, Bools], catalogue: Catalogue, now_us: int) -> Iterator[Finding]:
    by_id = {rule.id: rule for rule in acting}
    pins = [pin for rule in acting if rule.action == "pin" for pin in pins_of(rule, catalogue)]
    ids = catalogue.items

    def pairs(same: Callable[[Pin], Hashable]) -> Iterator[tuple[Pin, Pin]]:
        for held in _grouped(pins, same):
            for one, other in combinations(held, 2):
                if one.rule_id == other.rule_id or meet(by_id[one.rule_id], by_id[other.rule_id]):
                    yield one, other

    for one, other in pairs(lambda pin: pin.number):
        if one.position != other.position:
            yield finding("pinned_twice", (one.rule_id, other.rule_id), "position", ids[one.number].id)
    for one, other in pairs(lambda pin: pin.position):
        if one.number != other.number:
            yield finding("position_taken", (one.rule_id, other.rule_id), "position", one.position)
    for one, other in pairs(lambda pin: int(catalogue.group[pin.number])):
        if one.number != other.number:
            both = _listed([ids[one.number].id, ids[other.number].id])
            yield finding("pinned_variants", (one.rule_id, other.rule_id), "items", both)
    hiding = [rule for rule in acting if rule.action == "hide"]
    for pin, rule in product(pins, hiding):
        if matches[rule.id][pin.number] and meet(by_id[pin.rule_id], rule):
            yield finding("pinned_and_hidden", (pin.rule_id, rule.id), "items", ids[pin.number].id)
    yield from _barred(pins, catalogue, now_us)
    for cap in (rule for rule in acting if rule.action == "cap"):
        counted = [pin for pin in pins if matches[cap.id][pin.number] and meet(by_id[pin.rule_id], cap)]
        if len({pin.number for pin in counted}) > cap.at_most:
            yield finding("pins_above_cap", (*(pin.rule_id for pin in counted), cap.id), "at_most", cap.at_most)


def _barred(pins: Sequence[Pin], catalogue: Catalogue, now_us: int) -> Iterator[Finding]:
    numbers = np.array([pin.number for pin in pins], np.int32)
    for gate, barred in bars(catalogue, numbers, Visit(now_us, suitability=())):
        for pin in (pin for pin, is_barred in zip(pins, barred.tolist(), strict=True) if is_barred):
            yield finding("pinned_but_barred", (pin.rule_id,), "items", catalogue.items[pin.number].id, gate)


def _factors(acting: Sequence[Rule], matches: Mapping[str, Bools]) -> Iterator[Finding]:
    boosts = [rule for rule in acting if rule.action == "boost"]
    buries = [rule for rule in acting if rule.action == "bury"]
    for boost, bury in product(boosts, buries):
        if meet(boost, bury):
            n_shared = int(np.count_nonzero(matches[boost.id] & matches[bury.id]))
            if n_shared:
                is_same = np.array_equal(matches[boost.id], matches[bury.id])
                code = "boosted_and_buried" if is_same else "boosted_and_buried_in_part"
                yield finding(code, (boost.id, bury.id), "factor", n_shared)


def _bounds(acting: Sequence[Rule], matches: Mapping[str, Bools]) -> Iterator[Finding]:
    quotas = [rule for rule in acting if rule.action == "quota"]
    caps = [rule for rule in acting if rule.action == "cap"]
    for quota, cap in product(quotas, caps):
        if quota.at_least <= cap.at_most or not meet(quota, cap):
            continue
        asked = matches[quota.id]
        if asked.any() and not (asked & ~matches[cap.id]).any():
            yield finding("quota_above_cap", (quota.id, cap.id), "at_least", quota.at_least)


def _grouped(values: Iterable[T], same: Callable[[T], Hashable]) -> list[list[T]]:
    groups: dict[Hashable, list[T]] = {}
    for one in values:
        groups.setdefault(same(one), []).append(one)
    return list(groups.values())


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" (+{rest})" if rest > 0 else "")
