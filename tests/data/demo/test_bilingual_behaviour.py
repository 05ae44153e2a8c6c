"""The bilingual shop's log: what was shown, clicked, bought and returned follows the stated truth."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2, rankdata

from daogou.core.clock import DAY_US
from daogou.data.demo.bilingual import BilingualShop, generate
from daogou.data.demo.bilingual.coupons import all_coupons
from daogou.data.demo.bilingual.facts import click_through, measure
from daogou.data.demo.bilingual.log import NUMBER, PLACEMENTS
from daogou.data.demo.bilingual.policy import draw_slates
from daogou.data.demo.bilingual.seasons import END_US, START_US, WEATHERS
from daogou.data.demo.bilingual.truth import Situations, attraction, examination

HAN = re.compile(r"[\u4e00-\u9fff]")
HOME, SEARCH, CATEGORY = (PLACEMENTS.index(name) for name in ("home_for_you", "search", "category"))


@pytest.fixture(scope="module")
def shop() -> BilingualShop:
    return generate(seed=7)


class Impressions:
    """The shown lists of one placement, as (n_slates, 8) arrays; only full lists."""

    def __init__(self, shop: BilingualShop, placement: int) -> None:
        events, lines = shop.events.events, shop.events.lines
        wanted = (
            (events["name"] == NUMBER["impression"]) & (events["placement"] == placement) & (events["n_lines"] == 8)
        )
        starts = np.cumsum(events["n_lines"].astype(np.int64)) - events["n_lines"]
        places = starts[wanted][:, None] + np.arange(8)
        self.items, self.propensity = lines["item"][places], lines["propensity"][places]
        self.visit = events["visit"][wanted]
        self.week = shop.events.visits.day[self.visit] // 7
        clicks = (events["name"] == NUMBER["select_item"]) & (events["placement"] == placement)
        clicked = set(zip(events["slate"][clicks].tolist(), lines["item"][starts[clicks]].tolist(), strict=True))
        self.clicked = np.array(
            [[(slate, item) in clicked for item in row]
             for slate, row in zip(events["slate"][wanted].tolist(), self.items.tolist(), strict=True)]
        )  # fmt: skip


@pytest.fixture(scope="module")
def home(shop: BilingualShop) -> Impressions:
    return Impressions(shop, HOME)


def lines_of(shop: BilingualShop, name: str) -> dict[str, np.ndarray[Any, Any]]:
    """Columns of all lines of one event name, event columns repeated."""
    events, lines = shop.events.events, shop.events.lines
    event = np.repeat(np.arange(len(events["name"])), events["n_lines"])
    chosen = events["name"][event] == NUMBER[name]
    columns = {column: values[event[chosen]] for column, values in events.items()}
    return {**columns, **{column: values[chosen] for column, values in lines.items()}}


def type_number(shop: BilingualShop, slug: str) -> int:
    return shop.truth.type_slugs.index(slug)


def test_the_log_has_the_promised_size(shop: BilingualShop) -> None:
    facts = measure(shop)
    assert 300_000 <= facts["lines"] <= 500_000
    assert facts["events_without_impressions"] >= 60_000
    assert all(facts["events"].values())
    assert 0 < facts["share_of_items_never_touched"] < 0.2


def test_recorded_propensity_is_the_policy_given_what_stands_above(shop: BilingualShop) -> None:
    truth = shop.truth
    for placement, scope_of in ((HOME, None), (CATEGORY, truth.item_category), (SEARCH, truth.item_type)):
        shown = Impressions(shop, placement)
        policy = truth.policy[shown.week].astype(np.float64)
        if scope_of is not None:
            policy = policy * (scope_of[None] == scope_of[shown.items[:, :1]])
        policy /= policy.sum(axis=1, keepdims=True)
        share = np.take_along_axis(policy, shown.items, axis=1)
        expected = share / (1 - (np.cumsum(share, axis=1) - share))
        np.testing.assert_allclose(shown.propensity, expected, rtol=1e-3)


def test_first_places_of_the_home_page_are_drawn_as_the_policy_says(shop: BilingualShop, home: Impressions) -> None:
    statistic, freedom = 0.0, 0
    for week, policy in enumerate(shop.truth.policy.astype(np.float64)):
        shown = home.items[home.week == week, 0]
        if len(shown) < 100:
            continue
        # bins are fixed by the policy alone: later policies depend on what was shown before
        order = np.argsort(-policy)
        bins = np.empty(len(policy), int)
        bins[order] = np.minimum(np.cumsum(policy[order]) * 10, 9).astype(int)
        expected = np.bincount(bins, weights=policy, minlength=10) * len(shown) / policy.sum()
        observed = np.bincount(bins[shown], minlength=10)
        statistic += float(((observed - expected) ** 2 / expected).sum())
        freedom += 9
    assert freedom > 300
    assert chi2.sf(statistic, df=freedom) > 0.001


def test_inverse_propensities_count_the_items_that_could_have_been_shown(
    shop: BilingualShop, home: Impressions
) -> None:
    on_sale = (shop.truth.policy > 0).sum(axis=1)[home.week]
    for place in range(8):
        estimate, error = (1 / home.propensity[:, place]).mean(), (1 / home.propensity[:, place]).std()
        assert abs(estimate - (on_sale - place).mean()) < 5 * error / np.sqrt(len(home.items))


def test_drawing_lists_follows_plackett_luce() -> None:
    policy = np.array([0.5, 0.3, 0.2])
    items, propensity = draw_slates(
        policy, np.tile(np.arange(3, dtype=np.int32), (40_000, 1)), 2, np.random.default_rng(1)
    )
    pairs = Counter(map(tuple, items.tolist()))
    for (first, second), count in pairs.items():
        expected = policy[first] * policy[second] / (1 - policy[first])
        assert abs(count / 40_000 - expected) < 0.01
    np.testing.assert_allclose(
        propensity.prod(axis=1), policy[items[:, 0]] * policy[items[:, 1]] / (1 - policy[items[:, 0]])
    )


def test_a_scope_smaller_than_the_list_leaves_places_empty() -> None:
    items, propensity = draw_slates(
        np.array([0.4, 0.6, 0.0]), np.array([[0, 2, -1]], np.int32), 8, np.random.default_rng(0)
    )
    assert items.tolist() == [[0, -1, -1]]
    assert propensity[0, 0] == 1.0
    assert np.isnan(propensity[0, 1:]).all()


@pytest.mark.parametrize("placement", [HOME, SEARCH, CATEGORY])
def test_click_through_falls_with_position(shop: BilingualShop, placement: int) -> None:
    rate = click_through(shop, placement)
    assert (np.diff(rate) < 0).sum() >= 6
    assert rate[0] > 2.5 * rate[-1]


def situations_of(shop: BilingualShop, shown: Impressions) -> Situations:
    visits, visit = shop.events.visits, shown.visit
    nothing = np.full(len(visit), -1, np.int32)
    return Situations(visits.user[visit], shown.items, visits.day[visit], visits.hour[visit], visits.weather[visit],
                      visits.store[visit], visits.device[visit], nothing)  # fmt: skip


def test_the_true_click_probability_predicts_clicks_and_is_calibrated(shop: BilingualShop, home: Impressions) -> None:
    chance = examination(np.arange(8, dtype=np.int32))[None] * attraction(
        shop.truth.utilities(situations_of(shop, home))
    )
    clicked = home.clicked
    ranks = rankdata(chance.ravel())
    n_clicked = clicked.sum()
    area = (ranks[clicked.ravel()].sum() - n_clicked * (n_clicked + 1) / 2) / (n_clicked * (clicked.size - n_clicked))
    assert area > 0.75
    by_decile = np.array_split(np.argsort(chance.ravel()), 10)
    predicted = np.array([chance.ravel()[part].mean() for part in by_decile])
    seen = np.array([clicked.ravel()[part].mean() for part in by_decile])
    np.testing.assert_allclose(seen[5:], predicted[5:], rtol=0.15)
    assert np.all(np.diff(seen[3:]) > 0)


def test_a_refund_comes_after_the_purchase_of_that_very_line(shop: BilingualShop) -> None:
    bought, back = lines_of(shop, "purchase"), lines_of(shop, "refund")
    paid = {
        (order, item, user): (at, quantity, price)
        for order, item, user, at, quantity, price in zip(
            *(bought[name].tolist() for name in ("transaction", "item", "user", "at_us", "quantity", "price_minor")),
            strict=True,
        )
    }
    columns = ("transaction", "item", "user", "at_us", "quantity", "price_minor")
    for order, item, user, at, quantity, price in zip(*(back[name].tolist() for name in columns), strict=True):
        paid_at, its_quantity, its_price = paid[(order, item, user)]
        assert 3 * DAY_US <= at - paid_at <= 14 * DAY_US
        assert (quantity, price) == (its_quantity, its_price)
    assert len(back["item"]) > 100


def test_clothes_come_back_more_often_than_snacks(shop: BilingualShop) -> None:
    category = shop.truth.item_category
    bought, back = lines_of(shop, "purchase")["item"], lines_of(shop, "refund")["item"]
    share = np.bincount(category[back], minlength=12) / np.bincount(category[bought], minlength=12)
    slugs = [row["attributes"]["product_type"][0] for row in shop.items]
    dress, nuts = category[slugs.index("dress")], category[slugs.index("nuts")]
    assert share[dress] > 3 * share[nuts]


@pytest.mark.parametrize(
    ("summer", "winter"), [("sunscreen", "hand-cream"), ("fan", "heater"), ("dress", "womens-sweater")]
)
def test_seasons_show_in_what_is_looked_at(shop: BilingualShop, summer: str, winter: str) -> None:
    views = lines_of(shop, "view_item")
    kind, month = shop.truth.item_type[views["item"]], (views["at_us"] - START_US) // DAY_US
    is_summer, is_winter = (month >= 130) & (month < 210), (month < 35) | (month >= 275)

    def ratio(slug: str) -> float:
        chosen = kind == type_number(shop, slug)
        return float((chosen & is_summer).sum() / max((chosen & is_winter).sum(), 1))

    assert ratio(summer) > 2 * ratio(winter)


def test_umbrellas_are_looked_for_in_the_rain(shop: BilingualShop) -> None:
    views = lines_of(shop, "view_item")
    weather = shop.events.visits.weather[views["visit"]]
    is_umbrella = shop.truth.item_type[views["item"]] == type_number(shop, "umbrella")
    is_rain = weather == WEATHERS.index("rain")
    assert is_umbrella[is_rain].mean() > 2 * is_umbrella[~is_rain].mean()


def test_what_goes_together_is_bought_together(shop: BilingualShop) -> None:
    bought = lines_of(shop, "purchase")
    kind = shop.truth.item_type[bought["item"]]
    orders = {
        slug: set(bought["transaction"][kind == type_number(shop, slug)].tolist())
        for slug in ("smartphone", "phone-case", "notebook", "gel-pen")
    }
    n_orders = len(set(bought["transaction"].tolist()))
    for one, other in (("smartphone", "phone-case"), ("notebook", "gel-pen")):
        together = len(orders[one] & orders[other]) / len(orders[one])
        assert together > 3 * len(orders[other]) / n_orders
        assert together > 0.12


def test_of_what_goes_together_the_partner_is_taken_most_often(shop: BilingualShop) -> None:
    bought, truth = lines_of(shop, "purchase"), shop.truth
    orders: dict[int, list[int]] = {}
    for order, item in zip(bought["transaction"].tolist(), bought["item"].tolist(), strict=True):
        orders.setdefault(order, []).append(item)
    pairs = [(one, other) for items in orders.values() for one in items for other in items
             if truth.type_complements[truth.item_type[one], truth.item_type[other]] > 0]  # fmt: skip
    partnered = sum(other in truth.item_partners[one] for one, other in pairs)
    assert len(pairs) > 500
    assert partnered / len(pairs) > 0.25  # one of about thirty items of the type; by chance it would be 0.04


def test_nappies_are_bought_again_about_when_they_run_out(shop: BilingualShop) -> None:
    bought = lines_of(shop, "purchase")
    mine = shop.truth.item_type[bought["item"]] == type_number(shop, "nappies")
    order = np.lexsort((bought["at_us"][mine], bought["item"][mine], bought["user"][mine]))
    user, item, at = (bought[name][mine][order] for name in ("user", "item", "at_us"))
    again = (user[1:] == user[:-1]) & (item[1:] == item[:-1])
    gaps = np.diff(at)[again] / DAY_US
    assert len(gaps) > 30
    assert 17 < np.median(gaps) < 31


def test_shoppers_search_in_their_own_language(shop: BilingualShop) -> None:
    language = [row["attributes"]["language"][0] for row in shop.users]
    searches = shop.events.events["name"] == NUMBER["search"]
    user, term = shop.events.events["user"][searches], shop.events.events["term"][searches]
    for one, number in zip(user.tolist(), term.tolist(), strict=True):
        assert bool(HAN.search(shop.events.terms[number])) == (language[one] == "zh")


def test_a_coupon_is_claimed_before_it_is_spent_and_takes_off_what_it_says(shop: BilingualShop) -> None:
    coupons = all_coupons()
    claimed: dict[tuple[int, int], int] = {}
    events, lines = shop.events.events, shop.events.lines
    starts = np.cumsum(events["n_lines"].astype(np.int64)) - events["n_lines"]
    spent: set[tuple[int, int]] = set()
    for number in np.nonzero(events["coupon"] >= 0)[0]:
        key, at = (int(events["user"][number]), int(events["coupon"][number])), int(events["at_us"][number])
        if events["name"][number] == NUMBER["select_promotion"]:
            claimed.setdefault(key, at)
        elif events["name"][number] == NUMBER["purchase"]:
            rows = slice(starts[number], starts[number] + events["n_lines"][number])
            total = int((lines["price_minor"][rows] * lines["quantity"][rows]).sum())
            coupon = coupons[key[1]]
            assert at > claimed[key]
            assert total - int(events["value_minor"][number]) == coupon.save_minor
            assert total >= coupon.spend_minor
            assert coupon.first_day <= (at - START_US) // DAY_US <= coupon.last_day
            assert key not in spent
            spent.add(key)
    assert len(spent) > 30


def test_nothing_is_shown_before_it_came_in_or_after_it_went(shop: BilingualShop) -> None:
    shown = lines_of(shop, "impression")
    is_product = ~shop.truth.item_is_coupon[shown["item"]]
    born = shop.truth.item_created_day[shown["item"]]
    assert ((shown["at_us"] - START_US) // DAY_US >= born)[is_product].all()
    expires = {row["id"]: row["expires_at"] for row in shop.items if "expires_at" in row and "kind" not in row}
    assert len(expires) > 5
    ids = np.array(shop.truth.item_ids)[shown["item"]]
    last = {
        item: np.datetime64(int(shown["at_us"][ids == item].max()), "us") for item in expires if (ids == item).any()
    }
    assert all(seen < np.datetime64(expires[item].rstrip("Z")) for item, seen in last.items())


def test_events_run_in_order_of_time_within_the_life_of_the_shop(shop: BilingualShop) -> None:
    at_us = shop.events.events["at_us"]
    assert (np.diff(at_us) >= 0).all()
    assert at_us[0] >= START_US
    assert at_us[-1] < END_US


def test_sales_days_are_the_busiest(shop: BilingualShop) -> None:
    bought = lines_of(shop, "purchase")
    per_day = np.bincount((bought["at_us"] - START_US) // DAY_US, minlength=305)
    singles_day, june_sale = 295, 149  # 11 November, 18 June
    assert per_day[singles_day] > 2 * np.median(per_day)
    assert per_day[june_sale] > 1.5 * np.median(per_day)
