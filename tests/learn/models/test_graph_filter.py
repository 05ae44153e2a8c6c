from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models import graph_filter
from daogou.learn.models.graph_filter import GraphFilter, strongest_entries
from daogou.learn.smooth import normalised


def taken(table: np.ndarray) -> Dataset:
    user, item = np.nonzero(table)
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), n_users=len(table), n_items=len(table[0]))


def random_table(n_users: int, n_items: int, density: float) -> np.ndarray:
    return (np.random.default_rng(7).random((n_users, n_items)) < density).astype(np.float64)


def item_graph(table: np.ndarray) -> np.ndarray:
    """R' R by brute force in float64."""
    degrees = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True)
    scaled = table / np.sqrt(np.maximum(degrees, 1.0))
    return np.asarray(scaled.T @ scaled)


def test_plain_diffusion_is_worked_by_hand() -> None:
    # Shopper 0 took items 0 and 1, shopper 1 item 1. R = [[1/sqrt 2, 1/2], [0, 1/sqrt 2]]: P_01 = 1 / (2 sqrt 2).
    model = GraphFilter(sharpening=0.0, ideal=0.0).fit(taken(np.array([[1, 1], [0, 1]])))
    scores = model.score_all(Query(np.array([0], np.int32)))
    np.testing.assert_allclose(scores, [1 / 2, 1 / (2 * np.sqrt(2))], rtol=1e-6)


def test_with_all_directions_the_sharpening_takes_back_the_second_diffusion() -> None:
    table = random_table(80, 15, 0.3)
    graph = item_graph(table)
    model = GraphFilter(directions=15, sharpening=0.7, ideal=0.0).fit(taken(table))
    history = np.zeros(15)
    history[[2, 9]] = [1.0, 2.0]
    expected = history @ graph - 0.7 * history @ graph @ graph
    query = Query(np.array([2, 9], np.int32), np.array([1.0, 2.0], np.float32))
    np.testing.assert_allclose(model.score_all(query), expected, rtol=1e-3, atol=1e-5)


def test_the_ideal_filter_is_that_of_the_published_formula() -> None:
    # GF-CF, equation 12: D^-1/2 V V' D^1/2 on top of the diffusion.
    table = random_table(200, 24, 0.25)
    values, vectors = np.linalg.eigh(item_graph(table))
    strongest = vectors[:, values.argsort()[-3:]]
    root = np.sqrt(table.sum(axis=0))
    filtered = np.diag(1 / root) @ strongest @ strongest.T @ np.diag(root)
    model = GraphFilter(directions=24, sharpening=0.0, ideal=0.3).fit(taken(table))
    kept = graph_filter.GraphFilterModel(model.near, model.vectors[:, :3], model.blurred[:3], model.root, model.ideal)
    scores = kept.score_all(Query(np.array([4], np.int32)))
    np.testing.assert_allclose(scores, item_graph(table)[4] + 0.3 * filtered[4], rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("most", [1, 4, 30])
def test_each_item_keeps_its_strongest_neighbours_whatever_the_block(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_filter, "ROWS_PER_BLOCK", 7)
    table = random_table(60, 30, 0.15) + np.eye(60, 30)
    table = np.minimum(table[table.sum(axis=1) > 0], 1.0)
    graph = item_graph(table)
    kept = strongest_entries(normalised(taken(table).matrix()), most).toarray()
    for row, one in zip(graph, kept, strict=True):
        chosen = np.flatnonzero(one)
        assert len(chosen) == min(most, int((row > 0).sum()))
        np.testing.assert_allclose(np.sort(one[chosen]), np.sort(row)[::-1][: len(chosen)][::-1], rtol=1e-5)


def test_a_score_is_the_same_alone_among_some_and_in_a_batch() -> None:
    model = GraphFilter(directions=10).fit(taken(random_table(90, 40, 0.2)))
    query = Query(np.array([3, 17], np.int32), np.array([1.0, 0.5], np.float32))
    everything = model.score_all(query)
    np.testing.assert_allclose(model.score(query, np.arange(40, dtype=np.int32)), everything, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(model.score_batch([query])[0], everything, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    "setting", [{"neighbours": 0}, {"directions": 0}, {"sharpening": -1.0}, {"ideal": float("nan")}]
)
def test_a_setting_out_of_range_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(InvalidField, match=next(iter(setting))):
        GraphFilter(**setting)  # type: ignore[arg-type]
