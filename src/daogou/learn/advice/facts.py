"""What a shop's data are like, in a page of figures: the facts that rules speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.types import EVENT_NAMES, EVENT_NUMBER, F64, I64
from daogou.data.dataset import PURCHASE, Dataset
from daogou.data.store.store import VISITOR_PREFIX
from daogou.learn.sessions import sessions_of

SESSION_GAP_MINUTES = 30.0
HEAD_SHARE = 0.2
TOP, SEASON_DAYS = 50, 28


@dataclass(frozen=True)
class Facts:
    """Counts, and shares from 0 to 1. A share of nothing is 0.

    items                items in the catalogue, or named by events
    items_taken          items with at least one interaction
    shoppers             people with at least one interaction
    visitors             those of them who are not known users
    interactions         lines of events that models learn from
    interactions_by      the same by event name
    purchases            lines that are purchases
    days                 from the first to the last interaction
    density              share of all pairs of a shopper and an item that occurred
    items_per_shopper    median of the distinct items somebody took
    items_per_busy       the same for the busiest tenth (90th percentile)
    one_item             share of shoppers with one item only
    coming_back          share of shoppers seen on two days or more
    items_per_visit      mean of the distinct items of a visit (30 minutes without an event end it)
    visits_of_several    share of visits with two items or more
    repeats              share of the pairs bought that were bought again on another day
    orders               transactions, anonymous ones too
    orders_of_several    share of them with two items or more
    ratings              stars that shoppers gave
    texts                share of the catalogue with a title, by language
    described            share with a title in some language
    long_texts           share with a description of 100 characters or more
    pictures             share with a picture
    cold                 share of what was newly taken in the validation part that nobody had before it
    head                 share of the pairs that go to the fifth of the taken items with most shoppers
    gini                 how unevenly shoppers spread over taken items; 0 is even
    turnover             share of the 50 items most taken in the last four weeks that were not in the four before
    busiest_month        interactions of the busiest 30 days over those of an average 30 days
    """

    items: int
    items_taken: int
    shoppers: int
    visitors: int
    interactions: int
    interactions_by: Mapping[str, int]
    purchases: int
    days: float
    density: float
    items_per_shopper: float
    items_per_busy: float
    one_item: float
    coming_back: float
    items_per_visit: float
    visits_of_several: float
    repeats: float
    orders: int
    orders_of_several: float
    ratings: int
    texts: Mapping[str, float]
    described: float
    long_texts: float
    pictures: float
    cold: float
    head: float
    gini: float
    turnover: float
    busiest_month: float

    def numbers(self) -> dict[str, float]:
        """Every fact that is one number, as rules read it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: float(value) for name, value in values.items() if isinstance(value, int | float)}

    def to_dict(self) -> dict[str, Any]:
        return {
            field.name: dict(value) if isinstance(value, Mapping) else value
            for field in fields(self)
            for value in (getattr(self, field.name),)
        }


def facts_of(dataset: Dataset, validation_from_us: int | None = None) -> Facts:
    """Look at all that the dataset holds: give it only what is known before the test.

    validation_from_us  where validation begins, for `cold`; without it `cold` is 0
    """
    taken = dataset.matrix()
    per_shopper, per_item = np.diff(taken.indptr), np.bincount(taken.indices, minlength=dataset.n_items)
    present = np.flatnonzero(per_shopper)
    shopped, popular = per_shopper[present], np.sort(per_item[per_item > 0])
    sizes = np.diff(dataset.baskets.indptr)
    visits = _items_of_visits(dataset)
    span_us = int(np.ptp(dataset.at_us)) if dataset.n_interactions else 0
    counts = np.bincount(dataset.event, minlength=len(EVENT_NAMES))
    return Facts(
        items=dataset.n_items,
        items_taken=len(popular),
        shoppers=len(present),
        visitors=sum(dataset.user_ids[int(one)].startswith(VISITOR_PREFIX) for one in present),
        interactions=dataset.n_interactions,
        interactions_by={name: int(n) for name, n in zip(EVENT_NAMES, counts, strict=True) if n},
        purchases=int(counts[PURCHASE]),
        days=span_us / DAY_US,
        density=_share(taken.nnz, len(present) * dataset.n_items),
        items_per_shopper=float(np.median(shopped)) if len(shopped) else 0.0,
        items_per_busy=float(np.quantile(shopped, 0.9)) if len(shopped) else 0.0,
        one_item=_share(int((shopped == 1).sum()), len(shopped)),
        coming_back=_coming_back(dataset),
        items_per_visit=float(visits.mean()) if len(visits) else 0.0,
        visits_of_several=_share(int((visits > 1).sum()), len(visits)),
        repeats=_repeats(dataset),
        orders=int((sizes > 0).sum()),
        orders_of_several=_share(int((sizes > 1).sum()), int((sizes > 0).sum())),
        ratings=int((np.isfinite(dataset.value) & (dataset.event == EVENT_NUMBER["rate_item"])).sum()),
        **_catalogue(dataset),
        cold=_cold(dataset, validation_from_us),
        head=_share(int(popular[len(popular) - int(np.ceil(HEAD_SHARE * len(popular))) :].sum()), int(popular.sum())),
        gini=_gini(popular.astype(np.float64)),
        turnover=_turnover(dataset),
        busiest_month=_busiest_month(dataset),
    )


