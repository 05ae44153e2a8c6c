"""What a new release must pass, and how its lists are compared with those of the serving one."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from daogou.core.settings import GuardrailSettings
from daogou.decide.guardrail import judge, unsound
from daogou.decide.rehearsal import Lists, Rehearsal, rehearse
from daogou.decide.served_model import ServedModel
from daogou.decide.shop import Shop
from daogou.learn.metrics.intervals import Interval
from daogou.learn.training.against import Against

from .conftest import Everybody, event

LIMITS = GuardrailSettings()
GOOD = Lists(n_failed=0, n_empty=1, n_items=100, usual_score=1.0, are_numbers=True)
ALIKE = Rehearsal(200, GOOD, GOOD, 0.8)


def against(mean: float, low: float, high: float) -> Against:
    return Against("2026-11-20T00:00:00Z", 300, 0.2 + mean, 0.2, Interval(mean, low, high))


@pytest.mark.parametrize(
    ("difference", "ruling"),
    [
        ((0.01, -0.005, 0.02), "promote"),
        ((-0.005, -0.02, 0.01), "promote"),
        ((-0.02, -0.05, 0.01), "hold"),
        ((-0.05, -0.08, -0.02), "refuse"),
    ],
)
def test_a_release_that_foretells_worse_is_held_and_one_that_surely_does_is_refused(
    difference: tuple[float, float, float], ruling: str
) -> None:
    verdict = judge(against(*difference), ALIKE, LIMITS)
    assert verdict.ruling == ruling
    if ruling != "promote":
        assert "nDCG@10" in verdict.reasons[0]["en"]
        assert "预测" in verdict.reasons[0]["zh"]


@pytest.mark.parametrize(
    ("change", "overlap", "ruling", "said"),
    [
        ({"n_failed": 1}, 0.8, "refuse", "1 of 200 lists could not be made"),
        ({"n_empty": 20}, 0.8, "refuse", "10.0% of 200 shoppers"),
        ({"are_numbers": False}, 0.8, "refuse", "not numbers"),
        ({"n_items": 40}, 0.8, "hold", "40 different items, 100 now"),
        ({"usual_score": 9.0}, 0.8, "hold", "9 times"),
        ({"usual_score": 0.1}, 0.8, "hold", "10 times"),
        ({}, 0.05, "hold", "5% of a list"),
    ],
)
def test_lists_that_went_wrong_are_told_in_words(
    change: dict[str, object], overlap: float, ruling: str, said: str
) -> None:
    verdict = judge(3, Rehearsal(200, replace(GOOD, **change), GOOD, overlap), LIMITS)
    assert verdict.ruling == ruling
    assert any(said in one["en"] for one in verdict.reasons), verdict.reasons


def test_the_first_release_passes_on_its_own_and_a_broken_one_never() -> None:
    assert judge(None, Rehearsal(200, GOOD, None, None), LIMITS).ruling == "promote"
    assert unsound("weights were altered").ruling == "refuse"


def test_lists_of_two_releases_are_compared_shopper_by_shopper(
    make_shop: Callable[..., Shop], everybody: Everybody
) -> None:
    shop = make_shop(
        events=[event("view_item", "i0"), event("view_item", "i1", user="bob")],
        models={"popularity": everybody}, weights={"popularity": 1.0},
    )  # fmt: skip
    shop.release = object()  # type: ignore[assignment]
    same = rehearse(shop, copy(shop), ["u:ann", "v:bob"])
    assert same.overlap == 1.0
    assert same.new == same.serving
    other = copy(shop)
    other.models = {"popularity": ServedModel(Everybody(np.full(8, np.nan, np.float32)), [f"i{n}" for n in range(8)],
                                              shop.catalogue)}  # fmt: skip
    told = rehearse(shop, other, ["u:ann", "v:bob"])
    assert told.new != told.serving
    broken = copy(shop)
    broken.models = {"popularity": None}  # type: ignore[dict-item]
    failed = rehearse(shop, broken, ["u:ann", "v:bob"])
    assert failed.new.n_failed == 2
    assert judge(None, failed, LIMITS).ruling == "refuse"


def test_a_canary_makes_lists_of_its_shoppers_alone_and_its_faults_reach_nobody(
    make_shop: Callable[..., Shop], everybody: Everybody, tmp_path: Path
) -> None:
    from daogou.decide.pipeline import recommend, side_of
    from daogou.decide.request import RecommendRequest
    from daogou.decide.shop import CanarySide
    from daogou.learn.canary import Canary

    shop = make_shop(
        events=[event("view_item", "i0", user=f"u{n}") for n in range(40)],
        models={"popularity": everybody}, weights={"popularity": 1.0},
    )  # fmt: skip
    shop.follows = False
    side = copy(shop)
    shop.canary = CanarySide(Canary("r1", 0.5, 0), side)
    drawn = [n for n in range(40) if side_of(shop, RecommendRequest("home_for_you", f"u{n}")) is side]
    assert 8 < len(drawn) < 32
    for asked in (
        RecommendRequest("home_for_you", f"u{drawn[0]}", personalize=False), RecommendRequest("home_for_you"),
    ):  # fmt: skip
        assert side_of(shop, asked) is shop
    side.models = {"popularity": None}  # type: ignore[dict-item]
    slates = [recommend(shop, RecommendRequest("home_for_you", f"u{n}")) for n in range(40)]
    assert all(slate.items for slate in slates)
    assert shop.canary.failures == len(drawn)
