"""A present for somebody: what the shop's own categories, tags and values say of whom and what suits.

Nothing is known of people here. The tables only hold words; an item counts where its own facts have one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from daogou.core.types import F32, Bools, Item
from daogou.decide.guide.acts import Gift
from daogou.decide.guide.view import View

FOR, AGAINST, FITTING = np.float32(2.5), np.float32(-4.0), np.float32(1.2)
TODDLER, CHILD = 2, 15
"""Ages from which somebody is no baby and no child any more."""

WOMEN = "women woman ladies female 女 女士 women's womens"
MEN = "men man gentlemen male 男 男士 men's mens"
CHILDREN = "kids kid children child boys girls 儿童 孩子 童"
BABIES = "baby babies infant 婴 宝宝 母婴 婴儿"

AUDIENCE: Mapping[str, str] = {"women": WOMEN, "men": MEN, "children": CHILDREN, "babies": BABIES}
"""Words that the facts of an item meant for somebody hold, by whom it is meant for."""

RECIPIENTS: Mapping[str, tuple[str, str]] = {
    "girlfriend": ("women", "jewellery jewelry necklace beauty skincare fragrance bag scarf candle 首饰 美妆 香水 包"),
    "wife": ("women", "jewellery jewelry necklace beauty skincare fragrance bag scarf home 首饰 美妆 护肤 包"),
    "mother": ("women", "scarf skincare tea kitchen home garden health teapot 护肤 茶 家居 围巾 保健"),
    "grandmother": ("women", "scarf tea home health blanket 茶 家居 保健"),
    "boyfriend": ("men", "watch audio headphones sport wallet gadget outdoor 耳机 运动 数码 钱包"),
    "husband": ("men", "watch audio wallet shaver outdoor tools 耳机 剃须 户外 钱包"),
    "father": ("men", "tea tools outdoor wallet shaver garden 茶 户外 钱包 剃须"),
    "grandfather": ("men", "tea home health garden 茶 保健"),
    "friend": ("", "gift candle mug snack tea stationery card 礼 杯 茶 文具"),
    "colleague": ("", "office stationery mug tea notebook gift candle 文具 茶 杯 办公"),
    "boss": ("", "tea pen office gift 茶 礼"),
    "teacher": ("", "tea stationery mug notebook flower card 茶 文具 杯"),
    "client": ("", "tea gift office 茶 礼"),
    "child": ("children", "toy game puzzle book school craft 玩具 拼图 积木"),
    "son": ("children", "toy game puzzle building school 玩具 拼图 积木"),
    "daughter": ("children", "toy doll craft school 玩具 拼图"),
    "boy": ("children", "toy game puzzle building 玩具 拼图 积木"),
    "girl": ("children", "toy doll craft 玩具"),
    "baby": ("babies", "baby nursery toy 婴 宝宝 玩具"),
    "sister": ("women", "beauty jewellery bag stationery 美妆 首饰 包"),
    "brother": ("men", "audio sport gadget game 耳机 运动 数码"),
    "couple": ("", "set home kitchen bed candle 套 家居"),
    "parents": ("", "tea home health kitchen 茶 家居 保健"),
    "elder": ("", "tea health home blanket 茶 保健"),
    "pet": ("", "pet dog cat 宠物 猫 狗"),
}  # fmt: skip
"""By the recipient's code: whom the item is meant for, and words of things often given."""

