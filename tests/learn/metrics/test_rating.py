import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, root_mean_squared_error

from daogou.core.errors import InvalidInput
from daogou.learn.metrics.rating import mae, rmse


def test_errors_worked_by_hand():
    predicted, given = np.array([3.0, 5.0]), np.array([4.0, 2.0])
    assert mae(predicted, given) == pytest.approx(2.0)
    assert rmse(predicted, given) == pytest.approx(np.sqrt(5.0))


def test_errors_agree_with_scikit_learn():
    generator = np.random.default_rng(1)
    predicted, given = generator.uniform(1, 5, 500), generator.integers(1, 6, 500).astype(float)
    assert rmse(predicted, given) == pytest.approx(root_mean_squared_error(given, predicted))
    assert mae(predicted, given) == pytest.approx(mean_absolute_error(given, predicted))


def test_a_missing_prediction_is_refused():
    with pytest.raises(InvalidInput, match="1 predictions for 2 ratings"):
        rmse(np.array([1.0]), np.array([1.0, 2.0]))
