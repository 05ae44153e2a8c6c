"""What the advice says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.clock import to_datetime
from daogou.learn.advice.advise import CARRIES, OWN_PLACES, Advice, Report
from daogou.learn.advice.facts import Facts
from daogou.learn.advice.measure import Row

Text = Mapping[str, str]

WORDS: Mapping[str, Text] = {
    "facts": {"en": "What your shop is like", "zh": "您的店铺数据"},
    "measured": {"en": "What was measured", "zh": "实测结果"},
    "stars": {"en": "Foretelling stars", "zh": "评分预测"},
    "advice": {"en": "Advice", "zh": "建议"},
    "model": {"en": "model", "zh": "模型"},
    "behind": {"en": "behind best (95 %)", "zh": "与最好的差（95 %）"},
    "blend": {"en": "blend", "zh": "混合"},
    "fit": {"en": "fit s", "zh": "训练秒"},
    "speed": {"en": "ms", "zh": "毫秒"},
    "columns": {"en": "blend: share in a blend of all; fit s: seconds of processor; ms: per query, in blocks",
                "zh": "混合：在全部模型的混合中的份额；训练秒：处理器秒数；毫秒：每次查询（成批）"},
    "rmse": {"en": "RMSE, stars (95 %)", "zh": "RMSE，星（95 %）"},
    "use": {"en": "use", "zh": "使用"},
    "keep": {"en": "keep for its place", "zh": "保留其专用位置"},
    "try": {"en": "worth a try", "zh": "值得一试"},
    "open": {"en": "not judged", "zh": "尚无结论"},
    "skip": {"en": "leave out", "zh": "不必使用"},
    "cannot": {"en": "cannot be used", "zh": "无法使用"},
    "is_used": {"en": "in your shop.toml now", "zh": "现用"},
    "is_best": {"en": "Best alone: NDCG@20 {mean:.4f} ({low:.4f} – {high:.4f}).",
                "zh": "单独使用时最好：NDCG@20 {mean:.4f}（{low:.4f} – {high:.4f}）。"},
    "is_equal": {"en": "Not surely behind the best: {mean:.4f} ({low:+.4f} … {high:+.4f}).",
                 "zh": "与最好的模型没有确定差距：{mean:.4f}（{low:+.4f} … {high:+.4f}）。"},
    "is_behind": {"en": "Behind the best by {mean:.4f} ({low:.4f} … {high:.4f}), which is more than chance.",
                  "zh": "比最好的模型差 {mean:.4f}（{low:.4f} … {high:.4f}），并非偶然。"},
    "carries": {"en": "Carries {weight:.0%} of a blend of all measured.",
                "zh": "在全部实测模型的混合中占 {weight:.0%}。"},
    "adds_little": {"en": "Adds {weight:.0%} to a blend.", "zh": "在混合中占 {weight:.0%}。"},
    "no_blend": {"en": "No blend was learned, so whether it adds something there is open.",
                 "zh": "未学习混合权重，它在混合中是否有用尚无结论。"},
    "cut_short": {"en": "Its training was stopped early: with more --minutes it may do better.",
                  "zh": "训练提前停止：增加 --minutes 可能更好。"},
    "slow": {"en": "Not measured: it needs more than {text} s. Give more time with --minutes.",
             "zh": "未实测：所需时间超过 {text} 秒，请加大 --minutes。"},
    "no_time": {"en": "Not measured: the time was up. Give more with --minutes.",
                "zh": "未实测：时间已用完，请加大 --minutes。"},
    "not_asked": {"en": "Not measured.", "zh": "未实测。"},
    "no_rule": {"en": "No rule speaks of it for a shop like this.", "zh": "没有针对此类店铺的规则。"},
    "speaks_for": {"en": "For it", "zh": "有利"},
    "speaks_against": {"en": "Against it", "zh": "不利"},
    "obstacle": {"en": "What stands in the way: {text}", "zh": "障碍：{text}"},
    "keeps_shoppers": {"en": "Mind: it keeps what shoppers did, without names; erasing a shopper takes a new training.",
                       "zh": "注意：它保留顾客的行为（不含姓名）；删除顾客后需要重新训练。"},
    "place_popularity": {"en": "It fills lists for shoppers without history.", "zh": "它为没有历史的顾客填充列表。"},
    "place_trending": {"en": "It serves the placement trending and fills lists.",
                       "zh": "它服务于推荐位 trending 并填充列表。"},
    "place_repeat": {"en": "It serves the placement buy_again.", "zh": "它服务于推荐位 buy_again。"},
    "place_bought_together": {"en": "It serves item_bought_together and cart_addon.",
                              "zh": "它服务于 item_bought_together 与 cart_addon。"},
    "place_content": {"en": "It serves item_similar, and new items the moment they are added.",
                      "zh": "它服务于 item_similar，新品加入后立即可用。"},
    "add": {"en": "Add to shop.toml:", "zh": "在 shop.toml 中加入："},
    "next": {"en": "Next: daogou tune searches their settings; daogou train learns the blend; daogou evaluate measures "
                   "on the part kept aside.",
             "zh": "下一步：daogou tune 搜索参数；daogou train 学习混合权重；daogou evaluate 在保留的部分上评测。"},
    "nothing_to_add": {"en": "Nothing to add: your shop.toml has what was found useful.",
                       "zh": "无需添加：shop.toml 已包含有用的模型。"},
    "too_short": {"en": "The events do not reach over enough time to hold a part of them out: nothing was measured.",
                  "zh": "事件的时间跨度不足以留出一部分，因此没有实测。"},
    "stopped": {"en": "Stopped. Nothing was changed.", "zh": "已停止，没有任何改动。"},
}  # fmt: skip

FACTS: tuple[tuple[str, Text], ...] = (
    ("items", {"en": "items in the catalogue", "zh": "目录中的商品"}),
    ("items_taken", {"en": "… taken by somebody", "zh": "……有人选择过"}),
    ("shoppers", {"en": "shoppers", "zh": "顾客"}),
    ("visitors", {"en": "… of them unknown visitors", "zh": "……其中未登录访客"}),
    ("interactions", {"en": "interactions", "zh": "交互"}),
    ("purchases", {"en": "… of them purchases", "zh": "……其中购买"}),
    ("days", {"en": "days", "zh": "天数"}),
    ("density", {"en": "share of all pairs that occurred", "zh": "出现过的顾客—商品对比例"}),
    ("items_per_shopper", {"en": "items per shopper, median", "zh": "人均商品数（中位数）"}),
    ("items_per_busy", {"en": "items per shopper, busiest tenth", "zh": "最活跃十分之一顾客的商品数"}),
    ("one_item", {"en": "shoppers with one item only", "zh": "只有一件商品的顾客"}),
    ("coming_back", {"en": "shoppers seen on two days or more", "zh": "至少两天到访的顾客"}),
    ("items_per_visit", {"en": "items per visit, mean", "zh": "每次访问商品数（均值）"}),
    ("visits_of_several", {"en": "visits with two items or more", "zh": "含两件以上商品的访问"}),
    ("repeats", {"en": "bought again on another day", "zh": "在另一天再次购买"}),
    ("orders", {"en": "orders", "zh": "订单"}),
    ("orders_of_several", {"en": "orders with two items or more", "zh": "含两件以上商品的订单"}),
    ("ratings", {"en": "stars given", "zh": "评分数"}),
    ("described", {"en": "items with a title", "zh": "有标题的商品"}),
    ("long_texts", {"en": "items with a description of 100 characters or more", "zh": "描述达 100 字符的商品"}),
    ("pictures", {"en": "items with a picture", "zh": "有图片的商品"}),
    ("cold", {"en": "newly taken items that nobody had before", "zh": "新选择中此前无人选择的商品"}),
    ("head", {"en": "taken from the most popular fifth", "zh": "最热门五分之一商品所占份额"}),
    ("gini", {"en": "how uneven (Gini; 0 even, 1 all to one)", "zh": "不均程度（基尼；0 均匀，1 全归一件）"}),
    ("turnover", {"en": "best-sellers that changed within four weeks", "zh": "四周内更换的畅销商品"}),
    ("busiest_month", {"en": "busiest 30 days over the average", "zh": "最忙 30 天与平均之比"}),
)  # fmt: skip

SHARES = {
    "density", "one_item", "coming_back", "visits_of_several", "repeats", "orders_of_several", "described",
    "long_texts", "pictures", "cold", "head", "turnover",
}  # fmt: skip
KEEPS_SHOPPERS = ("user_knn", "stan", "vstan")


def say(key: str, language: str, **values: object) -> str:
    """One text in one language, with its gaps filled."""
    return WORDS[key][language].format(**values)


def fact_lines(facts: Facts, language: str) -> list[tuple[str, str]]:
    """Every fact with its name, the texts by language and the events by name among them."""
    numbers = facts.numbers()
    lines = [(text[language], _figure(name, numbers[name])) for name, text in FACTS]
    by_language = {"en": "titles by language", "zh": "各语言标题"}[language]
    by_event = {"en": "interactions by event", "zh": "按事件的交互"}[language]
    titles = ", ".join(f"{one} {share:.0%}" for one, share in facts.texts.items()) or "–"
    events = ", ".join(f"{one} {n:,}" for one, n in facts.interactions_by.items()) or "–"
    return [*lines, (by_language, titles), (by_event, events)]


def sentences(report: Report, language: str) -> list[str]:
    """What was looked at and how it was measured."""
    if report.cuts is None:
        return [say("too_short", language)]
    if report.evidence is None:
        return [report.note] if report.note else []
    validation_from, test_from = (f"{to_datetime(one):%Y-%m-%d}" for one in report.cuts)
    found = report.evidence
    masked = report.repeats == "excluded"
    if language == "zh":
        told = [
            f"最新的 {report.n_kept:,} 次交互（{test_from} 起）留给 daogou evaluate，此处从未读取。",
            f"模型从 {validation_from} 之前的 {found.n_train:,} 次交互中学习，"
            f"为 {found.n_users:,} 位顾客预测之后的选择，对全部商品排序；"
            f"{'列表不含' if masked else '列表可含'}顾客以前选择过的商品。",
        ]
        return [*told, f"店铺较大，只用了 {found.sample:.0%} 的顾客学习。"] if found.sample < 1 else told
    told = [
        f"The newest {report.n_kept:,} interactions (from {test_from} on) are kept aside for daogou evaluate and were "
        "not looked at.",
        f"Models learned from {found.n_train:,} interactions before {validation_from} and ranked the full catalogue "
        f"for {found.n_users:,} shoppers who came back; lists {'leave out' if masked else 'may hold'} what a shopper "
        "had before.",
    ]
    return (
        [*told, f"The shop is large: {found.sample:.0%} of its shoppers were learned from."]
        if found.sample < 1
        else told
    )


def reasons(one: Advice, report: Report, language: str) -> list[str]:
    """Why, in plain words: the measurement first, then the rules, then what to mind."""
    told = _evidence(one, report, language)
    if one.obstacle:
        told.append(say("obstacle", language, text=one.obstacle))
    for rule in one.rules:
        side = say("speaks_for" if rule.says == "suits" else "speaks_against", language)
        stop = "：" if language == "zh" else ": "
        told.append(f"{side}{stop}{rule.reason(report.facts, language)} [{rule.source}]")
    if not one.rules and not one.obstacle and one.row is None:
        told.append(say("no_rule", language))
    if one.recipe_name in OWN_PLACES and one.verdict in ("use", "keep"):
        told.append(say(f"place_{one.recipe_name}", language))
    if one.recipe_name in KEEPS_SHOPPERS and one.verdict in ("use", "try"):
        told.append(say("keeps_shoppers", language))
    return told


def _evidence(one: Advice, report: Report, language: str) -> list[str]:
    if one.row is not None:
        return _measured(one.row, language)
    if report.evidence is None or one.obstacle:
        return []
    why, text = report.evidence.left_out.get(one.name, ("not_asked", ""))
    return [say(why if why in WORDS else "not_asked", language, text=text)]


def _measured(row: Row, language: str) -> list[str]:
    interval = row.ndcg if row.behind is None else row.behind
    key = "is_best" if row.behind is None else "is_behind" if row.is_surely_behind else "is_equal"
    told = [say(key, language, mean=interval.mean, low=interval.low, high=interval.high)]
    if row.weight is not None:
        told.append(say("carries" if row.weight >= CARRIES else "adds_little", language, weight=row.weight))
    elif row.is_surely_behind:
        told.append(say("no_blend", language))
    if row.is_cut_short:
        told.append(say("cut_short", language))
    return told


def _figure(name: str, value: float) -> str:
    if name in SHARES:
        return f"{value:.2%}" if value < 0.1 else f"{value:.0%}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}" if value < 10 else f"{value:,.0f}"
