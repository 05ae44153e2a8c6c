"""Every spelling of an event name we understand, and the one we keep (GA4's word, or ours where GA4 has none).

Sources: GA4 e-commerce events; Google Retail eventType; Amazon Personalize EVENT_TYPE; Gorse feedback types;
Metarank interaction types; Algolia Insights event types; Recombee interactions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from daogou.core.errors import InvalidField
from daogou.core.types import EVENT_WEIGHTS

ALIASES: Mapping[str, tuple[str, ...]] = {
    "view_item": (
        "view", "detail-page-view", "read", "click-detail", "viewedObjectIDs", "AddDetailView", "detail_view",
        "product_view", "item_view", "Product Viewed", "浏览", "浏览商品", "查看", "pv",
    ),
    "select_item": (
        "click", "clicked", "clickedObjectIDs", "clickedObjectIDsAfterSearch", "item_click", "Product Clicked", "点击",
    ),
    "view_item_list": ("category-page-view", "ranking", "list_view", "列表浏览"),
    "add_to_wishlist": (
        "favorite", "favourite", "fav", "like", "collect", "star", "wishlist", "bookmark", "AddBookmark",
        "wishlist_add", "收藏", "喜欢",
    ),
    "add_to_cart": (
        "cart", "addtocart", "add-to-cart", "addedToCartObjectIDs", "addedToCartObjectIDsAfterSearch",
        "AddCartAddition", "cart_add", "basket", "add_to_basket", "加购", "加购物车", "加入购物车",
    ),
    "remove_from_cart": ("remove-from-cart", "DeleteCartAddition", "cart_remove", "remove_from_basket", "移出购物车"),
    "view_cart": ("shopping-cart-page-view", "cart_view", "查看购物车"),
    "begin_checkout": ("checkout", "checkout_started", "开始结账", "结算"),
    "purchase": (
        "purchase-complete", "buy", "bought", "order", "transaction", "conversion-purchase", "purchasedObjectIDs",
        "purchasedObjectIDsAfterSearch", "AddPurchase", "Order Completed", "sale", "购买", "下单", "支付", "成交",
    ),
    "refund": ("return", "returned", "DeletePurchase", "退款", "退货"),
    "search": ("SearchItems", "searched", "搜索"),
    "page_view": ("home-page-view", "view_homepage", "pageview"),
    "rate_item": ("rating", "rate", "AddRating", "review", "评分"),
    "dislike_item": ("dislike", "thumbs_down", "not_interested", "不喜欢", "不感兴趣"),
    "undo_dislike_item": ("undislike", "取消不喜欢"),
    "view_portion": ("SetViewPortion", "watch"),
    "impression": ("impressions", "exposure", "曝光"),
}  # fmt: skip


def squeezed(name: str) -> str:
    """A name without case, spaces, hyphens and underscores, so that spellings of one word meet."""
    return re.sub(r"[\s_\-]+", "", name).lower()


_CANONICAL: dict[str, str] = {squeezed(name): name for name in EVENT_WEIGHTS}
_CANONICAL.update({squeezed(alias): name for name, aliases in ALIASES.items() for alias in aliases})
_seen: dict[str, str] = {name: name for name in EVENT_WEIGHTS}
_MOST_SEEN = 10_000


def find_event_name(text: str) -> str | None:
    """The canonical name, or None where nobody uses that word."""
    found = _seen.get(text)
    if found is None:
        found = _CANONICAL.get(squeezed(text))
        if found is not None and len(_seen) < _MOST_SEEN:
            _seen[text] = found
    return found


def event_name(value: object, field: str = "event_name") -> str:
    """The canonical name of an event, whatever its case and whichever system's word it is."""
    if isinstance(value, str):
        found = find_event_name(value)
        if found is not None:
            return found
    close = get_close_matches(squeezed(str(value)[:100]), _CANONICAL, n=1, cutoff=0.7)
    hint = f"{_CANONICAL[close[0]]!r} if that was meant, or " if close else ""
    raise InvalidField(field, value, f"{hint}one of {', '.join(EVENT_WEIGHTS)}", rule="unknown_event")
