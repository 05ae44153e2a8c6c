"""The spots in which lists appear, the pages they make up, and the rules over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from daogou.core.settings.section import Section
from daogou.core.types import ItemKind

RetrieverName = Literal[
    "personal", "similar", "together", "recent", "repeat", "trending", "popular", "newest",
    "best_sellers", "also_viewed", "on_sale", "cross_category", "friends", "coupons", "bundles",
]  # fmt: skip


class RuleSettings(Section):
    """[rules]: the shop's word over every placement."""

    already_bought: Literal["exclude", "allow"] = "exclude"
    """Whether an item comes back after it was bought, where no category says otherwise."""
    already_bought_by_category: dict[str, Literal["exclude", "allow"]] = Field(default_factory=dict)
    """The same by outermost category, for example {"Stationery" = "allow"}."""
    already_bought_days: int = Field(365, ge=1)
    """After this many days a bought item may come back anyway."""


class DiversitySettings(Section):
    """[placements.NAME.diversity]: variety within the list, see docs/diversity.md."""

    method: Literal["mmr", "dpp"] = "mmr"
    """mmr: an item loses by its likeness to the nearest one above it; dpp: by what those above it say already."""
    strength: float = Field(0.3, ge=0, le=1)
    """0: none; 1: mmr looks at nothing but variety, dpp takes likeness in full."""


class NewItemSettings(Section):
    """[placements.NAME.new_items]: places kept for what is new in the shop."""

    share: float = Field(0.1, gt=0, le=0.5)
    """Part of the list's places that new items get; those they have by their own score count."""
    days: int = Field(14, ge=1)
    """An item is new for so long, and so are all items of a brand or seller whose first item is."""


class PlacementSettings(Section):
    """[placements.NAME]: one named spot with its own plan."""

    retrievers: dict[RetrieverName, float]
    """Where candidates come from, with the weight of each in the blend."""
    title: dict[str, str] = Field(default_factory=dict)
    """Heading by language."""
    ranker: str | None = None
    """Name of one of [rankers]: the best candidates are put in the order of how likely they are taken."""
    ranked: int = Field(200, ge=1, le=1_000)
    """How many candidates the ranker looks at."""
    reasons: Literal["asked", "blended"] = "asked"
    """Where a ranker orders the list. asked: only causes are cited without which the ranker drops the item; blended:
    those that carry the blended score, true of fewer places, and such a list takes about half the time."""
    limit: int = Field(12, ge=1, le=100)
    """How many items when the request does not say."""
    max_per_category: int | None = Field(4, ge=1)
    """Most items of one innermost category; none means no cap."""
    max_per_brand: int | None = Field(None, ge=1)
    """Most items of one brand; none means no cap."""
    diversity: DiversitySettings | None = None
    """Variety within the list; none means by score alone."""
    rotation: float = Field(0.0, ge=0, le=1)
    """How much an item sinks with each further showing that the shopper did nothing with: 0.3 takes 30 % off."""
    new_items: NewItemSettings | None = None
    """Places kept for new items, drawn by chance among the best of them; none means none."""
    margin: float = Field(0.0, ge=0, le=1)
    """How much earning counts: an item's score is multiplied by 1 + margin · (its rate - the candidates' mean rate)."""
    stock: int = Field(0, ge=0)
    """Pieces below which an item sinks before it sells out; 0 means the number of pieces does not count."""
    already_bought: Literal["exclude", "allow"] | None = None
    """Overrides the shop's rule for this placement."""
    kinds: tuple[ItemKind, ...] = ("product", "bundle", "article", "course", "financial_product")
    """Kinds of item that may appear; coupons only where they are asked for."""
    fill: bool = True
    """Top up with trending items, labelled as filler, when there are too few."""
    filter: str | None = None
    """Only items that pass this expression, filler included, for example 'price < 20000'; see docs/filters.md."""


def _placement(title_en: str, title_zh: str, retrievers: dict[RetrieverName, float], **rest: Any) -> PlacementSettings:
    return PlacementSettings(retrievers=retrievers, title={"en": title_en, "zh": title_zh}, **rest)


DEFAULT_PLACEMENTS: Mapping[str, PlacementSettings] = {
    "home_for_you": _placement("For you", "为你推荐", {"personal": 1.0}),
    "item_similar": _placement(
        "Similar items", "相似商品", {"similar": 1.0}, max_per_category=None, already_bought="allow"
    ),
    "item_bought_together": _placement(
        "Bought together", "经常一起购买", {"together": 1.0}, max_per_category=3, already_bought="allow"
    ),
    "cart_addon": _placement("Goes with your cart", "购物车搭配", {"together": 1.0}, max_per_category=3),
    "buy_again": _placement(
        "Buy again", "再次购买", {"repeat": 1.0}, max_per_category=None, already_bought="allow", fill=False
    ),
    "recently_viewed": _placement(
        "Recently viewed", "最近浏览", {"recent": 1.0}, max_per_category=None, already_bought="allow", fill=False
    ),
    "trending": _placement("Trending now", "热门商品", {"trending": 1.0}, already_bought="allow"),
    "new_arrivals": _placement("New arrivals", "新品上架", {"newest": 1.0}, already_bought="allow"),
    "best_sellers": _placement("Best sellers", "畅销榜", {"best_sellers": 1.0}, already_bought="allow"),
    "item_also_viewed": _placement(
        "Also viewed", "看了又看", {"also_viewed": 1.0}, max_per_category=None, already_bought="allow"
    ),
    "on_sale": _placement("On sale", "特价优惠", {"on_sale": 1.0}, fill=False),
    "cross_category": _placement("Something else for you", "换个品类看看", {"cross_category": 1.0}, max_per_category=2),
    "friends": _placement("Liked by friends", "好友也喜欢", {"friends": 1.0}, fill=False),
    "coupons": _placement(
        "Coupons for you", "优惠券", {"coupons": 1.0}, max_per_category=None, kinds=("coupon",), fill=False
    ),
    "search": _placement(
        "Search results", "搜索结果", {}, limit=24, max_per_category=None, already_bought="allow", fill=False
    ),
    "bundles": _placement(
        "Complete the set",
        "搭配成套",
        {"bundles": 1.0},
        limit=3,
        max_per_category=1,
        already_bought="allow",
        kinds=("product", "bundle"),
        fill=False,
    ),
}


class PageSettings(Section):
    """[pages.NAME]: which lists a page may show, in the shop's own order, see docs/pages.md."""

    rows: tuple[str, ...]
    """Placements; which of them are shown, and in which order, is decided for each shopper."""
    most_rows: int = Field(6, ge=1, le=20)
    """Most lists on the page."""
    least_items: int = Field(4, ge=1, le=100)
    """A list with fewer items than this, after those shown above it are left out, is not shown."""


DEFAULT_PAGES: Mapping[str, PageSettings] = {
    "home": PageSettings(rows=("home_for_you", "buy_again", "recently_viewed", "trending", "new_arrivals")),
}
