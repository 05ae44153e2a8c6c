"""One week of lists shown and clicked: the home page, searches, department pages and coupons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.types import F64, I32, I64
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.arrivals import Arrivals
from daogou.data.demo.bilingual.log import PLACEMENTS, LogWriter
from daogou.data.demo.bilingual.policy import draw_slates
from daogou.data.demo.bilingual.searches import search_terms
from daogou.data.demo.bilingual.shopping import Memory, situations
from daogou.data.demo.bilingual.truth import TYPE_WEIGHT, Truth, attraction, examination
from daogou.data.demo.bilingual.vocabulary import Vocabulary

PLACES = 8
SHARE_HOME = 0.55
ERRANDS = (0.15, 0.60, 0.25)  # share of visits with no, one and two things in mind
COUPON_ERRAND = 1.2  # how much more a department is on her mind while she holds a coupon for it
SHARE_SEARCHED = 0.6  # of errands; the others open the department's page
SHARE_WISHED = 0.06  # of clicks
SHARE_DISLIKED = 0.02  # of home-page places that she saw and would hate
HATED = -3.0
SECOND_US = 1_000_000
SLATE_SECONDS, PLACE_SECONDS = 150, 9
HOME, SEARCH, CATEGORY, COUPONS = range(len(PLACEMENTS))


@dataclass(frozen=True)
class Scopes:
    """Item numbers by what a list may be drawn from, padded with -1."""

    shop: I32  # (1, n)
    category: I32
    type: I32
    category_of_type: I32


@dataclass(frozen=True)
class Slates:
    """Lists shown: row of the visit in its week, where, for which type, and what."""

    visit: I32
    placement: int
    looking_for: I32
    items: I32
    propensity: F64
    at_us: I64


@dataclass(frozen=True)
class Clicks:
    """Clicked items, one entry each: row of the visit, item, utility to her, when, and the list and place it was in."""

    visit: I32
    item: I32
    utility: F64
    at_us: I64
    slate: I32
    placement: I32


def errands(
    truth: Truth, week: Arrivals, held: F64, category_of_type: I32, rng: np.random.Generator
) -> tuple[I32, I32, I32]:
    """What shoppers came for: row of the visit, its how-manieth errand, and the product type.

    held  (n_visits, n_categories) 1 where she holds a coupon of the department
    """
    many = rng.choice(len(ERRANDS), len(week.user), p=ERRANDS)
    visit = np.repeat(np.arange(len(week.user)), many).astype(np.int32)
    nth = (np.arange(len(visit)) - np.repeat(np.cumsum(many) - many, many)).astype(np.int32)
    user, day = week.user[visit], week.day[visit]
    daypart = seasons.daypart_of(week.hour[visit])
    wish = truth.type_appeal[None] + type_pull(truth, user)
    wish = wish + truth.type_season[:, day].T + 1.2 * truth.type_weather[:, week.weather[visit]].T
    wish = wish + 1.2 * truth.type_daypart[:, daypart].T
    wish = wish + COUPON_ERRAND * held[visit][:, category_of_type]
    kind = np.argmax(wish + rng.gumbel(size=wish.shape), axis=1).astype(np.int32)
    return visit, nth, kind


def type_pull(truth: Truth, user: I32) -> F64:
    """(n, n_types) how much a shopper is drawn to a type: its department, itself, and whom it is made for."""
    n_types = len(truth.type_slugs)
    first = np.array([np.argmax(truth.item_type == kind) for kind in range(n_types)])
    category, audience = truth.item_category[first], truth.item_audience[first]
    return np.asarray(
        0.9 * truth.user_category[user][:, category]
        + 2 * TYPE_WEIGHT * truth.user_type[user]
        + 1.2 * truth.user_audience[user][:, audience],
        np.float64,
    )


def show_lists(
    truth: Truth,
    week: Arrivals,
    policy: F64,
    scopes: Scopes,
    held: F64,
    log: LogWriter,
    is_chinese: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    vocabulary: Vocabulary,
    rng: np.random.Generator,
) -> list[Slates]:
    """Draw the lists of all visits, and log the searches behind them; `held` as for `errands`."""
    visit, nth, kind = errands(truth, week, held, scopes.category_of_type, rng)
    at_us = week.at_us[visit] + (nth.astype(np.int64) + 1) * SLATE_SECONDS * SECOND_US
    searched = rng.random(len(visit)) < SHARE_SEARCHED
    home = np.nonzero(rng.random(len(week.user)) < SHARE_HOME)[0].astype(np.int32)
    nothing = np.full(len(home), -1, np.int32)
    _log_searches(week, visit[searched], kind[searched], at_us[searched], is_chinese, vocabulary, log, rng)
    wanted = [
        (home, HOME, nothing, np.broadcast_to(scopes.shop, (len(home), scopes.shop.shape[1])), week.at_us[home]),
        (visit[searched], SEARCH, kind[searched], scopes.type[kind[searched]], at_us[searched]),
        (
            visit[~searched],
            CATEGORY,
            kind[~searched],
            scopes.category[scopes.category_of_type[kind[~searched]]],
            at_us[~searched],
        ),
    ]
    return [_drawn(rows, place, looking_for, policy, candidates, when, rng)
            for rows, place, looking_for, candidates, when in wanted]  # fmt: skip


def _drawn(
    visit: I32, placement: int, looking_for: I32, policy: F64, candidates: I32, at_us: I64, rng: np.random.Generator
) -> Slates:
    """Lists for all rows that have anything to show."""
    items, propensity = draw_slates(policy, candidates, PLACES, rng)
    shows = (items >= 0).any(axis=1)
    return Slates(visit[shows], placement, looking_for[shows], items[shows], propensity[shows], at_us[shows])


def browse(
    truth: Truth, memory: Memory, week: Arrivals, slates: Slates, first_slate: int, log: LogWriter,
    rng: np.random.Generator,
) -> Clicks:  # fmt: skip
    """Log the lists as seen, let shoppers click by the true choice model, and log that too."""
    n, k = slates.items.shape
    real = slates.items >= 0
    shown = np.where(real, slates.items, 0)
    visit = slates.visit
    who = (week.user[visit], week.day[visit], week.hour[visit], week.weather[visit], week.store[visit],
           week.device[visit])  # fmt: skip
    utility = truth.utilities(situations(truth, memory, who, shown, slates.looking_for))
    positions = np.arange(k, dtype=np.int32)
    seen = rng.random((n, k)) < examination(positions)[None]
    clicked = seen & real & (rng.random((n, k)) < attraction(utility))
    number = (first_slate + np.arange(n)).astype(np.int32)
    many = real.sum(axis=1)
    log.add(
        "impression", slates.at_us + SECOND_US, shown[real], n_lines=many, user=who[0], visit=week.number[visit],
        slate=number, placement=slates.placement, position=np.broadcast_to(positions, (n, k))[real],
        propensity=slates.propensity[real],
    )  # fmt: skip
    row, place = np.nonzero(clicked)
    at_us = slates.at_us[row] + (place + 1) * PLACE_SECONDS * SECOND_US
    clicks = Clicks(
        visit[row], shown[row, place], utility[row, place], at_us, number[row],
        np.full(len(row), slates.placement, np.int32),
    )  # fmt: skip
    _log_clicks(week, clicks, place.astype(np.int32), log, rng)
    if slates.placement == HOME:
        _log_dislikes(week, slates, seen & real & ~clicked, utility, number, log, rng)
    np.add.at(memory.popularity, clicks.item, 1.0)
    return clicks


def _log_clicks(week: Arrivals, clicks: Clicks, place: I32, log: LogWriter, rng: np.random.Generator) -> None:
    shared = {
        "user": week.user[clicks.visit],
        "visit": week.number[clicks.visit],
        "slate": clicks.slate,
        "placement": clicks.placement,
    }
    log.add("select_item", clicks.at_us, clicks.item, position=place, **shared)
    log.add("view_item", clicks.at_us + SECOND_US, clicks.item, **shared)
    wished = rng.random(len(clicks.item)) < SHARE_WISHED
    log.add(
        "add_to_wishlist",
        clicks.at_us[wished] + 5 * SECOND_US,
        clicks.item[wished],
        **{name: column[wished] for name, column in shared.items()},
    )


def _log_dislikes(
    week: Arrivals,
    slates: Slates,
    passed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    utility: F64,
    number: I32,
    log: LogWriter,
    rng: np.random.Generator,
) -> None:
    row, place = np.nonzero(passed & (utility < HATED) & (rng.random(utility.shape) < SHARE_DISLIKED))
    visit = slates.visit[row]
    log.add(
        "dislike_item", slates.at_us[row] + (place + 1) * PLACE_SECONDS * SECOND_US, slates.items[row, place],
        user=week.user[visit], visit=week.number[visit], slate=number[row], placement=slates.placement,
    )  # fmt: skip


def _log_searches(
    week: Arrivals,
    visit: I32,
    kind: I32,
    at_us: I64,
    is_chinese: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    vocabulary: Vocabulary,
    log: LogWriter,
    rng: np.random.Generator,
) -> None:
    terms = search_terms(kind, is_chinese[week.user[visit]], vocabulary, rng)
    first = len(log.terms)
    log.terms.extend(terms)
    log.add(
        "search", at_us, np.empty(0, np.int32), n_lines=0, user=week.user[visit], visit=week.number[visit],
        placement=SEARCH, term=first + np.arange(len(terms)),
    )  # fmt: skip
