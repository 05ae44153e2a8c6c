"""What fits: wants that must hold as masks, everything else as evidence that orders.

Cost at 100,000 items: one pass of compiled or array code per want; no loop over items.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from daogou.core.types import F32, F64, I32, Bools
from daogou.decide.guide.acts import BRAND, CATEGORY, Want
from daogou.decide.guide.gifts import gift_evidence
from daogou.decide.guide.like import likeness
from daogou.decide.guide.phrases import phrase_scores
from daogou.decide.guide.state import Focus
from daogou.decide.guide.view import View, numbers_of

SOFT = np.float32(2.5)
"""What a soft want that an item has adds to the logarithm of its chance, and takes off where it has another value."""
UNSTATED = np.float32(0.8)
"""What is taken off where the shop does not say."""
RELEVANCE, POPULARITY, TASTE, SEEN = np.float32(4.0), np.float32(0.5), np.float32(1.0), np.float32(0.7)
LOOKED_AT = 400
ASKED_OVER = 2_000


@dataclass(frozen=True, eq=False)
class Constraint:
    """One thing that must hold; phrase: words that search looks for, in place of a want."""

    has: Bools
    stated: Bools
    want: Want | None = None
    phrase: str = ""


@dataclass(eq=False)
class Board:
    """Everything that a focus says of all items.

    base         (n_items,) what may be shown and was not turned down
    constraints  what must hold
    """

    view: View
    focus: Focus
    base: Bools
    constraints: list[Constraint]
    relevance: F32 | None
    soft: dict[Want, tuple[Bools, Bools]]

    @cached_property
    def fits(self) -> Bools:
        """(n_items,) which items have all that must hold."""
        fits = self.base.copy()
        for one in self.constraints:
            fits &= one.has
        return fits

    @cached_property
    def is_perfect(self) -> Bools:
        """(n_items,) which of them have all that was said as a wish, too."""
        perfect = self.fits.copy()
        for has, _ in self.soft.values():
            perfect &= has
        return perfect

    @cached_property
    def total(self) -> int:
        """How many are found: with every wish where there are such, else with all that must hold."""
        return int(np.count_nonzero(self.is_perfect)) or int(np.count_nonzero(self.fits))

    @cached_property
    def scores(self) -> F32:
        """(n_items,) the logarithm of how likely each item is the one looked for, up to a constant."""
        view, focus = self.view, self.focus
        scores = POPULARITY * view.popularity
        for has, stated in self.soft.values():
            scores = scores + np.where(has, SOFT, np.where(stated, -SOFT, -UNSTATED))
        if self.relevance is not None:
            scores = scores + RELEVANCE * self.relevance
        if view.taste is not None:
            scores = scores + TASTE * view.taste
        for anchor in focus.anchors:
            scores = scores + likeness(view, anchor)
        if focus.gift is not None:
            scores = scores + gift_evidence(view, focus.gift)
        if view.rule_factors is not None:
            scores = scores + np.log(np.maximum(view.rule_factors, np.float32(1e-6)))
        seen = view.shop.catalogue.numbers((*focus.seen, *focus.shown))
        if len(seen):
            scores = scores.copy()
            scores[seen] -= SEEN
        return scores.astype(np.float32, copy=False)

    def best(self, among: Bools, k: int = LOOKED_AT) -> I32:
        """Numbers of the best ones, best first."""
        numbers = numbers_of(among)
        keys = self._keys(numbers)
        if len(numbers) > k:
            best = np.argpartition(-keys, k - 1)[:k]
            numbers, keys = numbers[best], keys[best]
        return numbers[np.lexsort((numbers, -keys))]

    def _keys(self, numbers: I32) -> F64:
        if not self.focus.order:
            return self.scores[numbers].astype(np.float64)
        low, high = self.view.amounts(self.focus.order)
        amounts = (high if self.focus.most else low)[numbers]
        keys = amounts if self.focus.most else -amounts
        return np.where(keys == keys, keys, -np.inf)

    def posterior(self) -> tuple[I32, F64]:
        """The likeliest items and how likely each is; the chances sum to 1."""
        numbers = self.best(self.fits, ASKED_OVER)
        if not len(numbers):
            return numbers, np.empty(0)
        logs = self.scores[numbers].astype(np.float64)
        weights = np.exp(logs - logs.max())
        return numbers, weights / weights.sum()


def board(view: View, focus: Focus) -> Board:
    """What a focus says of all items."""
    base = view.may_show.copy()
    base[view.shop.catalogue.numbers((*focus.rejected, *focus.anchors))] = False
    constraints, relevance, soft = [], None, {}
    for want in focus.wants:
        has, stated = view.answers(want)
        if want.is_hard or want.field == CATEGORY:  # another kind of thing is never nearly right
            constraints.append(Constraint(has, stated, want))
        else:
            soft[want] = (has, stated)
    for phrase in focus.words:
        scores = phrase_scores(view, phrase)
        everyone = np.ones(len(scores), bool)
        constraints.append(Constraint(scores > 0, everyone, phrase=phrase))
        relevance = scores if relevance is None else relevance + scores
    return Board(view, focus, base, constraints, relevance, soft)


@dataclass(frozen=True, eq=False)
class Caps:
    """Most items of one innermost category and of one brand in one answer; None where that is what is wanted."""

    per_category: int | None
    per_brand: int | None


def caps(focus: Focus, limit: int) -> Caps:
    """As varied as what is looked for leaves open."""
    fields = {one.field for one in focus.wants if one.op == "is"}
    is_open = not (CATEGORY in fields or focus.words or focus.anchors)
    return Caps(max(1, limit // 3) if is_open else None, None if BRAND in fields or limit < 3 else max(2, limit // 2))


def varied(view: View, numbers: I32, limit: int, most: Caps, taken: tuple[int, ...] = ()) -> list[int]:
    """The first of `numbers`, one per group of variants and within the caps as long as others are left."""
    catalogue = view.shop.catalogue
    groups = {int(catalogue.group[number]) for number in taken}
    chosen: list[int] = []
    waiting: list[int] = []
    categories: dict[int, int] = {}
    brands: dict[int, int] = {}
    for number in numbers.tolist():
        group = int(catalogue.group[number])
        if group in groups:
            continue
        category, brand = int(catalogue.category[number]), int(catalogue.brand[number])
        is_full = most.per_category is not None and categories.get(category, 0) >= most.per_category
        if is_full or (most.per_brand is not None and brands.get(brand, 0) >= most.per_brand):
            waiting.append(number)
            continue
        groups.add(group)
        categories[category] = categories.get(category, 0) + 1
        brands[brand] = brands.get(brand, 0) + 1
        chosen.append(number)
        if len(chosen) == limit:
            return chosen
    for number in waiting:
        group = int(catalogue.group[number])
        if len(chosen) < limit and group not in groups:
            groups.add(group)
            chosen.append(number)
    others = {int(catalogue.group[number]) for number in taken}
    variants = [one for one in numbers.tolist() if one not in chosen and int(catalogue.group[one]) not in others]
    return [*chosen, *variants[: limit - len(chosen)]]
