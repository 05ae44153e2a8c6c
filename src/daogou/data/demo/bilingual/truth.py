"""What is really going on in the bilingual shop: every shopper's utility for every item, and how she chooses.

It generated the log and can answer new slates (see `replay.py`), so it is for judging a recommender, never for
training one. Choice follows the position-based model: a place is looked at with a chance of its own, and what is
looked at is clicked by its attraction (Craswell et al., "An experimental comparison of click position-bias
models", WSDM 2008).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidInput
from daogou.core.types import F32, F64, I32, Bools
from daogou.data.demo.bilingual import seasons

EXAMINATION_DECAY = 0.65  # a place at rank r is looked at with chance r ** -EXAMINATION_DECAY
CLICK_BIAS = -3.1
CART_BIAS = -2.6
CART_SLOPE = 0.55
CHECKOUT_BIAS = -0.8
CHECKOUT_SLOPE = 0.2
COUPON_PULL = 0.5  # on the cart, for a shopper of usual price sensitivity who holds a coupon that fits
SALE_PULL = 0.35  # on checkout, in the two great sales
INTENT_PULL = 1.5  # for items of the type she is looking for
NEW_PULL = 0.3  # for items of the last thirty days
PARTNER_PULL = 3.0  # for the very item that suits what is in the cart: the case made for the phone
NEVER = 10_000.0  # days since something that never happened
LATENT_WEIGHT = 0.33
CATEGORY_WEIGHT, TYPE_WEIGHT, BRAND_WEIGHT, COLOUR_WEIGHT, STYLE_WEIGHT = 0.55, 0.5, 0.6, 0.8, 0.7


@dataclass(frozen=True)
class Context:
    """The circumstances in which one shopper sees a slate.

    day, hour      day counted from the shop's first day; local hour
    weather, store, device   positions in seasons.WEATHERS, STORES and DEVICES
    looking_for    position of a product type she has in mind, -1 for none
    cart           items in her cart
    bought         (item, days ago) of what she bought before
    coupon_scopes  categories for which she holds a coupon
    """

    day: int
    hour: int
    weather: int
    store: int
    device: int = 0
    looking_for: int = -1
    cart: tuple[int, ...] = ()
    bought: tuple[tuple[int, float], ...] = ()
    coupon_scopes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Situations:
    """Many shoppers before many items, as arrays: n shoppers, k items each.

    user, day, hour, weather, store, device, looking_for  (n,)
    items           (n, k)
    days_since_item, days_since_type  (n, k) since she last bought it, or one of its type; NEVER if she did not
    cart_pull       (n, k) log-utility that the cart lends to the item; 0.0 where nothing goes together
    """

    user: I32
    items: I32
    day: I32
    hour: I32
    weather: I32
    store: I32
    device: I32
    looking_for: I32
    days_since_item: F64 | float = NEVER
    days_since_type: F64 | float = NEVER
    cart_pull: F64 | float = 0.0


@dataclass(frozen=True)
class Truth:
    """Everything hidden, one row per shopper (`user_...`), item (`item_...`), product type (`type_...`) or day."""

    user_ids: tuple[str, ...]
    item_ids: tuple[str, ...]
    user_latent: F64  # (n_users, 8)
    user_category: F64  # (n_users, n_categories), and so on: affinity by name
    user_type: F64
    user_brand: F64
    user_colour: F64
    user_style: F64
    user_audience: F64
    user_budget: F64
    user_price_sensitivity: F64
    user_store: I32
    friends: Bools  # (n_users, n_users)
    item_latent: F64  # (n_items, 8)
    item_category: I32
    item_type: I32
    item_brand: I32
    item_colour: I32  # -1: none
    item_style: I32
    item_audience: I32
    item_group: I32
    item_price_minor: I32
    item_price_level: F64
    item_discount: F64
    item_quality: F64
    item_created_day: I32
    item_is_coupon: Bools
    item_partners: I32  # (n_items, 4) the items that suit it best, one per type it goes with; -1 where fewer
    type_slugs: tuple[str, ...]
    type_appeal: F64  # (n_types,) how often a type is on anyone's mind
    type_season: F64  # (n_types, N_DAYS)
    type_weather: F64  # (n_types, n_weathers)
    type_daypart: F64  # (n_types, n_dayparts)
    type_repeat_days: F64  # (n_types,) NaN where it is not used up
    type_is_bought_once: Bools
    type_complements: F64  # (n_types, n_types) chance that a buyer of the row adds one of the column
    store_category: F64  # (n_stores, n_categories)
    weather: I32  # (N_DAYS, n_stores)
    policy: F32  # (N_WEEKS, n_items) what the shop's lists were drawn from, week by week; rows sum to 1

    def item_numbers(self, ids: Sequence[str]) -> I32:
        """(len(ids),) the numbers that the other methods take, by item id; raises InvalidInput for an unknown one."""
        return np.array([_number_of(self._item_number, one, "item") for one in ids], np.int32)

    def user_number(self, user_id: str) -> int:
        """The number of a shopper by id; raises InvalidInput for an unknown one."""
        return _number_of({one: number for number, one in enumerate(self.user_ids)}, user_id, "shopper")

    @cached_property
    def _item_number(self) -> dict[str, int]:
        return {one: number for number, one in enumerate(self.item_ids)}

    def context(self, at_us: int, user: int, *, device: int = 0, looking_for: int = -1) -> Context:
        """The circumstances of a shopper in her home store at a time within the shop's life."""
        day, rest = divmod(at_us - seasons.START_US, DAY_US)
        if not 0 <= day < seasons.N_DAYS:
            raise InvalidInput(f"at_us={at_us} is outside the shop's life, {seasons.START_US} to {seasons.END_US}.")
        store = int(self.user_store[user])
        return Context(int(day), int(rest // (DAY_US // 24)), int(self.weather[day, store]), store, device, looking_for)

    def utility(self, user: int, items: Sequence[int] | I32, context: Context) -> F64:
        """(len(items),) how much the shopper would like each item here and now; about 0 on average, spread near 1.5."""
        return np.asarray(self.utilities(self._situation(user, items, context))[0], np.float64)

    def click_probability(
        self, user: int, items: Sequence[int] | I32, context: Context, positions: I32 | None = None
    ) -> F64:
        """(len(items),) chance of a click on each item of a slate shown in this order, or at the given positions."""
        places = np.arange(len(items), dtype=np.int32) if positions is None else positions
        return examination(places) * attraction(self.utility(user, items, context))

    def purchase_probability(self, user: int, items: Sequence[int] | I32, context: Context) -> F64:
        """(len(items),) chance that a clicked item is put into the cart and bought in the same visit."""
        numbers = np.asarray(items, np.int32)
        utility = self.utility(user, numbers, context)
        coupon = np.isin(self.item_category[numbers], context.coupon_scopes) * self.user_price_sensitivity[user]
        cart = cart_chance(utility, coupon)
        return cart * checkout_chance(utility, sale_pull(np.array([context.day]))[0])

    def utilities(self, at: Situations) -> F64:
        """(n, k) the utility of every shopper's every item."""
        user, items = at.user[:, None], at.items
        kind = self.item_type[items]
        return np.asarray(
            self._taste(user, items)
            + self._price(user, items, at.device[:, None])
            + self.item_quality[items]
            + self._moment(at, kind)
            + INTENT_PULL * (kind == at.looking_for[:, None])
            + self.history_pull(kind, at.days_since_item, at.days_since_type)
            + at.cart_pull,
            np.float64,
        )

    def _taste(self, user: I32, items: I32) -> F64:
        colour = self.item_colour[items]
        return np.asarray(
            LATENT_WEIGHT * np.einsum("njd,nkd->nk", self.user_latent[user], self.item_latent[items])
            + CATEGORY_WEIGHT * self.user_category[user, self.item_category[items]]
            + TYPE_WEIGHT * self.user_type[user, self.item_type[items]]
            + BRAND_WEIGHT * self.user_brand[user, self.item_brand[items]]
            + COLOUR_WEIGHT * np.where(colour >= 0, self.user_colour[user, colour], 0.0)
            + STYLE_WEIGHT * self.user_style[user, self.item_style[items]]
            + self.user_audience[user, self.item_audience[items]],
            np.float64,
        )

    def _price(self, user: I32, items: I32, device: I32) -> F64:
        """Too dear and too cheap both put off; discounts draw; on a phone, dear things are put off till later."""
        level, sensitivity = self.item_price_level[items], self.user_price_sensitivity[user]
        gap = np.clip(level - self.user_budget[user], -2.5, 2.5)
        yuan = np.maximum(self.item_price_minor[items], 100) / 100.0
        return np.asarray(
            -sensitivity * (0.22 * gap**2 + 0.2 * level)
            + 1.3 * sensitivity * self.item_discount[items]
            - 0.08 * (device == 0) * (np.log(yuan) - np.log(100.0)),
            np.float64,
        )

    def _moment(self, at: Situations, kind: I32) -> F64:
        day = at.day[:, None]
        daypart = seasons.daypart_of(at.hour)[:, None]
        is_new = (day - self.item_created_day[at.items] < 30) & (day >= self.item_created_day[at.items])
        return np.asarray(
            0.8 * self.type_season[kind, day]
            + self.type_weather[kind, at.weather[:, None]]
            + self.type_daypart[kind, daypart]
            + self.store_category[at.store[:, None], self.item_category[at.items]]
            + NEW_PULL * is_new,
            np.float64,
        )

    def history_pull(self, kind: I32, days_since_item: F64 | float, days_since_type: F64 | float) -> F64:
        """What past purchases do: used-up things pull when they are due, owned things push away.

        A consumable bought d days ago, used up in L days, gets 2.6 exp(-((d - L) / 0.35 L)^2 / 2) - 1.2 up to 2.5 L;
        any other item already owned gets -2.5 exp(-d / 300); types bought once get -1.4 exp(-d / 120) in all items.
        """
        since_item, since_type = np.asarray(days_since_item), np.asarray(days_since_type)
        every = self.type_repeat_days[kind]
        is_used_up = ~np.isnan(every)
        length = np.where(is_used_up, every, 1.0)
        due = 2.6 * np.exp(-0.5 * ((since_item - length) / (0.35 * length)) ** 2) - 1.2
        again = np.where(since_item < 2.5 * length, due, 0.0)
        owned = np.where(since_item < NEVER, -2.5 * np.exp(-since_item / 300.0), 0.0)
        sated = np.where(self.type_is_bought_once[kind] & (since_type < NEVER), -1.4 * np.exp(-since_type / 120.0), 0.0)
        return np.asarray(np.where(is_used_up, again, owned) + sated, np.float64)

    def cart_pull(self, cart: Sequence[int], items: I32) -> F64:
        """(len(items),) log-utility lent by the cart: log(1 + 8 c), c the complement chance; more for partners."""
        if not len(cart):
            return np.zeros(len(items))
        chance = self.type_complements[self.item_type[np.asarray(cart)]][:, self.item_type[items]].max(axis=0)
        is_partner = np.isin(items, self.item_partners[np.asarray(cart)])
        return np.asarray(np.log1p(8.0 * chance) + PARTNER_PULL * is_partner, np.float64)

    def _situation(self, user: int, items: Sequence[int] | I32, context: Context) -> Situations:
        numbers = np.asarray(items, np.int32)
        since_item, since_type = np.full(len(numbers), NEVER), np.full(len(numbers), NEVER)
        for item, days in context.bought:
            since_item[numbers == item] = np.minimum(since_item[numbers == item], days)
            alike = self.item_type[numbers] == self.item_type[item]
            since_type[alike] = np.minimum(since_type[alike], days)
        now = (context.day, context.hour, context.weather, context.store, context.device, context.looking_for)
        who, day, hour, weather, store, device, looking_for = (np.array([one], np.int32) for one in (user, *now))
        pull = self.cart_pull(context.cart, numbers)[None]
        return Situations(
            who, numbers[None], day, hour, weather, store, device, looking_for, since_item[None], since_type[None], pull
        )


def examination(positions: I32) -> F64:
    """Chance that a place (from 0) is looked at; 1 at the first."""
    return np.asarray((np.asarray(positions, np.float64) + 1.0) ** -EXAMINATION_DECAY, np.float64)


def attraction(utility: F64) -> F64:
    """Chance of a click on an item that is looked at."""
    return _sigmoid(CLICK_BIAS + utility)


def cart_chance(utility: F64, coupon: F64 | float = 0.0) -> F64:
    """Chance that a clicked item goes into the cart; `coupon` is the price sensitivity where a coupon fits."""
    return _sigmoid(CART_BIAS + CART_SLOPE * utility + COUPON_PULL * coupon)


def checkout_chance(utility: F64, sale: F64 | float = 0.0) -> F64:
    """Chance that what is in the cart is bought in the same visit."""
    return _sigmoid(CHECKOUT_BIAS + CHECKOUT_SLOPE * utility + sale)


def sale_pull(day: I32) -> F64:
    """What the great sales add to the checkout, by day."""
    is_sale = np.array([name in seasons.DEEP_SALES for name in seasons.sale_of_day()])
    return np.asarray(SALE_PULL * is_sale[day], np.float64)


def _number_of(numbers: Mapping[str, int], one: str, what: str) -> int:
    if one not in numbers:
        raise InvalidInput(f"{one!r} is no {what} of this shop. Use an id from the rows that `generate` returned.")
    return numbers[one]


def _sigmoid(value: F64) -> F64:
    return np.asarray(1.0 / (1.0 + np.exp(-value)), np.float64)
