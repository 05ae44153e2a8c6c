"""From the lines of a shopper's past to what models are asked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.settings import HistorySettings
from daogou.core.types import EVENT_WEIGHTS, HistoryRow, Query
from daogou.data.dataset import history_query
from daogou.decide.catalogue import Catalogue
from daogou.learn.training.history import decayed_query


def fold(rows: list[HistoryRow], catalogue: Catalogue, settings: HistorySettings, now_us: int) -> Query:
    """The rows as one query in catalogue numbers, weighed exactly as in training and evaluation."""
    known = [(catalogue.number_of[row.item_id], row) for row in rows if row.item_id in catalogue.number_of]
    if not known:
        return Query(now_us=now_us)
    items = np.fromiter((number for number, _ in known), np.int32, len(known))
    weights = np.fromiter((EVENT_WEIGHTS.get(row.name, 0.0) for _, row in known), np.float32, len(known))
    at_us = np.fromiter((row.at_us for _, row in known), np.int64, len(known))
    return decayed_query(history_query(items, weights, at_us, now_us=now_us), settings.half_life_days * DAY_US)


def strongest_events(rows: list[HistoryRow]) -> Mapping[str, str]:
    """For each item id the weightiest thing the shopper did with it: a purchase before a cart before a look."""
    strongest: dict[str, str] = {}
    for row in rows:
        held = strongest.get(row.item_id)
        if held is None or EVENT_WEIGHTS.get(row.name, 0.0) >= EVENT_WEIGHTS.get(held, 0.0):
            strongest[row.item_id] = row.name
    return strongest
