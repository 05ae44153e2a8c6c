"""Does a list mirror what the shopper takes, and does a probability of 0.1 come true one time in ten?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.types import F64, I32, Bools
from daogou.learn.metrics.intervals import Interval
from daogou.learn.metrics.proportions import wilson

SMOOTHING = 0.01


def miscalibration(ranked: I32, histories: csr_matrix, categories: csr_matrix, *, smoothing: float = SMOOTHING) -> F64:
    """(n_lists,) Kullback-Leibler divergence in nats of a list's categories from those of the shopper's history.

    ranked      (n_lists, k) item numbers; -1 marks an empty place
    histories   (n_lists, n_items) how much each shopper took of each item, ≥ 0
    categories  (n_items, n_categories) share of each category in an item; rows sum to 1, or to 0 where unknown
    smoothing   share of the history's distribution mixed into the list's, so that a category the list lacks
                costs much but not infinitely much

    0 = the list has the categories of the history in the same shares. NaN without a history or with an empty list.
    Source: Steck, "Calibrated recommendations", RecSys 2018, equations 5 and 6.
    """
    filled = ranked >= 0
    n = filled.sum(axis=1)
    shown = csr_matrix(
        (np.ones(int(n.sum())), ranked[filled], np.concatenate([[0], np.cumsum(n)])),
        shape=(len(ranked), categories.shape[0]),
    )
    taken, listed = _shares(histories @ categories), _shares(shown @ categories)
    mixed = (1.0 - smoothing) * listed + smoothing * taken
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(taken > 0, taken * np.log(taken / mixed), 0.0)
    return np.asarray(np.where(np.isnan(taken).any(axis=1), np.nan, terms.sum(axis=1)), np.float64)


@dataclass(frozen=True)
class Bin:
    """Predictions of about the same height and what became of them."""

    n: int
    predicted: float
    observed: Interval

    def to_dict(self) -> dict[str, Any]:
        return {"n": self.n, "predicted": self.predicted, "observed": self.observed.to_dict()}


@dataclass(frozen=True)
class Reliability:
    """How far probabilities can be taken at their word.

    bins       from low to high; observed is the share of ones with its Wilson interval
    ece        expected calibration error: mean of |predicted - observed| over predictions, by bin; 0 is perfect
    worst      the largest |predicted - observed| of a bin
    brier      mean squared error; base_rate (1 - base_rate) is that of always saying the base rate
    log_loss   mean of -log(probability given to what happened), nats
    """

    n: int
    base_rate: float
    mean_predicted: float
    bins: tuple[Bin, ...]
    ece: float
    worst: float
    brier: float
    log_loss: float

    def to_dict(self) -> dict[str, Any]:
        rest = ("n", "base_rate", "mean_predicted", "ece", "worst", "brier", "log_loss")
        return {name: getattr(self, name) for name in rest} | {"bins": [one.to_dict() for one in self.bins]}


def reliability(probabilities: F64, happened: Bools, *, n_bins: int = 10, level: float = 0.95) -> Reliability:
    """Compare predicted probabilities with what happened, in bins of equally many predictions.

    probabilities  (n,) in [0, 1]
    happened       (n,) whether it did

    Equal predictions always share a bin, so there may be fewer than `n_bins`. Source: Naeini et al., AAAI 2015, with
    equal-mass bins as in Nixon et al. 2019: click rates crowd near 0, where bins of equal width would be one bin.
    """
    predicted, happened = np.asarray(probabilities, np.float64), np.asarray(happened, bool)
    if len(predicted) != len(happened) or not len(predicted):
        raise InvalidInput(f"{len(predicted)} probabilities for {len(happened)} outcomes. Use as many, at least one.")
    if not (predicted.min() >= 0.0 and predicted.max() <= 1.0):
        raise InvalidInput(
            "A probability lies outside [0, 1] or is not a number. Turn scores into probabilities first."
        )
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, n_bins + 1)[1:-1], method="inverted_cdf"))
    place = np.searchsorted(edges, predicted, side="left")
    found = [_bin(predicted[place == one], happened[place == one], level) for one in np.unique(place)]
    gaps = np.array([abs(one.predicted - one.observed.mean) for one in found])
    sizes = np.array([one.n for one in found])
    clipped = np.clip(np.where(happened, predicted, 1.0 - predicted), 1e-15, 1.0)
    return Reliability(
        n=len(predicted),
        base_rate=float(happened.mean()),
        mean_predicted=float(predicted.mean()),
        bins=tuple(found),
        ece=float(gaps @ sizes / sizes.sum()),
        worst=float(gaps.max()),
        brier=float(np.mean(np.square(predicted - happened))),
        log_loss=float(-np.log(clipped).mean()),
    )


def _bin(predicted: F64, happened: Bools, level: float) -> Bin:
    return Bin(len(predicted), float(predicted.mean()), wilson(int(happened.sum()), len(happened), level=level))


def _shares(counts: csr_matrix) -> F64:
    """Dense rows that sum to 1; NaN rows where there is nothing."""
    dense = np.asarray(counts.toarray(), np.float64)
    with np.errstate(invalid="ignore"):
        return np.asarray(
            dense / np.where(dense.sum(axis=1, keepdims=True) > 0, dense.sum(axis=1, keepdims=True), np.nan)
        )
