"""A new release is held against the serving one on days that neither knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from daogou.core.settings import HistorySettings, ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.renumbered import Renumbered
from daogou.learn.training.against import Against, measure_against
from daogou.learn.training.release import Release, read_release
from daogou.learn.training.train import train_release

DAY = 86_400_000_000
NOW = 1_800_000_000_000_000
BASE = Settings(history=HistorySettings(half_life_days=60))


def settings(*names: str) -> Settings:
    return BASE.model_copy(update={"models": {name: ModelSettings(recipe=name) for name in names}})


def shop(days: int = 100) -> Dataset:
    """Shoppers of two tastes, each buying in one half of the catalogue; the first `days` days of a hundred."""
    generator = np.random.default_rng(3)
    n, half = 4_000, 15
    user = generator.integers(0, 120, n)
    item = generator.integers(0, half, n) + half * ((user % 2) ^ (generator.random(n) < 0.05))
    whole = Dataset.of(user, item, at_us=np.sort(generator.integers(0, 100 * DAY, n)), n_users=120, n_items=30)
    return whole.between(None, days * DAY)


def released(root: Path, dataset: Dataset, chosen: Settings) -> Release:
    return read_release(train_release(dataset, chosen, root, now_us=NOW))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return released(tmp_path_factory.mktemp("good"), shop(80), settings("popularity", "ease"))


def test_the_same_settings_on_more_days_are_not_found_worse(good: Release, tmp_path: Path) -> None:
    chosen = settings("popularity", "ease")
    found = measure_against(good, released(tmp_path, shop(), chosen), shop(), chosen, least=20)
    assert isinstance(found, Against)
    assert found.n_shoppers >= 20
    assert abs(found.share(found.difference.mean)) < 0.05


def test_worse_settings_are_found_surely_worse(good: Release, tmp_path: Path) -> None:
    chosen = settings("popularity")
    found = measure_against(good, released(tmp_path, shop(), chosen), shop(), chosen, least=20)
    assert isinstance(found, Against)
    assert found.share(found.difference.high) < -0.1


def test_too_few_who_came_back_are_counted_and_nothing_is_fitted(good: Release, tmp_path: Path) -> None:
    chosen = settings("popularity")
    assert measure_against(good, released(tmp_path, shop(80), chosen), shop(80), chosen, least=20) == 0
    few = measure_against(good, good, shop(81), chosen, least=10_000)
    assert isinstance(few, int)
    assert 0 < few < 120


def test_a_model_of_an_earlier_catalogue_answers_in_the_numbers_of_the_later_one() -> None:
    class Doubling:
        n_items = 2

        def score_all(self, query: object) -> np.ndarray:
            scores = np.zeros(2, np.float32)
            scores[query.history] = query.strengths()  # type: ignore[attr-defined]
            return scores

    from daogou.core.types import Query

    model = Renumbered(Doubling(), ["b", "a"], ["a", "new", "b"])  # type: ignore[arg-type]
    asked = Query(np.array([1, 2], np.int32), np.array([5.0, 3.0], np.float32))
    assert model.score_all(asked).tolist() == [0.0, 0.0, 3.0]
    assert model.score(asked, np.array([2, 0], np.int32)).tolist() == [3.0, 0.0]
