"""One week of coupons: shown in a list of their own, claimed, and spent on an order that reaches the sum."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F64, I32, I64, Bools
from daogou.data.demo.bilingual.arrivals import Arrivals
from daogou.data.demo.bilingual.browsing import COUPONS, PLACE_SECONDS, PLACES, SECOND_US
from daogou.data.demo.bilingual.coupons import all_coupons
from daogou.data.demo.bilingual.log import LogWriter
from daogou.data.demo.bilingual.policy import draw_slates
from daogou.data.demo.bilingual.shopping import Memory, situations
from daogou.data.demo.bilingual.truth import Truth, attraction, examination

SHARE_LOOKS = 0.5  # of visits while coupons can be claimed
LOOKED_AROUND_US = 120 * SECOND_US
COUPON_APPEAL = 0.9  # coupons draw more than goods do
EVERYWHERE = -1


def coupon_scopes(truth: Truth, category_slugs: dict[str, int]) -> I32:
    """(n_coupons,) the category a coupon is for, EVERYWHERE for the whole shop."""
    return np.array([category_slugs[one.scope] if one.scope else EVERYWHERE for one in all_coupons()], np.int32)


def is_valid(day: I32) -> Bools:
    """(n, n_coupons) which coupons can be claimed and spent on each day."""
    first = np.array([one.first_day for one in all_coupons()])
    last = np.array([one.last_day for one in all_coupons()])
    return np.asarray((day[:, None] >= first) & (day[:, None] <= last), np.bool_)


def claim(
    truth: Truth, memory: Memory, week: Arrivals, first_slate: int, log: LogWriter, rng: np.random.Generator
) -> int:
    """Show the coupons of the day to some visitors, in even chance order; returns how many lists were shown."""
    valid = is_valid(week.day)
    visit = np.nonzero(valid.any(axis=1) & (rng.random(len(week.day)) < SHARE_LOOKS))[0].astype(np.int32)
    if not len(visit):
        return 0
    numbers = np.nonzero(truth.item_is_coupon)[0].astype(np.int32)
    candidates = np.where(valid[visit], numbers[None], -1).astype(np.int32)
    items, propensity = draw_slates(truth.item_is_coupon.astype(np.float64), candidates, PLACES, rng)
    real = items >= 0
    shown = np.where(real, items, numbers[0])
    who = (week.user[visit], week.day[visit], week.hour[visit], week.weather[visit], week.store[visit],
           week.device[visit])  # fmt: skip
    draw = attraction(truth.utilities(situations(truth, memory, who, shown)) + COUPON_APPEAL)
    positions = np.arange(items.shape[1], dtype=np.int32)
    clicked = real & (rng.random(items.shape) < examination(positions)[None] * draw)
    at_us = week.at_us[visit] + 20 * SECOND_US
    slate = (first_slate + np.arange(len(visit))).astype(np.int32)
    log.add(
        "impression", at_us, shown[real], n_lines=real.sum(axis=1), user=who[0], visit=week.number[visit], slate=slate,
        placement=COUPONS, position=np.broadcast_to(positions, items.shape)[real], propensity=propensity[real],
    )  # fmt: skip
    row, place = np.nonzero(clicked)
    coupon = (shown[row, place] - numbers[0]).astype(np.int32)
    claimed_at = at_us[row] + (place + 1) * PLACE_SECONDS * SECOND_US
    log.add(
        "select_promotion", claimed_at, shown[row, place], user=who[0][row],
        visit=week.number[visit[row]], slate=slate[row], placement=COUPONS, position=place, coupon=coupon,
    )  # fmt: skip
    np.minimum.at(memory.claimed_at, (who[0][row], coupon), claimed_at)
    return len(visit)


def held_by_category(memory: Memory, scopes: I32, visits: Arrivals, n_categories: int) -> F64:
    """(n, n_categories) 1 where the shopper holds a valid coupon of that department once she has looked around."""
    holds = memory.holds(visits.user, visits.at_us + LOOKED_AROUND_US) & is_valid(visits.day)
    covers = scopes[:, None] == np.arange(n_categories)[None]
    return np.asarray((holds @ covers) > 0, np.float64)


def coupon_pull(truth: Truth, memory: Memory, scopes: I32, user: I32, item: I32, day: I32, at_us: I64) -> F64:
    """(n,) price sensitivity where the shopper holds a coupon that covers the item, else 0."""
    covers = (scopes[None] == EVERYWHERE) | (scopes[None] == truth.item_category[item][:, None])
    holds = (memory.holds(user, at_us) & is_valid(day) & covers).any(axis=1)
    return np.asarray(np.where(holds, truth.user_price_sensitivity[user], 0.0), np.float64)


def spend(
    truth: Truth, memory: Memory, scopes: I32, buyers: tuple[I32, I32, I64], order: I32, item: I32, amount_minor: I64
) -> tuple[I32, I64]:
    """Use the best coupon that each order reaches.

    buyers  user, day and time of each order
    order, item, amount_minor  (n_lines,) order of the line, what it is, and price times quantity

    Returns the coupon of each order, -1 for none, and what it saves in fen.
    """
    user, day, at_us = buyers
    used = np.full(len(user), -1, np.int32)
    saved = np.zeros(len(user), np.int64)
    usable = memory.holds(user, at_us) & is_valid(day)
    for number, one in enumerate(all_coupons()):
        covered = (scopes[number] == EVERYWHERE) | (truth.item_category[item] == scopes[number])
        total = np.bincount(order[covered], weights=amount_minor[covered], minlength=len(user))
        better = usable[:, number] & (total >= one.spend_minor) & (one.save_minor > saved)
        used[better], saved[better] = number, one.save_minor
    twice = (used >= 0) & ~_is_first(user.astype(np.int64) * len(scopes) + used, at_us)
    used[twice], saved[twice] = -1, 0
    spent = used >= 0
    memory.is_spent[user[spent], used[spent]] = True
    return used, saved


def _is_first(key: I64, at_us: I64) -> Bools:
    """Whether each entry is the earliest of its key."""
    order = np.argsort(at_us, kind="stable")
    first = order[np.unique(key[order], return_index=True)[1]]
    flags = np.zeros(len(key), bool)
    flags[first] = True
    return flags
