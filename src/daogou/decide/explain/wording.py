"""Reasons in words, Chinese and English, from codes and evidence; the facts come in as arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

SENTENCES: dict[str, dict[str, str]] = {
    "because_bought": {"en": "Because you bought {names}", "zh": "因为您买过{names}"},
    "because_viewed": {"en": "Because you looked at {names}", "zh": "因为您浏览过{names}"},
    "because_carted": {"en": "Because {names} went into your cart", "zh": "因为您把{names}加入了购物车"},
    "because_liked": {"en": "Because you like {names}", "zh": "因为您喜欢{names}"},
    "similar_to": {"en": "Similar to {names}", "zh": "与{names}相似"},
    "bought_together": {"en": "Often bought together with {names}", "zh": "常与{names}一起购买"},
    "viewed_before": {"en": "You looked at this before", "zh": "您之前看过"},
    "buy_again": {"en": "You bought this before", "zh": "您之前买过"},
    "trending": {"en": "Trending in this shop now", "zh": "本店近期热门"},
    "popular": {"en": "Popular in this shop", "zh": "本店人气商品"},
    "asked_for": {"en": "You said you like such items", "zh": "您说过喜欢这类商品"},
    "popular_alike": {"en": "Popular with people who told us the same", "zh": "与您情况相同的顾客常选"},
    "ranked": {"en": "What shoppers here tend to choose", "zh": "本店顾客常选的商品"},
    "new_arrival": {"en": "New in this shop", "zh": "本店新品"},
    "best_seller": {"en": "Best seller of this shop", "zh": "本店畅销商品"},
    "best_seller_region": {"en": "Best seller in {place}", "zh": "{place}地区畅销商品"},
    "best_seller_store": {"en": "Best seller of the store {place}", "zh": "{place}门店畅销商品"},
    "also_viewed": {"en": "Who looked at {names} also looked at this", "zh": "看过{names}的顾客也看了"},
    "on_sale": {"en": "{percent}% off: {now} instead of {was}", "zh": "直降{percent}%：原价{was}，现价{now}"},
    "price_dropped": {"en": "Price dropped from {was} to {now}", "zh": "价格从{was}降到{now}"},
    "cross_category": {"en": "From elsewhere in the shop, to go with {names}", "zh": "跨品类推荐，与{names}搭配"},
    "friends": {"en": "Liked among people you know", "zh": "您的好友中有人喜欢"},
    "coupon": {"en": "Saves {save} from {spend} on", "zh": "满{spend}减{save}"},
    "coupon_offered": {"en": "Offered by this shop", "zh": "本店优惠券"},
    "coupon_fits": {
        "en": "Fits what you look at: saves {save} from {spend} on",
        "zh": "适合您浏览的商品：满{spend}减{save}",
    },
    "coupon_saves": {"en": "Takes {save} off your cart", "zh": "您的购物车现在可减{save}"},
    "coupon_missing": {"en": "{missing} more in your cart saves {save}", "zh": "再买{missing}即可减{save}"},
    "free_shipping": {
        "en": "Free delivery is {missing} away, and this goes with {names}",
        "zh": "再买{missing}即可免运费，与{names}搭配",
    },
    "goes_with": {"en": "The shop suggests this with {names}", "zh": "本店推荐与{names}搭配"},
    "buy_again_due": {"en": "You bought this before; it was due on {date}", "zh": "您之前买过，预计{date}需要补货"},
    "buy_again_soon": {"en": "You bought this before; it is due on {date}", "zh": "您之前买过，预计{date}需要补货"},
    "completes_set": {"en": "Completes a set with {names}, together {total}", "zh": "与{names}成套，合计{total}"},
    "pinned": {"en": "Chosen by the shop", "zh": "由本店选定"},
    "explored": {"en": "New here: shown to get to know it", "zh": "新品试展：上架不久，先让大家认识"},
    "filler_trending": {"en": "Not chosen for you: trending in this shop", "zh": "非个性化推荐：本店近期热门"},
    "filler_popular": {"en": "Not chosen for you: popular in this shop", "zh": "非个性化推荐：本店人气商品"},
    "filler_new_arrival": {"en": "Not chosen for you: new in this shop", "zh": "非个性化推荐：本店新品"},
}
"""Every reason code with its sentence per language."""

EVENT_CODES = {
    "purchase": "because_bought",
    "begin_checkout": "because_carted",
    "add_to_cart": "because_carted",
    "add_to_wishlist": "because_liked",
    "rate_item": "because_liked",
}
"""Which sentence an event with the cause leads to; every other event reads as a look."""

SHOWN_NAMES = 2
NO_FACTS: Mapping[str, str] = MappingProxyType({})

VERDICTS: dict[str, dict[str, str]] = {
    "shown": {"en": "Shown at position {position}.", "zh": "显示在第{position}位。"},
    "pinned": {
        "en": "Shown at position {position}: the shop has put it there.",
        "zh": "显示在第{position}位：由本店指定。",
    },
    "filler": {
        "en": "Shown at position {position} to fill the list; it was not chosen for this shopper.",
        "zh": "为补足列表显示在第{position}位，并非为该顾客挑选。",
    },
    "hidden": {"en": "Not shown: the shop has hidden it.", "zh": "未显示：商家已将其隐藏。"},
    "rule_hidden": {"en": "Not shown: a rule of the shop hides it here.", "zh": "未显示：本店规则在此将其隐藏。"},
    "out_of_stock": {"en": "Not shown: it is out of stock.", "zh": "未显示：缺货。"},
    "not_yet_available": {"en": "Not shown: it is not on sale yet.", "zh": "未显示：尚未开售。"},
    "expired": {"en": "Not shown: its sale has ended.", "zh": "未显示：销售已结束。"},
    "other_kind": {"en": "Not shown: this list does not hold its kind.", "zh": "未显示：此列表不包含这类内容。"},
    "excluded": {"en": "Not shown: the request left it out.", "zh": "未显示：本次请求将其排除。"},
    "disliked": {"en": "Not shown: the shopper said it is not for them.", "zh": "未显示：顾客表示不感兴趣。"},
    "unwanted": {"en": "Not shown: the shopper wants nothing of its kind.", "zh": "未显示：顾客不想看到这一类商品。"},
    "already_bought": {"en": "Not shown: the shopper has bought it already.", "zh": "未显示：顾客已经买过。"},
    "unsuitable": {
        "en": "Not shown: it does not suit what is known of the shopper.",
        "zh": "未显示：与已知的顾客情况不相适应。",
    },
    "filter": {
        "en": "Not shown: it does not pass the filter of the request or of this list.",
        "zh": "未显示：不符合本次请求或此列表的筛选条件。",
    },
    "variant": {"en": "Not shown: another variant of it ranks higher.", "zh": "未显示：同款的另一规格排名更高。"},
    "category_cap": {
        "en": "Not shown: the list already holds as many of its category as it may.",
        "zh": "未显示：同类商品已达到列表上限。",
    },
    "brand_cap": {
        "en": "Not shown: the list already holds as many of its brand as it may.",
        "zh": "未显示：同品牌商品已达到列表上限。",
    },
    "rule_cap": {
        "en": "Not shown: a rule of the shop allows no more of its kind in this list.",
        "zh": "未显示：本店规则限制了此列表中同类商品的数量。",
    },
    "rule_quota": {
        "en": "Not shown: a rule of the shop keeps the remaining places for other items.",
        "zh": "未显示：本店规则为其他商品保留了剩余位置。",
    },
    "no_source": {
        "en": "Not shown: nothing that feeds this list speaks for it.",
        "zh": "未显示：没有任何来源推荐它。",
    },
    "outranked": {
        "en": "Not shown: it ranks {rank}, and the list holds {limit}.",
        "zh": "未显示：排名第{rank}，列表只有{limit}个位置。",
    },
}
"""Every answer to "why" and "why not"."""

GATE_WORDS: dict[str, dict[str, str]] = {
    "hidden": {"en": "visible in the shop", "zh": "店内可见"},
    "rule_hidden": {"en": "not hidden by a rule", "zh": "未被规则隐藏"},
    "out_of_stock": {"en": "in stock", "zh": "有货"},
    "not_yet_available": {"en": "already on sale", "zh": "已开售"},
    "expired": {"en": "still on sale", "zh": "仍在销售"},
    "other_kind": {"en": "of a kind this list holds", "zh": "属于此列表的内容类型"},
    "excluded": {"en": "not left out by the request", "zh": "未被请求排除"},
    "disliked": {"en": "not turned down by the shopper", "zh": "顾客未表示不感兴趣"},
    "unwanted": {"en": "not of a kind the shopper wants nothing of", "zh": "不属于顾客不想看到的类别"},
    "already_bought": {"en": "not bought already", "zh": "尚未购买"},
    "unsuitable": {"en": "suits what is known of the shopper", "zh": "与已知的顾客情况相适应"},
    "filter": {"en": "passes the filters of the request and of this list", "zh": "符合本次请求与此列表的筛选条件"},
}
"""What it means to pass each gate."""


RULE_WORDS: dict[str, dict[str, str]] = {
    "pin": {"en": "{rule} pins it to position {place}.", "zh": "{rule}将其固定在第{place}位。"},
    "hide": {"en": "{rule} hides it here.", "zh": "{rule}在此将其隐藏。"},
    "boost": {"en": "{rule} multiplies its score by {amount:g}.", "zh": "{rule}将其得分乘以{amount:g}。"},
    "bury": {"en": "{rule} multiplies its score by {amount:g}.", "zh": "{rule}将其得分乘以{amount:g}。"},
    "cap": {
        "en": "{rule} allows at most {amount} such items in this list.",
        "zh": "{rule}规定此列表中这类商品最多{amount}件。",
    },
    "quota": {
        "en": "{rule} asks for at least {amount} such items in this list.",
        "zh": "{rule}要求此列表中这类商品至少{amount}件。",
    },
}
"""What a rule does to an item, by its action."""

RULE_NAMES: dict[str, dict[str, str]] = {
    "named": {"en": "Rule {id}", "zh": "规则 {id} "},
    "unnamed": {"en": "A rule of the shop", "zh": "本店的一条规则"},
}
"""How a rule is called to the shop, and to everybody else."""


STAGE_WORDS: dict[str, dict[str, str]] = {
    "ranker": {
        "en": "Ranker {name}: taken with a chance of {factor:.1%}; place {before} among the candidates became {after}.",
        "zh": "排序模型 {name}：被选中的概率为{factor:.1%}；在候选中由第{before}位变为第{after}位。",
    },
    "rotation": {"en": "×{factor:.2f}: shown before and left alone.", "zh": "×{factor:.2f}：之前展示过但未被选择。"},
    "margin": {"en": "×{factor:.2f}: by what the shop earns with it.", "zh": "×{factor:.2f}：按本店利润调整。"},
    "stock": {"en": "×{factor:.2f}: few pieces are left.", "zh": "×{factor:.2f}：库存不多。"},
    "diversity": {"en": "×{factor:.2f}: like what stands above it.", "zh": "×{factor:.2f}：与上方商品相近。"},
    "new_items": {
        "en": "×{factor:.2f}: drawn for a place kept for new items.",
        "zh": "×{factor:.2f}：被抽中新品展位。",
    },
}
"""What a stage after the blend did to an item."""


def stage_words(stage: str, factor: float, language: str, **facts: object) -> str:
    """What this stage did to an item."""
    return _in(STAGE_WORDS[stage], language).format(factor=factor, **facts)


def rule_words(action: str, rule_id: str | None, amount: float | None, language: str) -> str:
    """What this rule does to an item; without an id it stays unnamed. Positions are told from 1, as people count."""
    place = int(amount or 0) + 1
    rule = _in(RULE_NAMES["unnamed" if rule_id is None else "named"], language).format(id=rule_id)
    return _in(RULE_WORDS[action], language).format(rule=rule, amount=amount, place=place)


def sentence(code: str, names: Sequence[str], n_causes: int, language: str, facts: Mapping[str, str] = NO_FACTS) -> str:
    """The reason in `language`, naming the strongest causes and counting the rest.

    facts  what else the sentence of this code says, by the name of the blank
    """
    listed = _listed(names[:SHOWN_NAMES], n_causes, language)
    before, after, has_blanks = _around_names(code, language.startswith("zh"))
    return _in(SENTENCES[code], language).format(names=listed, **facts) if has_blanks else before + listed + after


@cache
def _around_names(code: str, is_chinese: bool) -> tuple[str, str, bool]:
    """What stands before and after the names in a sentence, and whether it has other blanks to fill."""
    before, _, after = SENTENCES[code]["zh" if is_chinese else "en"].partition("{names}")
    return before, after, "{" in before + after


def verdict(code: str, language: str, **facts: int) -> str:
    """The answer to "why" or "why not"."""
    return _in(VERDICTS[code], language).format(**facts)


def gate_words(name: str, language: str) -> str:
    """What it means to pass this gate."""
    return _in(GATE_WORDS[name], language)


def _listed(names: Sequence[str], n_causes: int, language: str) -> str:
    """The names as a list in words; the causes that are not named are counted."""
    if not names:
        return ""
    others = n_causes - len(names)
    if language.startswith("zh"):
        quoted = f"「{'」、「'.join(names) if others > 0 else '」和「'.join(names)}」"
        return f"{quoted}等{n_causes}件商品" if others > 0 else quoted
    if others > 0:
        return f"“{'”, “'.join(names)}” and {others} other{'s' if others > 1 else ''}"
    return f"“{'” and “'.join(names)}”"


def _in(texts: dict[str, str], language: str) -> str:
    return texts["zh"] if language.startswith("zh") else texts["en"]
