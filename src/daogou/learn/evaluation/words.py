"""What the report says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.clock import to_datetime
from daogou.learn.evaluation.catalogue_facts import OTHER
from daogou.learn.evaluation.glossary import METRIC_MEANINGS, METRIC_NAMES, Text, metric_name
from daogou.learn.evaluation.result import Setup

__all__ = [
    "LANGUAGES", "METRIC_MEANINGS", "METRIC_NAMES", "WORDS", "kind_name", "metric_name", "segment_name", "sentences",
    "word",
]  # fmt: skip

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}

WORDS: Mapping[str, Text] = {
    "title": {"en": "How good the recommendations are", "zh": "推荐效果报告"},
    "language": {"en": "Language", "zh": "语言"},
    "contents": {"en": "Contents", "zh": "目录"},
    "done": {"en": "What was done", "zh": "评测方法"},
    "counted": {"en": "Repeats counted", "zh": "计入复购"},
    "excluded": {"en": "Repeats excluded", "zh": "不计复购"},
    "best": {"en": "Ranking quality", "zh": "排序质量"},
    "interval": {
        "en": "The bar is the mean over shoppers, the whisker its {level} confidence interval.",
        "zh": "条形为顾客平均值，须线为 {level} 置信区间。",
    },
    "curves": {"en": "By length of the list", "zh": "按列表长度"},
    "list_length": {"en": "list length k", "zh": "列表长度 k"},
    "figures": {"en": "All figures", "zh": "全部指标"},
    "compared": {"en": "{model} against the others", "zh": "{model} 与其他模型的差"},
    "compared_note": {
        "en": "Difference for the same shoppers. “Sure” means that the {level} interval lies above 0.",
        "zh": "同一批顾客上的差值。“确定”表示 {level} 区间高于 0。",
    },
    "sure": {"en": "sure", "zh": "确定"},
    "surely_worse": {"en": "surely worse", "zh": "确定较差"},
    "unsure": {"en": "could be chance", "zh": "可能是偶然"},
    "segments": {"en": "By shopper and by item", "zh": "按顾客与商品分组"},
    "segment": {"en": "Segment", "zh": "分组"},
    "history": {"en": "Shoppers who had {name} items", "zh": "已有 {name} 件商品的顾客"},
    "history_0": {"en": "Shoppers without history (not in the headline)", "zh": "没有历史的顾客（不计入总体）"},
    "head": {"en": "Best-selling fifth of the items", "zh": "最畅销的五分之一商品"},
    "tail": {"en": "The other items", "zh": "其余商品"},
    "cold": {"en": "Items nobody had before", "zh": "此前无人购买的商品"},
    "new": {"en": "New", "zh": "新"},
    "returning": {"en": "Returning", "zh": "回访"},
    "older": {"en": "Older", "zh": "较早"},
    "other": {"en": "All others", "zh": "其余"},
    "by_history": {"en": "By items they already had", "zh": "按已有商品数"},
    "by_visits": {"en": "New and returning shoppers", "zh": "新客与回头客"},
    "by_popularity": {"en": "By popularity of the item", "zh": "按商品热度"},
    "by_age": {"en": "New and older items", "zh": "新品与旧品"},
    "by_category": {"en": "By category", "zh": "按类目"},
    "by_brand": {"en": "By brand", "zh": "按品牌"},
    "by_seller": {"en": "By seller", "zh": "按卖家"},
    "by_country": {"en": "By country", "zh": "按国家"},
    "by_store_id": {"en": "By store", "zh": "按门店"},
    "by_device": {"en": "By device", "zh": "按设备"},
    "by_attribute": {"en": "By {name}", "zh": "按 {name}"},
    "beyond": {"en": "What the lists do to the catalogue", "zh": "列表对目录的影响"},
    "mix": {"en": "The blend", "zh": "混合权重"},
    "mix_note": {
        "en": "Weights were learned on the validation part, before the test part.",
        "zh": "权重在验证段上学得，未使用测试段。",
    },
    "weight": {"en": "Weight", "zh": "权重"},
    "model": {"en": "Model", "zh": "模型"},
    "metric": {"en": "Metric", "zh": "指标"},
    "difference": {"en": "Difference", "zh": "差值"},
    "verdict": {"en": "Verdict", "zh": "结论"},
    "shoppers": {"en": "Shoppers", "zh": "顾客数"},
    "targets": {"en": "Targets", "zh": "目标数"},
    "speed": {"en": "ms per query", "zh": "毫秒/次"},
    "made_by": {
        "en": "Made by Daogou {version}. This page needs nothing from outside.",
        "zh": "由 Daogou {version} 生成，本页不依赖任何外部资源。",
    },
}


def word(key: str, **values: object) -> dict[str, str]:
    """One text in every language, with its gaps filled."""
    return {language: text.format(**values) for language, text in WORDS[key].items()}


def segment_name(kind: str, name: str) -> dict[str, str]:
    """A group of shoppers, targets or items in words; what a shop named itself stays as it is."""
    if (kind, name) == ("history", "0"):
        return word("history_0")
    if kind == "history":
        return word("history", name=name)
    if name in WORDS and (kind in ("popularity", "visits", "age") or name == OTHER):
        return word(name)
    return dict.fromkeys(LANGUAGES, name)


def kind_name(kind: str) -> dict[str, str]:
    """What a division goes by; an attribute of the shop's own keeps its name."""
    return word(f"by_{kind}") if f"by_{kind}" in WORDS else word("by_attribute", name=kind)


