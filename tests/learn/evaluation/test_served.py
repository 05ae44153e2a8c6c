"""A handful of lists, clicks and purchases that can be counted on the fingers, and clicks whose truth is known."""

import json

import numpy as np
import polars as pl
import pytest

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.types import Consent, Event, EventLine
from daogou.data.lake import compact
from daogou.data.lake.outcomes import SERVED_SCHEMA, read_context, read_outcomes, read_served
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.learn.evaluation.served import served_figures
from daogou.learn.evaluation.served_places import places

START = 1_700_006_400_000_000


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/shop.db")
    yield opened
    opened.close()


def slate(number, items, *, at_us=START, placement="home_for_you", person="v:ann", source="ease"):
    places = tuple(ServedItem(item, position, None, source) for position, item in enumerate(items))
    return ServedSlate(f"r{number}", placement, at_us, person, places)


class Log:
    """Writes events one second after the other unless told otherwise."""

    def __init__(self, store):
        self.store, self.n = store, 0

    def add(self, name, items="", *, number=None, at_us=None, visitor="ann", position=None, **rest):
        self.n += 1
        lines = tuple(EventLine(item, 1, 500, position) for item in items)
        at = START + self.n * SECOND_US if at_us is None else at_us
        self.store.append(
            [
                Event(f"e{self.n}", name, at, lines, visitor_id=visitor, session_id=f"s-{visitor}",
                      recommendation_id=None if number is None else f"r{number}", **rest)
            ]
        )  # fmt: skip


@pytest.fixture
def log(store):
    return Log(store)


@pytest.fixture
def figures(store, tmp_path):
    def ask(**settings):
        return served_figures(read_outcomes(store, tmp_path / "files"), read_served(store), **settings)

    return ask


def test_only_what_was_seen_is_counted_where_pages_report_it(store, log, figures):
    """Six items went out, four were seen, one of them was clicked and put into the cart."""
    store.log_slates([slate(1, "abc"), slate(2, "def", person=None)])
    log.add("impression", "ab", number=1)
    log.add("impression", "de", number=2, visitor="bob")
    log.add("select_item", "b", number=1)
    log.add("view_item", "b", number=1)
    log.add("add_to_cart", "b", number=1)
    found = figures()
    assert (found.n_slates_served, found.n_places_served, found.n_shoppers) == (2, 6, 2)
    assert found.has_impressions
    assert (found.whole.n_places, found.whole.counts["was_clicked"]) == (4, 1)
    assert found.whole.rates["ctr"].mean == 0.25
    assert found.whole.rates["cart_rate"].mean == 0.25


def test_what_counts_as_a_click_can_be_said(store, log, tmp_path):
    store.log_slates([slate(1, "abc")])
    log.add("view_item", "a", number=1)
    log.add("select_item", "b", number=1)
    found = places(read_outcomes(store, tmp_path), read_served(store), DAY_US, (), ["select_item"])
    assert sorted(found.filter("was_clicked")["item_id"]) == ["b"]


def test_a_click_proves_that_the_item_was_seen(store, log, figures):
    store.log_slates([slate(1, "abc")])
    log.add("impression", "a", number=1)
    log.add("select_item", "c", number=1)
    assert figures().whole.n_places == 2


def test_where_no_page_reports_what_was_seen_all_that_was_served_counts_and_it_is_said(store, log, figures):
    store.log_slates([slate(1, "abcd"), slate(2, "ab", placement="email")])
    log.add("select_item", "b", number=1)
    found = figures()
    assert not found.has_impressions
    assert (found.whole.n_places, found.whole.rates["ctr"].mean) == (6, pytest.approx(1 / 6))


def test_seen_and_merely_served_do_not_mix(store, log, figures):
    store.log_slates([slate(1, "abcd"), slate(2, "ab", placement="email")])
    log.add("impression", "ab", number=1)
    found = figures()
    assert found.whole.n_places == 2
    assert {one.name: (one.is_seen, one.n_places) for one in found.of("placement")} == {
        "home_for_you": (True, 2),
        "email": (False, 2),
    }


def test_a_purchase_goes_back_to_the_last_list_its_item_was_clicked_in(store, log, figures):
    store.log_slates([slate(1, "ab"), slate(2, "ab", placement="cart_addon")])
    for number in (1, 2):
        log.add("impression", "ab", number=number)
        log.add("select_item", "a", number=number)
    log.add("purchase", "ab", transaction_id="t1")
    found = figures()
    bought = {one.name: one.counts["was_bought"] for one in found.of("placement")}
    assert bought == {"home_for_you": 0, "cart_addon": 1}
    assert found.whole.revenue_minor == 500
    assert found.whole.rates["purchase_per_click"].mean == 0.5


def test_a_purchase_after_the_window_is_not_ours(store, log, figures):
    store.log_slates([slate(1, "a")])
    log.add("select_item", "a", number=1)
    log.add("purchase", "a", at_us=START + 8 * DAY_US)
    assert figures().whole.counts["was_bought"] == 0
    assert figures(window_days=9).whole.counts["was_bought"] == 1


def test_someone_elses_purchase_is_not_ours_but_that_of_the_visitor_who_signed_in_is(store, log, figures):
    store.log_slates([slate(1, "ab")])
    log.add("select_item", "ab", number=1)
    log.add("purchase", "a", visitor="bob")
    assert figures().whole.counts["was_bought"] == 0
    log.add("purchase", "b", user_id="u1")
    assert figures().whole.counts["was_bought"] == 1


