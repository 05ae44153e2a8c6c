"""What the headline hides: figures beyond accuracy, by group of shoppers, by group of items, and corrected verdicts."""

from dataclasses import dataclass

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.types import Item
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.catalogue_facts import MOST_GROUPS, catalogue_facts
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.segments import days_seen
from daogou.learn.topk import tie_order

DAY = 86_400_000_000


@dataclass(frozen=True)
class Fixed:
    scores: np.ndarray

    @property
    def n_items(self):
        return len(self.scores)

    def score(self, query, items):
        return self.scores[items]

    def score_all(self, query):
        return self.scores


def fixed(*scores):
    return Fixed(np.array(scores, np.float32))


ITEMS = [
    Item("mug", {}, categories=(("Kitchen", "Mugs"),), brand="A"),
    Item("pot", {}, categories=(("Kitchen", "Pots"),), brand="A"),
    Item("candle", {}, categories=(("Living",),), brand="B"),
    Item("vase", {}, categories=(("Living",),), brand="B", created_at_us=190 * DAY),
]
"""Kitchen is what everybody buys; the vase is new and nobody had it."""


def shop(n_users=60):
    """Users of even number took both kitchen items, odd ones mug and candle; then the even ones want the pot again."""
    rows = [(user, item, 1 + user % 3) for user in range(n_users) for item in (0, 1 if user % 2 == 0 else 2)]
    user, item, day = (np.array(column) for column in zip(*rows, strict=True))
    train = Dataset.of(user, item, at_us=day * DAY, n_users=n_users, n_items=4, items=ITEMS)
    wanted = np.where(np.arange(n_users) % 2 == 0, 1, 3)
    test = Dataset.of(
        np.arange(n_users), wanted, at_us=np.full(n_users, 200 * DAY), n_users=n_users, n_items=4, items=ITEMS
    )
    return train, test


@pytest.fixture(scope="module")
def found():
    train, test = shop()
    models = {"kitchen": fixed(2, 4, 1, 0), "living": fixed(0, 1, 2, 4), "same": fixed(2, 4, 1, 0)}
    groups = {"country": ["France" if user % 2 == 0 else "Spain" for user in range(60)]}
    return evaluate(models, train, test, ks=(1, 2), compare="kitchen", groups=groups, pairs=[("living", "same")])


def test_what_is_shown_is_described_beyond_its_hits(found):
    """Everybody had the mug, half the pot, half the candle; the list "kitchen" of two is pot, mug."""
    beyond = found.model("kitchen").beyond
    assert beyond["popularity@2"] == pytest.approx(0.75)
    assert beyond["popularity_lift@2"] == pytest.approx(0.0)
    assert beyond["novelty@2"] == pytest.approx(0.5)
    assert beyond["long_tail@2"] == pytest.approx(0.5)  # of three sold items one is head: the mug
    assert beyond["coverage@2"] == pytest.approx(0.5)
    assert beyond["entropy@2"] == pytest.approx(1.0)
    assert beyond["diversity@2"] == pytest.approx(1 - 2 / 3)  # Kitchen and the brand in common, the inner name not


def test_serendipity_leaves_out_what_best_sellers_would_have_hit(found):
    """The best-sellers are mug, pot, candle: "living" finds the vase, in one of two places, for half the shoppers."""
    assert found.model("living").beyond["serendipity@1"] == pytest.approx(0.5)
    assert found.model("living").beyond["serendipity@2"] == pytest.approx(0.25)


def test_a_list_of_kitchen_things_mirrors_those_who_only_buy_kitchen_things(found):
    """Half the users took Kitchen only; the other half took half Living, of which the list has nothing."""
    half = 0.5 * np.log(0.5 / (0.99 + 0.005)) + 0.5 * np.log(0.5 / 0.005)
    assert found.model("kitchen").beyond["miscalibration@2"] == pytest.approx(half / 2)


def test_figures_beyond_accuracy_have_intervals_around_them(found):
    one = found.model("kitchen")
    for key, interval in one.intervals.items():
        assert interval.low <= one.beyond[key] <= interval.high
    assert set(one.beyond) - set(one.intervals) == {
        f"{name}@{k}" for name in ("coverage", "gini", "entropy") for k in (1, 2)
    }


def test_shoppers_are_told_apart_by_what_the_shop_knows_of_them(found):
    seen = {(one.kind, one.name): one.metrics["recall@1"] for one in found.model("kitchen").segments}
    assert seen[("country", "France")] == 1.0
    assert seen[("country", "Spain")] == 0.0


def test_the_gap_between_countries_is_the_largest_possible_and_no_chance(found):
    gap = next(one for one in found.model("kitchen").gaps if (one.kind, one.metric) == ("country", "recall@1"))
    assert (gap.best, gap.worst, gap.gap.difference.mean) == ("France", "Spain", 1.0)
    assert gap.gap.is_more_than_chance


