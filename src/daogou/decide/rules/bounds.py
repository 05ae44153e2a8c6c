"""Caps and quotas: at most, or at least, so many of some items in one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.types import I32, Bools


@dataclass(frozen=True, slots=True)
class Bound:
    """One cap or quota.

    members   (n,) which items it is about
    at_most   None for a quota; at_least: 0 for a cap
    """

    rule_id: str
    members: Bools
    at_most: int | None = None
    at_least: int = 0


NO_CAP = 1_000_000
"""More than any list holds."""


def standings(bounds: Sequence[Bound], shown: I32) -> tuple[I32, I32]:
    """(n_bounds,) how many each still asks for and (n_bounds,) how many it still allows beside what is shown."""
    counted = [int(np.count_nonzero(bound.members[shown])) for bound in bounds]
    needed = [bound.at_least - count for bound, count in zip(bounds, counted, strict=True)]
    room = [
        NO_CAP if bound.at_most is None else bound.at_most - count for bound, count in zip(bounds, counted, strict=True)
    ]
    return np.array(needed, np.int32), np.array(room, np.int32)


class Tally:
    """Counts while a list is walked, best first, what the bounds still allow and still ask for."""

    def __init__(self, bounds: Sequence[Bound], candidates: I32, shown: I32) -> None:
        """candidates: in the order they will be walked; shown: what stands in the list already and counts."""
        self._ids = [bound.rule_id for bound in bounds]
        needed, room = standings(bounds, shown)
        self._needed, self._room = needed.tolist(), room.tolist()
        inside = np.array([bound.members[candidates] for bound in bounds])
        self._left = inside.sum(axis=1).tolist()
        self._of = [np.flatnonzero(column).tolist() for column in inside.T]

    def reach(self, place: int) -> None:
        """The walk has come to this candidate: it is no longer among those to come."""
        for bound in self._of[place]:
            self._left[bound] -= 1

    def held(self, place: int, free: int) -> tuple[str, str] | None:
        """Why this candidate may not have one of the `free` places, with the rule that says so; None when it may."""
        asking = False
        for bound in self._of[place]:
            if self._room[bound] <= 0:
                return "rule_cap", self._ids[bound]
            asking = asking or self._needed[bound] > 0
        if asking:
            return None
        kept = 0
        for bound, needed in enumerate(self._needed):
            kept += max(min(needed, self._left[bound]), 0)
            if kept >= free:
                return "rule_quota", self._ids[bound]
        return None

    def take(self, place: int) -> None:
        """This candidate is in the list."""
        for bound in self._of[place]:
            self._needed[bound] -= 1
            self._room[bound] -= 1


class BrandCap:
    """Counts while a list is walked how many of each brand it holds."""

    def __init__(self, brand: I32, most: int, shown: Sequence[int] = ()) -> None:
        """brand: (n,) of the candidates in the order they will be walked; shown: of what stands in the list already."""
        self._brand = brand.tolist()
        self._most = most
        self._taken = Counter(shown)

    def is_full(self, place: int) -> bool:
        """Whether the list holds as many of this candidate's brand as it may."""
        return self._taken[self._brand[place]] >= self._most

    def take(self, place: int) -> None:
        """This candidate is in the list."""
        self._taken[self._brand[place]] += 1
