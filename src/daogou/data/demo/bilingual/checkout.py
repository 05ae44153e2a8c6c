"""One week of carts, orders, complements, refunds and ratings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import F64, I32, I64, Bools
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.arrivals import Arrivals
from daogou.data.demo.bilingual.browsing import SECOND_US, Clicks
from daogou.data.demo.bilingual.claims import coupon_pull, spend
from daogou.data.demo.bilingual.log import LogWriter
from daogou.data.demo.bilingual.shopping import Memory, line_prices, situations
from daogou.data.demo.bilingual.truth import PARTNER_PULL, Truth, cart_chance, checkout_chance, sale_pull

SHARE_RESTOCK_BOUGHT = 0.88  # of restocking visits that end in an order
SHARE_REMOVED = 0.18  # of carted items that are not bought
SHARE_RATED = 0.2  # of bought lines
TO_THE_TILL_US = 900 * SECOND_US  # from the start of a visit, after everything else in it
RETURN_SHARE = {
    "womens-fashion": 0.15, "shoes-bags": 0.13, "mens-fashion": 0.10, "phones-audio": 0.06, "home-appliances": 0.05,
    "home-textiles": 0.05, "sports-outdoor": 0.05, "kitchen": 0.03, "mother-baby": 0.03, "stationery-toys": 0.03,
    "beauty": 0.03, "snacks-tea": 0.01,
}  # fmt: skip
"""Of bought lines, for an item of utility 1; half as many for each 2.3 of utility more."""


@dataclass(frozen=True)
class Wants:
    """Items seen closely in a week's visits, one entry each.

    is_restock  she came to buy exactly this again
    """

    visit: I32
    item: I32
    utility: F64
    at_us: I64
    slate: I32
    placement: I32
    is_restock: Bools

    @classmethod
    def of(cls, parts: list[Clicks], direct: list[Wants]) -> Wants:
        """Clicks and direct visits together, each item once per visit, in order of visit and time."""
        none = [np.zeros(len(one.item), bool) for one in parts] + [one.is_restock for one in direct]
        every: list[Clicks | Wants] = [*parts, *direct]
        visit, item, at_us = (
            np.concatenate([getattr(one, name) for one in every]) for name in ("visit", "item", "at_us")
        )
        order = np.lexsort((item, at_us, visit))
        _, first = np.unique(visit[order].astype(np.int64) << 32 | item[order], return_index=True)
        kept = order[np.sort(first)]
        rest = (
            np.concatenate([getattr(one, name) for one in every])[kept] for name in ("utility", "slate", "placement")
        )
        utility, slate, placement = rest
        return cls(visit[kept], item[kept], utility, at_us[kept], slate, placement, np.concatenate(none)[kept])


@dataclass(frozen=True)
class Lines:
    """Bought lines in order of visit."""

    visit: I32
    item: I32
    utility: F64


@dataclass
class Till:
    """Rings up orders and remembers the next order's number."""

    truth: Truth
    memory: Memory
    log: LogWriter
    type_members: I32  # (n_types, most) items by type, padded with -1
    coupon_scopes: I32
    return_share: F64  # (n_categories,)
    next_order: int = 0

    def serve(self, week: Arrivals, wants: Wants, on_sale: Bools, rng: np.random.Generator) -> I32:
        """Turn wants into carts, orders and what follows; returns the rows of visits that bought."""
        truth = self.truth
        user, day = week.user[wants.visit], week.day[wants.visit]
        coupon = coupon_pull(truth, self.memory, self.coupon_scopes, user, wants.item, day, wants.at_us)
        carted = wants.is_restock | (rng.random(len(user)) < cart_chance(wants.utility, coupon))
        chance = np.where(wants.is_restock, SHARE_RESTOCK_BOUGHT, checkout_chance(wants.utility, sale_pull(day)))
        bought = carted & (rng.random(len(user)) < chance)
        self._log_carts(week, wants, carted, bought, rng)
        lines = Lines(wants.visit[bought], wants.item[bought], wants.utility[bought])
        lines = self._with_complements(week, lines, on_sale, rng)
        if len(lines.item):
            self._ring_up(week, lines, rng)
        return np.unique(lines.visit)

    def _log_carts(self, week: Arrivals, wants: Wants, carted: Bools, bought: Bools, rng: np.random.Generator) -> None:
        removed = carted & ~bought & (rng.random(len(carted)) < SHARE_REMOVED)
        for name, chosen, seconds in (("add_to_cart", carted, 4), ("remove_from_cart", removed, 200)):
            visit, item = wants.visit[chosen], wants.item[chosen]
            self.log.add(
                name, wants.at_us[chosen] + seconds * SECOND_US, item, user=week.user[visit],
                visit=week.number[visit], slate=wants.slate[chosen], placement=wants.placement[chosen],
                price_minor=line_prices(self.truth, item, week.day[visit]),
            )  # fmt: skip

    def _with_complements(self, week: Arrivals, lines: Lines, on_sale: Bools, rng: np.random.Generator) -> Lines:
        """Add what goes with the bought items: the type by its chance, the item of that type by her own taste."""
        truth = self.truth
        chance = truth.type_complements[truth.item_type[lines.item]]
        row, kind = np.nonzero(rng.random(chance.shape) < chance)
        if not len(row):
            return lines
        visit, user = lines.visit[row], week.user[lines.visit[row]]
        since = week.day[visit] - self.memory.last_type[user, kind]
        fresh = since > 60
        visit, kind = visit[fresh], kind[fresh].astype(np.int32)
        partners = truth.item_partners[lines.item[row[fresh]]]
        items = self.type_members[kind]
        possible = (items >= 0) & on_sale[items]
        who = (week.user[visit], week.day[visit], week.hour[visit], week.weather[visit], week.store[visit],
               week.device[visit])  # fmt: skip
        utility = truth.utilities(situations(truth, self.memory, who, np.where(items >= 0, items, 0)))
        utility = utility + PARTNER_PULL * (partners[:, :, None] == items[:, None, :]).any(axis=1)
        pick = np.argmax(np.where(possible, utility + rng.gumbel(size=utility.shape), -np.inf), axis=1)
        rows = np.arange(len(visit))
        keep = possible[rows, pick]
        added = Lines(visit[keep], items[rows, pick][keep], utility[rows, pick][keep])
        at_us = week.at_us[added.visit] + TO_THE_TILL_US - 100 * SECOND_US
        who_bought = {"user": week.user[added.visit], "visit": week.number[added.visit]}
        self.log.add("view_item", at_us, added.item, **who_bought)
        price = line_prices(truth, added.item, week.day[added.visit])
        self.log.add("add_to_cart", at_us + 20 * SECOND_US, added.item, price_minor=price, **who_bought)
        return _merged(lines, added)

    def _ring_up(self, week: Arrivals, lines: Lines, rng: np.random.Generator) -> None:
        truth = self.truth
        buyers, inverse, many = np.unique(lines.visit, return_inverse=True, return_counts=True)
        order = inverse.astype(np.int32)
        user, day = week.user[lines.visit], week.day[lines.visit]
        is_used_up = ~np.isnan(truth.type_repeat_days[truth.item_type[lines.item]])
        quantity = np.where(is_used_up, rng.choice(3, len(user), p=(0.7, 0.22, 0.08)) + 1, 1).astype(np.int64)
        price = line_prices(truth, lines.item, day)
        amount = price * quantity
        paid_at = week.at_us[buyers] + TO_THE_TILL_US
        who = (week.user[buyers], week.day[buyers], paid_at)
        coupon, saved = spend(truth, self.memory, self.coupon_scopes, who, order, lines.item, amount)
        value = np.bincount(order, weights=amount).astype(np.int64) - saved
        number = (self.next_order + np.arange(len(buyers))).astype(np.int32)
        self.next_order += len(buyers)
        shared = {
            "n_lines": many, "user": week.user[buyers], "visit": week.number[buyers], "quantity": quantity,
            "price_minor": price, "value_minor": value, "coupon": coupon,
        }  # fmt: skip
        self.log.add("begin_checkout", paid_at - 40 * SECOND_US, lines.item, **shared)
        self.log.add("purchase", paid_at, lines.item, transaction=number, **shared)
        self.memory.remember(truth, user, lines.item, day, rng)
        self._follow_up(lines, user, paid_at[order], number[order], quantity, price, rng)

    def _follow_up(
        self, lines: Lines, user: I32, paid_at: I64, order: I32, quantity: I64, price: I64, rng: np.random.Generator
    ) -> None:
        """Refunds some days later, and ratings of what was kept."""
        truth = self.truth
        share = self.return_share[truth.item_category[lines.item]] * np.exp(-0.3 * (lines.utility - 1.0))
        returned = rng.random(len(user)) < np.minimum(share, 0.6)
        back_at = paid_at + (rng.uniform(3, 14, len(user)) * DAY_US).astype(np.int64) // 1000 * 1000
        back = returned & (back_at < seasons.END_US)
        self.log.add(
            "refund", back_at[back], lines.item[back], user=user[back], transaction=order[back],
            quantity=quantity[back], price_minor=price[back], value_minor=(price * quantity)[back],
        )  # fmt: skip
        stars = 3.9 + 0.5 * truth.item_quality[lines.item] + 0.15 * lines.utility + rng.normal(0, 0.7, len(user))
        rated_at = paid_at + (rng.uniform(2, 12, len(user)) * DAY_US).astype(np.int64) // 1000 * 1000
        rated = ~returned & (rng.random(len(user)) < SHARE_RATED) & (rated_at < seasons.END_US)
        self.log.add(
            "rate_item", rated_at[rated], lines.item[rated], user=user[rated],
            rating=np.clip(np.rint(stars), 1, 5)[rated],
        )  # fmt: skip


def _merged(lines: Lines, added: Lines) -> Lines:
    """Both together in order of visit, each item once per visit."""
    visit, item = np.concatenate([lines.visit, added.visit]), np.concatenate([lines.item, added.item])
    utility = np.concatenate([lines.utility, added.utility])
    _, first = np.unique(visit.astype(np.int64) << 32 | item, return_index=True)
    kept = np.sort(first)
    order = kept[np.argsort(visit[kept], kind="stable")]
    return Lines(visit[order], item[order], utility[order])
