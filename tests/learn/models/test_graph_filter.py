from __future__ import annotations

import numpy as np
import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.bipartite import normalised
from daogou.learn.models import graph_filter
from daogou.learn.models.graph_filter import GraphFilter, curvature, strongest_rest


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


def filtered(table: np.ndarray, directions: int, time: float, ideal: float) -> np.ndarray:
    """The whole filter by brute force: (P + ideal D^-1/2 V V' D^1/2) q(P), q by one Runge-Kutta step."""
    graph = item_graph(table)
    values, vectors = np.linalg.eigh(graph)
    strongest = vectors[:, values.argsort()[::-1][:directions]]
    root = np.sqrt(np.maximum(table.sum(axis=0), 1.0))
    heat = -time * graph
    powers = [np.linalg.matrix_power(heat, order) for order in range(5)]
    turned = powers[0] + powers[1] + powers[2] / 2 + powers[3] / 6 + powers[4] / 24
    return np.asarray((graph + ideal * np.diag(1 / root) @ strongest @ strongest.T @ np.diag(root)) @ turned)


def test_plain_diffusion_is_worked_by_hand() -> None:
    # Shopper 0 took items 0 and 1, shopper 1 item 1. R = [[1/sqrt 2, 1/2], [0, 1/sqrt 2]]: P_01 = 1 / (2 sqrt 2).
    model = GraphFilter(sharpening=0.0, ideal=0.0).fit(taken(np.array([[1, 1], [0, 1]])))
    scores = model.score_all(Query(np.array([0], np.int32)))
    np.testing.assert_allclose(scores, [1 / 2, 1 / (2 * np.sqrt(2))], rtol=1e-6)


@pytest.mark.parametrize("time", [0.0, 1.0, 2.5])
def test_with_all_directions_it_is_the_published_filter(time: float) -> None:
    table = random_table(80, 15, 0.3)
    model = GraphFilter(directions=15, sharpening=time, ideal=0.2).fit(taken(table))
    history = np.zeros(15)
    history[[2, 9]] = [1.0, 2.0]
    query = Query(np.array([2, 9], np.int32), np.array([1.0, 2.0], np.float32))
    np.testing.assert_allclose(model.score_all(query), history @ filtered(table, 15, time, 0.2), rtol=1e-3, atol=1e-5)


def test_without_sharpening_a_few_directions_and_all_entries_are_still_the_published_filter() -> None:
    groups = np.where(np.arange(200)[:, None] % 4 == np.arange(24) % 4, 0.8, 0.05)  # four directions stand out
    table = (np.random.default_rng(7).random((200, 24)) < groups).astype(np.float64)
    model = GraphFilter(directions=4, neighbours=24, sharpening=0.0, ideal=0.3).fit(taken(table))
    scores = model.score_all(Query(np.array([4], np.int32)))
    np.testing.assert_allclose(scores, filtered(table, 4, 0.0, 0.3)[4], rtol=1e-2, atol=1e-4)


def test_the_rest_beyond_the_directions_is_bent_as_the_filter_bends_it() -> None:
    table = random_table(400, 60, 0.1)
    model = GraphFilter(directions=20, neighbours=60, sharpening=2.5, ideal=0.0).fit(taken(table))
    queries = [Query(np.array([item], np.int32)) for item in range(60)]
    ours, published = model.score_batch(queries), filtered(table, 20, 2.5, 0.0)
    straight = filtered(table, 20, 0.0, 0.0)
    assert np.abs(ours - published).max() < 0.05 * np.abs(straight - published).max()


def test_the_curvature_is_that_of_the_heat_equation_where_eigenvalues_are_small() -> None:
    assert curvature(1e-3, 2.5) == pytest.approx(2.5, rel=0.01)  # x exp(-2.5 x) = x - 2.5 x^2 + ...
    assert curvature(0.2, 0.0) == 0.0


@pytest.mark.parametrize("most", [1, 4, 30])
def test_each_item_keeps_its_strongest_entries_whatever_the_block(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_filter, "CELLS_PER_BLOCK", 200)
    table = random_table(60, 30, 0.15)
    table = table[table.sum(axis=1) > 0]
    graph = item_graph(table)
    rest = graph - 0.5 * graph @ graph
    nothing = np.zeros((30, 0), np.float32)
    kept = strongest_rest(normalised(taken(table).matrix()), nothing, np.zeros(0), 0.5, most).toarray()
    for row, one in zip(rest, kept, strict=True):
        chosen = np.flatnonzero(one)
        assert len(chosen) <= most
        np.testing.assert_allclose(one[chosen], row[chosen], rtol=1e-4, atol=1e-7)
        assert np.abs(one[chosen]).sum() == pytest.approx(np.sort(np.abs(row))[::-1][:most].sum(), rel=1e-4)


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
