"""Rating models are trained with the others, measured on the newest stars, and saved without their users."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import ModelSettings, RatingSettings, Settings
from daogou.core.types import EVENT_NUMBER
from daogou.data.dataset import Dataset
from daogou.learn.ratings import RatedQuery
from daogou.learn.training.release import load_release
from daogou.learn.training.stars import rating_models
from daogou.learn.training.train import train_release

NOW = 1_800_000_000_000_000
N_USERS, N_ITEMS = 60, 30


def shop(events: tuple[str, ...] = ("purchase", "rate_item")) -> Dataset:
    """Users who give five stars to items of their own parity and two to others; every second event is a rating."""
    random = np.random.default_rng(0)
    n = 2_000
    user, item = random.integers(0, N_USERS, n), random.integers(0, N_ITEMS, n)
    event = np.array([EVENT_NUMBER[events[k % len(events)]] for k in range(n)], np.uint8)
    stars = np.where(user % 2 == item % 2, 5, 2).astype(np.float32)
    return Dataset.of(
        user,
        item,
        at_us=np.arange(n) * 3_600_000_000,
        event=event,
        value=np.where(event == EVENT_NUMBER["rate_item"], stars, np.nan).astype(np.float32),
        n_users=N_USERS,
        n_items=N_ITEMS,
    )


def settings(**ratings: Any) -> Settings:
    chosen = {name: RatingSettings(recipe=recipe, settings=rest) for name, (recipe, rest) in ratings.items()}
    return Settings().model_copy(
        update={"models": {"popularity": ModelSettings(recipe="popularity")}, "ratings": chosen}
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chosen = settings(
        plain=("baseline", {}),
        sure=("bayesian_fm", {"factors": 2, "draws": 60}),
        by_user=("knn", {}),
    )
    return train_release(shop(), chosen, tmp_path_factory.mktemp("models"), now_us=NOW)


def test_quality_is_measured_on_the_newest_ratings(release: Path) -> None:
    told = load_release(release.parents[1]).info["ratings"]
    plain, sure = told["plain"]["quality"], told["sure"]["quality"]
    assert sure["n_ratings"] == plain["n_ratings"] == pytest.approx(100, abs=5)  # some pairs twice
    assert plain["rmse_of_the_mean"] == pytest.approx(1.5, abs=0.05)
    assert sure["rmse"] < 0.7 < 1.3 < plain["rmse"]
    assert told["sure"]["recipe"]["settings"]["factors"] == 2


def test_saved_models_answer_new_users_and_keep_no_row_of_old_ones(release: Path) -> None:
    models = rating_models(release)
    model, item_ids = models["sure"]
    assert list(item_ids) == [str(number) for number in range(N_ITEMS)]
    likes_even = RatedQuery(np.arange(8, dtype=np.int32), np.where(np.arange(8) % 2 == 0, 5, 2).astype(np.float32))
    even, odd = model.predict_for(likes_even, np.array([20, 21], np.int32))
    assert even > odd + 1.5
    assert model.user_rows.shape[0] == 1  # type: ignore[attr-defined]


def test_a_model_that_cannot_answer_new_users_is_left_out_with_the_reason(release: Path) -> None:
    assert "by_user" not in rating_models(release)
    notes = load_release(release.parents[1]).info["notes"]
    assert any(note.startswith("Rating model by_user was left out: It answers only") for note in notes)


def test_a_shop_without_ratings_is_trained_all_the_same(tmp_path: Path) -> None:
    path = train_release(shop(("purchase",)), settings(plain=("baseline", {})), tmp_path, now_us=NOW)
    assert rating_models(path) == {}
    assert "No stars were given yet, so these were left out: plain." in load_release(tmp_path).info["notes"]


def test_a_wrong_setting_is_found_before_anything_is_fitted(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"'baseline' has no setting 'epochs'"):
        train_release(shop(), settings(plain=("baseline", {"epochs": 3})), tmp_path, now_us=NOW)
    assert not (tmp_path / "CURRENT").exists()
