"""How well scores tell what happened from what did not: AUC, logarithmic loss, F1."""

from __future__ import annotations

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import F64, Bools

SMALLEST = 1e-7
"""Probabilities are kept this far from 0 and 1, so that one sure mistake does not cost infinitely much."""


def auc(scores: F64, happened: Bools) -> float:
    """Chance that something that happened scores above something that did not; ties count half.

    scores, happened  (n,)

    Raises InvalidInput where everything happened or nothing did.
    """
    positive = _checked(scores, happened)
    n_positive, n = int(positive.sum()), len(positive)
    if n_positive in (0, n):
        raise InvalidInput("AUC compares what happened with what did not, and one of the two is missing.")
    _, place, count = np.unique(np.asarray(scores, np.float64), return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count - 1) / 2
    ranks = float(middle[place[positive]].sum())
    return (ranks - n_positive * (n_positive + 1) / 2) / (n_positive * (n - n_positive))


def log_loss(probabilities: F64, happened: Bools) -> float:
    """Mean negative logarithm of the probability given to what came true; lower is better."""
    positive = _checked(probabilities, happened)
    p = np.clip(np.asarray(probabilities, np.float64), SMALLEST, 1 - SMALLEST)
    return float(-np.log(np.where(positive, p, 1 - p)).mean())


def f1(predicted: Bools, happened: Bools) -> float:
    """Harmonic mean of precision and recall of what was said to happen; 0.0 where nothing was right."""
    positive = _checked(predicted, happened)
    said = np.asarray(predicted, bool)
    right = int((said & positive).sum())
    return 2 * right / (int(said.sum()) + int(positive.sum())) if right else 0.0


def best_threshold(probabilities: F64, happened: Bools) -> float:
    """The probability from which on saying "it will happen" gives the best F1 here; choose it apart from the test."""
    positive = _checked(probabilities, happened)
    order = np.argsort(-np.asarray(probabilities, np.float64), kind="stable")
    ranked = np.asarray(probabilities, np.float64)[order]
    right = np.cumsum(positive[order])
    figure = 2 * right / (np.arange(1, len(order) + 1) + positive.sum())
    figure[:-1][ranked[:-1] == ranked[1:]] = -1.0  # a threshold cannot part equal probabilities
    return float(ranked[int(figure.argmax())])


def _checked(given: F64 | Bools, happened: Bools) -> Bools:
    if len(given) != len(happened) or not len(given):
        raise InvalidInput(f"{len(given)} predictions for {len(happened)} outcomes. Use one each, and at least one.")
    if np.isnan(np.asarray(given, np.float64)).any():
        raise InvalidInput("A prediction is NaN. Give a number for every outcome.")
    return np.asarray(happened, bool)
