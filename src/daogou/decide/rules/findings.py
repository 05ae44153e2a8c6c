"""What is wrong or doubtful about a set of rules, as data and as plain sentences in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

WORDS: dict[str, dict[str, str]] = {
    "unknown_placement": {
        "en": "{rules} names the placement {what}, which this shop does not have. Known: {known}.",
        "zh": "{rules}指定了推荐位 {what}，但本店没有这个推荐位。已有：{known}。",
    },
    "pinned_twice": {
        "en": "{rules} pin item {what} to different positions at the same time.",
        "zh": "{rules}在同一时间把商品 {what} 固定在不同位置。",
    },
    "position_taken": {
        "en": "{rules} pin different items to position {what} at the same time.",
        "zh": "{rules}在同一时间把不同商品固定在位置 {what}。",
    },
    "pinned_and_hidden": {
        "en": "{rules}: item {what} is pinned and hidden at the same time. It would be hidden.",
        "zh": "{rules}：商品 {what} 在同一时间既被固定又被隐藏，结果是隐藏。",
    },
    "boosted_and_buried": {
        "en": "{rules} boost and bury exactly the same items at the same time.",
        "zh": "{rules}在同一时间对完全相同的商品既提升又降低。",
    },
    "boosted_and_buried_in_part": {
        "en": "{rules} boost and bury {what} items in common at the same time; their factors multiply.",
        "zh": "{rules}在同一时间对{what}件相同的商品既提升又降低，系数会相乘。",
    },
    "quota_above_cap": {
        "en": "{rules}: at least {what} are asked for, but fewer are allowed of the same items at the same time.",
        "zh": "{rules}：要求至少{what}件，但同一时间对这些商品的上限更低。",
    },
    "quota_above_limit": {
        "en": "{rules} asks for at least {what} items, more than the list of {known} holds.",
        "zh": "{rules}要求至少{what}件，超过了推荐位 {known} 的长度。",
    },
    "pins_above_cap": {
        "en": "{rules}: more items are pinned than the cap of {what} allows; the pins are shown all the same.",
        "zh": "{rules}：固定的商品多于上限{what}件，固定的商品仍会显示。",
    },
    "past_its_end": {
        "en": "{rules} ended at {what} and does nothing any more.",
        "zh": "{rules}已于 {what} 结束，不再起作用。",
    },
    "matches_no_item": {
        "en": "{rules} matches no item of the catalogue.",
        "zh": "{rules}没有匹配到任何商品。",
    },
    "unknown_item": {
        "en": "{rules} names items that the catalogue does not have: {what}.",
        "zh": "{rules}指定了目录中没有的商品：{what}。",
    },
    "position_past_end": {
        "en": "{rules} pins to position {what}, but the list of {known} usually ends before it.",
        "zh": "{rules}固定在位置 {what}，但推荐位 {known} 通常没有这么长。",
    },
    "pinned_but_barred": {
        "en": "{rules}: item {what} cannot be shown now ({known}); its place goes to the list meanwhile.",
        "zh": "{rules}：商品 {what} 目前无法显示（{known}），其位置暂由列表填补。",
    },
    "pinned_variants": {
        "en": "{rules}: items {what} are variants of one product; only the first is shown.",
        "zh": "{rules}：商品 {what} 是同一产品的不同规格，只显示第一个。",
    },
}
"""Every finding with its sentence per language."""

ERRORS = frozenset(
    {
        "unknown_placement", "pinned_twice", "position_taken", "pinned_and_hidden", "boosted_and_buried",
        "quota_above_cap", "quota_above_limit",
    }
)  # fmt: skip
"""Contradictions: a set with one of these is written only when forced."""


@dataclass(frozen=True, slots=True)
class Finding:
    """rules: ids of those it is about; field: of the last of them, where it can be mended; text by language."""

    code: str
    severity: Severity
    rules: tuple[str, ...]
    field: str
    value: str
    text: dict[str, str]


def finding(code: str, rules: tuple[str, ...], field: str, what: object = "", known: object = "") -> Finding:
    """One finding in words."""
    named = tuple(dict.fromkeys(rules))
    english = ("Rules " if len(named) > 1 else "Rule ") + " and ".join(named)
    told = {"en": english, "zh": "规则 " + " 和 ".join(named) + " "}
    text = {
        language: words.format(rules=told[language], what=what, known=known) for language, words in WORDS[code].items()
    }
    return Finding(code, "error" if code in ERRORS else "warning", named, field, str(what), text)
