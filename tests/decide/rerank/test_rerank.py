"""What a placement may ask for beside relevance, composed as a decision composes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidInput
from daogou.core.types import F32, I32, Item, StoreStock
from daogou.data.store import ServedItem, ServedSlate
from daogou.decide.pool import Pool, attribute, blend
from daogou.decide.request import RecommendRequest
from daogou.decide.rerank import Reranked, rerank, widened
from daogou.decide.rerank.newcomers import are_new
from daogou.decide.rules.apply import arranged, multiplied
from daogou.decide.rules.ruling import NO_RULING
from daogou.decide.shop import Shop
from daogou.decide.trace import Trace, trace

from ..conftest import NOW_US, event

MakeShop = Callable[..., Shop]
PEOPLE = ["u:ann"]


def thing(number: int, **rest: Any) -> Item:
    return Item(f"i{number}", {"en": f"thing {number}"}, **rest)


def asked(shop: Shop, **context: Any) -> Trace:
    return trace(shop, RecommendRequest("home_for_you", "ann", context=context))


def of(shop: Shop, **plan: Any) -> Any:
    """The placement with these settings, checked as shop.toml is."""
    placement = shop.settings.placements["home_for_you"]
    return type(placement).model_validate({**placement.model_dump(), **plan})


def pool_of(scores: list[float]) -> Pool:
    return Pool(np.arange(len(scores), dtype=np.int32), np.array(scores, np.float32))


def order(pool: Pool, made: Reranked) -> list[int]:
    """Catalogue numbers, best first, as the decision sorts them anew."""
    return pool.numbers[np.argsort(-(pool.scores * made.factors), kind="stable")].tolist()  # type: ignore[no-any-return]


def showing(name: str, days_ago: float, *ids: str, person: str | None = "u:ann") -> ServedSlate:
    items = tuple(ServedItem(one, position) for position, one in enumerate(ids))
    return ServedSlate(name, "home_for_you", NOW_US - int(days_ago * DAY_US), person, items)


def test_a_placement_that_asks_for_nothing_gets_nothing(make_shop: MakeShop) -> None:
    shop = make_shop()
    occasion = asked(shop).occasion
    assert rerank(of(shop), pool_of([3, 2, 1]), occasion, PEOPLE) is None
    assert rerank(of(shop, margin=0.5), pool_of([]), occasion, PEOPLE) is None


@pytest.mark.parametrize("method", ["mmr", "dpp"])
def test_variety_brings_another_category_forward_and_keeps_the_best_first(make_shop: MakeShop, method: str) -> None:
    items = [
        thing(number, categories=(path,), brand=brand)
        for number, (path, brand) in enumerate(
            [(("Home", "Mugs"), "Clay"), (("Home", "Mugs"), "Clay"), (("Home", "Pots"), "Clay"), (("Toys",), "Fun")]
        )
    ]
    shop = make_shop(items)
    pool = pool_of([1.0, 0.98, 0.97, 0.9])
    made = rerank(of(shop, diversity={"method": method, "strength": 0.7}), pool, asked(shop).occasion, [])
    assert made is not None
    assert order(pool, made) == [0, 3, 2, 1]
    assert made.notes["diversity"] == pytest.approx(made.factors)


def test_no_variety_at_strength_nought(make_shop: MakeShop) -> None:
    shop = make_shop()
    made = rerank(of(shop, diversity={"strength": 0.0}), pool_of([3, 2, 1]), asked(shop).occasion, [])
    assert made is not None
    assert made.factors.tolist() == [1, 1, 1]


def test_what_was_shown_again_and_again_sinks_and_a_click_starts_anew(make_shop: MakeShop) -> None:
    shop = make_shop(events=[event("view_item", "i1", days_ago=0.5)])
    shop.store.log_slates([showing(f"s{n}", n, "i0", "i1") for n in (1, 2, 3)])
    shop.store.log_slates([showing("other", 1, "i2", "i2", person="u:bob"), showing("once", 1, "i2")])
    made = rerank(of(shop, rotation=0.5), pool_of([3, 2, 1]), asked(shop).occasion, PEOPLE)
    assert made is not None
    beyond_the_first = 0.5 ** (1 / 3) + 0.5 ** (2 / 3)
    assert made.factors == pytest.approx([0.5**beyond_the_first, 1.0, 1.0])


def test_without_consent_nothing_about_the_shopper_is_read(make_shop: MakeShop) -> None:
    shop = make_shop()
    shop.store.log_slates([showing(f"s{n}", n, "i0") for n in range(5)])
    made = rerank(of(shop, rotation=1.0), pool_of([3, 2]), asked(shop).occasion, [])
    assert made is not None
    assert made.factors.tolist() == [1, 1]
    assert "rotation" not in made.notes


def test_full_rotation_leaves_a_score_above_nought(make_shop: MakeShop) -> None:
    shop = make_shop()
    shop.store.log_slates([showing(f"s{n}", n / 10, "i0") for n in range(5)])
    made = rerank(of(shop, rotation=1.0), pool_of([3, 2]), asked(shop).occasion, PEOPLE)
    assert made is not None
    assert 0 < made.factors[0] < 0.01


def test_earning_more_than_the_mean_lifts_and_an_unknown_cost_does_nothing(make_shop: MakeShop) -> None:
    items = [
        thing(0, price_minor=1000, cost_minor=900),
        thing(1, price_minor=1000, cost_minor=500),
        thing(2, price_minor=1000),
        thing(3, cost_minor=5),
        thing(4, price_minor=1000, cost_minor=3000),
    ]
    shop = make_shop(items)
    made = rerank(of(shop, margin=1.0), pool_of([5, 4, 3, 2, 1]), asked(shop).occasion, [])
    assert made is not None
    assert made.factors == pytest.approx([0.9, 1.3, 1.0, 1.0, 0.8])  # rates 0.1, 0.5 and 0 around a mean of 0.2


def test_few_pieces_sink_by_the_store_that_is_asked_about(make_shop: MakeShop) -> None:
    items = [
        thing(0, stores=(StoreStock("leeds", 1), StoreStock("york", 50))),
        thing(1, stores=(StoreStock("york", 9),)),
        thing(2, stores=(StoreStock("leeds"),)),
        thing(3),
    ]
    shop = make_shop(items)
    pool, plan = pool_of([4, 3, 2, 1]), of(shop, stock=9)
    everywhere = rerank(plan, pool, asked(shop).occasion, [])
    in_leeds = rerank(plan, pool, asked(shop, store_id="leeds").occasion, [])
    assert everywhere is not None
    assert in_leeds is not None
    assert everywhere.factors.tolist() == [1, 1, 1, 1]
    assert in_leeds.factors == pytest.approx([0.2, 1, 1, 1])


@pytest.fixture()
def arrivals(make_shop: MakeShop) -> Shop:
    """Forty things; every fifth came three days ago, the rest last year."""
    return make_shop(
        [thing(n, created_at_us=NOW_US - (3 if n % 5 == 4 and n > 12 else 300) * DAY_US) for n in range(40)]
    )


def test_new_items_get_their_places_with_the_chance_they_had(arrivals: Shop) -> None:
    occasion, plan = (
        asked(arrivals).occasion,
        of(arrivals, max_per_category=None, new_items={"share": 0.25, "days": 14}),
    )
    pool = pool_of([40.0 - n for n in range(40)])
    times = np.zeros(40)
    promised: dict[int, float] = {}
    for moment in range(2_000):
        made = rerank(plan, pool, replace(occasion, now_us=NOW_US + moment), [], limit=8)
        assert made is not None
        assert set(made.drawn) == {one for one in order(pool, made)[:8] if one % 5 == 4 and one > 12}
        assert len(made.drawn) == 2
        times[list(made.drawn)] += 1
        promised |= made.drawn
    for number, chance in promised.items():
        assert times[number] / 2_000 == pytest.approx(chance, abs=4 * (chance * (1 - chance) / 2_000) ** 0.5)


def test_a_broken_place_is_opened_as_often_as_was_promised(arrivals: Shop) -> None:
    occasion, plan = asked(arrivals).occasion, of(arrivals, max_per_category=None, new_items={"share": 0.1, "days": 14})
    pool = pool_of([40.0 - n for n in range(40)])
    opened = [
        len(made.drawn)
        for moment in range(2_000)
        if (made := rerank(plan, pool, replace(occasion, now_us=NOW_US + moment), [], limit=8)) is not None
    ]
    assert np.mean(opened) == pytest.approx(0.8, abs=0.04)


def test_new_items_that_rank_high_themselves_count(arrivals: Shop) -> None:
    occasion, plan = (
        asked(arrivals).occasion,
        of(arrivals, max_per_category=None, new_items={"share": 0.25, "days": 14}),
    )
    numbers = np.array([14, 19, *range(13), *range(20, 40)], np.int32)
    made = rerank(plan, Pool(numbers, np.arange(len(numbers), 0, -1).astype(np.float32)), occasion, [], limit=8)
    assert made is not None
    assert made.drawn == {}
    assert (made.factors == 1).all()


def test_no_item_is_drawn_that_a_cap_would_bar(make_shop: MakeShop) -> None:
    """Of a list of four mugs only a kite may join where four mugs are the most, and no second one of its category."""
    age = {True: NOW_US - DAY_US, False: NOW_US - 300 * DAY_US}
    paths = ["Mugs"] * 6 + ["Pots"] * 2 + ["Mugs", "Kites", "Kites", "Pots"]
    shop = make_shop([thing(n, categories=((path,),), created_at_us=age[n > 7]) for n, path in enumerate(paths)])
    pool, plan = pool_of([20.0 - n for n in range(12)]), of(shop, new_items={"share": 0.25, "days": 14})
    for moment in range(50):
        made = rerank(plan, pool, replace(asked(shop).occasion, now_us=NOW_US + moment), [], limit=8)
        assert made is not None
        places = order(pool, made)
        walked = arranged(NO_RULING, shop.catalogue, np.array(places, np.int32), 8, 4, [])
        shown = {places[place] for place in walked.places}
        assert set(made.drawn) <= shown
        assert set(made.drawn) <= {9, 10, 11}
        assert len(set(made.drawn) & {9, 10}) < 2


def test_the_same_shopper_draws_the_same_for_an_hour(arrivals: Shop) -> None:
    occasion, plan = asked(arrivals).occasion, of(arrivals, max_per_category=None, new_items={"share": 0.5, "days": 14})
    pool = pool_of([40.0 - n for n in range(40)])
    hour = replace(occasion, now_us=NOW_US // 3_600_000_000 * 3_600_000_000)
    minutes = [replace(hour, now_us=hour.now_us + minute * 60_000_000) for minute in range(60)]
    draws = [rerank(plan, pool, one, PEOPLE) for one in minutes]
    assert all(one is not None and one.drawn == draws[0].drawn for one in draws)  # type: ignore[union-attr]
    assert draws[0] is not None
    assert draws[0].drawn


def test_a_new_brand_makes_its_items_new(make_shop: MakeShop) -> None:
    old, new = NOW_US - 300 * DAY_US, NOW_US - DAY_US
    shop = make_shop(
        [
            thing(0, brand="Old", created_at_us=old),
            thing(1, brand="old ", created_at_us=new),
            thing(2, brand="Fresh", created_at_us=new),
            thing(3, attributes={"seller": ("Li",)}, created_at_us=old),
            thing(4),
        ]
    )
    numbers: I32 = np.arange(5, dtype=np.int32)
    assert are_new(numbers, 14, shop.catalogue, NOW_US).tolist() == [False, True, True, False, False]


def test_the_pool_takes_in_new_items_that_may_be_shown(arrivals: Shop) -> None:
    made, plan = asked(arrivals), of(arrivals, max_per_category=None, new_items={"share": 0.25, "days": 14})
    scores: F32 = np.arange(40, 0, -1).astype(np.float32)
    first = pool_of([40.0 - n for n in range(12)])
    visit = replace(made.visit, excluded=np.array([14], np.int32))
    grown = widened(plan, first, arrivals.catalogue, scores, visit, 8)
    assert grown.numbers.tolist() == [*range(12), 19, 24, 29, 34, 39]
    assert (np.diff(grown.scores) < 0).all()
    assert widened(of(arrivals), first, arrivals.catalogue, scores, visit, 8) is first


def test_the_walk_takes_no_more_of_a_brand_than_the_placement_allows(make_shop: MakeShop) -> None:
    shop = make_shop([thing(n, brand="Clay" if n < 4 else None) for n in range(6)])
    numbers: I32 = np.arange(6, dtype=np.int32)
    made = arranged(NO_RULING, shop.catalogue, numbers, 4, None, [], 2)
    assert made.places == [0, 1, 4, 5]
    assert made.passed_over == {2: "brand_cap", 3: "brand_cap"}
    beside_a_pin = arranged(NO_RULING, shop.catalogue, numbers[1:], 3, None, [0], 2)
    assert beside_a_pin.places == [0, 3, 4]


@pytest.mark.parametrize(
    "wrong",
    [{"rotation": 1.5}, {"diversity": {"method": "random"}}, {"new_items": {"share": 0.9}}, {"margin": -1}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_makes_no_sense_is_refused(make_shop: MakeShop, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        make_shop(flags={"placements": {"home_for_you": {"retrievers": {"personal": 1.0}, **wrong}}})


def test_shares_stay_exact_when_scores_are_multiplied(make_shop: MakeShop, links: Any) -> None:
    shop = make_shop(
        events=[event("view_item", "i0"), event("view_item", "i3")], models={"links": links}, weights={"links": 1.0}
    )
    made = asked(shop)
    reranked = rerank(of(shop, diversity={"strength": 0.5}), made.pool, made.occasion, PEOPLE)
    assert reranked is not None
    everybody = np.ones(len(shop.catalogue), np.float32)
    everybody[made.pool.numbers] = reranked.factors
    signals = multiplied(made.signals, everybody)
    causes = attribute(signals, made.occasion.query, made.pool.numbers)
    assert causes.shares.sum(axis=0) == pytest.approx(blend(signals, len(shop.catalogue))[made.pool.numbers])
    assert causes.shares.sum(axis=0) == pytest.approx(made.pool.scores * reranked.factors)
