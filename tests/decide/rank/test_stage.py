"""The ranking stage: it learns from exactly what it saw, orders what it is given, and every part of a score stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.decide.conftest import NOW_US, Everybody, Links

from daogou.core.errors import InvalidInput
from daogou.core.protocols import silent
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item, Slate
from daogou.data.lake.outcomes import read_outcomes, read_served
from daogou.data.lake.seen import read_seen
from daogou.data.store import ServedItem, ServedSlate
from daogou.decide.pipeline import explain, recommend
from daogou.decide.rank.stage import Stage
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.trace import trace
from daogou.learn.evaluation.served_places import places
from daogou.learn.online import ONLINE
from daogou.learn.training.measured import Steps
from daogou.learn.training.rankings import RANKERS_FOLDER, rankers_of, train_rankers
from daogou.learn.training.shown import CIRCUMSTANCES, Shown

N_ITEMS, N_LISTS, HOUR_US = 40, 160, 3_600_000_000
RECIPES = {
    "boosted": {"recipe": "boosted", "settings": {"trees": 30, "leaves": 4}},
    "din": {"recipe": "din", "settings": {"epochs": 2, "factors": 4, "hidden": [8]}},
    "lr": {"recipe": "lr"},
}


def taken(number: int) -> bool:
    """What shoppers click here: what is dear, whatever stands where."""
    return number % 4 == 0


def seen_shop(make_shop: Callable[..., Shop], recipe: str) -> Shop:
    """A shop whose log holds lists with what was known, and clicks on what is dear."""
    items = [
        Item(
            f"i{n}", {"en": f"thing {n}"}, categories=(("Home", f"c{n % 5}"),), brand=f"b{n % 3}",
            price_minor=9_000 if taken(n) else 500 + n,
        )
        for n in range(N_ITEMS)
    ]  # fmt: skip
    random = np.random.default_rng(0)
    table = random.random((N_ITEMS, N_ITEMS)).astype(np.float32)
    views = [
        Event(f"v{u}-{n}", "view_item", NOW_US - 10**12 - u, (EventLine(f"i{n}"),), user_id=f"u{u}")
        for u in range(20)
        for n in random.choice(N_ITEMS, 4, replace=False).tolist()
    ]
    home = {"retrievers": {"personal": 1.0}, "ranker": "clicks", "ranked": 30, "max_per_category": None}
    shop = make_shop(
        items,
        views,
        {"ease": Links(table), "trending": Everybody(random.random(N_ITEMS).astype(np.float32))},
        {"ease": 1.0, "trending": 0.1},
        {"rankers": {"clicks": RECIPES[recipe]}, "placements": {"home_for_you": home}},
    )
    for number in range(N_LISTS):
        now_us = NOW_US + number * HOUR_US
        shop.clock = lambda now_us=now_us: now_us
        asked = RecommendRequest("home_for_you", f"u{number % 20}", limit=8, context={"device": "phone"})
        slate = recommend(shop, asked)
        served = tuple(ServedItem(one.item_id, one.position, None, one.source) for one in slate.items)
        name = slate.recommendation_id
        shop.store.log_slates([ServedSlate(name, "home_for_you", now_us, f"u:u{number % 20}", served, slate.seen)])
        told = reports(slate, now_us + 10**6, f"u{number % 20}")
        shop.store.append(told)
    return shop


def reports(slate: Slate, at_us: int, user: str) -> list[Event]:
    """What the page tells: every place was seen, and what is dear was clicked."""
    name, placement = slate.recommendation_id, slate.placement
    return [
        Event(
            f"{kind}-{name}-{one.item_id}", kind, at_us, (EventLine(one.item_id, position=one.position),),
            user_id=user, recommendation_id=name, placement=placement,
        )
        for one in slate.items
        for kind in ("impression", "select_item")
        if kind == "impression" or taken(int(one.item_id[1:]))
    ]  # fmt: skip


def shown_in(shop: Shop) -> Shown:
    """What a training would learn from."""
    outcomes = read_outcomes(shop.store, shop.files)
    counted = places(outcomes, read_served(shop.store), 10**12, ())
    ids = [one.id for one in shop.store.all_items()]
    seen = read_seen(shop.store, ids, ONLINE, CIRCUMSTANCES)
    return Shown.of(counted, outcomes, {one.id: one for one in shop.catalogue.items}, seen)


def staged(shop: Shop, folder: Path) -> Stage:
    """The ranker of the shop's settings, trained on its log."""
    release = folder / "release"
    ranked = train_rankers(
        rankers_of(shop.settings.rankers), shown_in(shop), release / RANKERS_FOLDER, "UTC", 0, Steps(silent, 0)
    )
    assert ranked.notes == ()
    from daogou.learn.rankers.saved import load_ranker

    return Stage("clicks", load_ranker(release / RANKERS_FOLDER / "clicks")[0], shop.catalogue)


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_training_sees_what_serving_saw(make_shop: Callable[..., Shop], tmp_path: Path, recipe: str) -> None:
    if recipe != "lr":
        pytest.importorskip({"din": "torch", "boosted": "lightgbm"}[recipe])
    shop = seen_shop(make_shop, recipe)
    stage = shop.stages["clicks"] = staged(shop, tmp_path)
    now_us = NOW_US + N_LISTS * HOUR_US
    shop.clock = lambda: now_us
    asked = RecommendRequest("home_for_you", "u3", limit=8, context={"device": "phone"})
    made, slate = trace(shop, asked), recommend(shop, asked)
    assert made.ranked is not None
    served = tuple(ServedItem(one.item_id, one.position) for one in slate.items)
    last = slate.recommendation_id
    shop.store.log_slates([ServedSlate(last, "home_for_you", now_us, "u:u3", served, slate.seen)])
    shop.store.append(reports(slate, now_us + 1, "u3"))
    shop.store.append(  # what happens afterwards must not reach back
        [Event(f"later{n}", "purchase", now_us + 5, (EventLine(f"i{n}"),), user_id="u3") for n in range(8)]
    )
    rows = shown_in(shop).table.filter(pl.col("recommendation_id") == last).with_columns(position=pl.lit("0"))
    learned_from = dict(zip(rows["item"].to_list(), stage.model.predict(rows).tolist(), strict=True))
    ids = [shop.catalogue.items[number].id for number in made.ranked.pool.numbers.tolist()]
    served_with = dict(zip(ids, made.ranked.chances.tolist(), strict=True))
    assert len(learned_from) == 8
    for item_id, chance in learned_from.items():
        assert served_with[item_id] == pytest.approx(chance, abs=1e-6)