def test_refunds_and_dislikes_count_against_the_list(store, log, figures):
    store.log_slates([slate(1, "abcd")])
    log.add("impression", "abcd", number=1)
    log.add("dislike_item", "d", number=1)
    log.add("select_item", "ab", number=1)
    log.add("purchase", "ab")
    log.add("refund", "b")
    rates = figures().whole.rates
    assert (rates["dislike_rate"].mean, rates["refund_rate"].mean) == (0.25, 0.5)


def test_time_with_an_item_ends_at_the_shoppers_next_own_act(store, log, figures):
    """What the page reports by itself, such as the next impression, is no act."""
    store.log_slates([slate(1, "ab")])
    log.add("select_item", "a", number=1, at_us=START)
    log.add("view_item", "a", number=1, at_us=START + SECOND_US)
    log.add("impression", "b", number=1, at_us=START + 2 * SECOND_US)
    log.add("search", at_us=START + 41 * SECOND_US)
    assert figures().whole.dwell_seconds == pytest.approx(40)


def test_releases_are_told_apart_by_when_they_served(store, log, figures):
    store.log_slates([slate(1, "a"), slate(2, "a", at_us=START + DAY_US), slate(3, "a", at_us=START - DAY_US)])
    found = figures(releases=[("first", START - 1), ("second", START + DAY_US - 1)])
    assert {one.name: one.n_places for one in found.of("release")} == {"earlier": 1, "first": 1, "second": 1}


def test_days_show_how_much_goes_to_the_best_sellers(store, figures):
    store.log_slates([slate(1, "abcd"), slate(2, "ab", at_us=START + DAY_US)])
    days = figures(head={"a"}).days
    assert [(one.day, one.n_places, one.head_share) for one in days] == [
        ("2023-11-15", 4, 0.25),
        ("2023-11-16", 2, 0.5),
    ]


def test_who_refused_to_be_counted_is_not(store, log, figures):
    store.log_slates([slate(1, "ab"), slate(2, "ab")])
    log.add("impression", "ab", number=1)
    log.add("impression", "ab", number=2, consent=Consent(analytics="denied"))
    log.add("select_item", "a", number=2, consent=Consent(analytics="denied"))
    found = figures().whole
    assert (found.n_places, found.counts["was_clicked"]) == (2, 0)


def test_without_any_list_there_is_nothing_to_say(log, figures):
    log.add("purchase", "a")
    assert figures() is None


def test_the_figures_are_the_same_from_the_lake_and_serialise(store, log, figures, tmp_path):
    store.log_slates([slate(1, "ab")])
    log.add("impression", "ab", number=1)
    log.add("select_item", "a", number=1)
    before = figures().to_dict()
    log.add("search", at_us=START + 3 * DAY_US)  # a day is compacted when it is over
    compact(store, tmp_path / "files")
    assert figures().to_dict() == before
    assert '"counted": "seen"' in json.dumps(before, allow_nan=False)


def test_context_is_what_most_of_a_shoppers_events_say(store, log, tmp_path):
    for country in ("France", "Spain", "Spain"):
        log.add("view_item", "a", context={"country": country})
    log.add("view_item", "a", visitor="bob", context={"country": "Italy", "device": "phone"})
    found = read_context(store, tmp_path / "files", ["country", "device"])
    assert found == {"country": {"v:ann": "Spain", "v:bob": "Italy"}, "device": {"v:bob": "phone"}}


COST = np.array([1.0, 0.6, 0.4, 0.3])
"""What a place alone does to clicks in `simulated`."""


@pytest.fixture(scope="module")
def simulated():
    """Good items mostly stand on top, others below; each is clicked by its appeal times the cost of its place."""
    generator = np.random.default_rng(3)
    n, items = 20_000, np.arange(40)
    appeal = np.where(items < 3, 0.5, 0.05)
    height = np.log(appeal) + generator.gumbel(size=(n, 40)) * 0.8
    shown = np.argsort(-height, axis=1)[:, :4]
    clicked = generator.random((n, 4)) < appeal[shown] * COST
    row, place = np.nonzero(np.ones((n, 4)))
    item = shown[row, place]
    both = np.concatenate([np.arange(len(row)), np.flatnonzero(clicked.ravel())])
    outcomes = pl.DataFrame(
        {
            "name": ["impression"] * len(row) + ["select_item"] * int(clicked.sum()),
            "at_us": START + both,
            "person": [f"v:{one}" for one in row[both]],
            "session_id": [f"s{one}" for one in row[both]],
            "recommendation_id": [f"r{one}" for one in row[both]],
            "placement": "home_for_you",
            "item_id": [f"i{one}" for one in item[both]],
            "position": place[both],
            "quantity": 1,
            "price_minor": 100,
        }
    ).with_columns(pl.col("position").cast(pl.Int32))
    return served_figures(outcomes, pl.DataFrame(schema=SERVED_SCHEMA))


def test_what_a_place_alone_costs_is_told_apart_from_better_items_standing_higher(simulated):
    assert [one.place for one in simulated.place_effects] == [1, 2, 3]
    for one in simulated.place_effects:
        assert one.ratio.low * 0.98 < COST[one.place] < one.ratio.high * 1.02
    assert simulated.place_effects[-1].raw < 0.7 * COST[3]


def test_clicks_fall_from_place_to_place(simulated):
    rates = [one.rates["ctr"].mean for one in simulated.of("place")]
    assert len(rates) == 4
    assert rates == sorted(rates, reverse=True)


def test_a_share_of_nothing_is_left_out(simulated):
    assert "refund_rate" not in simulated.whole.rates
    assert simulated.whole.rates["purchase_rate"].mean == 0.0
