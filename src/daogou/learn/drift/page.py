"""The figures of a day on one page, alarms first, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.learn.drift.drift import Drift, Drifts
from daogou.learn.quality.page import Point, page_of

Text = Mapping[str, str]
TITLE: Text = {"en": "What changed in the shop", "zh": "商店的变化"}
PARTS: Mapping[str, tuple[Text, Text]] = {
    "catalogue": (
        {"en": "catalogue, {what}", "zh": "目录：{what}"},
        {
            "en": "Was this change meant? If so train again; if not, import the right catalogue.",
            "zh": "变化是否有意？若是请重新训练；若否请导入正确的目录。",
        },
    ),
    "events": (
        {"en": "events, {what}", "zh": "事件：{what}"},
        {
            "en": "Look at the tracker and at the latest release of the shop's pages.",
            "zh": "请检查埋点与最近上线的页面。",
        },
    ),
    "scores": (
        {"en": "scores in {what}", "zh": "{what} 的得分"},
        {"en": "Look at the newest training and its report.", "zh": "请查看最近一次训练及其报告。"},
    ),
    "propensities": (
        {"en": "chances of being shown in {what}", "zh": "{what} 的展示概率"},
        {
            "en": "Look at exploration and new items in that placement's settings.",
            "zh": "请检查该推荐位的探索与新品设置。",
        },
    ),
    "reasons": (
        {"en": "mix of reasons in {what}", "zh": "{what} 的理由构成"},
        {
            "en": "More filler or popularity means a model or its data are missing.",
            "zh": "补位或热门变多说明模型或数据缺失。",
        },
    ),
}
SAID: Text = {
    "en": "{name}: {value:,.4g}, usually {usual:,.4g}; told from {bound:,.4g} on ({measure}).",
    "zh": "{name}：{value:,.4g}，平时为 {usual:,.4g}；超过 {bound:,.4g} 时提醒（{measure}）。",
}
FIGURES: Text = {"en": "All figures", "zh": "全部指标"}
ALARMS: Text = {"en": "Out of the ordinary", "zh": "异常"}


def drift_page(found: Drifts, shop: Text | None = None) -> str:
    """The page as text."""
    alarms = [Point("act", said(one), PARTS[one.part][1], ()) for one in found.alarms]
    rows = [
        (f"{one.part}: {one.what}", f"{one.value:,.4g} / {one.bound:,.4g} ({one.measure})") for one in found.figures
    ]
    tables = [{"title": FIGURES, "rows": rows}] if rows else []
    day = {language: f"{text}, {found.day}" for language, text in ALARMS.items()}
    sections: list[Mapping[str, object]] = [
        {"id": "alarms", "title": day, "findings": alarms, "tables": []},
        {"id": "figures", "title": FIGURES, "tables": tables},
    ]
    return page_of(TITLE, sections, shop)


def said(one: Drift) -> dict[str, str]:
    """One figure as a sentence in every language."""
    figures = {"value": one.value, "usual": one.usual, "bound": one.bound, "measure": one.measure}
    return {
        language: text.format(name=PARTS[one.part][0][language].format(what=one.what), **figures)
        for language, text in SAID.items()
    }
