"""Tuning a shop: by time only, never from the test part, and going on from where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.settings import Settings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import time_cuts
from daogou.learn.training.lock import training_lock
from daogou.learn.tuning import search as search_module
from daogou.learn.tuning.memory import fingerprint_before
from daogou.learn.tuning.page import best_so_far, render
from daogou.learn.tuning.tune import Tuning, candidates_of, tune_shop

MakeSettings = Callable[..., Settings]


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that ends after so many trials, so that its length does not depend on the machine."""
    monkeypatch.setattr(search_module, "PATIENCE", (2, 1))


def trials_of(tuning: Tuning) -> dict[str, list[tuple[dict[str, Any], float]]]:
    return {one.model: [(dict(trial.settings), trial.figure) for trial in one.trials] for one in tuning.outcome.found}


def test_the_test_part_is_never_read(shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path) -> None:
    """Poisoned from the first test moment on, with items and shoppers that do not exist and weights that are no
    numbers, every trial and every figure stays the same to the last bit."""
    cuts = time_cuts(shop)
    assert cuts is not None
    after, baskets_after = shop.at_us >= cuts[1], shop.basket_at_us >= cuts[1]
    basket_of_after = np.repeat(baskets_after, np.diff(shop.baskets.indptr))
    poisoned_baskets = csr_matrix(
        (np.where(basket_of_after, np.nan, shop.baskets.data), shop.baskets.indices, shop.baskets.indptr),
        shape=shop.baskets.shape,
    )
    poisoned = Dataset(
        shop.user_ids,
        shop.item_ids,
        shop.user,
        np.where(after, 10**9, shop.item).astype(np.int32),
        np.where(after, np.nan, shop.weight).astype(np.float32),
        shop.at_us,
        np.where(after, 255, shop.event).astype(np.uint8),
        np.where(after, np.nan, shop.value).astype(np.float32),
        shop.items,
        poisoned_baskets,
        shop.basket_at_us,
    )
    settings = settings_of_shop("popularity", "ease", "bought_together")
    clean = tune_shop(shop, settings, tmp_path / "clean")
    other = tune_shop(poisoned, settings, tmp_path / "poisoned")
    assert after.sum() > 500
    assert trials_of(clean) == trials_of(other)
    assert clean.question == other.question
    assert [one.gain for one in clean.outcome.found] == [one.gain for one in other.outcome.found]


def test_a_changed_validation_part_is_noticed(shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path) -> None:
    """The counterpart of the test above: what may be read is."""
    cuts = time_cuts(shop)
    assert cuts is not None
    inside = (shop.at_us >= cuts[0]) & (shop.at_us < cuts[1])
    other = Dataset.of(
        shop.user, np.where(inside, 39 - shop.item, shop.item), at_us=shop.at_us, n_users=160, n_items=40
    )
    settings = settings_of_shop("ease")
    first, second = tune_shop(shop, settings, tmp_path / "a"), tune_shop(other, settings, tmp_path / "b")
    assert first.outcome.found[0].present.figure != second.outcome.found[0].present.figure
    assert first.question.fingerprint != second.question.fingerprint


def test_what_was_tried_is_not_tried_again(shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path) -> None:
    settings = settings_of_shop("popularity", "ease")
    first = tune_shop(shop, settings, tmp_path)
    second = tune_shop(shop, settings, tmp_path)
    assert (first.is_continued, second.is_continued) == (False, True)
    assert trials_of(first) == trials_of(second)
    fresh = tune_shop(shop, settings, tmp_path, fresh=True)
    assert not fresh.is_continued
    assert trials_of(fresh) == trials_of(first)


def test_newcomers_do_not_end_a_search_and_much_news_does(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path
) -> None:
    settings = settings_of_shop("popularity")
    tune_shop(shop, settings, tmp_path)

    def grown(n: int) -> Dataset:
        news = np.arange(n)
        return Dataset.of(
            np.concatenate([shop.user, 160 + news]).astype(np.int32),
            np.concatenate([shop.item, np.full(n, 40)]).astype(np.int32),
            at_us=np.concatenate([shop.at_us, shop.at_us.max() + 1 + news]),
            n_users=160 + n,
            n_items=41,
            baskets=csr_matrix((shop.baskets.data, shop.baskets.indices, shop.baskets.indptr), (2000, 41)),
            basket_at_us=shop.basket_at_us,
        )

    assert tune_shop(grown(200), settings, tmp_path).is_continued
    assert not tune_shop(grown(400), settings, tmp_path).is_continued


