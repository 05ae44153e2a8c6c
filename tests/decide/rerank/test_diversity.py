"""Variety: the compiled loops against the formulas they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from daogou.core.types import F32
from daogou.decide.rerank.diversity import determinantal, marginal_relevance


def drawn(seed: int, n: int = 24) -> tuple[F32, F32]:
    """Relevance, best 1, and a positive semi-definite likeness with ones on the diagonal."""
    random = np.random.default_rng(seed)
    rows = random.random((n, 5)).astype(np.float32) ** 3
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    relevance = random.random(n).astype(np.float32) * 0.9 + 0.1
    return relevance / relevance.max(), rows @ rows.T


@pytest.mark.parametrize("strength", [0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("seed", range(8))
def test_sorting_by_worth_is_the_order_of_mmr(seed: int, strength: float) -> None:
    relevance, alike = drawn(seed)
    chosen: list[int] = []
    while len(chosen) < len(relevance):
        left = [one for one in range(len(relevance)) if one not in chosen]
        chosen.append(
            max(
                left,
                key=lambda one: (1 - strength) * relevance[one] - strength * max((alike[one, chosen]), default=0.0),
            )
        )
    worth = marginal_relevance(relevance, alike, strength, len(relevance))
    by_worth = np.argsort(-worth, kind="stable")
    assert (np.diff(worth[chosen]) <= 1e-6).all()
    assert worth[by_worth] == pytest.approx(worth[chosen], abs=1e-6)


@pytest.mark.parametrize("strength", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("seed", range(8))
def test_sorting_by_worth_is_the_greedy_order_of_the_determinant(seed: int, strength: float) -> None:
    relevance, alike = drawn(seed, n=12)
    kernel = (1 - strength) * np.eye(12) + strength * alike.astype(np.float64)
    kernel *= relevance[:, None] * relevance[None, :]
    chosen: list[int] = []
    gains: list[float] = []
    for _ in range(6):
        before = np.linalg.det(kernel[np.ix_(chosen, chosen)]) if chosen else 1.0
        left = [one for one in range(12) if one not in chosen]
        grown = [np.linalg.det(kernel[np.ix_([*chosen, one], [*chosen, one])]) / before for one in left]
        chosen.append(left[int(np.argmax(grown))])
        gains.append(float(np.sqrt(max(grown))))
    worth = determinantal(relevance, alike, strength, 6)
    assert np.argsort(-worth, kind="stable")[:6].tolist() == chosen
    assert worth[chosen] == pytest.approx(gains, rel=1e-3)
    assert (worth > 0).all()
    assert (worth <= relevance + 1e-6).all()


def test_the_second_of_two_twins_gives_way_to_another_thing() -> None:
    relevance = np.array([1.0, 0.9, 0.6], np.float32)
    alike = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], np.float32)
    for choose in (marginal_relevance, determinantal):
        assert np.argsort(-choose(relevance, alike, 0.8, 3)).tolist() == [0, 2, 1]
        assert np.argsort(-choose(relevance, alike, 0.0, 3)).tolist() == [0, 1, 2]


def test_one_candidate_keeps_its_place() -> None:
    one = np.ones((1, 1), np.float32)
    assert marginal_relevance(one[0], one, 0.5, 32).tolist() == [1.0]
    assert determinantal(one[0], one, 0.5, 32).tolist() == [1.0]
