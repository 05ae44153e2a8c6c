import numpy as np
import pytest
from scipy.stats import binomtest

from daogou.learn.metrics.intervals import resampled_means
from daogou.learn.metrics.proportions import grouped_share, wilson


@pytest.mark.parametrize(("count", "n"), [(0, 10), (1, 10), (37, 400), (400, 400), (5, 100_000)])
def test_wilson_is_that_of_scipy(count, n):
    wanted = binomtest(count, n).proportion_ci(method="wilson")
    found = wilson(count, n)
    assert (found.mean, found.low, found.high) == (count / n, pytest.approx(wanted.low), pytest.approx(wanted.high))


def test_without_trials_everything_is_possible():
    found = wilson(0, 0)
    assert np.isnan(found.mean)
    assert (found.low, found.high) == (0.0, 1.0)


def test_with_one_trial_per_group_it_is_wilsons():
    happened = (np.arange(2_000) % 10 == 0).astype(float)
    found, wanted = grouped_share(happened, np.ones(2_000)), wilson(200, 2_000)
    assert (found.low, found.high) == (pytest.approx(wanted.low, abs=1e-4), pytest.approx(wanted.high, abs=1e-4))


def test_with_many_trials_per_group_it_agrees_with_drawing_groups_again():
    generator = np.random.default_rng(1)
    trials = generator.integers(1, 40, 800).astype(float)
    counts = generator.binomial(trials.astype(int), generator.beta(1, 9, 800)).astype(float)
    drawn = resampled_means(np.stack([counts, trials], axis=1), resamples=4_000)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    found = grouped_share(counts, trials)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.002), pytest.approx(high, abs=0.002))


def test_shoppers_who_click_everything_or_nothing_make_the_share_less_sure():
    """A hundred shoppers with 20 impressions each, ten of whom click all: as sure as a hundred trials, not 2,000."""
    counts = np.where(np.arange(100) < 10, 20.0, 0.0)
    found, hundred = grouped_share(counts, np.full(100, 20.0)), wilson(10, 100)
    assert (found.low, found.high) == (pytest.approx(hundred.low, abs=0.005), pytest.approx(hundred.high, abs=0.005))


def test_few_groups_make_it_more_careful_and_one_group_is_taken_as_it_is():
    few = grouped_share(np.array([1.0, 2.0, 1.0]), np.array([10.0, 10.0, 10.0]))
    plain = wilson(4, 30)
    assert few.low < plain.low
    assert few.high > plain.high
    assert grouped_share(np.array([1.0]), np.array([10.0])) == wilson(1, 10)


def test_nothing_happened_is_no_proof_that_nothing_will():
    assert grouped_share(np.zeros(50), np.ones(50)).high == pytest.approx(wilson(0, 50).high)
    assert np.isnan(grouped_share(np.empty(0), np.empty(0)).mean)
