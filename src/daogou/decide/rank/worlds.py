"""What the ranker would say, had some of the history never happened: the candidates' online features without it.

Good for: telling whether a cause carries an item. Every feature is what `online_features` would have computed, but for
`score` and `rank`, which know of no item beyond the candidates: who else would have come in is not looked for.
Cost: one row through the ranker per question, trials * signals * candidates multiply-adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from daogou.core.types import F32, F64, I32, I64, Bools
from daogou.decide.pool import Causes, attribute, attributed
from daogou.decide.rank.facts import ItemFacts
from daogou.decide.rank.online import Known, as_logged, source_column
from daogou.decide.rank.ranked import Ranked
from daogou.decide.rank.taste import FIRST_SOURCE
from daogou.decide.rank.without import N_SOURCES, without
from daogou.decide.retrieve.signal import Occasion, Signal

if TYPE_CHECKING:
    from daogou.decide.rank.stage import Stage


class Worlds:
    """Asks the ranker about the candidates of one list as if some causes were gone.

    ranked, known  the candidates as the ranker saw them, and with what features
    """

    def __init__(
        self, stage: Stage, facts: ItemFacts, occasion: Occasion, signals: Sequence[Signal], ranked: Ranked,
        known: Known,
    ) -> None:  # fmt: skip
        self._stage, self._ranked, self._known = stage, ranked, known
        self._query, self._signals = occasion.query, signals
        numbers, query = ranked.pool.numbers, occasion.query
        arguing = [signal for signal in signals if len(signal.causes)]
        columns = [source_column(signal.name) for signal in arguing]
        self._causes, parts = attributed(signals, query, numbers)
        rest = np.zeros((N_SOURCES, len(numbers)), np.float32)
        for signal in signals:
            column = source_column(signal.name)
            if column is not None and not len(signal.causes):
                rest[column - FIRST_SOURCE] += signal.scores[numbers]
        self._history = _places(self._causes.numbers, query.history)
        kinds = (occasion.catalogue.category, facts.department, facts.brand)
        own = np.full(len(numbers), -1)
        candidate, past = np.nonzero(numbers[:, None] == query.history)
        own[candidate] = past
        self._facts = (
            ranked.pool.scores, rest, parts,
            np.array([-1 if column is None else column - FIRST_SOURCE for column in columns], np.int64),
            np.array([signal.causes is query.history for signal in arguing], bool),
            self._history,
            (query.strengths() / max(float(query.strengths().sum()), 1e-30)).astype(np.float64),
            facts.prices[query.history], facts.prices[numbers],
            np.array([of_item[query.history] for of_item in kinds], np.int32),
            np.array([of_item[numbers] for of_item in kinds], np.int32),
            own,
        )  # fmt: skip

    def causes_of(self, numbers: I32) -> Causes:
        """Those of these items, as `attribute` tells them."""
        places = self._ranked.places_of(numbers)
        if (places >= 0).all():
            return self._causes.of(places)
        return attribute(self._signals, self._query, numbers)

    def chances(self, gone: Bools, trials: I64, items: I64) -> F64:
        """(n_rows,) how likely candidates are taken then, and of equal ones the better blended a little likelier; 0
        where nothing speaks for one any more.

        gone    (n_trials, n_causes) what each trial does without
        trials  (n_rows,) ascending, which trial each row is about; items: (n_rows,) and which candidate
        """
        table, left = self._known.features[items], np.empty(len(items))
        without(table, left, gone, trials, items, *self._facts)
        kept = ~gone[:, self._history]
        found = self._stage.chances(self._ranked, items, as_logged(table), self._query.history, kept, trials)
        return np.where(left > 1e-6 * self._ranked.pool.scores[items], _untied(found, table[:, 0]), 0.0)


def _untied(chances: F32, blended: F32) -> F64:
    """(n,) the chances, of which equal ones follow what the blend says: logarithms of parts of the best score, <= 0."""
    return chances.astype(np.float64) * (1 + 1e-9 * np.exp(blended.astype(np.float64)))


def _places(causes: I32, some: I32) -> I64:
    """(len(some),) where they are among the causes."""
    if some is causes:
        return np.arange(len(causes))
    order = np.argsort(causes, kind="stable")
    return np.asarray(order[np.searchsorted(causes, some, sorter=order)], np.int64)
