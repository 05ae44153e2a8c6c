"""Which interactions a model may learn from and which it must foretell.

The default is global time: everything before a moment is known, everything after is not, as in a shop. Leave-last
and given splits exist to compare with published figures; they let a model see other shoppers' future.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput
from daogou.core.types import EVENT_NUMBER, I64, Bools
from daogou.data.dataset import Dataset


@dataclass(frozen=True)
class Split:
    """Three views of one dataset with the same users and items, and how they were cut.

    validation and test may be empty where the protocol has none
    known  train and validation together: what may be learned from before the test
    cuts   where validation and test begin, microseconds; empty where the protocol has no such moments
    """

    train: Dataset
    validation: Dataset
    test: Dataset
    known: Dataset
    protocol: str
    description: str
    cuts: tuple[int, ...] = ()


def split_global_time(dataset: Dataset, validation_from_us: int, test_from_us: int) -> Split:
    """Cut at two moments: train before the first, validation between them, test from the second on."""
    if validation_from_us > test_from_us:
        raise InvalidInput(
            f"Validation from {isoformat(validation_from_us)} lies after test from {isoformat(test_from_us)}. "
            "Use validation_from ≤ test_from."
        )
    return Split(
        dataset.between(None, validation_from_us),
        dataset.between(validation_from_us, test_from_us),
        dataset.between(test_from_us, None),
        dataset.between(None, test_from_us),
        "global_time",
        f"train before {isoformat(validation_from_us)}, validation before {isoformat(test_from_us)}, test from then on",
        (validation_from_us, test_from_us),
    )


def leave_last(dataset: Dataset) -> Split:
    """Each user's last positive interaction is test, the one before validation; users with fewer than three only train.

    Baskets have no owner here and all stay in train, so a model that learns from baskets has seen the test
    purchases: compare basket models by global time.
    """
    positive = np.flatnonzero(dataset.weight > 0)
    user = dataset.user[positive]
    counts = np.bincount(user, minlength=dataset.n_users)
    from_end = np.cumsum(counts)[user] - np.arange(len(user)) - 1  # 0 = the user's last
    long_enough = counts[user] >= 3
    test = _chosen(dataset, positive[long_enough & (from_end == 0)])
    validation = _chosen(dataset, positive[long_enough & (from_end == 1)])
    no_baskets = np.zeros(dataset.baskets.shape[0], bool)
    return Split(
        dataset.keep(~test & ~validation),
        dataset.keep(validation, no_baskets),
        dataset.keep(test, no_baskets),
        dataset.keep(~test),
        "leave_last",
        "each user's last interaction is test, the one before is validation",
    )


def given(train: Dataset, test: Dataset) -> Split:
    """A split that someone else published. Both sides must share users and items by position."""
    for what, left, right in (("users", train.n_users, test.n_users), ("items", train.n_items, test.n_items)):
        if left != right:
            raise InvalidInput(f"Train knows {left} {what} and test {right}. Use the same id tables on both sides.")
    nothing = train.keep(np.zeros(train.n_interactions, bool), np.zeros(train.baskets.shape[0], bool))
    return Split(train, nothing, test, train, "given", "train and test as given")


def time_cuts(dataset: Dataset, *, validation_share: float = 0.1, test_share: float = 0.1) -> tuple[int, int] | None:
    """Two moments that leave about the asked shares of interactions for validation and test, or None.

    Moments that many interactions share are never cut in two; None where time does not allow three parts.
    """
    if not dataset.n_interactions:
        return None
    times = np.sort(dataset.at_us)
    n = len(times)
    test_from = int(times[min(n - 1, int(n * (1 - test_share)))])
    validation_from = int(times[min(n - 1, int(n * (1 - test_share - validation_share)))])
    if not times[0] < validation_from < test_from:
        return None
    return validation_from, test_from


def target_rows(dataset: Dataset, events: tuple[str, ...] = ()) -> tuple[Bools, tuple[str, ...]]:
    """Which interactions count as what a shopper chose, and the event names behind them.

    events  names that count; empty means purchases where there are any, else everything with a positive weight
    """
    names = events or (("purchase",) if np.any(dataset.event == EVENT_NUMBER["purchase"]) else ())
    rows = dataset.weight > 0
    if names:
        rows &= np.isin(dataset.event, [EVENT_NUMBER[name] for name in names])
    return rows, names


def _chosen(dataset: Dataset, positions: I64) -> Bools:
    rows = np.zeros(dataset.n_interactions, bool)
    rows[positions] = True
    return rows
