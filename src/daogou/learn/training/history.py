"""How much of the past counts: the one place that turns a raw history into what models are asked.

Evaluation and serving both call it, so the figures in a report are those of the lists that shoppers see.
"""

from __future__ import annotations

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.settings import HistorySettings
from daogou.core.types import I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.kernels.fading import faded


def decayed_query(query: Query, half_life_us: float) -> Query:
    """The same history with weights that models should use.

    query         a folded history with summed event weights and the time of each item's last event
    half_life_us  after this many microseconds an item counts half; ages are taken at `query.now_us`

    Three steps, each linear in what it scales, so that shares of a score stay exact:
    1. the square root of the weight: nine purchases of an item are more than one, not nine times more;
    2. half the weight per half-life since the item's last event (an event after `now_us` has age 0);
    3. divided by the root of the sum, so that a long history does not drown the members of a blend that do
       not depend on the history. No ranking of a single linear model changes by this.
    Where times are unknown step 2 is left out. Items whose weight vanishes (below 1e-6) are dropped.
    """
    if not len(query.history):
        return query
    left = np.empty(len(query.history), np.float32)
    if not faded(query.strengths(), query.at_us, query.now_us, half_life_us, left):
        return Query(query.history, left, query.at_us, query.now_us)
    kept = left > 0
    at_us = query.at_us[kept] if len(query.at_us) else query.at_us
    return Query(query.history[kept], left[kept], at_us, query.now_us)


def newest_rows(dataset: Dataset, max_rows: int) -> Dataset:
    """Only each user's newest `max_rows` interactions, as many as serving reads."""
    from_end = dataset.starts[dataset.user + 1] - np.arange(dataset.n_interactions) - 1
    return dataset if not np.any(from_end >= max_rows) else dataset.keep(from_end < max_rows)


def queries_of(dataset: Dataset, users: I64, now_us: int, history: HistorySettings | None) -> list[Query]:
    """What these users would ask at `now_us`; None for `history` means all of the past with raw summed weights."""
    if history is None:
        return dataset.queries(users, now_us=now_us)
    asked = newest_rows(dataset, history.max_rows).queries(users, now_us=now_us)
    return [decayed_query(query, history.half_life_days * DAY_US) for query in asked]
