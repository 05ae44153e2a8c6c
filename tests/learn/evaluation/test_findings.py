"""A finding is made by its rule, speaks only where the interval does, and says what to do."""

from dataclasses import replace

import numpy as np
import pytest

from daogou.core.clock import DAY_US
from daogou.core.types import Item
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.findings import TONES, findings_of
from daogou.learn.evaluation.findings_served import findings_of_served
from daogou.learn.evaluation.over_time import Demand, demand_by_month
from daogou.learn.evaluation.served import Part, PlaceEffect, Served
from daogou.learn.metrics.intervals import Interval
from daogou.learn.models.popularity import Popularity
from daogou.learn.models.repeat import Repeat

N_USERS, N_ITEMS = 400, 60


@pytest.fixture(scope="module")
def evaluation():
    """Everybody keeps to four items of their own, so that repeating them beats the best-sellers by far."""
    generator = np.random.default_rng(0)
    own = generator.integers(0, N_ITEMS - 4, N_USERS)[:, None] + np.arange(4)
    user = np.repeat(np.arange(N_USERS), 4)
    items = [Item(f"i{number}", {}, categories=((f"C{number % 3}",),)) for number in range(N_ITEMS)]
    sizes = {"n_users": N_USERS, "n_items": N_ITEMS, "items": items}
    train = Dataset.of(user, own.ravel(), at_us=np.arange(len(user)) * DAY_US // 50, **sizes)
    test = Dataset.of(np.arange(N_USERS), own[:, 0], at_us=np.full(N_USERS, 40 * DAY_US), **sizes)
    models = {"repeat": Repeat().fit(train), "popularity": Popularity().fit(train)}
    return evaluate(models, train, test, ks=(5,), compare="repeat")


def by_key(found):
    return {one.key: one for one in found}


def test_a_model_that_surely_beats_best_sellers_is_good(evaluation):
    one = by_key(findings_of(evaluation))["beats_best_sellers"]
    assert one.tone == "good"
    own, other = (evaluation.model(name).metrics["ndcg@5"].mean for name in ("repeat", "popularity"))
    assert f"{own / other:.1f} times" in one.text["en"]
    assert not one.advice


def test_a_difference_that_could_be_chance_is_no_praise(evaluation):
    unsure = replace(evaluation, comparisons=tuple(replace(one, adjusted=0.4) for one in evaluation.comparisons))
    found = by_key(findings_of(unsure))
    assert "beats_best_sellers" not in found
    assert found["not_better_than_best_sellers"].tone == "watch"
    assert found["not_better_than_best_sellers"].advice["zh"]


def test_a_model_that_best_sellers_beat_asks_for_action(evaluation):
    turned = [
        replace(one, difference=Interval(-one.difference.mean, -one.difference.high, -one.difference.low))
        for one in evaluation.comparisons
    ]
    found = findings_of(replace(evaluation, comparisons=tuple(turned)))
    assert found[0].key == "worse_than_best_sellers"
    assert found[0].tone == "act"


def test_few_shoppers_make_every_figure_rough(evaluation):
    assert "few_shoppers" not in by_key(findings_of(evaluation))
    few = replace(evaluation, setup=replace(evaluation.setup, n_users=40))
    assert "Only 40 shoppers" in by_key(findings_of(few))["few_shoppers"].text["en"]


def with_lift(evaluation, low, mean, high):
    first = evaluation.models[0]
    lifted = replace(first, intervals={**first.intervals, "popularity_lift@5": Interval(mean, low, high)})
    return replace(evaluation, models=(lifted, *evaluation.models[1:]))


@pytest.mark.parametrize(
    ("interval", "direction", "key"),
    [
        ((0.2, 0.3, 0.4), "steady", "popularity_bias"),
        ((0.2, 0.3, 0.4), "rising", "feedback_loop"),
        ((-0.4, -0.3, -0.2), "rising", "no_popularity_bias"),
        ((-0.1, 0.2, 0.5), "rising", None),
    ],
)
def test_popularity_bias_needs_a_sure_lift_and_a_loop_also_a_rising_demand(evaluation, interval, direction, key):
    demand = Demand((), 0.9 if direction == "rising" else 0.1, 0.01 if direction == "rising" else 0.7, 300)
    found = by_key(findings_of(with_lift(evaluation, *interval), demand))
    keys = {"popularity_bias", "feedback_loop", "no_popularity_bias"} & set(found)
    assert keys == ({key} if key else set())
    if key == "feedback_loop":
        assert found[key].tone == "act"


def test_a_category_held_back_is_named_with_both_shares(evaluation):
    first = evaluation.models[0]
    short = [
        replace(one, parity=Interval(0.3, 0.2, 0.5)) if one.name == "C1" else one
        for one in first.exposure
        if one.kind == "category"
    ]
    held = replace(evaluation, models=(replace(first, exposure=tuple(short)), *evaluation.models[1:]))
    one = by_key(findings_of(held))["exposure"]
    assert "“C1”" in one.text["en"]
    assert "“C1”" in one.text["zh"]


def test_the_most_pressing_comes_first(evaluation):
    found = [TONES.index(one.tone) for one in findings_of(with_lift(evaluation, 0.2, 0.3, 0.4))]
    assert found == sorted(found)


def rates(ctr, n=1000, **more):
    shown = {"ctr": ctr, "purchase_rate": 0.01, "dislike_rate": 0.001} | more
    return {key: Interval(mean, mean * 0.9, mean * 1.1) for key, mean in shown.items()}


def part(kind, name, ctr, *, clicks=500, is_seen=True, **more):
    counts = {"was_clicked": clicks, "was_bought": 20}
    return Part(kind, name, is_seen, 100, 1000, counts, rates(ctr, **more), None, 0, 0)


def lists(*parts, **rest):
    return Served(0, DAY_US, 7.0, 0.95, "GBP", 50, 100, 1000, (part("all", "", 0.1), *parts), **rest)


def test_pages_that_report_no_impressions_are_the_first_thing_to_mend():
    found = findings_of_served(lists(part("placement", "email", 0.1, is_seen=False)))
    assert (found[0].key, found[0].tone) == ("no_impressions", "act")
    assert "no_impressions" not in by_key(findings_of_served(lists(part("placement", "home", 0.1))))


def test_a_placement_clicked_surely_less_than_half_as_often_is_weak():
    found = by_key(findings_of_served(lists(part("placement", "home", 0.1), part("placement", "foot", 0.03))))
    assert "“foot” is clicked 3.0%" in found["weak_placement"].text["en"]
    close = lists(part("placement", "home", 0.1), part("placement", "foot", 0.048))
    assert "weak_placement" not in by_key(findings_of_served(close))


def test_what_shoppers_send_away_asks_for_action():
    found = by_key(findings_of_served(lists(part("placement", "home", 0.1, dislike_rate=0.05))))
    assert found["dislikes"].tone == "act"
    assert "5.0%" in found["dislikes"].text["en"]


def test_the_effect_of_the_last_place_is_told_where_it_is_sure():
    sure = lists(place_effects=(PlaceEffect(7, Interval(0.3, 0.2, 0.4), 0.2),))
    assert "30% as often at place 8" in by_key(findings_of_served(sure))["position_bias"].text["en"]
    unsure = lists(place_effects=(PlaceEffect(7, Interval(0.7, 0.4, 1.2), 0.2),))
    assert "position_bias" not in by_key(findings_of_served(unsure))


@pytest.mark.parametrize(("new", "key"), [(0.2, "release_better"), (0.05, "release_worse"), (0.101, None)])
def test_a_new_release_is_judged_only_where_the_intervals_lie_apart(new, key):
    found = by_key(findings_of_served(lists(part("release", "a", 0.1), part("release", "b", new))))
    assert {"release_better", "release_worse"} & set(found) == ({key} if key else set())


def choices(shares, per_month=400):
    """Months in which this share of the choices goes to ten items and the rest to forty others."""
    generator = np.random.default_rng(1)
    item, at_us = [], []
    for month, share in enumerate(shares):
        first = np.datetime64("2025-01-01") + np.timedelta64(31 * month, "D")
        start = first.astype("datetime64[M]").astype("datetime64[us]").astype(np.int64)
        is_head = np.arange(per_month) < share * per_month
        item.append(np.where(is_head, generator.integers(0, 10, per_month), generator.integers(10, 50, per_month)))
        at_us.append(start + np.linspace(0, 27.9 * DAY_US, per_month).astype(np.int64))
    n = per_month * len(shares)
    return Dataset.of(np.arange(n) % 97, np.concatenate(item), at_us=np.concatenate(at_us), n_items=50)


def test_demand_that_crowds_on_fewer_items_every_month_is_seen_as_rising():
    found = demand_by_month(choices(np.linspace(0.3, 0.8, 10)))
    assert found.direction == "rising"
    assert found.tau > 0.8
    shares = [one.head_share for one in found.months]
    assert shares[-1] > shares[0]


def test_demand_that_only_varies_is_steady_and_one_that_spreads_falls():
    assert demand_by_month(choices([0.5] * 8)).direction == "steady"
    assert demand_by_month(choices(np.linspace(0.8, 0.3, 10))).direction == "falling"


def test_a_busier_month_does_not_look_more_concentrated():
    """The same shares with three times as many choices: months are brought to one size first."""
    quiet, busy = choices([0.5] * 4), choices([0.5] * 4, per_month=1200)
    shares = [np.mean([one.head_share for one in demand_by_month(one).months]) for one in (quiet, busy)]
    assert shares[0] == pytest.approx(shares[1], abs=0.03)


def test_a_short_log_says_nothing_about_months():
    assert demand_by_month(choices([0.5] * 3)) is None
