"""Why a row stands where it stands, or does not stand at all, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "row_value": {
        "en": "Placed by what shoppers click: {clicks:.1f} clicks are expected per 100 times it is seen.",
        "zh": "按顾客点击排列：预计每展示100次有{clicks:.1f}次点击。",
    },
    "row_shop": {
        "en": "Placed by the shop: it is not known yet how often this row is clicked.",
        "zh": "按本店顺序排列：此栏的点击情况尚不清楚。",
    },
    "row_empty": {"en": "Left out: there is nothing to show in it.", "zh": "未显示：此栏没有可显示的商品。"},
    "row_short": {
        "en": "Left out: without what stands above, only {items} of at least {least} items remain.",
        "zh": "未显示：除去上方已有的商品后仅剩{items}件，至少需要{least}件。",
    },
    "row_over": {"en": "Left out: the page already holds {most} rows.", "zh": "未显示：页面已有{most}栏。"},
}
"""Every code of a row with its sentence per language."""


def row_words(code: str, language: str, **facts: float) -> str:
    """The sentence of this code."""
    return WORDS[code]["zh" if language.startswith("zh") else "en"].format(**facts)