def sentences(setup: Setup) -> list[dict[str, str]]:
    """What was done, sentence by sentence."""
    parts = (_protocol, _lists, _repeats, _users, _draw, _history, _sureness)
    found = [part(setup) for part in parts]
    return [one for one in found if one]


def _day(at_us: int) -> str:
    return f"{to_datetime(at_us):%Y-%m-%d}"


def _protocol(setup: Setup) -> dict[str, str]:
    before, start, end = _day(setup.train_before_us), _day(setup.test_from_us), _day(setup.test_until_us)
    if setup.protocol == "global_time":
        return {
            "en": f"Models learned from {setup.n_train:,} interactions before {before} and had to foretell {start} to "
            f"{end}. Nothing after {before} was known to any of them.",
            "zh": f"模型只从 {before} 之前的 {setup.n_train:,} 次交互中学习，"
            f"预测 {start} 至 {end}；此后的数据对任何模型都不可见。",
        }
    described = setup.description or setup.protocol
    return {
        "en": f"Split: {described}. {setup.n_train:,} interactions were known.",
        "zh": f"划分方式：{described}。已知交互 {setup.n_train:,} 次。",
    }


def _lists(setup: Setup) -> dict[str, str]:
    events = ", ".join(setup.target_events)
    return {
        "en": f"Each list ranks the full catalogue of {setup.n_items:,} items, with no sampling. A target is an item "
        f"the shopper chose in the test part ({events or 'any positive event'}).",
        "zh": f"每个列表对全部 {setup.n_items:,} 件商品排序，不做抽样。"
        f"目标是顾客在测试段选择的商品（{events or '任何正向事件'}）。",
    }


def _repeats(setup: Setup) -> dict[str, str]:
    if setup.repeats == "counted":
        return {
            "en": "Repeats are counted: lists may show, and targets may be, items the shopper chose before.",
            "zh": "计入复购：列表可以包含顾客以前选择过的商品，它们也算作目标。",
        }
    return {
        "en": "Repeats are excluded: items the shopper chose before are taken out of lists and targets. "
        f"{setup.n_users_only_repeats:,} shoppers chose nothing else and are left out.",
        "zh": f"不计复购：顾客以前选择过的商品从列表和目标中去掉。"
        f"{setup.n_users_only_repeats:,} 位顾客没有选择其他商品，未计入。",
    }


def _users(setup: Setup) -> dict[str, str]:
    return {
        "en": f"Figures are means over the {setup.n_users:,} shoppers who have a history and a target, with "
        f"{setup.n_targets:,} targets; {setup.share_cold_targets:.1%} of the targets are items nobody had before. "
        f"{setup.n_users_without_history:,} shoppers without history are shown apart.",
        "zh": f"指标为 {setup.n_users:,} 位既有历史又有目标的顾客的平均值，共 {setup.n_targets:,} 个目标，其中 "
        f"{setup.share_cold_targets:.1%} 是此前无人购买的商品。"
        f"{setup.n_users_without_history:,} 位没有历史的顾客单独列出。",
    }


def _draw(setup: Setup) -> dict[str, str]:
    drawn = setup.n_users + setup.n_users_without_history
    if drawn == setup.n_users_available:
        return {}
    return {
        "en": f"These shoppers were drawn at random from {setup.n_users_available:,} with a target.",
        "zh": f"以上顾客从 {setup.n_users_available:,} 位有目标的顾客中随机抽取。",
    }


def _history(setup: Setup) -> dict[str, str]:
    if setup.half_life_days is None:
        return {}
    return {
        "en": f"Histories are weighed as in serving: the newest {setup.history_rows:,} events, half the weight after "
        f"{setup.half_life_days:g} days.",
        "zh": f"历史的权重与线上一致：最近 {setup.history_rows:,} 个事件，每过 {setup.half_life_days:g} 天权重减半。",
    }


def _sureness(setup: Setup) -> dict[str, str]:
    return {
        "en": f"Intervals: {setup.level:.0%}, by drawing shoppers with replacement {setup.resamples:,} times (seed "
        f"{setup.seed}). Equal scores are ordered by one fixed shuffle, the same for every model.",
        "zh": f"区间：{setup.level:.0%}，对顾客有放回抽样 {setup.resamples:,} 次（种子 {setup.seed}）。"
        f"得分相同的商品按同一固定乱序排列，所有模型一致。",
    }
