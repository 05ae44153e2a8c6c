"""What a circumstance does to an item, in words, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("daypart", "morning"): ("in the morning", "早上"),
    ("daypart", "afternoon"): ("in the afternoon", "下午"),
    ("daypart", "evening"): ("in the evening", "傍晚"),
    ("daypart", "night"): ("at night", "夜间"),
    ("week", "workday"): ("on workdays", "工作日"),
    ("week", "weekend"): ("at weekends", "周末"),
    ("season", "spring"): ("in spring", "春季"),
    ("season", "summer"): ("in summer", "夏季"),
    ("season", "autumn"): ("in autumn", "秋季"),
    ("season", "winter"): ("in winter", "冬季"),
    ("holiday", "holiday"): ("on public holidays", "节假日"),
    ("holiday", "eve"): ("in the week before a public holiday", "节前一周"),
    ("holiday", "none"): ("on ordinary days", "平常日子"),
}
"""Of words that are ours; those of a shop are shown as the shop spells them."""

OTHERS: Mapping[str, tuple[str, str]] = {
    "store": ("in the store {value}", "在门店 {value}"),
    "region": ("in the region {value}", "在地区 {value}"),
    "device": ("on the device {value}", "在设备 {value} 上"),
    "weather": ("when the weather is {value}", "天气为 {value} 时"),
}


def lift_words(name: str, value: str, factor: float, language: str) -> str:
    """For example: ×1.4: wanted more when the weather is rain."""
    english, chinese = WORDS.get((name, value)) or OTHERS.get(name, ("with {name} {value}", "{name} 为 {value} 时"))
    if language.startswith("zh"):
        return f"×{factor:.2g}：{chinese.format(name=name, value=value)}{'更' if factor > 1 else '较少'}受欢迎"
    return f"×{factor:.2g}: wanted {'more' if factor > 1 else 'less'} {english.format(name=name, value=value)}"
