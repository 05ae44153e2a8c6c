"""What is remembered of a shopper from week to week, and what follows from a purchase later on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from daogou.core.types import F64, I32, I64, Bools
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.truth import NEVER, Situations, Truth

SHARE_RESTOCKS = 0.62  # of purchases of used-up things
RESTOCK_SPREAD = 0.22  # of the log interval
SHARE_SHARED = 0.07  # of purchases that are shown to a friend
UNCLAIMED = 2**62
Bought = tuple[I32, I32, I32]  # user, item, day


@dataclass
class Memory:
    """The state of the simulated year.

    last_item, last_type  day of the last purchase, far in the past where there was none
    popularity            (n_items,) recent clicks and purchases, fading by the week
    restock, shown        by week: user, item and day of a visit that will come
    """

    last_item: I32
    last_type: I32
    popularity: F64
    claimed_at: I64  # (n_users, n_coupons) UNCLAIMED where she has not
    is_spent: Bools  # (n_users, n_coupons)
    restock: dict[int, list[Bought]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[int, list[Bought]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, truth: Truth, n_coupons: int) -> Memory:
        n_users, n_items, n_types = len(truth.user_ids), len(truth.item_ids), len(truth.type_slugs)
        long_ago = -int(NEVER)
        return cls(
            np.full((n_users, n_items), long_ago, np.int32),
            np.full((n_users, n_types), long_ago, np.int32),
            np.zeros(n_items),
            np.full((n_users, n_coupons), UNCLAIMED, np.int64),
            np.zeros((n_users, n_coupons), bool),
        )

    def holds(self, user: I32, at_us: I64) -> Bools:
        """(n, n_coupons) claimed by then and not yet spent."""
        return np.asarray((self.claimed_at[user] <= at_us[:, None]) & ~self.is_spent[user], np.bool_)

    def days_since(self, truth: Truth, user: I32, items: I32, day: I32) -> tuple[F64, F64]:
        """(n, k) days since the item and since its type, at least NEVER where it never happened."""
        item = day[:, None] - self.last_item[user[:, None], items]
        kind = day[:, None] - self.last_type[user[:, None], truth.item_type[items]]
        return item.astype(np.float64), kind.astype(np.float64)

    def remember(self, truth: Truth, user: I32, item: I32, day: I32, rng: np.random.Generator) -> None:
        """Take note of purchases and plan what they lead to."""
        np.maximum.at(self.last_item, (user, item), day)
        np.maximum.at(self.last_type, (user, truth.item_type[item]), day)
        np.add.at(self.popularity, item, 5.0)
        every = truth.type_repeat_days[truth.item_type[item]]
        comes_back = ~np.isnan(every) & (rng.random(len(item)) < SHARE_RESTOCKS)
        wait = np.where(comes_back, every, 7.0) * np.exp(rng.normal(0, RESTOCK_SPREAD, len(item)))
        due = day + np.maximum(np.rint(wait), 7).astype(np.int32)
        _plan(self.restock, user[comes_back], item[comes_back], due[comes_back])
        told = rng.random(len(item)) < SHARE_SHARED
        self._show_friends(truth, user[told], item[told], day[told], rng)

    def _show_friends(self, truth: Truth, user: I32, item: I32, day: I32, rng: np.random.Generator) -> None:
        friends = truth.friends[user]
        has_any = friends.any(axis=1)
        pull = np.where(friends, rng.random(friends.shape), -1.0)
        chosen = pull.argmax(axis=1).astype(np.int32)
        when = (day + rng.integers(7, 14, len(day))).astype(np.int32)
        _plan(self.shown, chosen[has_any], item[has_any], when[has_any])


def situations(
    truth: Truth,
    memory: Memory,
    visit: tuple[I32, I32, I32, I32, I32, I32],
    items: I32,
    looking_for: I32 | None = None,
) -> Situations:
    """Shoppers before items with all that is remembered of them.

    visit  user, day, hour, weather, store and device of each row
    """
    user, day, hour, weather, store, device = visit
    since_item, since_type = memory.days_since(truth, user, items, day)
    intent = np.full(len(user), -1, np.int32) if looking_for is None else looking_for
    return Situations(user, items, day, hour, weather, store, device, intent, since_item, since_type)


def line_prices(truth: Truth, item: I32, day: I32) -> I64:
    """What a piece costs that day, in fen: a tenth off in the two great sales, in whole jiao."""
    is_sale = np.array([name in seasons.DEEP_SALES for name in seasons.sale_of_day()])[day]
    price = truth.item_price_minor[item].astype(np.int64)
    return np.where(is_sale, np.rint(price * seasons.SALE_PRICE / 10).astype(np.int64) * 10, price)


def _plan(calendar: dict[int, list[Bought]], user: I32, item: I32, day: I32) -> None:
    inside = day < seasons.N_DAYS
    user, item, day = user[inside], item[inside], day[inside]
    for week in np.unique(day // 7):
        now = day // 7 == week
        calendar[int(week)].append((user[now], item[now], day[now].astype(np.int32)))