def _share(part: float, whole: float) -> float:
    return float(part) / whole if whole else 0.0


def _catalogue(dataset: Dataset) -> dict[str, Any]:
    n = max(dataset.n_items, 1)
    languages = sorted({language for item in dataset.items for language, text in item.title.items() if text})
    titled = {one: sum(bool(item.title.get(one)) for item in dataset.items) / n for one in languages}
    return {
        "texts": titled,
        "described": sum(any(item.title.values()) for item in dataset.items) / n,
        "long_texts": sum(any(len(text) >= 100 for text in item.description.values()) for item in dataset.items) / n,
        "pictures": sum(bool(item.images) for item in dataset.items) / n,
    }


def _distinct(first: NDArray[np.integer[Any]], second: NDArray[np.integer[Any]]) -> I64:
    """The first number of each distinct pair; neither is negative."""
    width = int(second.max()) + 1 if len(second) else 1
    return np.unique(first.astype(np.int64) * width + second) // width


def _coming_back(dataset: Dataset) -> float:
    counts = np.bincount(_distinct(dataset.user, dataset.at_us // DAY_US), minlength=1)
    return _share(int((counts > 1).sum()), int((counts > 0).sum()))


def _items_of_visits(dataset: Dataset) -> I64:
    """(n_visits,) how many distinct items each visit holds."""
    visits = sessions_of(dataset, SESSION_GAP_MINUTES)
    return np.bincount(_distinct(visits.number, visits.item), minlength=len(visits.ended_us))


def _repeats(dataset: Dataset) -> float:
    bought = dataset.event == PURCHASE
    pair = dataset.user[bought].astype(np.int64) * max(dataset.n_items, 1) + dataset.item[bought]
    _, counts = np.unique(_distinct(pair, dataset.at_us[bought] // DAY_US), return_counts=True)
    return _share(int((counts > 1).sum()), len(counts))


def _cold(dataset: Dataset, validation_from_us: int | None) -> float:
    if validation_from_us is None:
        return 0.0
    before = dataset.between(None, validation_from_us).matrix()
    after = dataset.between(validation_from_us, None).matrix()
    newly = csr_matrix(after - after.multiply(before))
    newly.eliminate_zeros()
    is_known = np.bincount(before.indices, minlength=dataset.n_items) > 0
    return _share(int((~is_known[newly.indices]).sum()), len(newly.indices))


def _gini(counts: F64) -> float:
    """From counts in rising order; 0 when all are equal, near 1 when one item has everything."""
    n = len(counts)
    if not n or not counts.sum():
        return 0.0
    return float(2 * (np.arange(1, n + 1) * counts).sum() / (n * counts.sum()) - (n + 1) / n)


def _turnover(dataset: Dataset) -> float:
    if not dataset.n_interactions:
        return 0.0
    until = int(dataset.at_us.max()) + 1
    length = SEASON_DAYS * DAY_US
    late, early = (_most_taken(dataset.between(until - (n + 1) * length, until - n * length)) for n in (0, 1))
    return _share(len(late - early), len(late)) if early else 0.0


def _most_taken(part: Dataset) -> set[int]:
    counts = np.bincount(part.matrix().indices, minlength=part.n_items)
    best = np.argsort(-counts, kind="stable")[:TOP]
    return {int(one) for one in best if counts[one] > 0}


def _busiest_month(dataset: Dataset) -> float:
    """1.0 where the log is shorter than two such months: there is nothing to compare."""
    if not dataset.n_interactions:
        return 1.0
    length = 30 * DAY_US
    month = (dataset.at_us.max() - dataset.at_us) // length  # 0 = the newest 30 days
    counts = np.bincount(month)
    whole = counts[: int((dataset.at_us.max() - dataset.at_us.min()) // length)]
    return float(whole.max() / whole.mean()) if len(whole) > 1 else 1.0
