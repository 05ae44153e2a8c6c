"""What every rating model promises."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from daogou.core.errors import ArtifactRefused, InvalidField, InvalidInput, UnknownName
from daogou.learn.artifact import load_artifact, save_artifact
from daogou.learn.models import settings_of
from daogou.learn.ratings import RATING_RECIPES, FoldsIn, RatedQuery, Ratings, rating_recipe

N_USERS, N_ITEMS = 40, 30
SMALL: dict[str, dict[str, Any]] = {
    "svd": {"factors": 6},
    "svdpp": {"factors": 5},
    "nmf": {"factors": 5},
    "bayesian_fm": {"factors": 3, "draws": 80},
}
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "knn by item": ("knn", {"by": "item"}),
    "bayesian_fm of levels": ("bayesian_fm", {"likelihood": "ordered"}),
}
ALL = [*sorted(RATING_RECIPES), *VARIANTS]


def some_ratings(n: int = 500, seed: int = 0) -> Ratings:
    """Users like items of their own parity, so there is something to learn; user 39 and item 29 have no rating."""
    random = np.random.default_rng(seed)
    users, items = random.integers(0, N_USERS - 1, n), random.integers(0, N_ITEMS - 1, n)
    stars = np.where(users % 2 == items % 2, 4, 2) + random.integers(-1, 2, n)
    return Ratings.of(users, items, stars, n_users=N_USERS, n_items=N_ITEMS)


def recipe_of(name: str) -> Any:
    shelf_name, settings = VARIANTS.get(name, (name, {}))
    return rating_recipe(shelf_name, **SMALL.get(shelf_name, {}), **settings)


def fitted(name: str, ratings: Ratings, seed: int = 0) -> Any:
    return recipe_of(name).fit(ratings, seed=seed)


def saved(folder: Path, name: str, model: Any) -> Path:
    save_artifact(
        folder / "saved",
        model,
        recipe={"name": name.partition(" ")[0], "settings": settings_of(recipe_of(name))},
        dataset_fingerprint="0123456789abcdef",
        item_ids=[f"item-{number}" for number in range(N_ITEMS)],
        metrics={"rmse": 1.0},
        shelf="ratings",
    )
    return folder / "saved"


@pytest.fixture(scope="module")
def ratings() -> Ratings:
    return some_ratings()


@pytest.fixture(scope="module", params=ALL)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def model(name: str, ratings: Ratings) -> Any:
    return fitted(name, ratings)


def pairs() -> tuple[np.ndarray, np.ndarray]:
    grid = np.indices((N_USERS, N_ITEMS)).reshape(2, -1).astype(np.int32)
    return grid[0], grid[1]


def test_predictions_are_float32_and_within_the_scale(model: Any) -> None:
    stars = model.predict(*pairs())
    assert stars.dtype == np.float32
    assert stars.shape == (N_USERS * N_ITEMS,)
    assert ((stars >= 1) & (stars <= 5)).all()


def test_a_pair_gets_the_same_stars_alone_and_among_others(model: Any) -> None:
    users, items = pairs()
    together = model.predict(users, items)
    for one in (0, 77, 1000):
        alone = model.predict(users[one : one + 1], items[one : one + 1])
        np.testing.assert_allclose(alone, together[one : one + 1], rtol=1e-5)


def test_a_model_beats_the_mean_on_ratings_it_saw(model: Any, ratings: Ratings) -> None:
    error = model.predict(ratings.user, ratings.item) - ratings.stars
    assert np.sqrt(np.mean(error**2)) < ratings.stars.std()


def test_unknown_users_and_items_get_the_mean(model: Any, ratings: Ratings) -> None:
    unknown = np.array([-1, N_USERS, N_USERS - 1], np.int32)  # the last is known by name, but rated nothing
    items = np.array([N_ITEMS, -7, N_ITEMS - 1], np.int32)
    np.testing.assert_allclose(model.predict(unknown, items), ratings.mean, rtol=1e-5)


def test_asking_nothing_answers_nothing(model: Any) -> None:
    nothing = np.empty(0, np.int32)
    assert model.predict(nothing, nothing).shape == (0,)


def test_the_same_ratings_and_seed_give_the_same_model(name: str, model: Any, ratings: Ratings) -> None:
    again = fitted(name, some_ratings())
    np.testing.assert_array_equal(model.predict(*pairs()), again.predict(*pairs()))
    for recipe_with_chance in ("svd", "svdpp", "nmf", "bayesian_fm"):
        if name == recipe_with_chance:
            assert (fitted(name, ratings, seed=1).predict(*pairs()) != model.predict(*pairs())).any()


def test_a_saved_model_answers_exactly_as_before(name: str, model: Any, tmp_path: Path) -> None:
    loaded: Any = load_artifact(saved(tmp_path, name, model), shelf="ratings").model
    assert type(loaded) is type(model)
    np.testing.assert_array_equal(loaded.predict(*pairs()), model.predict(*pairs()))
    if isinstance(model, FoldsIn):
        query = RatedQuery(np.array([3, 4], np.int32), np.array([5, 1], np.float32))
        items = np.arange(N_ITEMS, dtype=np.int32)
        np.testing.assert_array_equal(loaded.predict_for(query, items), model.predict_for(query, items))


def test_a_model_of_stars_is_not_taken_for_one_that_orders_a_slate(name: str, model: Any, tmp_path: Path) -> None:
    folder = saved(tmp_path, name, model)
    with pytest.raises(ArtifactRefused, match=r"a model of the shelf 'ratings', not of 'models'"):
        load_artifact(folder)


def test_without_its_users_a_model_answers_new_ones_as_before(name: str, model: Any, tmp_path: Path) -> None:
    if name == "knn":
        pytest.skip("neighbours among users do not answer for new users")
    bare = model.without_users()
    for field in dataclasses.fields(bare):
        rows = getattr(bare, field.name)
        assert np.ndim(rows) == 0 or N_USERS not in rows.shape, f"{field.name} still has a row per user"
        assert np.ndim(rows) == 0 or N_USERS + 1 not in rows.shape, f"{field.name} still has a row per user"
    query = RatedQuery(np.array([3, 4, 8], np.int32), np.array([5, 1, 4], np.float32))
    items = np.arange(N_ITEMS, dtype=np.int32)
    loaded: Any = load_artifact(saved(tmp_path, name, bare), shelf="ratings").model
    np.testing.assert_array_equal(loaded.predict_for(query, items), model.predict_for(query, items))


def test_a_model_cannot_be_changed_after_fitting(model: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.mean = 3.0


def test_a_new_user_is_answered_according_to_what_they_rated(name: str, model: Any) -> None:
    if name == "knn":
        assert not isinstance(model, FoldsIn)
        return
    assert isinstance(model, FoldsIn)
    items = np.arange(N_ITEMS - 1, dtype=np.int32)
    likes_even = RatedQuery(items[:12], np.where(items[:12] % 2 == 0, 5, 1).astype(np.float32))
    stars = model.predict_for(likes_even, items[12:])
    if name != "baseline":
        assert stars[0::2].mean() > stars[1::2].mean() + 0.5
    generous = RatedQuery(items[:8], np.full(8, 5, np.float32))
    severe = RatedQuery(items[:8], np.full(8, 1, np.float32))
    assert model.predict_for(generous, items[12:]).mean() > model.predict_for(severe, items[12:]).mean()


def test_a_new_user_without_ratings_gets_what_is_known_of_the_items(name: str, model: Any, ratings: Ratings) -> None:
    if name == "knn":
        pytest.skip("neighbours among users do not answer for new users")
    items = np.array([0, N_ITEMS, -1], np.int32)
    nobody = RatedQuery(np.array([-1, 999], np.int32), np.array([5, 5], np.float32))
    stars = model.predict_for(nobody, items)
    np.testing.assert_allclose(stars, model.predict(np.full(3, -1, np.int32), items), rtol=1e-5)
    np.testing.assert_allclose(stars[1:], ratings.mean, rtol=1e-5)


def test_a_new_user_with_stars_off_the_scale_is_refused(name: str, model: Any) -> None:
    if name == "knn":
        pytest.skip("neighbours among users do not answer for new users")
    for wrong in (6.0, float("nan")):
        with pytest.raises(InvalidField, match=r"stars\[1\].*stars from 1 to 5"):
            model.predict_for(RatedQuery(np.array([1, 2], np.int32), np.array([3, wrong], np.float32)), np.array([0]))


@pytest.mark.parametrize("factor_model", ["svd", "svdpp", "nmf", "bayesian_fm"])
def test_more_factors_than_items_are_refused(factor_model: str, ratings: Ratings) -> None:
    with pytest.raises(InvalidField, match=r"factors: 31 is not allowed\. Use at most the 30 items"):
        rating_recipe(factor_model, factors=31).fit(ratings)


@pytest.mark.parametrize("factor_model", ["svd", "svdpp"])
def test_steps_that_are_too_long_are_reported(factor_model: str, ratings: Ratings) -> None:
    with pytest.raises(InvalidInput, match="learning_rate = 9 grew without end"):
        rating_recipe(factor_model, factors=5, learning_rate=9.0).fit(ratings)


def test_unknown_names_settings_and_values_are_refused() -> None:
    with pytest.raises(UnknownName, match="No rating model is called 'svdd'"):
        rating_recipe("svdd")
    with pytest.raises(InvalidInput, match=r"has no setting 'factor'. Its settings: epochs, factors"):
        rating_recipe("svd", factor=3)
    with pytest.raises(InvalidField, match="factors: 'many'"):
        rating_recipe("svd", factors="many")
    with pytest.raises(InvalidField, match="user or item"):
        rating_recipe("knn", by="shop")
    for setting, value in (("epochs", 0), ("learning_rate", 0.0), ("regularization", -0.1)):
        with pytest.raises(InvalidField, match=setting):
            rating_recipe("svd", **{setting: value})


def test_predicting_never_loads_the_compiler() -> None:
    program = (
        "import sys, numpy as np, daogou.learn.ratings as shelf\n"
        "[shelf.rating_recipe(name) for name in shelf.RATING_RECIPES]\n"
        "from daogou.learn.ratings.svd import SvdModel\n"
        "one = np.ones((1, 1), np.float32)\n"
        "model = SvdModel(one, one, one[0], one[0], 1.0, 0.1, 1.0, 5.0)\n"
        "assert model.predict(np.zeros(1, np.int32), np.zeros(1, np.int32))[0] == 4\n"
        "assert 'numba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
