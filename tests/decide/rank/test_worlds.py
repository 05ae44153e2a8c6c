"""Without some of the history the ranker is asked what it would have been asked, had that never happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.decide.rank.test_stage import HOUR_US, N_LISTS, RECIPES, seen_shop, staged

from daogou.decide.explain import asked
from daogou.decide.explain.causes import Cited, cite
from daogou.decide.explain.seats import seats
from daogou.decide.pipeline import explain, recommend
from daogou.decide.pool import attribute
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.trace import Trace, trace

from ..conftest import NOW_US

MakeShop = Callable[..., Shop]
LIMIT = 6


def ranking_shop(make_shop: MakeShop, folder: Path, recipe: str) -> Shop:
    if recipe != "lr":
        pytest.importorskip({"din": "torch", "boosted": "lightgbm"}[recipe])
    shop = seen_shop(make_shop, recipe)
    shop.stages["clicks"] = staged(shop, folder)
    shop.clock = lambda: NOW_US + N_LISTS * HOUR_US
    return shop


def without(shop: Shop, user: str, gone: set[str], monkeypatch: pytest.MonkeyPatch) -> Trace:
    """What would have been decided, had these items never been in the shopper's past."""
    kept = [row for row in shop.store.history([f"u:{user}"], 300) if row.item_id not in gone]
    with monkeypatch.context() as patch:
        patch.setattr(shop.store, "history", lambda people, limit: kept)
        patch.setattr(shop.store, "past_stamp", lambda people: (hash(frozenset(gone)),))
        return trace(shop, RecommendRequest("home_for_you", user, limit=LIMIT))


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_the_ranker_is_asked_as_it_would_have_been(
    make_shop: MakeShop, tmp_path: Path, recipe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = ranking_shop(make_shop, tmp_path, recipe)
    random = np.random.default_rng(1)
    for user in ("u3", "u7", "u11"):
        made = trace(shop, RecommendRequest("home_for_you", user, limit=LIMIT))
        assert made.ranked is not None
        assert made.known is not None
        assert shop.facts is not None
        stage = shop.stages["clicks"]
        worlds = stage.worlds(shop.facts, made.occasion, made.signals, made.ranked, made.known)
        causes = worlds.causes_of(made.ranked.pool.numbers).numbers
        gone = random.random((4, len(causes))) < 0.3
        gone[0] = np.arange(len(causes)) == 0
        n = len(made.ranked.pool.numbers)
        found = worlds.chances(gone, np.repeat(np.arange(4), n), np.tile(np.arange(n), 4)).reshape(4, n)
        for row, chances in zip(gone, found, strict=True):
            names = {shop.catalogue.items[number].id for number in causes[row].tolist()}
            true = without(shop, user, names, monkeypatch).ranked
            assert true is not None
            places = true.places_of(made.ranked.pool.numbers)
            assert (places >= 0).all()
            np.testing.assert_allclose(chances, true.chances[places], atol=2e-3)
            assert np.median(np.abs(chances - true.chances[places])) < 1e-5


def test_the_causes_of_items_that_were_not_ranked_are_told_too(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = ranking_shop(make_shop, tmp_path, "lr")
    made = trace(shop, RecommendRequest("home_for_you", "u3", limit=LIMIT))
    assert made.ranked is not None
    assert made.known is not None
    assert shop.facts is not None
    worlds = shop.stages["clicks"].worlds(shop.facts, made.occasion, made.signals, made.ranked, made.known)
    numbers = np.arange(len(shop.catalogue), dtype=np.int32)
    assert (made.ranked.places_of(numbers) < 0).any() or len(made.ranked.pool.numbers) == len(numbers)
    expected = attribute(made.signals, made.occasion.query, numbers)
    told = worlds.causes_of(numbers)
    np.testing.assert_allclose(told.shares, expected.shares, rtol=1e-6)
    np.testing.assert_allclose(told.sources, expected.sources, rtol=1e-6)


def test_what_is_cited_carries_the_place_for_the_ranker_and_not_only_for_the_blend(
    make_shop: MakeShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ranker has learned to prefer what is dear, so most of what carries a blended score carries no place."""
    shop = ranking_shop(make_shop, tmp_path, "lr")
    cited = dropped = by_blend = dropped_by_blend = 0
    for number in range(8):
        user = f"u{number}"
        made = trace(shop, RecommendRequest("home_for_you", user, limit=LIMIT))
        around = seats(shop.catalogue, made.pool.numbers, LIMIT, None)
        blended = cite(
            replace(made.causes, shares=np.ascontiguousarray(made.causes.shares)),
            made.pool.scores, made.arranged.places, around,
        )  # fmt: skip
        for place, ours, theirs in zip(made.arranged.places, made.cited, blended, strict=True):
            if ours.causes:
                cited += 1
                dropped += leaves(shop, made, place, ours, user, monkeypatch)
            if theirs.is_enough:
                by_blend += 1
                dropped_by_blend += leaves(shop, made, place, theirs, user, monkeypatch)
    assert cited >= 5
    assert dropped == cited
    assert dropped_by_blend < 0.5 * by_blend


def leaves(shop: Shop, made: Trace, place: int, cited: Cited, user: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the item of this place is not in the list without these causes."""
    gone = {shop.catalogue.items[made.causes.numbers[cause]].id for cause in cited.causes}
    then = without(shop, user, gone, monkeypatch)
    return int(made.pool.numbers[place]) not in then.pool.numbers[then.arranged.places]


def test_a_place_that_nothing_personal_carries_says_so(
    make_shop: MakeShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = ranking_shop(make_shop, tmp_path, "lr")
    places = [
        place
        for number in range(20)
        for place in recommend(shop, RecommendRequest("home_for_you", f"u{number}", limit=LIMIT)).items
    ]
    assert all(place.reason.text for place in places)
    assert {place.reason.code for place in places if not place.reason.evidence} == {"trending"}
    assert "trending" not in {place.reason.code for place in places if place.reason.evidence}
    monkeypatch.setattr(asked, "MOST_CITED", 1)
    shop.weights = {rule: {"ease": 1.0} for rule in shop.weights}  # now no list that knows nobody speaks for anything
    slate = recommend(shop, RecommendRequest("home_for_you", "u3", limit=LIMIT))
    reasons = [place.reason for place in slate.items if not place.reason.evidence]
    assert {(reason.code, reason.text) for reason in reasons} == {("ranked", "What shoppers here tend to choose")}


def test_a_reason_and_its_explanation_say_the_same(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = ranking_shop(make_shop, tmp_path, "lr")
    checked = 0
    for number in range(20):
        request = RecommendRequest("home_for_you", f"u{number}", limit=LIMIT)
        for place in recommend(shop, request).items:
            shares = {one.item_id: one.share for one in explain(shop, request, place.item_id).history}
            for cause in place.reason.evidence:
                assert cause.share == pytest.approx(shares[cause.item_id], rel=1e-3, abs=1e-5)
                checked += 1
    assert checked >= 5


def test_a_placement_may_tell_what_carries_the_blend_instead(
    make_shop: MakeShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = ranking_shop(make_shop, tmp_path, "lr")
    request = RecommendRequest("home_for_you", "u3", limit=LIMIT)
    asked_of_the_ranker = trace(shop, request)
    placement = shop.settings.placements["home_for_you"].model_copy(update={"reasons": "blended"})
    monkeypatch.setitem(shop.settings.placements, "home_for_you", placement)
    made = trace(shop, request)
    assert made.shown() == asked_of_the_ranker.shown(), "the list is the same, only its reasons differ"
    around = seats(shop.catalogue, made.pool.numbers, LIMIT, placement.max_per_category)
    blended = attribute(made.signals, made.occasion.query, made.pool.numbers)
    told = cite(blended.scaled(made.pool.scores / made.scores[made.pool.numbers]), made.pool.scores,
                made.arranged.places, around)  # fmt: skip
    assert made.cited == told
    assert all(one.reason.code != "ranked" for one in recommend(shop, request).items)
