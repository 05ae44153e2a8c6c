"""AUC, logarithmic loss and F1 against scikit-learn and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as reference

from daogou.core.errors import InvalidInput
from daogou.learn.metrics.classification import auc, best_threshold, f1, log_loss

RANDOM = np.random.default_rng(0)
HAPPENED = RANDOM.random(300) < 0.3
SCORES = np.round(RANDOM.normal(HAPPENED.astype(float)), 1)  # with ties
CHANCES = 1 / (1 + np.exp(-SCORES))


def test_figures_equal_the_reference() -> None:
    assert auc(SCORES, HAPPENED) == pytest.approx(reference.roc_auc_score(HAPPENED, SCORES), abs=1e-12)
    assert log_loss(CHANCES, HAPPENED) == pytest.approx(reference.log_loss(HAPPENED, CHANCES), abs=1e-12)
    assert f1(CHANCES > 0.5, HAPPENED) == pytest.approx(reference.f1_score(HAPPENED, CHANCES > 0.5), abs=1e-12)


def test_figures_by_hand() -> None:
    assert auc(np.array([3.0, 1.0, 2.0]), np.array([True, False, False])) == 1.0
    assert auc(np.array([1.0, 1.0]), np.array([True, False])) == 0.5
    assert log_loss(np.array([0.5, 0.5]), np.array([True, False])) == pytest.approx(np.log(2))
    assert f1(np.array([True, True, False]), np.array([True, False, True])) == 0.5
    assert f1(np.array([False]), np.array([True])) == 0.0


def test_a_sure_mistake_costs_much_but_not_infinitely_much() -> None:
    assert 15 < log_loss(np.array([0.0]), np.array([True])) < 17


def test_the_best_threshold_is_the_best_of_all() -> None:
    best = f1(best_threshold(CHANCES, HAPPENED) <= CHANCES, HAPPENED)
    assert best == max(f1(chance <= CHANCES, HAPPENED) for chance in CHANCES)


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(InvalidInput, match="one of the two is missing"):
        auc(np.array([1.0, 2.0]), np.array([True, True]))
    with pytest.raises(InvalidInput, match="2 predictions for 1 outcomes"):
        log_loss(np.array([0.5, 0.5]), np.array([True]))
    with pytest.raises(InvalidInput, match="NaN"):
        auc(np.array([np.nan, 0.0]), np.array([True, False]))
