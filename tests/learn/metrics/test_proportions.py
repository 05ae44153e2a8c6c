import numpy as np
import pytest
from scipy.stats import binomtest

from daogou.learn.metrics.proportions import share_interval, wilson


@pytest.mark.parametrize(("count", "n"), [(0, 10), (1, 10), (37, 400), (400, 400), (5, 100_000)])
def test_wilson_is_that_of_scipy(count, n):
    wanted = binomtest(count, n).proportion_ci(method="wilson")
    found = wilson(count, n)
    assert (found.mean, found.low, found.high) == (count / n, pytest.approx(wanted.low), pytest.approx(wanted.high))


def test_without_trials_everything_is_possible():
    found = wilson(0, 0)
    assert np.isnan(found.mean)
    assert (found.low, found.high) == (0.0, 1.0)


def test_with_one_trial_per_group_the_draws_agree_with_wilson():
    happened = (np.arange(2_000) % 10 == 0).astype(float)
    found, wanted = share_interval(happened, np.ones(2_000)), wilson(200, 2_000)
    assert found.low == pytest.approx(wanted.low, abs=0.002)
    assert found.high == pytest.approx(wanted.high, abs=0.002)


def test_shoppers_who_click_everything_or_nothing_make_the_share_less_sure():
    """A hundred shoppers with 20 impressions each, ten of whom click all: as sure as a hundred trials, not 2,000."""
    counts = np.where(np.arange(100) < 10, 20.0, 0.0)
    found = share_interval(counts, np.full(100, 20.0))
    assert found.high - found.low > 3 * (wilson(200, 2_000).high - wilson(200, 2_000).low)


def test_few_groups_fall_back_on_wilson():
    assert share_interval(np.array([1.0, 0.0]), np.array([10.0, 10.0])) == wilson(1, 20)
