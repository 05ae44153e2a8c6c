"""Trees read from LightGBM's text answer as LightGBM does, and a damaged text is refused."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import ArtifactRefused
from daogou.learn.rankers.forest import read_forest

lightgbm = pytest.importorskip("lightgbm")

N_FEATURES = 12


def table(n: int, random: np.random.Generator) -> np.ndarray:
    """Two categories, then numbers, some missing, some zero."""
    rows = random.normal(size=(n, N_FEATURES)).astype(np.float32)
    rows[random.random(rows.shape) < 0.1] = np.nan
    rows[:, 4] = np.where(random.random(n) < 0.4, 0, rows[:, 4])
    rows[:, 0], rows[:, 1] = random.integers(0, 90, n), random.integers(0, 6, n)
    return rows


@pytest.mark.parametrize("settings", [{}, {"zero_as_missing": True}, {"use_missing": False}])
@pytest.mark.parametrize("seed", range(3))
def test_scores_are_those_of_lightgbm(settings: dict[str, bool], seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = table(3_000, random)
    labels = (rows[:, 0] % 3 == 0) + np.nan_to_num(rows[:, 2]) + random.normal(size=len(rows)) > 0.7
    trained = lightgbm.train(
        {"objective": "binary", "verbosity": -1, "num_leaves": 15, "num_threads": 1, **settings},
        lightgbm.Dataset(rows, labels, categorical_feature=[0, 1]),
        60,
    )
    asked = table(800, random)
    asked[:, 0], asked[:, 1] = random.integers(0, 140, 800), random.integers(0, 9, 800)  # some never seen
    found = read_forest(trained.model_to_string(), N_FEATURES).score(asked)
    np.testing.assert_allclose(found, trained.predict(asked, raw_score=True, num_threads=1), atol=1e-5)


def test_a_model_that_learned_nothing_is_one_number() -> None:
    rows = np.zeros((50, 2), np.float32)
    trained = lightgbm.train({"objective": "binary", "verbosity": -1}, lightgbm.Dataset(rows, np.arange(50) % 2), 3)
    found = read_forest(trained.model_to_string(), 2).score(rows)
    np.testing.assert_allclose(found, trained.predict(rows, raw_score=True), atol=1e-6)


DAMAGE = [
    ("split_feature=", "split_feature=99 ", "do not all have the same parts"),
    ("left_child=", "left_child=x ", "cannot be read"),
    ("is_linear=0", "is_linear=1", "linear leaves"),
]


@pytest.mark.parametrize(("before", "after", "said"), DAMAGE)
def test_a_damaged_text_is_refused(before: str, after: str, said: str) -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, 3)).astype(np.float32)
    settings = {"objective": "binary", "verbosity": -1, "num_leaves": 4}
    text = lightgbm.train(settings, lightgbm.Dataset(rows, rows[:, 2] > 0), 2).model_to_string()
    with pytest.raises(ArtifactRefused, match=said):
        read_forest(text.replace(before, after, 1), 3)
    with pytest.raises(ArtifactRefused, match="beyond the 1 there are"):
        read_forest(text, 1)
