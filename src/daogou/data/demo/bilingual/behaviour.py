"""Ten months in the bilingual shop, lived week by week.

Each week: the lists are drawn by that week's policy, shoppers come, look, click, buy; what they bought shapes the
popularity behind the next week's lists, their own later visits, and what their friends hear of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from daogou.core.types import F64, I32, I64
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.arrivals import Arrivals, arrive, own_accord, week_days
from daogou.data.demo.bilingual.browsing import SECOND_US, Clicks, Scopes, browse, show_lists
from daogou.data.demo.bilingual.catalogue import Catalogue
from daogou.data.demo.bilingual.checkout import RETURN_SHARE, Till, Wants
from daogou.data.demo.bilingual.claims import claim, coupon_scopes, held_by_category
from daogou.data.demo.bilingual.coupons import all_coupons
from daogou.data.demo.bilingual.indexes import Indexes
from daogou.data.demo.bilingual.log import EventLog, LogWriter, Visits
from daogou.data.demo.bilingual.policy import WEEKLY_MEMORY, scopes, week_policy
from daogou.data.demo.bilingual.shoppers import Shoppers
from daogou.data.demo.bilingual.shopping import Bought, Memory, situations
from daogou.data.demo.bilingual.truth import Truth
from daogou.data.demo.bilingual.vocabulary import Vocabulary

SHARE_SIBLING = 0.2  # of restocked items: another flavour or size of the same
SHARE_LOGGED_IN = 0.84  # of visits that buy nothing; buyers always are
SHARE_LOGGED_IN_KIOSK = 0.3
OPENING_SECONDS = 15


def live_the_year(
    seed: int,
    truth: Truth,
    catalogue: Catalogue,
    shoppers: Shoppers,
    vocabulary: Vocabulary,
    indexes: Indexes,
    rng: np.random.Generator,
) -> EventLog:
    """Simulate all weeks; fills `truth.policy` as it goes."""
    memory, log, traffic = Memory.of(truth, len(all_coupons())), LogWriter(), seasons.traffic()
    scope = _scopes(truth)
    shares = np.array([RETURN_SHARE[slug] for slug in indexes.categories])
    till = Till(truth, memory, log, scope.type, coupon_scopes(truth, dict(indexes.categories)), shares)
    weeks: list[Arrivals] = []
    buyers: list[I32] = []
    n_visits = n_slates = 0
    for week in range(seasons.N_WEEKS):
        policy = week_policy(catalogue, memory.popularity, week * 7)
        truth.policy[week] = policy
        user, day = own_accord(shoppers, traffic, week_days(week), rng)
        restock, shown = _Planned.of(memory.restock[week]), _Planned.of(memory.shown[week])
        days = np.concatenate([day, restock.day, shown.day]).astype(np.int32)
        came = arrive(truth, np.concatenate([user, restock.user, shown.user]), days, n_visits, rng)
        own = _first(came, len(user))
        n_slates += claim(truth, memory, own, n_slates, log, rng)
        clicks: list[Clicks] = []
        held = held_by_category(memory, till.coupon_scopes, own, len(shares))
        for slates in show_lists(truth, own, policy, scope, held, log, shoppers.is_chinese, vocabulary, rng):
            clicks.append(browse(truth, memory, own, slates, n_slates, log, rng))
            n_slates += len(slates.visit)
        direct = [
            _come_for(truth, memory, came, len(user), restock, True, policy, log, rng),
            _come_for(truth, memory, came, len(user) + len(restock.user), shown, False, policy, log, rng),
        ]
        bought = till.serve(came, Wants.of(clicks, direct), policy > 0, rng)
        buyers.append(came.number[bought])
        memory.popularity *= WEEKLY_MEMORY
        weeks.append(came)
        n_visits += len(came.user)
    return _event_log(seed, truth, shoppers, log, weeks, np.concatenate(buyers), rng)


def _scopes(truth: Truth) -> Scopes:
    n_types = len(truth.type_slugs)
    n_categories = truth.user_category.shape[1]
    product = ~truth.item_is_coupon
    shop = np.nonzero(product)[0].astype(np.int32)[None]
    category_of_type = np.zeros(n_types, np.int32)
    category_of_type[truth.item_type[product]] = truth.item_category[product]
    return Scopes(
        shop,
        scopes(np.where(product, truth.item_category, -1).astype(np.int32), n_categories),
        scopes(np.where(product, truth.item_type, -1).astype(np.int32), n_types),
        category_of_type,
    )


@dataclass(frozen=True)
class _Planned:
    """Visits of a week that were foreseen: one per shopper, for one or more items, on the first of the due days.

    user, day   (n_visits,)
    visit, item (n_items,) row of the visit that each item belongs to
    """

    user: I32
    day: I32
    visit: I32
    item: I32

    @classmethod
    def of(cls, planned: list[Bought]) -> _Planned:
        if not planned:
            nothing = np.empty(0, np.int32)
            return cls(nothing, nothing, nothing, nothing)
        user, item, day = (np.concatenate([one[column] for one in planned]) for column in range(3))
        order = np.lexsort((item, day, user))
        users, first, visit = np.unique(user[order], return_index=True, return_inverse=True)
        return cls(users, day[order][first], visit.astype(np.int32), item[order])


def _first(came: Arrivals, n: int) -> Arrivals:
    names = ("user", "day", "hour", "weather", "store", "device", "at_us")
    return replace(came, **{name: getattr(came, name)[:n] for name in names})


def _come_for(
    truth: Truth,
    memory: Memory,
    came: Arrivals,
    first: int,
    planned: _Planned,
    is_restock: bool,
    policy: F64,
    log: LogWriter,
    rng: np.random.Generator,
) -> Wants:
    """Visits straight to certain items: the entries of `came` from `first` on are those of `planned`."""
    visit = first + planned.visit
    item = _maybe_sibling(truth, planned.item, policy, rng) if is_restock else planned.item
    still_sold = policy[item] > 0
    visit, item = visit[still_sold], item[still_sold]
    at_us = came.at_us[visit] + (OPENING_SECONDS + 30 * _nth(visit)) * SECOND_US
    log.add("view_item", at_us, item, user=came.user[visit], visit=came.number[visit])
    who = (came.user[visit], came.day[visit], came.hour[visit], came.weather[visit], came.store[visit],
           came.device[visit])  # fmt: skip
    utility = truth.utilities(situations(truth, memory, who, item[:, None]))[:, 0]
    none = np.full(len(item), -1, np.int32)
    return Wants(visit, item, utility, at_us, none, none, np.full(len(item), is_restock))


def _nth(visit: I32) -> I64:
    """The how-manieth entry of its visit each one is; equal visits stand together."""
    starts = np.r_[True, visit[1:] != visit[:-1]] if len(visit) else np.empty(0, bool)
    first = np.nonzero(starts)[0][np.cumsum(starts) - 1] if len(visit) else np.empty(0, np.int64)
    return np.asarray(np.arange(len(visit)) - first, np.int64)


def _maybe_sibling(truth: Truth, item: I32, policy: F64, rng: np.random.Generator) -> I32:
    chosen = item.copy()
    for place in np.nonzero(rng.random(len(item)) < SHARE_SIBLING)[0]:
        alike = np.nonzero((truth.item_group == truth.item_group[item[place]]) & (policy > 0))[0]
        if len(alike):
            chosen[place] = rng.choice(alike)
    return chosen


def _event_log(
    seed: int, truth: Truth, shoppers: Shoppers, log: LogWriter, weeks: list[Arrivals], buyers: I32,
    rng: np.random.Generator,
) -> EventLog:  # fmt: skip
    columns = {
        name: np.concatenate([getattr(one, name) for one in weeks])
        for name in ("user", "day", "hour", "weather", "store", "device", "at_us")
    }
    share = np.where(columns["device"] == 2, SHARE_LOGGED_IN_KIOSK, SHARE_LOGGED_IN)
    is_known = rng.random(len(share)) < share
    is_known[buyers] = True
    events, lines = log.written()
    return EventLog(
        seed=seed,
        events=events,
        lines=lines,
        visits=Visits(is_known=is_known, **columns),
        terms=log.terms,
        item_ids=truth.item_ids,
        user_ids=truth.user_ids,
        coupon_codes=[one.code for one in all_coupons()],
        is_denied=shoppers.is_denied,
    )
