"""Which causes to cite where a ranker orders the list: those without which the ranker itself would drop the item.

For each place its strongest causes are taken away in growing handfuls. First only the place's own chance is asked for
without them; where it would fall behind the others, the whole list and the best candidates outside it are asked about
without these causes too, for they may fall as well. Only then are the causes cited, and a place that no handful drops
cites none. Nobody outside the candidates is looked for, so that too few places cite causes rather than too many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from daogou.core.types import F32, F64, I64, Bools
from daogou.decide.explain.causes import Cited
from daogou.decide.explain.contest import HANDFULS
from daogou.decide.explain.seats import Seats, tell_out
from daogou.decide.pool import Causes, Pool
from daogou.decide.rank.ranked import Ranked

if TYPE_CHECKING:
    from daogou.decide.rank.worlds import Worlds

MOST_CITED = 8
ROUNDS = 2
AT_ONCE = 240
"""Rows that the ranker is asked about at once rather than in turn."""

OUTSIDE = 8
"""How many candidates beyond the list are asked about anew; the others count with the chance they had."""


def cite_asking(
    worlds: Worlds, ranked: Ranked, causes: Causes, walked: Pool, places: list[int], seats: Seats
) -> list[Cited]:
    """One Cited per place of the slate.

    ranked  the candidates with their chances
    causes  of the candidates `walked`, which stand in their final order
    places  indices into `walked` that are shown
    """
    if not len(causes.numbers) or not places:
        return [Cited([], [], False) for _ in places]
    shown = np.array(places, np.int64)
    shares = causes.shares[:, shown].T  # (n_places, n_causes)
    order = np.argsort(-shares, axis=1, kind="stable")
    contest = _Contest(worlds, ranked, walked, shown, seats)
    sizes, of_place, gone = _handfuls(shares, order, contest.is_ranked(shown))
    if not len(gone):
        return [Cited([], [], False) for _ in places]
    held = contest.together(gone, shown[of_place]) if contest.are_few(gone) else contest.in_turn(gone, shown, of_place)
    found = {int(of_place[trial]): int(sizes[trial]) for trial in _first_of_each(of_place, held)}
    parts = np.round(shares / np.maximum(walked.scores[shown], 1e-30)[:, None].astype(np.float64), 6)
    chosen = [order[place, : found.get(place, 0)] for place in range(len(places))]
    return [Cited(rows.tolist(), part[rows].tolist(), len(rows) > 0) for rows, part in zip(chosen, parts, strict=True)]


class _Contest:
    """Who would be in the list, were some causes gone."""

    def __init__(self, worlds: Worlds, ranked: Ranked, walked: Pool, shown: I64, seats: Seats) -> None:
        self._worlds, self._seats = worlds, seats
        self._item = ranked.places_of(walked.numbers)
        self._factors = walked.scores / np.maximum(ranked.chances[self._item], 1e-30).astype(np.float64)
        is_ranked = self._item >= 0
        self._scores = walked.scores.astype(np.float64)
        blended = ranked.pool.scores[self._item[is_ranked]] / ranked.pool.scores[0]
        self._scores[is_ranked] *= 1 + 1e-9 * blended  # as `Worlds.chances` orders equal ones
        outside = np.setdiff1d(np.arange(len(walked.numbers)), shown)[:OUTSIDE]
        nearby = np.concatenate([shown, outside])
        self._nearby = nearby[self._item[nearby] >= 0]

    def is_ranked(self, places: I64) -> Bools:
        """(len(places),) whether the ranker was asked about them."""
        return self._item[places] >= 0

    def are_few(self, gone: Bools) -> bool:
        """Whether all trials may as well be asked about at once."""
        return len(_distinct(gone)[0]) * len(self._nearby) <= AT_ONCE

    def in_turn(self, gone: Bools, shown: I64, of_place: I64) -> Bools:
        """(n_trials,) which trials certainly drop their place, the first of each place that seem to being asked about.

        gone  (n_trials, n_causes); of_place: (n_trials,) which place of `shown` each is about
        """
        drops, held = self.alone(gone, shown[of_place]), np.zeros(len(gone), bool)
        for _ in range(ROUNDS):
            asked = _first_of_each(of_place, drops)
            asked = asked[~held[asked]]
            if not len(asked):
                break
            held[asked] = drops[asked] = self.together(gone[asked], shown[of_place[asked]])
        return held

    def alone(self, gone: Bools, places: I64) -> Bools:
        """(n_trials,) whether each place is lost where only its own chance changes; gone: (n_trials, n_causes)."""
        trials = np.arange(len(gone))
        left = np.tile(self._scores, (len(gone), 1))
        left[trials, places] = self._worlds.chances(gone, trials, self._item[places]) * self._factors[places]
        return self._out(left, places)

    def together(self, gone: Bools, places: I64) -> Bools:
        """(n_trials,) whether each place is lost where the chances of the others in and near the list change too."""
        chosen, of_trial = _distinct(gone)
        worlds = gone[chosen]
        trials = np.repeat(np.arange(len(worlds)), len(self._nearby))
        nearby = np.tile(self._nearby, len(worlds))
        left = np.tile(self._scores, (len(worlds), 1))
        left[trials, nearby] = self._worlds.chances(worlds, trials, self._item[nearby]) * self._factors[nearby]
        return self._out(left[of_trial], places)

    def _out(self, left: F64, places: I64) -> Bools:
        out = np.empty(len(places), bool)
        tell_out(left, places.astype(np.int32), out, *self._seats.arrays)
        return out


def _distinct(gone: Bools) -> tuple[I64, I64]:
    """(n_different,) rows that differ from all before them, and (n_trials,) which of those each row is like."""
    numbers: dict[bytes, int] = {}
    of_trial = [numbers.setdefault(row.tobytes(), len(numbers)) for row in np.packbits(gone, axis=1)]
    return np.unique(of_trial, return_index=True)[1], np.array(of_trial, np.int64)


def _handfuls(shares: F32, order: I64, is_ranked: Bools) -> tuple[I64, I64, Bools]:
    """(n_trials,) how many of its strongest causes each trial takes away, from which place, and (n_trials, n_causes)
    which they are.

    shares, order  (n_places, n_causes) score of each cause, and the causes strongest first
    """
    rank = np.argsort(order, axis=1)
    speaking = np.minimum(np.count_nonzero(shares > 0, axis=1), MOST_CITED) * is_ranked
    steps = np.minimum(HANDFULS[HANDFULS <= MOST_CITED], speaking[:, None])
    is_new = np.diff(steps, axis=1, prepend=0) > 0
    of_place, step = np.nonzero(is_new)
    sizes = steps[of_place, step]
    return sizes, of_place, rank[of_place] < sizes[:, None]


def _first_of_each(of_place: I64, is_meant: Bools) -> I64:
    """The first meant trial of each place; trials of a place stand behind one another."""
    meant = np.flatnonzero(is_meant)
    return meant[np.unique(of_place[meant], return_index=True)[1]]