def test_other_rules_about_repeats_are_another_question(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path
) -> None:
    counted = tune_shop(shop, settings_of_shop("ease"), tmp_path)
    excluded = tune_shop(shop, settings_of_shop("ease", already_bought="exclude"), tmp_path)
    assert (counted.question.repeats, excluded.question.repeats) == ("counted", "excluded")
    assert not excluded.is_continued


def test_the_fingerprint_is_of_what_came_before(shop: Dataset) -> None:
    half = int(np.median(shop.at_us))
    later = shop.at_us >= half
    changed = Dataset.of(shop.user, np.where(later, 0, shop.item), at_us=shop.at_us, n_users=160, n_items=40,
                         baskets=shop.baskets, basket_at_us=shop.basket_at_us)  # fmt: skip
    assert fingerprint_before(shop, half) == fingerprint_before(changed, half)
    assert fingerprint_before(shop, half) != fingerprint_before(changed, int(shop.at_us.max()) + 1)


def test_poor_settings_in_force_are_improved_and_the_change_is_proposed(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path
) -> None:
    settings = settings_of_shop("user_knn", user_knn={"neighbours": 1})
    tuning = tune_shop(shop, settings, tmp_path)
    (found,) = tuning.outcome.found
    assert found.best.figure > found.present.figure
    assert found.is_sure
    (change,) = tuning.changes
    assert (change.model, change.recipe_name) == ("user_knn", "user_knn")
    assert change.settings == found.changes
    assert tuning.to_dict()["proposed"] == {"user_knn": found.changes}


def test_a_recipe_the_shop_does_not_use_can_be_tried(settings_of_shop: MakeSettings) -> None:
    models = settings_of_shop("ease", "popularity").models
    assert [(one.name, one.is_new) for one in candidates_of(models, ())] == [("ease", False), ("popularity", False)]
    assert [(one.name, one.is_new) for one in candidates_of(models, ("ials", "ease", "ials"))] == [
        ("ials", True),
        ("ease", False),
    ]
    with pytest.raises(UnknownName, match="No model or recipe is called 'eaze'"):
        candidates_of(models, ("eaze",))


def test_a_recipe_without_a_space_is_measured_as_it_is(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "space_of", lambda name: {})
    tuning = tune_shop(shop, settings_of_shop("ease"), tmp_path)
    assert [len(one.trials) for one in tuning.outcome.found] == [1]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (Dataset.of(np.empty(0, np.int32), np.empty(0, np.int32)), "no item yet"),
        (Dataset.of(np.array([0, 1]), np.array([0, 1]), at_us=np.zeros(2, np.int64)), "do not reach over enough time"),
        (Dataset.of(np.arange(100) % 5, np.arange(100) % 7, at_us=np.arange(100)), r"Only \d+ shoppers came back"),
    ],
)
def test_too_little_data_is_said_with_the_next_step(
    data: Dataset, message: str, settings_of_shop: MakeSettings, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=message):
        tune_shop(data, settings_of_shop("ease"), tmp_path)


@pytest.mark.parametrize("minutes", [-1.0, float("nan")])
def test_a_budget_that_is_none_is_refused(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path, minutes: float
) -> None:
    with pytest.raises(InvalidInput, match="--minutes"):
        tune_shop(shop, settings_of_shop("ease"), tmp_path, minutes=minutes)


def test_two_searches_at_once_are_refused(shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path) -> None:
    with training_lock(tmp_path), pytest.raises(InvalidInput, match="is running"):
        tune_shop(shop, settings_of_shop("ease"), tmp_path)


def test_progress_counts_seconds_up_to_the_budget_and_says_the_best_so_far(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None, str]] = []
    tune_shop(shop, settings_of_shop("ease"), tmp_path, progress=lambda *one: seen.append(one))
    assert {total for _, total, _ in seen} == {600}
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[0][2] == "ease as it stands"
    assert all("trial" in what and "best 0." in what for _, _, what in seen[1:])


def test_the_page_shows_every_trial_in_both_languages(
    shop: Dataset, settings_of_shop: MakeSettings, tmp_path: Path
) -> None:
    tuning = tune_shop(shop, settings_of_shop("ease", "popularity"), tmp_path)
    page = render(tuning, "zh")
    for one in tuning.outcome.found:
        for trial in one.trials:
            assert f"<td>{trial.figure:.4f}</td>" in page
    assert '<html lang="zh"' in page
    assert "参数搜索" in page
    assert "Search for better settings" in page
    assert "<svg" in page
    assert "http" not in page.replace('http-equiv="Content', "")
    curve = best_so_far(tuning.outcome.found[0])
    assert curve == sorted(curve)
