"""How much likelier a purchase becomes after each kind of event: a logistic regression, measured on later weeks.

A row is a shopper and an item of which the log told something before a moment; its columns say which events there were,
its label whether the same shopper bought something of the item's innermost category afterwards (the item itself where
it has none). One moment lies at 60 % of the log's time and looks as far as 80 %: that is learned from. The other lies
at 80 %, looks as far as the end, and only measures. An event is worth its odds ratio over that of a look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from daogou.core.errors import NotReady
from daogou.core.types import EVENT_NAMES, EVENT_NUMBER, F64, I64, Bools
from daogou.data.dataset import Dataset
from daogou.learn.metrics.classification import auc, log_loss

LEARNED = ("view_item", "select_item", "add_to_wishlist", "add_to_cart", "begin_checkout", "purchase")
"""Events whose worth is learned; the others keep theirs."""

FIRST_CUT, SECOND_CUT = 0.6, 0.8
RIDGE = 1.0
FEWEST = 30
"""Rows an event needs, with a later purchase and without one, before its worth is told."""


WIDEST = 4.0
"""An interval that spans more than this factor, as of two events that always come together, tells nothing."""


@dataclass(frozen=True, slots=True)
class Worth:
    """One kind of event.

    n_rows      shoppers and items that had it before the first moment; bought: share of those with a later purchase
    odds_ratio  what having had it multiplies the odds of a later purchase by, everything else alike; low and high: 95 %
    weight      the same beside a look, which is 1; None where that is too unsure
    """

    event: str
    n_rows: int
    bought: float
    odds_ratio: float
    low: float
    high: float
    weight: float | None


@dataclass(frozen=True, slots=True)
class LearnedObjective:
    """auc, log_loss  on the held-out rows; default_auc, base_log_loss: of the weights now set, of one share for all"""

    events: tuple[Worth, ...]
    n_learned: int
    n_held_out: int
    auc: float
    default_auc: float
    log_loss: float
    base_log_loss: float

    def weights(self) -> Mapping[str, float]:
        """The learned weights by event name."""
        return {one.event: one.weight for one in self.events if one.weight is not None}

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def learn_objective(dataset: Dataset, present: Mapping[str, float]) -> LearnedObjective:
    """Learn on the first part of the log, measure on the rest.

    present  the weights now in force, to compare with

    Raises NotReady when the log is too short or nobody bought anything.
    """
    if not dataset.n_interactions:
        raise NotReady("The log is empty: import or collect events first, then learn what they are worth.")
    first, last = int(dataset.at_us.min()), int(dataset.at_us.max())
    cuts = [first + int((last - first) * part) for part in (FIRST_CUT, SECOND_CUT)]
    columns, labels = _rows(dataset, cuts[0], cuts[1])
    held_columns, held_labels = _rows(dataset, cuts[1], last + 1)
    if min(labels.sum(), (~labels).sum(), held_labels.sum(), (~held_labels).sum()) < FEWEST:
        raise NotReady(
            f"Too little to learn from: {int(labels.sum())} and {int(held_labels.sum())} of {len(labels)} and "
            f"{len(held_labels)} shoppers' items were followed by a purchase in the two parts; {FEWEST} of each are "
            "needed."
        )
    coefficients, errors = _fit(columns, labels)
    chances = _sigmoid(_with_one(held_columns) @ coefficients)
    by_present = held_columns @ np.array([present.get(name, 0.0) for name in LEARNED])
    share = labels.mean()
    return LearnedObjective(
        tuple(_worths(columns, labels, coefficients, errors)),
        len(labels),
        len(held_labels),
        auc(chances, held_labels),
        auc(by_present, held_labels),
        log_loss(chances, held_labels),
        log_loss(np.full(len(held_labels), share), held_labels),
    )


def _rows(dataset: Dataset, cut_us: int, until_us: int) -> tuple[F64, Bools]:
    """(n, n_events) 1.0 where the shopper did it with the item before the moment, and (n,) who bought such after it."""
    n_items = max(dataset.n_items, 1)
    aisle = _aisles(dataset)
    user, item = dataset.user.astype(np.int64), dataset.item.astype(np.int64)
    is_learned = np.isin(dataset.event, [EVENT_NUMBER[name] for name in LEARNED])
    before = (dataset.at_us < cut_us) & is_learned
    pairs, of = np.unique(user[before] * n_items + item[before], return_inverse=True)
    columns = np.zeros((len(pairs), len(LEARNED)))
    place = np.full(len(EVENT_NAMES), -1)
    place[[EVENT_NUMBER[name] for name in LEARNED]] = np.arange(len(LEARNED))
    columns[of, place[dataset.event[before]]] = 1.0
    after = (dataset.at_us >= cut_us) & (dataset.at_us < until_us) & (dataset.event == EVENT_NUMBER["purchase"])
    n_aisles = int(aisle.max(initial=0)) + 1
    bought = np.unique(user[after] * n_aisles + aisle[item[after]])
    asked = pairs // n_items * n_aisles + aisle[pairs % n_items]
    return columns, np.isin(asked, bought)


def _aisles(dataset: Dataset) -> I64:
    """(n_items,) number of each item's innermost category; an item without one has its own."""
    numbers: dict[object, int] = {}
    aisles = np.empty(max(dataset.n_items, 1), np.int64)
    known = {item.id: item.categories[0] for item in dataset.items if item.categories}
    for number, item_id in enumerate(dataset.item_ids):
        aisles[number] = numbers.setdefault(known.get(item_id, item_id), len(numbers))
    return aisles


def _fit(columns: F64, labels: Bools) -> tuple[F64, F64]:
    """(1 + n_events,) intercept and coefficients of a ridge logistic regression by Newton's steps, and their errors."""
    rows, wanted = _with_one(columns), labels.astype(float)
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 0.0
    coefficients = np.zeros(rows.shape[1])
    share = wanted.mean()
    coefficients[0] = np.log(share / (1 - share))
    for _ in range(50):
        chances = _sigmoid(rows @ coefficients)
        slope = rows.T @ (wanted - chances) - ridge * coefficients
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-9:
            break
    return coefficients, np.sqrt(np.diag(np.linalg.inv(curve)))


def _worths(columns: F64, labels: Bools, coefficients: F64, errors: F64) -> list[Worth]:
    look = LEARNED.index("view_item")
    found = []
    for place, name in enumerate(LEARNED):
        had = columns[:, place] > 0
        n_had, n_bought = int(had.sum()), int((had & labels).sum())
        slope, error = float(coefficients[place + 1]), float(errors[place + 1])
        ratio, low, high = (float(np.exp(slope + side * 1.96 * error)) for side in (0, -1, 1))
        is_told = min(n_bought, n_had - n_bought) >= FEWEST and high <= WIDEST * low
        weight = round(float(np.exp(slope - coefficients[look + 1])), 2) if is_told or place == look else None
        found.append(Worth(name, n_had, n_bought / n_had if n_had else 0.0, ratio, low, high, weight))
    return found


def _with_one(columns: F64) -> F64:
    return np.concatenate([np.ones((len(columns), 1)), columns], axis=1)


def _sigmoid(values: F64) -> F64:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))