def test_the_list_is_in_the_order_of_the_chances_and_the_shares_stay_exact(
    make_shop: Callable[..., Shop], tmp_path: Path
) -> None:
    shop = seen_shop(make_shop, "lr")
    asked = RecommendRequest("home_for_you", "u3", limit=8)
    before = [one.item_id for one in recommend(shop, asked).items]
    shop.stages["clicks"] = staged(shop, tmp_path)
    made = trace(shop, asked)
    after = recommend(shop, asked)
    dear = [taken(int(one.item_id[1:])) for one in after.items]
    assert sum(dear) > sum(taken(int(one[1:])) for one in before)
    assert [one.score for one in after.items] == sorted((one.score for one in after.items), reverse=True)
    np.testing.assert_allclose(made.causes.sources.sum(axis=0), made.pool.scores, rtol=1e-4)
    told = explain(shop, asked, after.items[0].item_id)
    assert (told.rank, told.stages[0].stage) == (1, "ranker")
    assert told.stages[0].factor == pytest.approx(after.items[0].score)
    assert "Ranker clicks" in told.stages[0].text
    assert told.stages[0].after == 1
    assert f"place {told.stages[0].before} among" in told.stages[0].text


def test_new_and_changed_items_are_ranked_as_they_are_now(make_shop: Callable[..., Shop], tmp_path: Path) -> None:
    shop = seen_shop(make_shop, "lr")
    stage = shop.stages["clicks"] = staged(shop, tmp_path)
    asked = RecommendRequest("home_for_you", "u3", limit=8)

    def chance(item_id: str) -> float:
        made = trace(shop, asked)
        assert made.ranked is not None
        place = made.ranked.pool.numbers.tolist().index(shop.catalogue.number_of[item_id])
        return float(made.ranked.chances[place])

    cheap = next(one for one in (f"i{n}" for n in range(N_ITEMS) if not taken(n)) if _is_ranked(shop, asked, one))
    before = chance(cheap)
    shop.store.put_items([replace(shop.catalogue.item(cheap), price_minor=9_000)])  # type: ignore[type-var]
    shop.store.put_items([Item("fresh", {"en": "fresh"}, price_minor=9_000)])
    shop.refresh()
    assert chance(cheap) > before
    assert len(stage._items) == len(shop.catalogue) == N_ITEMS + 1


