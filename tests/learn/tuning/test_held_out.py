"""The question of every trial: asked as in an evaluation, of two halves of the shoppers who came back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import HistorySettings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.protocols import time_cuts
from daogou.learn.models import recipe
from daogou.learn.tuning.held_out import held_out, sampled

HISTORY = HistorySettings(half_life_days=60)


@pytest.mark.parametrize("repeats", ["counted", "excluded"])
def test_the_figure_is_that_of_an_evaluation(shop: Dataset, repeats: Literal["counted", "excluded"]) -> None:
    cuts = time_cuts(shop)
    assert cuts is not None
    asked = held_out(shop.between(None, cuts[1]), cuts[0], repeats=repeats, history=HISTORY, seed=0)
    model = recipe("ease").fit(asked.train)
    per_user, ms_per_query = asked.ask(model)
    same = evaluate(
        {"ease": model}, asked.train, shop.between(*cuts), repeats=repeats, history=HISTORY, now_us=cuts[0], seed=0
    )
    np.testing.assert_allclose(per_user.mean(), same.model("ease").metrics["ndcg@20"].mean, rtol=1e-12)
    assert ms_per_query > 0


def test_half_of_the_shoppers_guide_and_the_others_check(shop: Dataset) -> None:
    asked = held_out(shop, 80 * 86_400_000_000, repeats="counted", history=HISTORY, seed=0)
    assert asked.guides.sum() == (asked.n_users + 1) // 2
    figures = np.where(asked.guides, 0.25, 0.75)
    assert asked.guide(figures) == 0.25


def test_another_seed_draws_other_halves_and_the_same_seed_the_same(shop: Dataset) -> None:
    halves = [
        held_out(shop, 80 * 86_400_000_000, repeats="counted", history=HISTORY, seed=seed).guides for seed in (1, 1, 2)
    ]
    assert (halves[0] == halves[1]).all()
    assert (halves[0] != halves[2]).any()


def test_too_few_shoppers_are_refused_with_the_next_step(make_shop: Callable[..., Dataset]) -> None:
    with pytest.raises(InvalidInput, match=r"Only \d+ shoppers came back .* at least 40 .* daogou import"):
        held_out(make_shop(n_users=20), 80 * 86_400_000_000, repeats="counted", history=HISTORY, seed=0)


def test_a_sample_keeps_shoppers_whole(shop: Dataset) -> None:
    part = sampled(shop, 0.25, seed=0)
    kept = np.unique(part.user)
    assert 20 <= len(kept) <= 60
    assert part.n_interactions == np.isin(shop.user, kept).sum()
    assert (part.n_users, part.n_items) == (shop.n_users, shop.n_items)
    assert 0.15 < part.baskets.shape[0] / shop.baskets.shape[0] < 0.35
