"""Small shops whose right answers are known."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import HistorySettings
from daogou.core.types import EVENT_NUMBER
from daogou.data.dataset import Dataset
from daogou.learn.evaluation import lists
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.words import sentences
from daogou.learn.models.ials import Ials

DAY = 86_400_000_000


@dataclass(frozen=True)
class Fixed:
    """Says the same to everybody."""

    scores: np.ndarray

    @property
    def n_items(self):
        return len(self.scores)

    def score(self, query, items):
        return self.scores[items]

    def score_all(self, query):
        return self.scores


@dataclass(frozen=True)
class Own(Fixed):
    """Scores what the shopper had, by its weight in the query."""

    def score_all(self, query):
        scores = np.zeros(self.n_items, np.float32)
        scores[query.history] = query.strengths()
        return scores

    def score_batch(self, queries):
        return np.stack([self.score_all(query) for query in queries])


def fixed(*scores):
    return Fixed(np.array(scores, np.float32))


def shop(rows, n_users=4, n_items=5):
    user, item, day = (np.array(column) for column in zip(*rows, strict=True))
    return Dataset.of(user, item, at_us=day.astype(np.int64) * DAY, n_users=n_users, n_items=n_items)


TRAIN = shop([(0, 0, 1), (0, 1, 2), (1, 0, 1), (3, 2, 3)])
TEST = shop([(0, 0, 10), (0, 2, 10), (1, 4, 11), (2, 0, 12)])
"""User 0 buys again item 0 and newly 2; user 1 newly 4, which nobody had; user 2 has no history; user 3 stays away."""

POPULAR = fixed(5, 4, 3, 2, 1)


def test_only_users_with_history_and_target_are_counted():
    setup = evaluate({"popular": POPULAR}, TRAIN, TEST, ks=(2,)).setup
    assert (setup.n_users, setup.n_users_without_history, setup.n_targets) == (2, 1, 3)
    assert setup.share_cold_targets == pytest.approx(1 / 3)


def test_repeats_counted_gives_the_figures_worked_by_hand():
    """User 0 has targets 0 and 2 and sees 0, 1, 2: recall 1; user 1 has target 4 and misses it."""
    found = evaluate({"popular": POPULAR}, TRAIN, TEST, ks=(3,)).model("popular")
    assert found.metrics["recall@3"].mean == pytest.approx(0.5)
    first = (1 / np.log2(2) + 1 / np.log2(4)) / (1 / np.log2(2) + 1 / np.log2(3))
    assert found.metrics["ndcg@3"].mean == pytest.approx(first / 2)
    assert found.per_user["recall@3"].tolist() == [1.0, 0.0]


def test_repeats_excluded_masks_lists_and_removes_targets():
    """User 0 keeps target 2 and sees 2, 3; user 1 keeps 4 and sees 1, 2."""
    found = evaluate({"popular": POPULAR}, TRAIN, TEST, ks=(2,), repeats="excluded")
    assert found.setup.n_targets == 2
    assert found.model("popular").per_user["recall@2"].tolist() == [1.0, 0.0]
    assert found.model("popular").per_user["mrr@2"].tolist() == [1.0, 0.0]


def test_a_user_who_only_repeats_is_left_out_and_said_so():
    test = shop([(0, 0, 10), (1, 4, 11)])
    setup = evaluate({"popular": POPULAR}, TRAIN, test, repeats="excluded").setup
    assert (setup.n_users, setup.n_users_only_repeats) == (1, 1)


def test_an_item_only_looked_at_is_no_repeat_of_a_purchase():
    view, purchase = EVENT_NUMBER["view_item"], EVENT_NUMBER["purchase"]
    train = Dataset.of(
        np.array([0, 0]),
        np.array([1, 2]),
        at_us=np.array([DAY, DAY]),
        event=np.array([view, purchase]),
        n_items=5,
    )
    test = shop([(0, 1, 9), (0, 2, 9)], n_users=1)
    found = evaluate({"popular": POPULAR}, train, test, ks=(2,), repeats="excluded")
    assert found.setup.n_targets == 1
    assert found.model("popular").metrics["recall@2"].mean == 1.0


def test_a_draw_of_users_is_fixed_by_its_seed_and_said():
    train = shop([(user, user % 5, 1) for user in range(60)], n_users=60)
    test = shop([(user, (user * 7) % 5, 5) for user in range(60)], n_users=60)
    first, again, other = (
        evaluate({"popular": POPULAR}, train, test, ks=(1,), max_users=20, seed=seed) for seed in (1, 1, 2)
    )
    assert (first.setup.n_users, first.setup.n_users_available) == (20, 60)
    assert first.model("popular").metrics == again.model("popular").metrics
    assert first.model("popular").metrics != other.model("popular").metrics
    assert any("drawn at random from 60" in one["en"] for one in sentences(first.setup))
    assert not any("drawn at random" in one["en"] for one in sentences(evaluate({"p": POPULAR}, train, test).setup))


def test_users_without_history_stand_in_their_own_segment():
    found = evaluate({"popular": POPULAR}, TRAIN, TEST, ks=(1,)).model("popular")
    cold = next(one for one in found.segments if one.kind == "history" and one.name == "0")
    assert (cold.n_users, cold.metrics["recall@1"]) == (1, 1.0)


def test_segments_split_the_targets_by_popularity():
    found = evaluate({"popular": POPULAR}, TRAIN, TEST, ks=(5,)).model("popular")
    seen = {one.name: one.n_targets for one in found.segments if one.kind == "popularity"}
    assert seen == {"head": 1, "tail": 1, "cold": 1}


def test_a_model_that_says_nothing_gains_nothing_from_the_order_of_the_items():
    """Best sellers come first in the item table; equal scores must not follow it."""
    n_items, rows = 400, [(user, item, 1) for user in range(80) for item in range(3)]
    train = shop([*rows, (80, 399, 1)], n_users=81, n_items=n_items)
    test = shop([(user, 3, 5) for user in range(80)], n_users=81, n_items=n_items)
    found = evaluate({"silent": fixed(*[0] * n_items)}, train, test, ks=(5,), seed=1, repeats="excluded")
    assert found.model("silent").metrics["recall@5"].mean == 0.0


def test_the_figures_do_not_depend_on_the_size_of_the_blocks(monkeypatch):
    generator = np.random.default_rng(2)
    train = shop([(generator.integers(40), generator.integers(30), 1) for _ in range(300)], 40, 30)
    test = shop([(generator.integers(40), generator.integers(30), 5) for _ in range(200)], 40, 30)
    models = {"own": Own(np.zeros(30, np.float32)), "fixed": fixed(*generator.random(30))}
    whole = evaluate(models, train, test, compare="own").to_dict()
    monkeypatch.setattr(lists, "BLOCK_CELLS", 70)
    pieces = evaluate(models, train, test, compare="own").to_dict()
    for one in (*whole["models"], *pieces["models"]):
        del one["ms_per_query"]
    assert whole == pieces


def test_histories_are_weighed_as_in_serving():
    """With a half-life of a day the item of day 2 outweighs that of day 1; without, ties decide."""
    train = shop([(0, 3, 1), (0, 1, 9)])
    test = shop([(0, 1, 10)])
    own = Own(np.zeros(5, np.float32))
    settings = HistorySettings(half_life_days=1, max_rows=300)
    found = evaluate({"own": own}, train, test, ks=(1,), history=settings)
    assert found.model("own").metrics["recall@1"].mean == 1.0
    assert found.setup.half_life_days == 1
    only_newest = evaluate({"own": own}, train, shop([(0, 3, 10)]), ks=(5,), history=HistorySettings(max_rows=1))
    assert only_newest.model("own").metrics["mrr@5"].mean < 1.0


def test_the_comparison_is_paired_and_matches_the_means():
    found = evaluate({"own": Own(np.zeros(5, np.float32)), "popular": POPULAR}, TRAIN, TEST, ks=(1,), compare="own")
    one = next(one for one in found.comparisons if one.metric == "recall@1")
    means = [found.model(name).metrics["recall@1"].mean for name in ("own", "popular")]
    assert one.difference.mean == pytest.approx(means[0] - means[1])
    assert (one.model, one.baseline) == ("own", "popular")


def test_curves_end_at_the_figures_of_the_largest_k():
    found = evaluate({"popular": POPULAR}, TRAIN, TEST, ks=(2, 4)).model("popular")
    for name in ("ndcg", "recall"):
        assert found.curves[name][1] == pytest.approx(found.metrics[f"{name}@2"].mean)
        assert found.curves[name][-1] == pytest.approx(found.metrics[f"{name}@4"].mean)


def test_the_result_is_json():
    text = json.dumps(evaluate({"popular": POPULAR}, TRAIN, TEST).to_dict(), allow_nan=False)
    assert '"repeats": "counted"' in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"models": {}}, "no model"),
        ({"ks": (0,)}, "at least 1"),
        ({"compare": "other"}, "not among the models"),
        ({"models": {"short": fixed(1, 2)}}, "scores 2 items; the dataset has 5"),
        ({"test": shop([(2, 0, 12)])}, "both a history and a target"),
        ({"test": TEST.keep(np.zeros(4, bool))}, "test 0"),
    ],
)
def test_what_cannot_be_evaluated_is_said(change, message):
    given = {"models": {"popular": POPULAR}, "train": TRAIN, "test": TEST} | change
    with pytest.raises(InvalidInput, match=message):
        evaluate(given.pop("models"), given.pop("train"), given.pop("test"), **given)


def test_a_model_of_vectors_is_ranked_as_by_its_scores():
    random = np.random.default_rng(2)
    user, item = np.nonzero(random.random((30, 40)) < 0.2)
    dataset = Dataset.of(user, item, n_users=30, n_items=40)
    model = Ials(factors=6).fit(dataset)
    queries = list(dataset.queries(range(30)))
    ties = np.arange(40)
    assert isinstance(model, lists.Factored)
    scores = model.score_batch(queries)
    scores[dataset.matrix().nonzero()] = -np.inf
    ranked = lists.rank_lists(model, queries, 10, ties, masked=dataset.matrix()).ranked
    np.testing.assert_array_equal(ranked, lists.top_k(scores, 10, ties))