OCCASIONS: Mapping[str, str] = {
    "birthday": "birthday party candle gift cake 生日 派对",
    "christmas": "christmas xmas advent 圣诞",
    "new_year": "new year calendar 新年 元旦",
    "spring_festival": "spring festival snack tea red 春节 年货 红",
    "mid_autumn": "mid-autumn moon tea tea_set gift_box tin 中秋 月饼 茶",
    "dragon_boat": "dragon boat tea 端午 粽",
    "valentine": "valentine heart hearts love rose 情人节 爱心 玫瑰",
    "qixi": "heart love rose 七夕 爱心 玫瑰",
    "mothers_day": "mother mum scarf flower 母亲节 妈妈",
    "fathers_day": "father dad 父亲节 爸爸",
    "wedding": "wedding bride set bed kitchen home 婚 婚礼",
    "anniversary": "heart love rose candle anniversary 纪念",
    "housewarming": "home kitchen candle plant decoration lamp 家居 厨房 灯",
    "graduation": "stationery pen notebook bag 文具 笔 包",
    "back_to_school": "school stationery pencil bag 开学 文具 书包",
    "easter": "easter egg bunny rabbit 复活节",
    "halloween": "halloween pumpkin 万圣节",
    "thank_you": "thank card flower candle 感谢",
    "new_baby": "baby nursery 婴 宝宝",
    "womens_day": "scarf flower beauty 围巾 美妆",
    "baby_shower": "baby nursery 婴 宝宝",
    "childrens_day": "toy game puzzle 儿童节 玩具",
    "teachers_day": "tea stationery pen 教师节 茶 文具",
}
"""By the occasion's code: words that fitting things have in their facts."""

_AGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?\s*(y|m|岁|个月|years?|months?)")


def gift_evidence(view: View, gift: Gift) -> F32:
    """(n_items,) what the shop's own facts say for and against each item as this present."""
    if gift not in view.presents:
        view.presents[gift] = _evidence(view, gift)
    return view.presents[gift]


def _evidence(view: View, gift: Gift) -> F32:
    scores = np.zeros(len(view.shop.catalogue), np.float32)
    whom, words = RECIPIENTS.get(gift.recipient, ("", ""))
    whom = _by_age(gift.age) or whom
    if gift.age is not None and gift.age < CHILD and not words:
        words = RECIPIENTS["baby" if gift.age < TODDLER else "child"][1]
    meant = {name: _facts_with(view, told, whole=True) for name, told in AUDIENCE.items()}
    for name, mask in meant.items():
        if name == whom:
            scores[mask] += FOR
        elif whom:
            scores[mask & ~meant[whom]] += AGAINST
        elif gift.recipient and name in ("children", "babies"):
            scores[mask] += AGAINST
    scores[_facts_with(view, words)] += FITTING
    scores[_facts_with(view, OCCASIONS.get(gift.occasion, ""))] += FOR
    return scores if gift.age is None else scores + _of_age(view, gift.age)


def _by_age(age: int | None) -> str:
    if age is None or age >= CHILD:
        return ""
    return "babies" if age < TODDLER else "children"


def _facts_with(view: View, words: str, *, whole: bool = False) -> Bools:
    """(n_items,) whose categories, tags or coarse attributes have one of the words."""
    found = np.zeros(len(view.shop.catalogue), bool)
    for value, numbers in view.kept.coarse.items():
        if any(_has(value, word, whole) for word in words.split()):
            found[numbers] = True
    return found


def _has(value: str, word: str, whole: bool) -> bool:
    if word > "\u2e80":
        return word in value
    parts = re.split(r"[^a-z0-9']+", value)
    return word in parts or (not whole and any(part.startswith(word) and len(part) <= len(word) + 3 for part in parts))


def _of_age(view: View, age: int) -> F32:
    """For items that state an age: well if it is theirs, badly if it is far from theirs."""
    scores = np.zeros(len(view.shop.catalogue), np.float32)
    low, high = view.shop.catalogue.columns.number("age from", _from), view.shop.catalogue.columns.number("age to", _to)
    with np.errstate(invalid="ignore"):
        fits = (low.values <= age) & (age <= high.values)
        far = (low.values > age + 1) | (high.values < age - 1)
    scores[fits] += FOR
    scores[far] += AGAINST
    return scores


def _from(item: Item) -> float | None:
    found = [_AGE.fullmatch(value.strip()) for value in item.attributes.get("age", ())]
    return min((_years(one.group(1), one.group(3)) for one in found if one), default=None)


def _to(item: Item) -> float | None:
    found = [_AGE.fullmatch(value.strip()) for value in item.attributes.get("age", ())]
    return max((_years(one.group(2) or "99", one.group(3)) for one in found if one), default=None)


def _years(number: str, unit: str) -> float:
    return int(number) / (12 if unit.startswith(("m", "个")) and number != "99" else 1)
