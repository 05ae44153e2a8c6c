"""The bilingual shop's coupons: items of kind "coupon", one campaign each, for one department or the whole shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from daogou.core.clock import DAY_US, isoformat
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.indexes import Indexes
from daogou.data.demo.bilingual.vocabulary import Category, Vocabulary, read_vocabulary
from daogou.data.demo.bilingual.words import COUPONS

EARLY_DAYS = 5  # a campaign's coupons can be claimed this long before it begins
_CAMPAIGNS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "spring_festival": ("年货节", "Spring Festival", ("snacks-tea", "home-textiles", "stationery-toys", "")),
    "womens_day": ("女神节", "Women's Day", ("beauty", "womens-fashion", "shoes-bags")),
    "childrens_day": ("儿童节", "Children's Day", ("mother-baby", "stationery-toys")),
    "618": ("618", "6.18", ("phones-audio", "home-appliances", "beauty", "mens-fashion", "")),
    "99": ("99大促", "9.9 sale", ("kitchen", "sports-outdoor", "snacks-tea")),
    "national_day": ("国庆", "National Day", ("sports-outdoor", "shoes-bags")),
    "1111": ("双11", "11.11", ("phones-audio", "womens-fashion", "mens-fashion", "beauty", "home-textiles", "")),
}
_SPEND_AND_SAVE = {
    "phones-audio": (600, 60),
    "home-appliances": (600, 70),
    "beauty": (149, 25),
    "womens-fashion": (199, 30),
    "mens-fashion": (199, 30),
    "shoes-bags": (249, 35),
    "mother-baby": (149, 20),
    "kitchen": (129, 20),
    "sports-outdoor": (149, 20),
    "home-textiles": (199, 30),
    "snacks-tea": (59, 10),
    "stationery-toys": (69, 10),
    "": (299, 30),
}


@dataclass(frozen=True)
class Coupon:
    """Spend `spend_minor` in `scope` (a category slug, empty for everywhere) and save `save_minor`."""

    code: str
    scope: str
    spend_minor: int
    save_minor: int
    first_day: int
    last_day: int
    title: dict[str, str]
    campaign: dict[str, str]


@lru_cache(maxsize=1)
def all_coupons() -> tuple[Coupon, ...]:
    """Every coupon of the year, in the order of the catalogue's last rows."""
    by_slug = {category.slug: category for category in read_vocabulary().categories}
    return tuple(
        _coupon(name, first, last, scope, by_slug.get(scope))
        for first, last, name, _ in seasons.SALES
        for scope in _CAMPAIGNS[name][2]
    )


def make_coupons(vocabulary: Vocabulary, indexes: Indexes) -> list[tuple[dict[str, Any], tuple[float, ...]]]:
    """Item rows of the coupons, each with its entry in the catalogue's arrays."""
    everyone = indexes.audiences["everyone"]
    made: list[tuple[dict[str, Any], tuple[float, ...]]] = []
    for number, one in enumerate(all_coupons()):
        category = indexes.categories.get(one.scope, 0)
        saving = one.save_minor / one.spend_minor
        column = (category, indexes.types["coupon"], indexes.brands[""], -1, indexes.styles["minimal"], everyone,
                  0, 0.0, saving, 0.0, one.first_day, one.last_day, 1_000_000 + number, 1)  # fmt: skip
        made.append((_row(one), column))
    return made


def _coupon(name: str, first: date, last: date, scope: str, category: Category | None) -> Coupon:
    zh, en, _ = _CAMPAIGNS[name]
    spend, save = _SPEND_AND_SAVE[scope]
    where = category.name if category else ("全场", "everything")
    end = (last - seasons.FIRST_DAY).days
    return Coupon(
        code=f"{name}-{scope or 'all'}".upper().replace("_", "-"),
        scope=scope,
        spend_minor=spend * 100,
        save_minor=save * 100,
        first_day=max(0, (first - timedelta(days=EARLY_DAYS) - seasons.FIRST_DAY).days),
        last_day=end,
        title={
            "zh": f"{zh} {where[0]}满{spend}减{save}元券",
            "en": f"{en} coupon: ¥{save} off ¥{spend} on {where[1][:1].lower()}{where[1][1:]}",
        },
        campaign={"zh": zh, "en": en},
    )


def _row(one: Coupon) -> dict[str, Any]:
    spend, save = one.spend_minor // 100, one.save_minor // 100
    return {
        "id": f"coupon-{one.code.lower()}",
        "kind": "coupon",
        "title": one.title,
        "description": {
            "zh": f"单笔满{spend}元可用，立减{save}元。每人限领一张，不与其他优惠券叠加。",
            "en": f"Takes ¥{save} off one order of ¥{spend} or more. One per person, not combined with other coupons.",
        },
        "currency": "CNY",
        "categories": [[COUPONS[1]]],
        "attributes": {
            "product_type": ["coupon"],
            "code": [one.code],
            "scope": [one.scope or "all"],
            "spend_minor": [str(one.spend_minor)],
            "save_minor": [str(one.save_minor)],
        },
        "created_at": isoformat(seasons.START_US + one.first_day * DAY_US),
        "available_at": isoformat(seasons.START_US + one.first_day * DAY_US),
        "expires_at": isoformat(seasons.START_US + (one.last_day + 1) * DAY_US),
    }