def test_values_that_few_shoppers_have_are_put_together():
    train, test = shop()
    country = ["France" if user < 40 else f"C{user}" if user < 58 else None for user in range(60)]
    found = evaluate({"kitchen": fixed(2, 4, 1, 0)}, train, test, ks=(1,), groups={"country": country})
    seen = {one.name: one.n_users for one in found.models[0].segments if one.kind == "country"}
    assert seen == {"France": 40, "other": 18}


def test_new_shoppers_were_seen_on_one_day_only():
    dataset = Dataset.of(np.array([0, 0, 0, 2, 2]), np.zeros(5, int), at_us=np.array([0, 1, DAY, 5, 7]), n_users=3)
    assert days_seen(dataset).tolist() == [2, 0, 1]
    train, test = shop()
    found = evaluate({"kitchen": fixed(2, 4, 1, 0)}, train, test, ks=(1,))
    assert {one.name for one in found.models[0].segments if one.kind == "visits"} == {"new"}


def test_exposure_is_set_beside_what_shoppers_chose(found):
    """Half the choices are kitchen things, half are the vase; the list "kitchen" shows nothing else."""
    seen = {(one.kind, one.name): one for one in found.model("kitchen").exposure}
    kitchen, living = seen[("category", "Kitchen")], seen[("category", "Living")]
    assert (kitchen.catalogue, kitchen.chosen.mean, kitchen.shown.mean) == (0.5, 0.5, 1.0)
    assert kitchen.parity.mean == pytest.approx(2.0)
    assert living.parity.mean == 0.0
    assert (seen[("age", "new")].chosen.mean, seen[("age", "new")].shown.mean) == (0.5, 0.0)
    assert seen[("popularity", "cold")].chosen.mean == pytest.approx(0.5)


def test_a_catalogue_of_many_brands_shows_the_largest_and_the_rest_as_one():
    n = MOST_GROUPS + 5
    items = [Item(f"i{number}", {}, brand=f"B{number}", categories=(("C",),)) for number in range(n)]
    item = np.concatenate([np.full(n - number, number) for number in range(n)])
    train = Dataset.of(np.zeros(len(item), int), item, n_items=n, items=items)
    brands = next(one for one in catalogue_facts(train, tie_order(n, 0), 0).groups if one.kind == "brand")
    assert brands.names == (*(f"B{number}" for number in range(MOST_GROUPS)), "other")
    assert np.bincount(brands.of_item)[-1] == 5


def test_without_a_catalogue_nothing_is_said_about_likeness_and_category():
    train = Dataset.of(np.array([0, 1]), np.array([0, 1]), n_items=3)
    test = Dataset.of(np.array([0]), np.array([2]), n_users=2, n_items=3)
    found = evaluate({"one": fixed(1, 2, 3)}, train, test, ks=(2,))
    assert found.setup.distance is None
    assert "diversity@2" not in found.models[0].beyond
    assert {one.kind for one in found.models[0].exposure} == {"popularity"}


def test_a_difference_is_sure_only_where_the_corrected_test_agrees(found):
    verdicts = {(one.model, one.baseline): one for one in found.comparisons if one.metric == "recall@1"}
    assert verdicts["kitchen", "same"].verdict == "unsure"
    assert verdicts["kitchen", "same"].p_value == 1.0
    for one in verdicts.values():
        assert one.adjusted >= one.p_value
    assert ("living", "same") in verdicts


def test_more_models_make_the_same_difference_less_sure():
    """Whatever is compared beside it, a difference keeps its interval and loses certainty."""
    generator = np.random.default_rng(0)
    train, test = shop()
    models = {f"m{number}": fixed(*generator.random(4)) for number in range(6)}
    models |= {"kitchen": fixed(2, 4, 1, 0), "vase": fixed(2, 1, 0, 4)}
    one = evaluate(models, train, test, ks=(1,), pairs=[("kitchen", "vase")]).comparisons[0]
    many = next(
        other
        for other in evaluate(models, train, test, ks=(1,), compare="kitchen").comparisons
        if (other.baseline, other.metric) == ("vase", one.metric)
    )
    assert (one.difference, one.p_value) == (many.difference, many.p_value)
    assert many.adjusted >= one.adjusted


def test_the_ranking_alone_is_quicker_and_says_the_same(found):
    train, test = shop()
    bare = evaluate({"kitchen": fixed(2, 4, 1, 0)}, train, test, ks=(1, 2), detail="ranking").models[0]
    for key, interval in found.model("kitchen").metrics.items():
        assert bare.metrics[key].mean == interval.mean
        assert bare.metrics[key].low == pytest.approx(interval.low)
    assert (bare.beyond, bare.segments, bare.exposure) == ({}, (), ())


def test_pairs_must_name_models():
    train, test = shop()
    with pytest.raises(InvalidInput, match="'other' is not among the models"):
        evaluate({"kitchen": fixed(2, 4, 1, 0)}, train, test, pairs=[("kitchen", "other")])
