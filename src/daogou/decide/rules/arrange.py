"""The walk through a ranked list: one variant of a product, not more of one category or brand than the placement
allows, and what caps and quotas of the merchant's rules say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from daogou.core.types import I32
from daogou.decide.rules.bounds import BrandCap, Tally


@dataclass(frozen=True, slots=True)
class Arranged:
    """places: indices into the ranked list, in slate order; passed_over: why others ahead of the last were skipped.

    rules  of those that a rule held back, its id
    """

    places: list[int]
    passed_over: dict[int, str]
    rules: dict[int, str] = field(default_factory=dict)


def arrange(
    category: I32,
    group: I32,
    limit: int,
    max_per_category: int | None,
    *,
    shown_category: Sequence[int] = (),
    shown_group: Sequence[int] = (),
    tally: Tally | None = None,
    brands: BrandCap | None = None,
) -> Arranged:
    """Walk a ranked list and take the first `limit` that no cap forbids and that no quota needs the place of.

    category, group              (n,) of the ranked candidates, best first
    shown_category, shown_group  of what stands in the slate already and counts towards the caps
    tally                        caps and quotas over the same candidates
    brands                       most of one brand, over the same candidates
    """
    places: list[int] = []
    passed_over: dict[int, str] = {}
    rules: dict[int, str] = {}
    taken: dict[int, int] = dict(Counter(shown_category)) if shown_category else {}
    groups = set(shown_group)
    for place, (one_category, one_group) in enumerate(zip(category.tolist(), group.tolist(), strict=True)):
        if len(places) == limit:
            break
        if tally is not None:
            tally.reach(place)
        if one_group in groups:
            passed_over[place] = "variant"
        elif max_per_category is not None and taken.get(one_category, 0) >= max_per_category:
            passed_over[place] = "category_cap"
        elif brands is not None and brands.is_full(place):
            passed_over[place] = "brand_cap"
        elif tally is not None and (held := tally.held(place, limit - len(places))):
            passed_over[place], rules[place] = held
        else:
            places.append(place)
            groups.add(one_group)
            taken[one_category] = taken.get(one_category, 0) + 1
            if brands is not None:
                brands.take(place)
            if tally is not None:
                tally.take(place)
    made = Arranged(places, passed_over, rules)
    if tally is not None and rules and len(places) < limit:
        _release(made, category, group, limit, max_per_category, taken, groups, tally, brands)
    return made


def _release(
    made: Arranged, category: I32, group: I32, limit: int, max_per_category: int | None,
    taken: dict[int, int], groups: set[int], tally: Tally, brands: BrandCap | None,
) -> None:  # fmt: skip
    """Places were kept for a quota that found nobody: the best of those held back for it get them."""
    for place in sorted(made.rules):
        one_category, one_group = int(category[place]), int(group[place])
        is_free = len(made.places) < limit and made.passed_over[place] == "rule_quota" and one_group not in groups
        if not is_free or (max_per_category is not None and taken.get(one_category, 0) >= max_per_category):
            continue
        if brands is not None and brands.is_full(place):
            continue
        if tally.held(place, limit) is None:
            del made.passed_over[place], made.rules[place]
            made.places.append(place)
            groups.add(one_group)
            taken[one_category] = taken.get(one_category, 0) + 1
            if brands is not None:
                brands.take(place)
            tally.take(place)
    made.places.sort()
