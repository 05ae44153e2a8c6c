"""Items and pairs that suddenly grow far beyond their own past: held for review, and told.

Good for: attacks that arrive at once. Blind to: ones slow enough to look like a season; there the vote of an account
made for one pair counts little. How much growth is usual comes from the shop's own items and weeks, not from a fixed
number.
Cost: one pass for items; for pairs the square of the histories of those active in the newest window.
Source: popularity bursts as a sign of attack after Zhang, Chakrabarti, Ford, Makedon, "Attack detection in time series
for recommender systems", KDD 2006; the spread of counts as quasi-Poisson after McCullagh & Nelder 1989.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.types import F64, I32, I64
from daogou.data.dataset import Dataset

PAST_WINDOWS = 12
LEAST_WINDOWS = 3
LEAST_NEW = 6
"""Fewer new shoppers than this are no burst, whatever the past."""
MOST_GROWTH = 10.0
"""Of the whole shop between windows, up to which items are expected to grow with it."""
LONGEST_HISTORY = 500
FAMILIAR = 10.0
"""Shoppers of an item before its company counts half as what is to be expected of new ones."""


@dataclass(frozen=True, slots=True)
class Burst:
    """One item (`second` is -1) or one pair.

    new       different shoppers of the newest window
    expected  as many as its own past and the shop's growth lead to expect
    z         how far beyond, in standard deviations
    known     share of the new shoppers who were there before the newest window
    """

    first: int
    second: int
    new: int
    expected: float
    z: float
    known: float


def bursts(dataset: Dataset, *, window_us: int, least_z: float) -> list[Burst]:
    """Items and pairs whose newest window stands out, the strongest first.

    The newest window ends with the newest event. Items that had no shopper before it have no past to be judged by.
    """
    if not dataset.n_interactions:
        return []
    wanted = dataset.keep(dataset.weight > 0)
    if not wanted.n_interactions:
        return []
    window = (int(wanted.at_us.max()) - wanted.at_us) // window_us
    n_past = int(min(window.max(), PAST_WINDOWS))
    if n_past < LEAST_WINDOWS:
        return []
    counts = _by_window(wanted, window, n_past)
    spread, growth = _usual(counts)
    known = _known(wanted, window)
    found = [*_items(counts, spread, growth, known, least_z), *_pairs(wanted, window, n_past, spread, growth, least_z)]
    return sorted(found, key=lambda one: -one.z)


def _by_window(dataset: Dataset, window: I64, n_past: int) -> I64:
    """(n_past + 1, n_items) different shoppers of each item by window, the newest first."""
    recent = window <= n_past
    key = (window[recent] * dataset.n_items + dataset.item[recent]) * dataset.n_users + dataset.user[recent]
    places = np.unique(key) // dataset.n_users
    return np.bincount(places, minlength=(n_past + 1) * dataset.n_items).reshape(n_past + 1, dataset.n_items)


def _usual(counts: I64) -> tuple[float, float]:
    """How much more items vary than a Poisson count does (at least 1), and by how much the shop grew at last."""
    past = counts[1:].astype(np.float64)
    mean, variance = past.mean(axis=0), past.var(axis=0, ddof=1)
    weighty = mean >= 1
    spread = float(np.mean(variance[weighty] / mean[weighty])) if weighty.any() else 1.0
    growth = float(counts[0].sum() / max(past.sum(axis=1).mean(), 1.0))
    return max(spread, 1.0), float(np.clip(growth, 1.0, MOST_GROWTH))


def _z(new: I64, expected: F64, spread: float) -> F64:
    z: F64 = (new - expected) / np.sqrt(spread * expected + 1)
    return z


def _known(dataset: Dataset, window: I64) -> F64:
    """(n_items,) share of the newest window's shoppers of each item who were there before."""
    was_there = np.zeros(dataset.n_users, bool)
    was_there[dataset.user[window > 0]] = True
    newest = window == 0
    pairs = np.unique(dataset.item[newest].astype(np.int64) * dataset.n_users + dataset.user[newest])
    item, user = pairs // dataset.n_users, pairs % dataset.n_users
    everybody = np.bincount(item, minlength=dataset.n_items)
    return np.bincount(item, was_there[user], dataset.n_items) / np.maximum(everybody, 1)


def _items(counts: I64, spread: float, growth: float, known: F64, least_z: float) -> list[Burst]:
    past = counts[1:]
    age = len(past) - np.argmax(past[::-1] > 0, axis=0)  # windows since it was first taken
    expected = past.sum(axis=0) / np.maximum(age, 1) * growth
    z = np.where(past.any(axis=0) & (counts[0] >= LEAST_NEW), _z(counts[0], expected, spread), -np.inf)
    return [
        Burst(
            int(item), -1, int(counts[0, item]), round(float(expected[item]), 2), round(float(z[item]), 2),
            round(float(known[item]), 3),
        )
        for item in np.flatnonzero(z > least_z)
    ]  # fmt: skip


def _pairs(dataset: Dataset, window: I64, n_past: int, spread: float, growth: float, least_z: float) -> list[Burst]:
    active = np.unique(dataset.user[window == 0])
    everybody = _history(dataset, np.ones(dataset.n_interactions, bool))
    earlier = _history(dataset, window > 0)
    gained = (everybody[active].T @ everybody[active] - earlier[active].T @ earlier[active]).tocoo()
    candidates = (gained.row < gained.col) & (gained.data >= LEAST_NEW)
    first, second, new = gained.row[candidates], gained.col[candidates], gained.data[candidates].astype(np.int64)
    if not len(new):
        return []
    before = _shared(earlier, first, second)
    popular = np.asarray(earlier.sum(axis=0)).ravel()
    fresh = np.asarray(everybody.sum(axis=0)).ravel() - popular
    known = np.diff(earlier.indptr)[active] > 0
    known = _shared(everybody[active[known]], first, second) - _shared(earlier[active[known]], first, second)
    known = known / new
    by_chance = (fresh[first] * popular[second] + fresh[second] * popular[first]) / max(
        int((np.diff(earlier.indptr) > 0).sum()), 1
    )
    as_before = before * (fresh[first] / (popular[first] + FAMILIAR) + fresh[second] / (popular[second] + FAMILIAR))
    expected = np.maximum(np.maximum(by_chance, as_before), before / max(int(window.max()), 1) * growth)
    z = _z(new, expected, spread)
    return [
        Burst(
            int(first[at]), int(second[at]), int(new[at]), round(float(expected[at]), 2), round(float(z[at]), 2),
            round(float(known[at]), 3),
        )
        for at in np.flatnonzero(z > least_z)
    ]  # fmt: skip


def _history(dataset: Dataset, rows: np.ndarray) -> csr_matrix:
    """(n_users, n_items) 0/1 of these rows, each shopper's newest only."""
    from_end = dataset.starts[dataset.user + 1] - np.arange(dataset.n_interactions) - 1
    return dataset.keep(rows & (from_end < LONGEST_HISTORY)).matrix()


def _shared(table: csr_matrix, first: Sequence[int] | I32, second: Sequence[int] | I32) -> F64:
    """(n,) shoppers that have both items of each pair."""
    by_item = csr_matrix(table.T)
    shared = np.zeros(len(first))
    for start in range(0, len(first), 50_000):
        part = slice(start, start + 50_000)
        shared[part] = np.asarray(by_item[first[part]].multiply(by_item[second[part]]).sum(axis=1)).ravel()
    return shared
