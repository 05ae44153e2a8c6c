"""Coupons: first the one that changes the decision, because it fits what is in the cart and its spend is in reach.

A coupon is an item of kind coupon with the attributes `spend_minor` and `save_minor`, and `scope`: a category of the
shop, in words or as a slug ("phones-audio" for "Phones & audio"), or "all"; see docs/placements.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from daogou.core.types import F32, I32, Item
from daogou.decide.catalogue import KINDS
from daogou.decide.explain.money import money
from daogou.decide.retrieve.signal import Occasion, Signal, Told, impersonal

EVERYWHERE = frozenset({"", "all"})
LOOKS = 20
"""So many of the things looked at last say what a coupon has to fit."""
Scopes: TypeAlias = frozenset[str]
Held: TypeAlias = tuple[int, Scopes]
"""An item number, and every scope within which it counts."""
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """Spend `spend_minor` within `scope` and save `save_minor`; an empty scope is everywhere."""

    scope: str
    spend_minor: int
    save_minor: int


@dataclass(frozen=True, slots=True)
class Worth:
    """What a coupon is worth here, what its reason says, and the item numbers that it fits."""

    score: float
    told: Told
    causes: tuple[int, ...]


def retrieve(occasion: Occasion) -> list[Signal]:
    """Two signals: what fits the cart, else what was looked at, with those as causes; and coupons that fit neither.

    A coupon's score is its saving in parts of its spend, times how near the cart is to it, times how well it fits.
    """
    numbers = np.flatnonzero(occasion.catalogue.kind == KINDS.index("coupon"))
    if not len(numbers):
        return []
    looks = np.concatenate([occasion.anchors, occasion.query.history[-LOOKS:]]).tolist()
    cart = [(number, _scopes(occasion, number)) for number in occasion.cart.tolist()]
    seen = [(number, _scopes(occasion, number)) for number in dict.fromkeys(looks)]
    found = {number: _worth(occasion, occasion.catalogue.items[number], cart, seen) for number in numbers.tolist()}

    def tell(number: int, shown: Sequence[int]) -> Told:
        return found[number].told

    offered = {number: one for number, one in found.items() if not one.causes}
    fitting = {number: one for number, one in found.items() if one.causes}
    signals = [replace(impersonal("coupons", _spread(occasion, offered), "coupon"), tell=tell)]
    if fitting:
        signals.append(replace(_argued(occasion, fitting), tell=tell))
    return signals


def _spread(occasion: Occasion, found: Mapping[int, Worth]) -> F32:
    scores = np.zeros(len(occasion.catalogue), np.float32)
    scores[list(found)] = [one.score for one in found.values()]
    return scores


def _argued(occasion: Occasion, found: Mapping[int, Worth]) -> Signal:
    """The signal of coupons that fit something; each thing it fits carries an equal share."""
    causes = np.unique([cause for one in found.values() for cause in one.causes]).astype(np.int32)
    scores = _spread(occasion, found)

    def contributions(pool: I32) -> F32:
        fits = [np.isin(causes, found[number].causes if number in found else ()) for number in pool.tolist()]
        held = np.array(fits, np.float32).reshape(len(pool), len(causes)).T
        shares: F32 = (held / np.maximum(held.sum(axis=0), 1) * scores[pool]).astype(np.float32)
        return shares

    return Signal("coupons", scores, causes, contributions, "coupon_fits")


def terms_of(item: Item) -> Terms | None:
    """What the coupon says of itself; None where it does not say what it takes and gives."""

    def first(name: str) -> str:
        return next(iter(item.attributes.get(name, ())), "")

    spend, save = first("spend_minor"), first("save_minor")
    if not (spend.isdecimal() and save.isdecimal()) or int(save) <= 0:
        return None
    scope = slug(first("scope"))
    return Terms("" if scope in EVERYWHERE else scope, int(spend), int(save))


@lru_cache(maxsize=4_096)
def slug(name: str) -> str:
    """A name as it stands in scopes: lower case, one hyphen between words."""
    return _SEPARATORS.sub("-", name.casefold().replace("&", " ")).strip("-")


def _worth(occasion: Occasion, coupon: Item, cart: Sequence[Held], seen: Sequence[Held]) -> Worth:
    terms = terms_of(coupon)
    if terms is None:
        return Worth(1e-6, ("coupon_offered", {}), ())
    facts = {"save": money(terms.save_minor, coupon.currency), "spend": money(terms.spend_minor, coupon.currency)}
    saving = min(terms.save_minor / max(terms.spend_minor, terms.save_minor), 1.0)
    inside = tuple(number for number, scopes in cart if terms.scope in scopes)
    total = occasion.offers.total_minor(inside)
    if total and total >= terms.spend_minor:
        return Worth(4.0 + saving, ("coupon_saves", facts), inside)
    if total:
        missing = money(terms.spend_minor - total, coupon.currency)
        score = 1.0 + 3.0 * total / terms.spend_minor + 0.1 * saving
        return Worth(score, ("coupon_missing", {**facts, "missing": missing}), inside)
    fitting = tuple(number for number, scopes in seen if terms.scope in scopes) if terms.scope else ()
    if fitting:
        return Worth(0.9 * len(fitting) / len(seen) + 0.1 * saving, ("coupon_fits", facts), fitting)
    return Worth(0.01 + 0.01 * saving, ("coupon", facts), ())


def _scopes(occasion: Occasion, number: int) -> Scopes:
    """Every scope within which the item counts: all names of its category paths, and everywhere."""
    return frozenset(("", *(slug(name) for path in occasion.catalogue.items[number].categories for name in path)))
