import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import entropy
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss

from daogou.core.errors import InvalidInput
from daogou.learn.metrics.calibration import miscalibration, reliability

CATEGORIES = csr_matrix(np.array([[1, 0], [1, 0], [0, 1], [0.5, 0.5]]))


def test_a_list_in_the_shares_of_the_history_is_calibrated():
    histories = csr_matrix(np.array([[1, 0, 1, 0], [2, 0, 0, 0]]))
    lists = np.array([[1, 2], [0, 1]], np.int32)
    assert miscalibration(lists, histories, CATEGORIES) == pytest.approx([0, 0], abs=1e-12)


def test_miscalibration_is_the_divergence_of_the_smoothed_list_as_scipy_has_it():
    histories = csr_matrix(np.array([[3.0, 0, 1, 0]]))
    found = miscalibration(np.array([[0, 3, -1]], np.int32), histories, CATEGORIES, smoothing=0.1)
    taken, listed = np.array([0.75, 0.25]), np.array([0.75, 0.25])
    assert found[0] == pytest.approx(entropy(taken, 0.9 * listed + 0.1 * taken))
    other = miscalibration(np.array([[0, 1, -1]], np.int32), histories, CATEGORIES, smoothing=0.1)
    assert other[0] == pytest.approx(entropy(taken, 0.9 * np.array([1, 0]) + 0.1 * taken))


def test_without_history_or_list_there_is_no_calibration():
    found = miscalibration(np.array([[0], [-1]], np.int32), csr_matrix(np.array([[0] * 4, [1] * 4])), CATEGORIES)
    assert np.isnan(found[0])
    assert np.isnan(found[1])


@pytest.fixture(scope="module")
def predictions():
    generator = np.random.default_rng(4)
    probabilities = generator.beta(1, 12, 5_000)
    return probabilities, generator.random(5_000) < probabilities


def test_bins_loss_and_brier_are_those_of_scikit_learn(predictions):
    probabilities, happened = predictions
    found = reliability(probabilities, happened)
    observed, predicted = calibration_curve(happened, probabilities, n_bins=10, strategy="quantile")
    assert [one.predicted for one in found.bins] == pytest.approx(predicted, rel=1e-3)
    assert [one.observed.mean for one in found.bins] == pytest.approx(observed, rel=1e-2, abs=1e-3)
    assert found.brier == pytest.approx(brier_score_loss(happened, probabilities))
    assert found.log_loss == pytest.approx(log_loss(happened, probabilities))


def test_true_probabilities_have_a_small_error_and_halved_ones_a_large_one(predictions):
    probabilities, happened = predictions
    assert reliability(probabilities, happened).ece < 0.012
    halved = reliability(probabilities / 2, happened)
    assert halved.ece == pytest.approx(happened.mean() - probabilities.mean() / 2, abs=0.01)


def test_the_error_is_the_one_worked_by_hand():
    """Two says 0.2 with none come true, two say 0.6 with both."""
    found = reliability(np.array([0.2, 0.2, 0.6, 0.6]), np.array([False, False, True, True]), n_bins=2)
    assert [(one.n, one.observed.mean) for one in found.bins] == [(2, 0.0), (2, 1.0)]
    assert (found.ece, found.worst) == (pytest.approx(0.3), pytest.approx(0.4))


def test_one_prediction_for_all_is_one_bin():
    found = reliability(np.full(50, 0.1), np.arange(50) < 5)
    assert len(found.bins) == 1
    assert found.ece == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("probabilities", "message"),
    [([], "at least one"), ([0.5], "2 outcomes|for 2"), ([0.5, 1.5], "outside"), ([0.5, np.nan], "outside")],
)
def test_what_is_no_probability_is_refused(probabilities, message):
    happened = np.zeros(len(probabilities) if len(probabilities) != 1 else 2, bool)
    with pytest.raises(InvalidInput, match=message):
        reliability(np.array(probabilities, float), happened)
