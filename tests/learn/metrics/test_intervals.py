import numpy as np
import pytest
from scipy.stats import bootstrap

from daogou.core.errors import InvalidInput
from daogou.learn.metrics import intervals
from daogou.learn.metrics.intervals import Interval, bootstrap_interval, paired_bootstrap, resampled_means


def test_the_interval_agrees_with_scipy():
    values = np.random.default_rng(5).exponential(size=400)
    ours = bootstrap_interval(values, resamples=4000, seed=1)
    theirs = bootstrap((values,), np.mean, n_resamples=4000, method="percentile", rng=np.random.default_rng(2))
    assert ours.mean == pytest.approx(values.mean())
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.01)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.01)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    values = np.random.default_rng(5).random(50)
    assert bootstrap_interval(values, seed=3) == bootstrap_interval(values, seed=3)
    assert bootstrap_interval(values, seed=3) != bootstrap_interval(values, seed=4)


def test_about_95_of_100_intervals_hold_the_true_mean():
    generator = np.random.default_rng(0)
    found = [bootstrap_interval(generator.normal(2.0, 1.0, 100), resamples=300, seed=n) for n in range(200)]
    assert 0.89 <= np.mean([one.low <= 2.0 <= one.high for one in found]) <= 0.99


def test_a_small_but_steady_difference_is_seen_when_paired():
    base = np.random.default_rng(0).random(200)
    better = base + 0.01
    found = paired_bootstrap(better, base)
    assert found.mean == pytest.approx(0.01)
    assert found.excludes_zero
    assert bootstrap_interval(better).low < bootstrap_interval(base).high


def test_two_models_of_equal_worth_are_not_told_apart():
    generator = np.random.default_rng(0)
    assert not paired_bootstrap(generator.random(300), generator.random(300)).excludes_zero


def test_a_paired_test_needs_the_same_users():
    with pytest.raises(InvalidInput, match="3 users against 2"):
        paired_bootstrap(np.zeros(3), np.zeros(2))


def test_nobody_cannot_be_resampled():
    with pytest.raises(InvalidInput, match="0 users"):
        bootstrap_interval(np.empty(0))


def test_working_in_chunks_draws_the_same_users(monkeypatch):
    values = np.random.default_rng(1).random((30, 2))
    whole = resampled_means(values, resamples=40, seed=9)
    monkeypatch.setattr(intervals, "CHUNK_CELLS", 90)
    assert np.allclose(resampled_means(values, resamples=40, seed=9), whole)


def test_an_interval_that_touches_zero_does_not_exclude_it():
    assert not Interval(0.1, 0.0, 0.2).excludes_zero
    assert Interval(-0.1, -0.2, -0.01).excludes_zero
