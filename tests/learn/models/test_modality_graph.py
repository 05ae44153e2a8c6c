from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.models.ease import Ease
from daogou.learn.models.modality_graph import ModalityGraph, content_rows, kin_of

TITLES = ("red mug", "blue mug", "rose candle", "vanilla candle", "garden spade", "green mug")
TAKEN = [[0, 4], [0, 4], [1, 4], [2, 3], [2, 3], [0, 1, 4]]
NEW = 5
"""A mug that nobody took; who takes mugs takes spades."""


def shop(titles: tuple[str, ...] = TITLES) -> Dataset:
    user = np.repeat(np.arange(len(TAKEN)), [len(one) for one in TAKEN]).astype(np.int32)
    items = [Item(id=str(number), title={"en": title}) for number, title in enumerate(titles)]
    return Dataset.of(user, np.concatenate(TAKEN).astype(np.int32), n_items=len(titles), items=items)


def scores(model: object, *history: int) -> np.ndarray:
    return model.score_all(Query(np.array(history, np.int32)))  # type: ignore[attr-defined,no-any-return]


def test_an_item_nobody_took_is_recommended_with_what_its_kin_are_taken_with() -> None:
    found = scores(ModalityGraph(regularization=1.0, own=0.0).fit(shop()), 4)
    assert found[NEW] > 0
    assert found[NEW] > found[[2, 3]].max()
    assert scores(Ease(regularization=1.0).fit(shop()), 4)[NEW] == 0


def test_a_history_item_speaks_for_its_own_kin() -> None:
    found = scores(ModalityGraph(regularization=1.0).fit(shop()), 0)
    assert found[NEW] > found[[2, 3]].max()


def test_without_kinship_and_inheritance_it_is_ease() -> None:
    plain = ModalityGraph(regularization=2.0, kinship=0.0, inherited=0.0).fit(shop())
    np.testing.assert_allclose(plain.weights, Ease(regularization=2.0).fit(shop()).weights, atol=1e-5)


def test_the_weights_minimise_what_they_are_said_to_minimise() -> None:
    """Gradient of the objective, by hand in float64: zero everywhere but on the diagonal, which is held at zero."""
    dataset, regularization, kinship = shop(), 3.0, 0.5
    model = ModalityGraph(regularization=regularization, kinship=kinship, inherited=0.0, neighbours=2).fit(dataset)
    trust = np.ones(dataset.n_items, np.float32)
    graph = kin_of(content_rows(dataset, 256, 0.5, 0), trust, 2, 4.0).toarray().T.astype(np.float64)
    table = dataset.matrix().toarray().astype(np.float64)
    weights = model.weights.astype(np.float64)
    slope = table.T @ (table @ weights - table) + regularization * (weights - kinship * graph)
    np.fill_diagonal(slope, 0.0)
    np.testing.assert_allclose(slope, 0, atol=1e-4)
    assert (np.diag(weights) == 0).all()


def test_kin_that_nobody_took_pass_nothing_on() -> None:
    kin = kin_of(np.eye(3, dtype=np.float32) + 0.5, np.array([1.0, 0.0, 1.0], np.float32), 2, 1.0).toarray()
    assert (kin[:, 1] == 0).all()
    np.testing.assert_allclose(kin.sum(axis=1), 1, atol=1e-6)


def test_vectors_of_an_encoder_make_kin_where_words_say_nothing() -> None:
    from dataclasses import replace

    silent = shop(("a1", "b2", "c3", "d4", "e5", "f6"))
    vectors = np.eye(6, dtype=np.float32)
    vectors[NEW] = vectors[0]
    seeing = replace(silent, vectors=vectors, encoder="test")
    recipe = ModalityGraph(regularization=1.0)
    assert scores(recipe.fit(seeing), 4)[NEW] > 0
    assert scores(recipe.fit(silent), 4)[NEW] == 0


def test_a_catalogue_too_large_is_refused_with_what_to_use_instead() -> None:
    refusal = ModalityGraph(memory_limit_mb=1).refusal(1_000)
    assert refusal is not None
    assert "12 MB" in refusal
    assert "sparse_ease and content" in refusal
    with pytest.raises(InvalidInput, match="memory_limit_mb"):
        ModalityGraph(memory_limit_mb=1).fit(Dataset.of(np.array([0], np.int32), np.array([999], np.int32)))
