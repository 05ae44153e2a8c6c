"""What each finding says and what to do about it, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.data.quality.finding import Finding

LANGUAGES = ("en", "zh")
Text = Mapping[str, str]

SENTENCES: Mapping[str, tuple[Text, Text]] = {
    "refused": (
        {
            "en": "{count} of {total} rows were refused by the rule {rule}.",
            "zh": "{total} 行中有 {count} 行因规则 {rule} 被拒绝。",
        },
        {"en": "Mend them in the reject file and import that file.", "zh": "在拒绝文件中改正后，导入该文件即可。"},
    ),
    "again": (
        {
            "en": "{count} of {total} rows were known already; they count once.",
            "zh": "{total} 行中有 {count} 行早已存在，只计一次。",
        },
        {
            "en": "Nothing, if the file was imported before; else see whether its event ids are unique.",
            "zh": "若曾导入过同一文件则无需处理；否则请检查事件编号是否唯一。",
        },
    ),
    "missing": (
        {"en": "{count} of {total} items lack {field}.", "zh": "{total} 件商品中有 {count} 件缺少 {field}。"},
        {
            "en": "Add it to the export, or name its column with --map YOUR_COLUMN={field}.",
            "zh": "在导出中补上，或用 --map 您的列名={field} 指定对应列。",
        },
    ),
    "currencies": (
        {
            "en": "Prices come in {total} currencies; the rarer ones: {examples}.",
            "zh": "价格使用了 {total} 种货币，其中较少的：{examples}。",
        },
        {
            "en": "Prices are compared as numbers: bring them to one currency, or make one shop per currency.",
            "zh": "价格按数字比较：请统一货币，或每种货币各建一个商店。",
        },
    ),
    "free": (
        {"en": "{count} items cost nothing.", "zh": "{count} 件商品价格为零。"},
        {"en": "Give their price, or hide what is not for sale.", "zh": "补上价格，或隐藏非卖品。"},
    ),
    "hundred": (
        {
            "en": "{count} items cost about a hundred times more or less in the catalogue than in orders.",
            "zh": "{count} 件商品在目录与订单中的价格相差约一百倍。",
        },
        {
            "en": "Pounds and pence are mixed up: import the catalogue again with prices as 12.50.",
            "zh": "元与分混淆：请以 12.50 的写法重新导入目录。",
        },
    ),
    "price_outlier": (
        {
            "en": "{count} items cost more than twenty times the median of their category, or less than a twentieth.",
            "zh": "{count} 件商品的价格超过所在类目中位数的二十倍，或不足二十分之一。",
        },
        {"en": "Look whether price and category are right.", "zh": "请核对价格与类目。"},
    ),
    "same_title": (
        {
            "en": "{count} titles belong to several items that are not variants of one product.",
            "zh": "{count} 个标题对应多件并非同款的商品。",
        },
        {
            "en": "Give variants the same group_id, and remove doubles.",
            "zh": "同款请使用同一 group_id，并删除重复商品。",
        },
    ),
    "near_title": (
        {
            "en": "{count} titles differ only in case, marks, plural or the order of their words.",
            "zh": "{count} 个标题仅大小写、标点、单复数或词序不同。",
        },
        {"en": "Look whether these are the same product.", "zh": "请核对是否为同一商品。"},
    ),
    "lonely_category": (
        {
            "en": "{count} of {total} categories have a single item.",
            "zh": "{total} 个类目中有 {count} 个只有一件商品。",
        },
        {
            "en": "Join them to a larger one: nothing can be said of a category of one.",
            "zh": "并入更大的类目：单件类目无从比较。",
        },
    ),
    "damaged": (
        {
            "en": "{count} items have letters that were read in the wrong encoding.",
            "zh": "{count} 件商品的文字出现乱码。",
        },
        {
            "en": "Import the file again with --encoding, for example cp1252 or gb18030.",
            "zh": "请用 --encoding（如 gb18030 或 cp1252）重新导入。",
        },
    ),
    "future": (
        {"en": "{count} events lie in the future.", "zh": "{count} 个事件的时间在未来。"},
        {
            "en": "Look at the order of day and month (--date-order) and at the time zone of the shop.",
            "zh": "请检查日月顺序（--date-order）与商店时区。",
        },
    ),
    "past": (
        {"en": "{count} events are older than twenty years.", "zh": "{count} 个事件早于二十年前。"},
        {
            "en": "A time of 0 or in the wrong unit looks like this: mend the column of times.",
            "zh": "时间为 0 或单位错误会如此：请修正时间列。",
        },
    ),
    "holes": (
        {
            "en": "On {count} of {total} days nothing happened; the longest hole has {longest} days.",
            "zh": "{total} 天中有 {count} 天没有任何事件，最长空缺 {longest} 天。",
        },
        {
            "en": "Look for files that were not exported, or for a tracker that was off.",
            "zh": "请检查是否漏导文件，或埋点曾中断。",
        },
    ),
    "unknown_items": (
        {
            "en": "{count} of {total} lines of events name {ids} items that the catalogue lacks.",
            "zh": "{total} 行事件中有 {count} 行提到目录中没有的 {ids} 件商品。",
        },
        {
            "en": "Import these items, or look whether catalogue and events spell ids alike.",
            "zh": "请导入这些商品，或核对目录与事件的编号写法是否一致。",
        },
    ),
    "impossible_shopper": (
        {
            "en": "{count} times one shopper had more than two thousand events on a day.",
            "zh": "有 {count} 次单个顾客一天内超过两千个事件。",
        },
        {
            "en": "One id may stand for many people (a till, a guest): leave it empty in those rows.",
            "zh": "同一编号可能代表多人（收银台、访客）：请在这些行中留空。",
        },
    ),
    "programs": (
        {
            "en": "{count} of {total} events come from {shoppers} shoppers who look like programs.",
            "zh": "{total} 个事件中有 {count} 个来自 {shoppers} 个疑似程序的访客。",
        },
        {
            "en": "They are left out of learning; see why: daogou trust scan, daogou trust report.",
            "zh": "它们不参与学习；原因见：daogou trust scan、daogou trust report。",
        },
    ),
    "no_purchase": (
        {"en": "No event is a purchase.", "zh": "没有任何购买事件。"},
        {"en": "Import orders too: they say most about taste.", "zh": "请一并导入订单：它们最能说明喜好。"},
    ),
}


def said(finding: Finding) -> dict[str, str]:
    """The sentence in every language."""
    return _filled(finding, 0)


def advice(finding: Finding) -> dict[str, str]:
    """What to do, in every language."""
    return _filled(finding, 1)


def _filled(finding: Finding, place: int) -> dict[str, str]:
    values = {
        "count": f"{finding.count:,}",
        "total": f"{finding.total:,}",
        "examples": ", ".join(finding.examples),
        **{name: f"{value:,}" if isinstance(value, int) else value for name, value in finding.values.items()},
    }
    return {language: text.format(**values) for language, text in SENTENCES[finding.code][place].items()}
