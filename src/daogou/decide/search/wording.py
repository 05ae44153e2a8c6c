"""What search says in sentences: why an item is found, and what was given up to find anything."""

from __future__ import annotations

from collections.abc import Sequence

REASONS: dict[str, dict[str, str]] = {
    "matched": {"en": "Matches: {words}", "zh": "匹配：{words}"},
    "matched_taste": {"en": "Matches: {words}, and fits what you like", "zh": "匹配：{words}，也符合您的喜好"},
    "listed": {"en": "In the part of the shop you chose", "zh": "在您所选的范围内"},
    "listed_taste": {"en": "In the part you chose, and fits what you like", "zh": "在您所选的范围内，也符合您的喜好"},
    "shelf": {"en": "Sold in this shop", "zh": "本店在售"},
    "shelf_taste": {"en": "Fits what you like", "zh": "符合您的喜好"},
    "pinned": {"en": "Chosen by the shop", "zh": "由本店选定"},
}
SOLD_OUT = {"en": "; sold out now", "zh": "；暂时缺货"}

RELAXED: dict[str, dict[str, str]] = {
    "spelling": {
        "en": "Nothing was found for “{dropped}”; shown is “{used}”.",
        "zh": "没有找到“{dropped}”，已显示“{used}”的结果。",
    },
    "words": {
        "en": "Nothing matches all the words; left out: {dropped}.",
        "zh": "没有商品匹配全部关键词，已放宽：{dropped}。",
    },
    "facet": {
        "en": "Nothing is left with {dropped}; shown without it.",
        "zh": "没有符合“{dropped}”的商品，已放宽此条件。",
    },
    "category": {
        "en": "Nothing in {dropped}; shown is the whole shop.",
        "zh": "“{dropped}”中没有结果，已显示全店结果。",
    },
    "price": {
        "en": "Nothing at this price; shown at any price.",
        "zh": "此价格范围内没有商品，已显示其他价格。",
    },
    "too_long": {
        "en": "Only the first {limit} characters were read.",
        "zh": "只读取了前{limit}个字符。",
    },
}
"""What was given up, by its code; a few further words than the result's codes, for what they say differs."""


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in Chinese for Chinese readers, in English for all others."""
    return texts["zh"] if language.startswith("zh") else texts["en"]


def reason_text(code: str, words: Sequence[str], language: str, *, is_sold_out: bool = False) -> str:
    """Why an item is found."""
    joint = "、" if language.startswith("zh") else ", "
    text = in_language(REASONS[code], language).format(words=joint.join(words))
    return text + in_language(SOLD_OUT, language) if is_sold_out else text


def relaxed_text(code: str, dropped: Sequence[str], language: str, **facts: object) -> str:
    """What was given up."""
    joint = "、" if language.startswith("zh") else ", "
    return in_language(RELAXED[code], language).format(dropped=joint.join(dropped), **facts)
