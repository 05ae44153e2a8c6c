"""From the lines of a shopper's past to what models are asked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.settings import HistorySettings
from daogou.core.types import EVENT_WEIGHTS, HistoryRow, Query
from daogou.data.dataset import history_query
from daogou.learn.training.history import decayed_query


def fold(rows: list[HistoryRow], numbers: list[int], settings: HistorySettings, now_us: int) -> Query:
    """The rows as one query in catalogue numbers, weighed exactly as in training and evaluation.

    numbers  of each row's item in the catalogue, -1 where it is unknown
    """
    items = np.array(numbers, np.int32)
    weights = np.array([EVENT_WEIGHTS.get(row.name, 0.0) for row in rows], np.float32)
    at_us = np.array([row.at_us for row in rows], np.int64)
    known = items >= 0
    if not known.all():
        items, weights, at_us = items[known], weights[known], at_us[known]
    whole = history_query(items, weights, at_us, now_us=now_us)
    return decayed_query(whole, settings.half_life_days * DAY_US)


def strongest_events(rows: list[HistoryRow]) -> Mapping[str, str]:
    """For each item id the weightiest thing the shopper did with it: a purchase before a cart before a look."""
    strongest: dict[str, str] = {}
    for row in rows:
        held = strongest.get(row.item_id)
        if held is None or EVENT_WEIGHTS.get(row.name, 0.0) >= EVENT_WEIGHTS.get(held, 0.0):
            strongest[row.item_id] = row.name
    return strongest
