"""Logistic regression and the sparse matrix it sees, against scikit-learn."""

from __future__ import annotations

import numpy as np
import polars as pl
from sklearn.linear_model import LogisticRegression

from daogou.learn.features import Category, FeatureSpec, History, Number
from daogou.learn.rankers import Examples
from daogou.learn.rankers.design import design_matrix
from daogou.learn.rankers.lr import Lr

SPEC = FeatureSpec.of(Category("item"), History("seen", of="item", length=3), Number("stay", scale="none", outliers=0))


def examples(n: int = 300) -> Examples:
    random = np.random.default_rng(0)
    table = pl.DataFrame(
        {
            "item": random.integers(0, 5, n),
            "seen": [random.integers(0, 5, random.integers(0, 4)).tolist() for _ in range(n)],
            "stay": random.normal(size=n),
        }
    )
    label = random.random(n) < 1 / (1 + np.exp(-(table["item"].to_numpy() - 2 + table["stay"].to_numpy())))
    return Examples.of(table.with_columns(label=label), SPEC)


def test_the_matrix_has_a_one_per_category_and_shares_of_a_history() -> None:
    table = pl.DataFrame({"item": ["a", "b"], "seen": [["b", "b", "a"], []], "stay": [2.0, -1.0]})
    features = SPEC.fit(table)
    matrix = design_matrix(features.encode(table), features.n_rows).toarray()
    a, b = features.encode(table).ids[:, 0]
    assert matrix.shape == (2, features.n_rows + 1)
    wanted = np.zeros_like(matrix)
    wanted[0, a], wanted[0, b], wanted[1, b] = 1 + 1 / 3, 2 / 3, 1
    wanted[:, -1] = 2, -1
    np.testing.assert_allclose(matrix, wanted, rtol=1e-6)


def test_the_weights_are_those_of_the_reference() -> None:
    learned = examples()
    model = Lr(regularization=0.5, iterations=1000).fit(learned)
    matrix = design_matrix(model.features.encode(learned.table), model.features.n_rows)
    reference = LogisticRegression(C=2.0, tol=1e-8, max_iter=2000).fit(matrix, learned.labels)
    np.testing.assert_allclose(model.weights, reference.coef_[0], atol=2e-3)
    np.testing.assert_allclose(model.predict(learned.table), reference.predict_proba(matrix)[:, 1], atol=1e-3)


def test_a_value_never_learned_has_no_vote() -> None:
    model = Lr().fit(examples())
    stranger = pl.DataFrame({"item": [99], "seen": [[99]], "stay": [0.0]})
    assert model.score(model.features.encode(stranger))[0] == np.float32(model.bias)
