import numpy as np
import pytest
from scipy.stats import false_discovery_control, ttest_rel

from daogou.core.errors import InvalidInput
from daogou.learn.metrics.significance import benjamini_hochberg, holm, mantel_haenszel, paired_p_value


def test_the_p_value_is_that_of_scipys_paired_t_test():
    generator = np.random.default_rng(0)
    left, right = generator.random(80), generator.random(80)
    assert paired_p_value(left, right) == pytest.approx(ttest_rel(left, right).pvalue)


def test_equal_figures_differ_by_chance_only():
    same = np.array([0.1, 0.5])
    assert paired_p_value(same, same) == 1.0
    assert paired_p_value(np.ones(3), np.zeros(3)) == 0.0


def test_users_must_be_the_same():
    with pytest.raises(InvalidInput, match="the same users"):
        paired_p_value(np.ones(3), np.ones(2))


def test_without_a_difference_one_test_in_twenty_is_below_five_per_cent():
    generator = np.random.default_rng(7)
    draws = [paired_p_value(generator.random(40), generator.random(40)) for _ in range(2_000)]
    assert np.mean(np.array(draws) < 0.05) == pytest.approx(0.05, abs=0.015)


def test_holm_multiplies_the_smallest_by_all_and_never_falls():
    """Worked by hand: 0.01·4, 0.02·3, max(0.06, 0.022·2), max(0.06, 0.5)."""
    assert holm([0.5, 0.01, 0.022, 0.02]) == pytest.approx([0.5, 0.04, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_benjamini_hochberg_is_that_of_scipy():
    p_values = np.random.default_rng(1).random(25) ** 3
    assert benjamini_hochberg(list(p_values)) == pytest.approx(false_discovery_control(p_values))


def test_the_common_ratio_of_one_stratum_is_the_plain_ratio_with_its_usual_error():
    found = mantel_haenszel(np.array([10.0]), np.array([100.0]), np.array([20.0]), np.array([100.0]))
    error = np.sqrt(1 / 10 - 1 / 100 + 1 / 20 - 1 / 100)
    assert found.mean == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((0.5 * np.exp(-1.959964 * error), 0.5 * np.exp(1.959964 * error)))


def test_better_items_in_higher_places_do_not_look_like_an_effect_of_the_place():
    """Both items are clicked half as often at the other place; the good one stands on top, so raw rates mislead."""
    base_trials, trials = np.array([900.0, 100.0]), np.array([100.0, 900.0])
    base_rate = np.array([0.4, 0.02])
    found = mantel_haenszel(base_rate / 2 * trials, trials, base_rate * base_trials, base_trials)
    raw = (base_rate / 2 * trials).sum() / (base_rate * base_trials).sum()
    assert found.mean == pytest.approx(0.5)
    assert raw < 0.1


def test_the_interval_holds_the_truth_about_nineteen_times_in_twenty():
    generator = np.random.default_rng(2)
    held = 0
    for _ in range(300):
        rate, trials, base_trials = generator.uniform(0.05, 0.3, 40), generator.integers(5, 60, 40), np.full(40, 40)
        counts, base = generator.binomial(trials, rate * 0.6), generator.binomial(base_trials, rate)
        found = mantel_haenszel(counts, trials, base, base_trials)
        held += found.low <= 0.6 <= found.high
    assert held / 300 == pytest.approx(0.95, abs=0.04)


def test_items_seen_at_one_place_only_cannot_be_compared():
    apart = np.array([5.0, 0.0]), np.array([9.0, 0.0]), np.array([0.0, 5.0]), np.array([0.0, 9.0])
    assert mantel_haenszel(*apart) is None