def _is_ranked(shop: Shop, asked: RecommendRequest, item_id: str) -> bool:
    made = trace(shop, asked)
    assert made.ranked is not None
    return shop.catalogue.number_of[item_id] in made.ranked.pool.numbers


def test_a_shop_without_rankers_logs_nothing_and_one_without_the_model_serves_and_says_so(
    make_shop: Callable[..., Shop], links: Links
) -> None:
    plain = make_shop(models={"ease": links}, weights={"ease": 1.0}, events=[_view()])
    assert recommend(plain, RecommendRequest("home_for_you", "ann")).seen is None
    flags = {
        "rankers": {"clicks": {"recipe": "lr"}},
        "placements": {"home_for_you": {"retrievers": {"personal": 1.0}, "ranker": "clicks"}},
    }
    wanting = make_shop(models={"ease": links}, weights={"ease": 1.0}, events=[_view()], flags=flags)
    slate = recommend(wanting, RecommendRequest("home_for_you", "ann"))
    assert slate.seen is not None
    assert slate.seen.features.shape == (len(slate.items), len(ONLINE))
    assert slate.seen.history.tolist() == [0]


def test_a_log_of_purchases_alone_and_absurd_prices_leave_every_feature_finite(
    make_shop: Callable[..., Shop], links: Links
) -> None:
    flags = {"rankers": {"clicks": {"recipe": "lr"}}}
    bought = [
        Event(f"p{u}-{n}", "purchase", NOW_US - 10**9 - u, (EventLine(f"i{n}"),), user_id=f"u{u}")
        for u in range(300)
        for n in (0, 3)
    ]
    shop = make_shop(models={"ease": links}, weights={"ease": 1.0}, events=bought, flags=flags)
    shop.store.put_items([Item("i1", {"en": "jewel"}, price_minor=2**62)])
    slate = recommend(shop, RecommendRequest("home_for_you", "u1"))
    assert slate.seen is not None
    assert not np.isinf(slate.seen.features).any()
    rates = slate.seen.features[:, [ONLINE.index("cart_rate"), ONLINE.index("buy_rate")]]
    assert (rates[~np.isnan(rates)] <= 1).all()


def test_who_is_forgotten_takes_what_was_known_along(make_shop: Callable[..., Shop], links: Links) -> None:
    flags = {"rankers": {"clicks": {"recipe": "lr"}}}
    shop = make_shop(models={"ease": links}, weights={"ease": 1.0}, events=[_view()], flags=flags)
    slate = recommend(shop, RecommendRequest("home_for_you", "ann"))
    served = tuple(ServedItem(one.item_id, one.position) for one in slate.items)
    shop.store.log_slates([ServedSlate("r1", "home_for_you", NOW_US, "u:ann", served, slate.seen)])
    kept = shop.store.slate("r1")
    assert kept is not None
    assert kept.seen is not None
    assert slate.seen is not None
    np.testing.assert_array_equal(kept.seen.features, slate.seen.features)
    shop.store.forget(["u:ann"])
    left = shop.store.slate("r1")
    assert left is not None
    assert left.seen is None


def test_a_placement_cannot_name_a_ranker_that_is_not_there(tmp_path: Path) -> None:
    home = {"retrievers": {"personal": 1.0}, "ranker": "clicks"}
    with pytest.raises(InvalidInput, match=r"none of \[rankers\] is called 'clicks'. Known: none"):
        read_settings(tmp_path, {"placements": {"home_for_you": home}})


def _view() -> Event:
    return Event("e1", "view_item", NOW_US - 10**9, (EventLine("i0"),), user_id="ann")
