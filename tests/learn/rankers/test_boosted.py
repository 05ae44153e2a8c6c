"""Boosted trees: the table they see, and that a saved forest is LightGBM's own."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

lightgbm = pytest.importorskip("lightgbm", reason="boosted trees need the extra `boost`")

from daogou.learn.features import Category, FeatureSpec, History, Number  # noqa: E402
from daogou.learn.rankers import Examples  # noqa: E402
from daogou.learn.rankers.boosted import Boosted, tree_table  # noqa: E402

SPEC = FeatureSpec.of(Category("item"), History("seen", of="item", length=3), Number("stay", scale="none", outliers=0))


def rows(n: int = 400) -> pl.DataFrame:
    random = np.random.default_rng(0)
    item = random.integers(0, 5, n)
    seen = [random.integers(0, 5, random.integers(0, 4)).tolist() for _ in range(n)]
    stay = random.normal(size=n)
    again = np.array([one in before for one, before in zip(item.tolist(), seen, strict=True)])
    label = random.random(n) < np.where(again ^ (stay > 0), 0.9, 0.1)
    return pl.DataFrame({"item": item, "seen": seen, "stay": stay, "label": label})


def test_trees_see_how_often_the_candidate_was_taken_before() -> None:
    table = pl.DataFrame({"item": ["a", "b", "b"], "seen": [["b", "a", "b"], ["b", "b"], []], "stay": [0.5, 1.5, 2.5]})
    features = SPEC.fit(table)
    seen = tree_table(features, features.encode(table))
    np.testing.assert_array_equal(seen[:, 1:], [[3, 1, 0.5], [2, 2, 1.5], [0, 0, 2.5]])


def test_trees_find_what_no_sum_of_votes_can() -> None:
    learned, later = Examples.of(rows(), SPEC), rows(401)[1:]
    model = Boosted(trees=100, least_examples=5).fit(learned)
    right = (model.predict(later.drop("label")) > 0.5) == later["label"].to_numpy()
    assert right.mean() > 0.8


def test_the_forest_is_lightgbms_own() -> None:
    model = Boosted(trees=10).fit(Examples.of(rows(), SPEC))
    table = tree_table(model.features, model.features.encode(rows().drop("label")))
    forest = lightgbm.Booster(model_str=model.trees.tobytes().decode())
    np.testing.assert_allclose(model.predict(rows().drop("label")), forest.predict(table), rtol=1e-5)
