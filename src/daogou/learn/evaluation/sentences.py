"""What an evaluation did, sentence by sentence, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.clock import to_datetime
from daogou.learn.evaluation.glossary import Text
from daogou.learn.evaluation.result import Setup
from daogou.learn.evaluation.served import Served


def sentences(setup: Setup) -> list[dict[str, str]]:
    """What was done, sentence by sentence."""
    parts = (_protocol, _lists, _repeats, _users, _draw, _history, _likeness, _sureness)
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


def _likeness(setup: Setup) -> dict[str, str]:
    if setup.distance is None:
        return {}
    return {
        "en": "Diversity is the cosine distance of two items over category path, brand, tags and attributes; "
        f"serendipity is measured against a list of best-sellers; the head are the {setup.head_share:.0%} of "
        "sold items with most shoppers.",
        "zh": "多样性为两件商品在类目路径、品牌、标签与属性上的余弦距离；惊喜度以畅销榜为基准；"
        f"头部指购买顾客最多的 {setup.head_share:.0%} 有销量商品。",
    }


def _sureness(setup: Setup) -> dict[str, str]:
    return {
        "en": f"Intervals: {setup.level:.0%}, by drawing shoppers with replacement {setup.resamples:,} times (seed "
        f"{setup.seed}). Equal scores are ordered by one fixed shuffle, the same for every model.",
        "zh": f"区间：{setup.level:.0%}，对顾客有放回抽样 {setup.resamples:,} 次（种子 {setup.seed}）。"
        f"得分相同的商品按同一固定乱序排列，所有模型一致。",
    }


def served_sentences(served: Served) -> list[dict[str, str]]:
    """What was counted of lists that went out, and how."""
    first, last = (f"{to_datetime(one):%Y-%m-%d}" for one in (served.from_us, served.until_us))
    values = {
        "first": first,
        "last": last,
        "slates": f"{served.n_slates_served:,}",
        "sent": f"{served.n_places_served:,}",
        "counted": f"{served.whole.n_places:,}",
        "shoppers": f"{served.n_shoppers:,}",
        "days": f"{served.window_days:g}",
        "level": f"{served.level:.0%}",
    }
    keys = ("period", "counted_seen" if served.has_impressions else "counted_sent", "attribution", "sureness")
    return [{language: text.format(**values) for language, text in SERVED[key].items()} for key in keys]


SERVED: Mapping[str, Text] = {
    "period": {
        "en": "From {first} to {last}; {slates} lists with {sent} items were logged as served.",
        "zh": "{first} 至 {last}；记录下发列表 {slates} 个、商品 {sent} 件次。",
    },
    "counted_seen": {
        "en": "{counted} items seen by {shoppers} shoppers are counted: what a page reported as seen, or what was "
        "acted on. A placement whose page reports nothing is counted by what was served, marked, and not in the total.",
        "zh": "计入 {shoppers} 位顾客看到的 {counted} 件次商品：页面上报为已看到，或顾客有操作。"
        "不上报曝光的推荐位按下发计，作出标注，且不计入合计。",
    },
    "counted_sent": {
        "en": "No page reported what was seen, so all {counted} items served to {shoppers} shoppers are counted.",
        "zh": "没有页面上报曝光，因此计入向 {shoppers} 位顾客下发的全部 {counted} 件次商品。",
    },
    "attribution": {
        "en": "A purchase counts for the last list in which the same shopper clicked or carted the item, up to {days} "
        "days before. Shoppers who refused analytics are in no figure.",
        "zh": "购买归于同一顾客此前 {days} 天内最后一次点击或加购该商品的列表。拒绝统计的顾客不计入任何指标。",
    },
    "sureness": {
        "en": "Intervals: {level}, Wilson's, for as many independent trials as one shopper's impressions are worth.",
        "zh": "区间：{level}，Wilson 法，按同一顾客多次曝光折算的有效样本量计算。",
    },
}
