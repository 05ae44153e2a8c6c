"""The formulas of the networks, worked by hand on small arrays; and that attention finds what matters."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import InvalidInput
from daogou.learn.features import Category, Encoded, FeatureSpec, History, Number
from daogou.learn.metrics.classification import auc
from daogou.learn.rankers import Examples, ranker_recipe
from daogou.learn.rankers.din import shared_weights, weights
from daogou.learn.rankers.layers import ArrayLayers, pairs

RANDOM = np.random.default_rng(0)


def reals(*shape: int) -> np.ndarray:
    return RANDOM.standard_normal(shape).astype(np.float32)


def test_pairs_are_the_products_of_all_pairs() -> None:
    vectors = reals(3, 5, 4)
    wanted = sum((vectors[:, a] * vectors[:, b]).sum(1) for a, b in combinations(range(5), 2))
    np.testing.assert_allclose(pairs(vectors), wanted, rtol=1e-4)


def test_a_factorization_machine_is_votes_and_pairs() -> None:
    spec = FeatureSpec.of(Category("user", about="user"), Category("item", about="item"), Number("stay", scale="none"))
    table = pl.DataFrame({"user": [1, 2], "item": [7, 8], "stay": [0.5, 2.0]})
    features = spec.fit(table)
    encoded = features.encode(table)
    arrays = {
        "factors/table": reals(features.n_rows, 3),
        "votes/table": reals(features.n_rows, 1),
        "factors/numbers 0/weight": reals(1, 3),
        "votes/numbers 0/weight": reals(1, 1),
    }
    recipe: Any = ranker_recipe("fm", factors=3)
    (scores,) = recipe.forward(ArrayLayers(arrays), features.fields, encoded)
    for row, (user, item) in enumerate(encoded.ids):
        stay = encoded.numbers[row, 0]
        three = [arrays["factors/table"][user], arrays["factors/table"][item]]
        three.append(stay * arrays["factors/numbers 0/weight"][0])
        own = arrays["votes/table"][[user, item]].sum() + stay * arrays["votes/numbers 0/weight"][0, 0]
        assert scores[row] == pytest.approx(own + sum(a @ b for a, b in combinations(three, 2)), rel=1e-4)


def attention(factors: int, width: int) -> ArrayLayers:
    shapes = {"asked/weight": (factors, width), "asked/bias": (width,), "entry/weight": (factors, width)}
    shapes |= {"product/weight": (factors, width), "weight/weight": (width, 1), "weight/bias": (1,)}
    return ArrayLayers({f"a/{name}": reals(*shape) for name, shape in shapes.items()})


@pytest.mark.parametrize("n", [1, 63, 64, 65, 200])
def test_one_matrix_product_weighs_all_pairs_as_the_formula_does(n: int) -> None:
    layers, asked, entries = attention(6, 5), reals(n, 6), reals(1, 9, 6)
    np.testing.assert_allclose(
        shared_weights(layers, "a", asked, entries, 5), weights(layers, "a", asked, entries, 5), rtol=1e-4, atol=1e-4
    )


def test_the_factored_layer_is_a_plain_layer_over_all_four_inputs() -> None:
    """q, k, q - k and q * k side by side times one matrix: the difference folds into the parts of q and k."""
    layers, asked, entries = attention(3, 4), reals(2, 3), reals(2, 5, 3)
    q, k, d, m = reals(3, 4), reals(3, 4), reals(3, 4), layers.arrays["a/product/weight"]
    layers.arrays["a/asked/weight"][:], layers.arrays["a/entry/weight"][:] = q + d, k - d  # type: ignore[index]
    wide = np.broadcast_to(asked[:, None, :], entries.shape)
    inputs = np.concatenate([wide, entries, wide - entries, wide * entries], axis=2)
    hidden = np.maximum(inputs @ np.concatenate([q, k, d, m]) + layers.arrays["a/asked/bias"], 0)
    wanted = (hidden @ layers.arrays["a/weight/weight"] + layers.arrays["a/weight/bias"])[:, :, 0]
    np.testing.assert_allclose(weights(layers, "a", asked, entries, 4), wanted, rtol=1e-3, atol=1e-4)


def test_short_histories_are_not_filled_with_somebody() -> None:
    spec = FeatureSpec.of(Category("item", about="item"), History("seen", of="item", length=4))
    table = pl.DataFrame({"item": ["a", "b"], "seen": [["a"], ["a"]]})
    features = spec.fit(table)
    recipe: Any = ranker_recipe("din", factors=3, attention=2, hidden=[4])
    table_of_rows = reals(features.n_rows, 3)
    table_of_rows[0] = 9.0  # nobody's row must not matter
    name = f"attention/{features.of_kind('bag')[0].start}"
    shapes = {"asked/weight": (3, 2), "asked/bias": (2,), "entry/weight": (3, 2), "product/weight": (3, 2)}
    arrays = {f"{name}/{part}": reals(*shape) for part, shape in (shapes | {"weight/weight": (2, 1)}).items()}
    arrays |= {f"{name}/weight/bias": reals(1), "factors/table": table_of_rows, "out/weight": reals(4, 1)}
    arrays |= {"deep/0/weight": reals(6, 4), "deep/0/bias": reals(4), "out/bias": reals(1)}
    arrays |= {"deep/0/scale": reals(4), "deep/0/shift": reals(4)}
    encoded = features.encode(table)
    (scores,) = recipe.forward(ArrayLayers(arrays), features.fields, encoded)
    trimmed = Encoded(encoded.ids, encoded.numbers, (encoded.bags[0][:, 3:],))
    (alone,) = recipe.forward(ArrayLayers(arrays), features.fields, trimmed)
    np.testing.assert_allclose(scores, alone, rtol=1e-5)


def test_attention_finds_the_one_entry_that_matters() -> None:
    """A click follows when the candidate was taken before, among others: the mean of a history hardly shows it."""
    pytest.importorskip("torch", reason="networks are fitted with the extra `deep`")
    random = np.random.default_rng(1)
    n = 2400
    item, seen = random.integers(0, 12, n), random.integers(0, 12, (n, 4))
    label = random.random(n) < np.where((seen == item[:, None]).any(axis=1), 0.95, 0.05)
    table = pl.DataFrame({"item": item, "seen": seen.tolist(), "label": label})
    spec = FeatureSpec.of(Category("item", about="item"), History("seen", of="item", length=4))
    learned, later = Examples.of(table[:2000], spec), table[2000:]
    quick = {"factors": 8, "hidden": [16], "epochs": 6, "learning_rate": 0.02, "patience": 6, "regularization": 0.0}
    model = ranker_recipe("din", **quick, attention=16, dropout=0.0).fit(learned)
    assert auc(model.predict(later), later["label"].to_numpy()) > 0.85


def test_an_interrupted_fit_goes_on_and_ends_where_a_whole_one_ends(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="networks are fitted with the extra `deep`")
    random = np.random.default_rng(2)
    table = pl.DataFrame({"user": random.integers(0, 9, 300), "item": random.integers(0, 9, 300)})
    label = (table["user"] + table["item"]) % 2
    spec = FeatureSpec.of(Category("user", about="user"), Category("item", about="item"))
    learned, held = Examples.of(table.with_columns(label=label), spec).split(0.2)
    recipe: Any = ranker_recipe("deepfm", factors=3, hidden=[6], epochs=4, patience=4)
    whole = recipe.fit(learned, validation=held)

    def interrupt(done: int, total: int | None, what: str) -> None:
        if done == 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recipe.fit(learned, validation=held, checkpoint=tmp_path, progress=interrupt)
    resumed = recipe.fit(learned, validation=held, checkpoint=tmp_path)
    np.testing.assert_array_equal(resumed.predict(table), whole.predict(table))
    assert resumed.features == spec.fit(learned.table)  # the validation taught nothing
    with pytest.raises(InvalidInput, match="was made by another training"):
        recipe.fit(learned, seed=1, validation=held, checkpoint=tmp_path)


def test_networks_say_what_they_need_in_the_spec() -> None:
    pytest.importorskip("torch", reason="networks are fitted with the extra `deep`")
    table = pl.DataFrame({"item": [1, 2] * 20, "label": [0, 1] * 20})
    examples = Examples.of(table, FeatureSpec.of(Category("item", about="item")))
    with pytest.raises(InvalidInput, match="'din' needs a History in the spec"):
        ranker_recipe("din").fit(examples)
    with pytest.raises(InvalidInput, match="'ncf' needs a column about the user"):
        ranker_recipe("ncf").fit(examples)
    with pytest.raises(InvalidInput, match="Too few examples of one label to hold some out"):
        ranker_recipe("fm").fit(examples.take(np.arange(4)))
