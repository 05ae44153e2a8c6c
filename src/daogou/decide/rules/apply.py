"""Where the rules act in a decision: on the scores of every source, on the candidates, and while arranging."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daogou.core.types import F32, I32
from daogou.decide.catalogue import Catalogue
from daogou.decide.eligibility import Visit, admit
from daogou.decide.pool import Pool, top
from daogou.decide.retrieve.signal import Signal
from daogou.decide.rules.arrange import Arranged, arrange
from daogou.decide.rules.bounds import BrandCap, Tally
from daogou.decide.rules.pins import Pin, settle
from daogou.decide.rules.ruling import Ruling

AMPLE = 3
"""How many times as many candidates as places: variants and caps may bar some."""


def multiplied(signals: list[Signal], factors: F32 | None) -> list[Signal]:
    """The signals with every score, and every share of it, multiplied by the item's factor: all shares stay exact."""
    if factors is None:
        return signals
    return [signal.times(factors) for signal in signals]


def both(one: F32 | None, other: F32 | None) -> F32 | None:
    """(n_catalogue,) what two sources of factors come to; None where neither says anything."""
    if one is None or other is None:
        return other if one is None else one
    return np.asarray(one * other, np.float32)


def pinned(ruling: Ruling, catalogue: Catalogue, visit: Visit, limit: int) -> list[Pin]:
    """The pins that this visit may see, by position: none passes the gate that bars it."""
    if not ruling.pins:
        return []
    numbers = np.array([pin.number for pin in ruling.pins], np.int32)
    admitted, _ = admit(catalogue, numbers, visit)
    return settle(ruling.pins, admitted, catalogue.group[numbers], limit)


def candidates(
    ruling: Ruling, pool: Pool, shown: Sequence[int], catalogue: Catalogue, scores: F32, visit: Visit, limit: int
) -> Pool:
    """The pool without what is pinned, with enough of the items that quotas ask for, and enough that no cap counts.

    scores  (n_catalogue,) blended; only items that a source speaks for are candidates
    """
    numbers = pool.numbers
    asked = [(bound.members, AMPLE * bound.at_least) for bound in ruling.bounds if bound.at_most is None]
    capped = [bound.members for bound in ruling.bounds if bound.at_most is not None]
    if capped:
        asked.append((~np.logical_or.reduce(capped), AMPLE * limit))
    for members, wanted in asked:
        if int(np.count_nonzero(members[numbers])) < wanted:
            more = np.flatnonzero(members & (scores > 0)).astype(np.int32)
            more = more[admit(catalogue, more, visit)[0]]
            numbers = np.union1d(numbers, more[top(scores[more], wanted).numbers])
    if shown:
        numbers = numbers[~np.isin(numbers, shown)]
    if numbers is pool.numbers:
        return pool
    numbers = numbers[np.lexsort((numbers, -scores[numbers]))].astype(np.int32)
    return Pool(numbers, scores[numbers])


def arranged(
    ruling: Ruling, catalogue: Catalogue, numbers: I32, limit: int, max_per_category: int | None, shown: Sequence[int],
    max_per_brand: int | None = None,
) -> Arranged:  # fmt: skip
    """Which of `numbers`, best first, get the `limit` free places of a list in which `shown` stand already."""
    category, group, brand = catalogue.category, catalogue.group, catalogue.brand
    brands = None
    if max_per_brand is not None:
        brands = BrandCap(brand[numbers], max_per_brand, brand[shown].tolist() if shown else ())
    tally = Tally(ruling.bounds, numbers, np.array(shown, np.int32)) if ruling.bounds else None
    return arrange(
        category[numbers],
        group[numbers],
        limit,
        max_per_category,
        shown_category=category[shown].tolist() if shown else (),
        shown_group=group[shown].tolist() if shown else (),
        tally=tally,
        brands=brands,
    )
