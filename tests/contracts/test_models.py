"""What every model on the shelf promises, whatever it is made of."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidField, InvalidInput, UnknownName
from daogou.core.protocols import Attributing, BatchScorer
from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.artifact import load_artifact, save_artifact
from daogou.learn.graph import Graph
from daogou.learn.models import RECIPES, model_class, recipe, settings_of

N_USERS, N_ITEMS = 47, 31
SMALL: dict[str, dict[str, Any]] = {
    "ials": {"factors": 8, "iterations": 3},
    "content": {"dimensions": 12, "factors": 6},
    "graph_filter": {"directions": 8},
    "mf": {"factors": 8, "epochs": 2, "negatives": 16},
    "sequential_rules": {"session_gap_minutes": 1e9},
    "stan": {"session_gap_minutes": 1e9},  # a shopper's rows are one session
    "vstan": {"session_gap_minutes": 1e9},
    "sasrec": {"factors": 8, "blocks": 1, "epochs": 2, "max_length": 12, "learning_rate": 0.01},
    "gru4rec": {"factors": 8, "epochs": 2, "negatives": 20},
}
NAMES = sorted(RECIPES)
NAME_SHARES = {
    "repeat", "item_knn", "bought_together", "ease", "sparse_ease", "ials", "mf", "graph_filter", "user_knn", "content",
    "modality_graph", "sequential_rules", "stan", "vstan",
}  # fmt: skip
"""Their score is a sum over the history, and reasons rely on it."""
KEEPS_SHOPPERS = {"user_knn", "stan", "vstan"}  # compare the asked history with those they learned from; pages say so
READS_ORDER = {"sequential_rules", "stan", "vstan", "sasrec", "gru4rec"}  # an item named twice stands at two places
COLOURS = (("red", "红色"), ("blue", "蓝色"), ("green", "绿色"))
THINGS = (("mug", "马克杯"), ("candle", "蜡烛"), ("lunch box", "午餐盒"), ("paper chain", "纸链"))


def catalogue(n_items: int) -> list[Item]:
    items = []
    for number in range(n_items):
        (colour, colour_zh), (thing, thing_zh) = COLOURS[number % 3], THINGS[number % 4]
        items.append(
            Item(
                id=f"item-{number}",
                title={"en": f"{colour} {thing} {number}", "zh": f"{colour_zh}{thing_zh}"},
                categories=(("Home", thing),),
                attributes={"colour": (colour,)},
            )
        )
    return items


def shop(n_users: int = N_USERS, n_items: int = N_ITEMS, n_events: int = 400, seed: int = 0) -> Dataset:
    """Shoppers who mostly stay within items of one remainder by four, so there is something to learn."""
    random = np.random.default_rng(seed)
    user = random.integers(0, n_users, n_events)
    item = (random.integers(0, 8, n_events) * 4 + user % 4 + (random.random(n_events) < 0.2)) % n_items
    basket = user * 3 + random.integers(0, 3, n_events)
    baskets = csr_matrix((np.ones(n_events, np.float32), (basket, item)), shape=(n_users * 3, n_items))
    baskets.data[:] = 1.0
    return Dataset.of(
        user.astype(np.int32),
        item.astype(np.int32),
        at_us=np.sort(random.integers(0, 10**13, n_events)),
        n_users=n_users,
        item_ids=[f"item-{number}" for number in range(n_items)],
        items=catalogue(n_items),
        baskets=baskets,
        basket_at_us=np.arange(n_users * 3, dtype=np.int64),
    )


def fitted(name: str, dataset: Dataset, seed: int = 0) -> Any:
    return recipe(name, **SMALL.get(name, {})).fit(dataset, seed=seed)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return shop()


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def model(name: str, dataset: Dataset) -> Any:
    return fitted(name, dataset)


@pytest.fixture
def query() -> Query:
    return Query(np.array([4, 8, 17], np.int32), np.array([1.0, 2.0, 0.5], np.float32))


def arrays_of(model: Any) -> dict[str, np.ndarray]:
    found = {}
    for field in dataclasses.fields(model):
        value = getattr(model, field.name)
        if isinstance(value, csr_matrix):
            found |= {f"{field.name}.{part}": getattr(value, part) for part in ("data", "indices", "indptr")}
        elif isinstance(value, np.ndarray):
            found[field.name] = value
        elif isinstance(value, Graph):
            found[field.name] = np.frombuffer(value.onnx, np.uint8)
    return found


def test_a_model_is_of_the_class_its_recipe_announces(name: str, model: Any) -> None:
    assert type(model) is model_class(name)
    assert model.n_items == N_ITEMS


def test_a_model_cannot_be_changed_after_fitting(model: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(model, dataclasses.fields(model)[0].name, None)


def test_all_scores_are_float32_of_every_item_and_finite(model: Any, query: Query) -> None:
    scores = model.score_all(query)
    assert scores.dtype == np.float32
    assert scores.shape == (N_ITEMS,)
    assert np.isfinite(scores).all()
    assert np.ptp(scores) > 0


def test_scores_of_some_items_are_those_of_all_items(model: Any, query: Query) -> None:
    items = np.array([30, 0, 4, 7, 0], np.int32)
    asked = model.score(query, items)
    assert asked.dtype == np.float32
    np.testing.assert_allclose(asked, model.score_all(query)[items], rtol=2e-5, atol=1e-6)


def test_asking_for_no_items_gives_no_scores(model: Any, query: Query) -> None:
    assert model.score(query, np.empty(0, np.int32)).shape == (0,)


def test_a_batch_scores_each_history_as_if_it_were_alone(model: Any, query: Query) -> None:
    if not isinstance(model, BatchScorer):
        pytest.skip("scores one history at a time")
    queries = [query, Query(), Query(np.array([2], np.int32)), Query(np.array([99, 5, -1], np.int32))]
    together = model.score_batch(queries)
    assert together.shape == (4, N_ITEMS)
    for row, one in zip(together, queries, strict=True):
        np.testing.assert_allclose(row, model.score_all(one), rtol=2e-5, atol=1e-6)
    assert model.score_batch([]).shape == (0, N_ITEMS)


def test_contributions_sum_to_the_score(name: str, model: Any) -> None:
    if not isinstance(model, Attributing):
        assert name not in NAME_SHARES
        pytest.skip("its score is no sum over the history")
    query = Query(np.array([4, -1, 8, 400, 17], np.int32), np.array([1.0, 9.0, 2.0, 9.0, 0.5], np.float32))
    items = np.array([12, 4, 20, 3], np.int32)
    shares = model.contributions(query, items)
    assert shares.shape == (5, 4)
    np.testing.assert_allclose(shares.sum(axis=0), model.score(query, items), rtol=2e-5, atol=1e-6)
    assert (shares[[1, 3]] == 0).all()  # items the model never met explain nothing


def test_no_history_gives_finite_scores_and_zero_where_the_model_needs_one(name: str, model: Any) -> None:
    scores = model.score_all(Query())
    assert np.isfinite(scores).all()
    one, other = (model.score_all(Query(np.array(history, np.int32))) for history in ([4, 8], [1, 5, 9]))
    needs_one = not np.array_equal(one, other)
    assert (scores != 0).any() != needs_one
    assert model.score(Query(), np.array([1, 2], np.int32)).shape == (2,)


def test_items_the_model_does_not_know_are_ignored_in_a_history(model: Any) -> None:
    mixed = Query(np.array([3, N_ITEMS, -1, 7], np.int32), np.array([1.0, 5.0, 5.0, 2.0], np.float32))
    clean = Query(np.array([3, 7], np.int32), np.array([1.0, 2.0], np.float32))
    np.testing.assert_array_equal(model.score_all(mixed), model.score_all(clean))
    only_unknown = Query(np.array([N_ITEMS + 5], np.int32))
    np.testing.assert_array_equal(model.score_all(only_unknown), model.score_all(Query()))


def test_weights_that_are_left_out_count_as_one(model: Any) -> None:
    history = np.array([3, 7], np.int32)
    np.testing.assert_array_equal(
        model.score_all(Query(history)), model.score_all(Query(history, np.ones(2, np.float32)))
    )


def test_the_model_keeps_no_row_per_shopper(name: str, model: Any) -> None:
    shapes = [array.shape for array in arrays_of(model).values()]
    per_shopper = any(N_USERS in shape or N_USERS + 1 in shape for shape in shapes)
    assert per_shopper == (name in KEEPS_SHOPPERS)


def test_same_data_and_seed_give_the_same_model(name: str, model: Any, dataset: Dataset) -> None:
    again = arrays_of(fitted(name, dataset))
    for field, array in arrays_of(model).items():
        np.testing.assert_array_equal(array, again[field])


def test_an_event_reported_twice_changes_nothing(name: str, model: Any, dataset: Dataset, query: Query) -> None:
    twice = np.sort(np.concatenate([np.arange(dataset.n_interactions), np.arange(0, dataset.n_interactions, 3)]))
    repeated = fitted(name, dataset.keep(twice))
    np.testing.assert_allclose(repeated.score_all(query), model.score_all(query), rtol=1e-4, atol=1e-5)


def test_a_history_that_names_an_item_twice_counts_it_twice(name: str, model: Any) -> None:
    if name in READS_ORDER:
        pytest.skip("reads the order of the history, so an item named twice stands at two places")
    twice = Query(np.array([5, 9, 5], np.int32))
    doubled = Query(np.array([5, 9], np.int32), np.array([2.0, 1.0], np.float32))
    np.testing.assert_allclose(model.score_all(twice), model.score_all(doubled), rtol=2e-5, atol=1e-6)


def test_the_caller_may_write_into_the_scores(model: Any, query: Query) -> None:
    before = model.score_all(query).copy()
    model.score_all(query)[:] = 7.0
    np.testing.assert_array_equal(model.score_all(query), before)


@pytest.mark.parametrize("n_events", [0, 5])
def test_a_shop_with_one_item_can_be_learned(name: str, n_events: int) -> None:
    tiny = fitted(name, shop(n_users=3, n_items=1, n_events=n_events))
    scores = tiny.score_all(Query(np.array([0], np.int32)))
    assert scores.shape == (1,)
    assert np.isfinite(scores).all()


def test_a_shop_without_any_event_can_be_learned(name: str) -> None:
    nothing = np.empty(0, np.int32)
    model = fitted(name, Dataset.of(nothing, nothing, n_users=0, item_ids=["a", "b", "c"]))
    scores = model.score_all(Query(np.array([0, 2], np.int32)))
    assert scores.shape == (3,)
    assert np.isfinite(scores).all()
    np.testing.assert_array_equal(model.score_all(Query()), np.zeros(3, np.float32))


def test_saved_and_loaded_it_is_the_same_model(name: str, model: Any, dataset: Dataset, tmp_path: Path) -> None:
    used = recipe(name, **SMALL.get(name, {}))
    save_artifact(
        tmp_path / name,
        model,
        recipe={"name": name, "settings": settings_of(used)},
        dataset_fingerprint=dataset.fingerprint,
        item_ids=dataset.item_ids,
        metrics={"recall@20": 0.5},
    )
    loaded = load_artifact(tmp_path / name)
    assert list(loaded.item_ids) == list(dataset.item_ids)
    assert loaded.manifest["recipe"] == {"name": name, "settings": settings_of(used)}
    assert type(loaded.model) is type(model)
    for field, array in arrays_of(loaded.model).items():
        np.testing.assert_array_equal(array, arrays_of(model)[field])
        assert array.dtype == arrays_of(model)[field].dtype
    for query in (Query(), Query(np.array([4, 8], np.int32)), Query(np.array([-1, 77], np.int32))):
        np.testing.assert_array_equal(loaded.model.score_all(query), model.score_all(query))


def test_an_unknown_model_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"No model is called 'magic'\. Known: bought_together, content, ease"):
        recipe("magic")


def test_a_setting_the_recipe_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(InvalidInput, match=r"'ease' has no setting 'depth'\. Its settings: memory_limit_mb, regulariz"):
        recipe("ease", depth=3)


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("ease", "regularization", "much"),
        ("ease", "regularization", True),
        ("ease", "regularization", 0),
        ("ease", "regularization", float("nan")),
        ("item_knn", "similarity", "telepathy"),
        ("item_knn", "neighbours", 2.5),
        ("trending", "half_life_days", -1.0),
        ("ials", "factors", 0),
        ("content", "company", 1.5),
    ],
)
def test_a_value_the_recipe_cannot_use_is_refused(name: str, setting: str, value: object) -> None:
    with pytest.raises(InvalidField, match=setting):
        recipe(name, **{setting: value})


def test_a_whole_number_is_a_fine_value_for_a_setting_with_decimals() -> None:
    assert settings_of(recipe("ease", regularization=300))["regularization"] == 300
