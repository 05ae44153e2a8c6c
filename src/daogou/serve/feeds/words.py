"""What the check of a feed says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.serve.feeds.check import Fault, FeedReport, Lack

KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {"product": "products", "bundle": "bundles", "course": "courses"},
    "zh": {"product": "商品", "bundle": "套装", "course": "课程"},
}
FAULTS: Mapping[str, Mapping[str, str]] = {
    "gtin_wrong": {
        "en": "have a GTIN, EAN or ISBN whose check digit is wrong; it is left out",
        "zh": "的 GTIN、EAN 或 ISBN 校验位有误，导出时略去",
    },
    "image_address": {
        "en": "have pictures without a complete https address; set [shop] url, or write whole addresses",
        "zh": "的图片不是完整的 https 地址；请设置 [shop] url，或填写完整地址",
    },
    "page_not_https": {"en": "have a page that is not https", "zh": "的页面地址不是 https"},
    "title_long": {
        "en": "have a title of more than 150 characters; it is cut",
        "zh": "的标题超过 150 个字符，会被截断",
    },
    "price_zero": {"en": "cost nothing; most readers refuse that", "zh": "的价格为零，多数平台会拒收"},
    "not_translated": {
        "en": "have no title in one of the shop's languages",
        "zh": "缺少店铺某一种语言的标题",
    },
    "currencies": {
        "en": "are variants in another currency than their product; they are left out",
        "zh": "与同款其他规格的币种不同，导出时略去",
    },
    "variants_alike": {
        "en": "are variants that differ from another one in no attribute",
        "zh": "与同款另一规格的属性完全相同，无法区分",
    },
}
LEVELS = {
    "en": {"required": "required", "recommended": "recommended"},
    "zh": {"required": "必填", "recommended": "建议填写"},
}
LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "hidden": {"en": "hidden", "zh": "已隐藏"},
    "rule_hidden": {"en": "hidden by a rule", "zh": "被规则隐藏"},
    "not_yet_available": {"en": "not yet on sale", "zh": "尚未开售"},
    "expired": {"en": "no longer on sale", "zh": "已下架"},
    "other_kind": {"en": "of a kind that feeds do not carry", "zh": "不属于可导出的类型"},
    "unsuitable": {"en": "not for everybody (age, risk)", "zh": "并非人人适宜（年龄、风险）"},
    "filter": {"en": "kept out by the filter of search", "zh": "被搜索位的过滤条件排除"},
}


def sentences(report: FeedReport, language: str) -> list[str]:
    """The report line by line."""
    is_chinese = language == "zh"
    head = (
        f"{report.format}：{report.seen:,} 件可导出，其中 {report.items:,} 件字段齐全"
        if is_chinese
        else f"{report.format}: {report.items:,} of {report.seen:,} items go in"
    )
    return [
        head,
        *(_lack(one, language) for one in report.lacks),
        *(_fault(one, language) for one in report.faults),
        *(_left_out(name, count, language) for name, count in report.left_out.items()),
        *((f"请设置 {name}" if is_chinese else f"Set {name}.") for name in report.settings),
    ]


def left_out_word(name: str, language: str) -> str:
    """Why items are left out."""
    return LEFT_OUT[name][language] if name in LEFT_OUT else name


def _lack(one: Lack, language: str) -> str:
    kind, level = _kind(one.kind, language), LEVELS[language][one.level]
    if language == "zh":
        return f"{one.total:,} 件{kind}中有 {one.count:,} 件缺少 {one.field}（{level}），例如 {'、'.join(one.examples)}"
    return f"{one.count:,} of {one.total:,} {kind} lack {one.field} ({level}), such as {', '.join(one.examples)}"


def _fault(one: Fault, language: str) -> str:
    kind, said = _kind(one.kind, language), FAULTS[one.code][language]
    if language == "zh":
        return f"{one.total:,} 件{kind}中有 {one.count:,} 件{said}，例如 {'、'.join(one.examples)}"
    return f"{one.count:,} of {one.total:,} {kind} {said}, such as {', '.join(one.examples)}"


def _left_out(name: str, count: int, language: str) -> str:
    said = left_out_word(name, language)
    return f"略去 {count:,} 件：{said}" if language == "zh" else f"{count:,} items are left out: {said}"


def _kind(kind: str, language: str) -> str:
    return KINDS[language].get(kind, kind)
