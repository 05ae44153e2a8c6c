"""Caps: one variant of a product, and not more of one category than the placement allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from daogou.core.types import I32


@dataclass(frozen=True, slots=True)
class Arranged:
    """places: indices into the ranked list, in slate order; passed_over: why others ahead of the last were skipped."""

    places: list[int]
    passed_over: dict[int, str]


def arrange(
    category: I32,
    group: I32,
    limit: int,
    max_per_category: int | None,
    *,
    shown_category: Sequence[int] = (),
    shown_group: Sequence[int] = (),
) -> Arranged:
    """Walk a ranked list and take the first `limit` that no cap forbids.

    category, group              (n,) of the ranked candidates, best first
    shown_category, shown_group  of what stands in the slate already and counts towards the caps
    """
    places: list[int] = []
    passed_over: dict[int, str] = {}
    taken = Counter(shown_category)
    groups = set(shown_group)
    for place, (one_category, one_group) in enumerate(zip(category.tolist(), group.tolist(), strict=True)):
        if len(places) == limit:
            break
        if one_group in groups:
            passed_over[place] = "variant"
        elif max_per_category is not None and taken[one_category] >= max_per_category:
            passed_over[place] = "category_cap"
        else:
            places.append(place)
            groups.add(one_group)
            taken[one_category] += 1
    return Arranged(places, passed_over)
