"""What a search says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.clock import to_datetime
from daogou.core.errors import UnknownName
from daogou.learn.evaluation.words import LANGUAGES
from daogou.learn.tuning.trial import Found
from daogou.learn.tuning.tune import Tuning

WORDS: Mapping[str, Mapping[str, str]] = {
    "title": {"en": "Search for better settings", "zh": "参数搜索"},
    "language": {"en": "Language", "zh": "语言"},
    "models": {"en": "What was found", "zh": "搜索结果"},
    "trials": {"en": "Trials", "zh": "试验"},
    "trials_of": {"en": "Trials of {model}, best first", "zh": "{model} 的试验（从好到差）"},
    "more": {"en": "… and {n} more in {path}", "zh": "……其余 {n} 次见 {path}"},
    "best_so_far": {"en": "Best so far, by trial", "zh": "逐次试验的最好成绩"},
    "axis": {"en": "k counts the trials of a model; the height is NDCG@20 of the shoppers who guide the search",
             "zh": "k 为该模型的试验次数；纵轴为引导搜索的顾客的 NDCG@20"},
    "model": {"en": "model", "zh": "模型"},
    "count": {"en": "trials", "zh": "次数"},
    "now": {"en": "NDCG@20 now", "zh": "现在的 NDCG@20"},
    "best": {"en": "best", "zh": "最好"},
    "gain": {"en": "gain for other shoppers (95 %)", "zh": "在其他顾客上的提升（95 %）"},
    "verdict": {"en": "verdict", "zh": "结论"},
    "settings": {"en": "settings", "zh": "参数"},
    "changes": {"en": "changed settings", "zh": "改动的参数"},
    "number": {"en": "trial", "zh": "试验"},
    "seconds": {"en": "seconds", "zh": "秒"},
    "speed": {"en": "ms per query", "zh": "毫秒/次"},
    "present": {"en": "as in shop.toml now", "zh": "shop.toml 现有参数"},
    "default": {"en": "the recipe's own", "zh": "默认参数"},
    "pruned": {"en": "given up: {note}", "zh": "提前放弃：{note}"},
    "failed": {"en": "refused: {note}", "zh": "被拒绝：{note}"},
    "keep": {"en": "keep what you have", "zh": "保持现有参数"},
    "luck": {"en": "keep: better only where searched", "zh": "保持：仅在搜索用的顾客上更好"},
    "likely": {"en": "better, could be chance", "zh": "更好，但可能是偶然"},
    "sure": {"en": "better, sure", "zh": "更好，确定"},
    "continued": {"en": "Goes on from an earlier run.", "zh": "接着先前的搜索继续。"},
    "stopped": {"en": "Stopped. Finished trials are kept: the same command goes on from there, and with --minutes 0 "
                      "shows what was found.",
                "zh": "已停止。完成的试验都已保存：再次运行同一命令即可继续，加 --minutes 0 可查看已有结果。"},
    "nothing": {"en": "Nothing better was found. shop.toml stays as it is.",
                "zh": "没有找到更好的参数，shop.toml 保持不变。"},
    "proposal": {"en": "Proposed for shop.toml (written only with --write):",
                 "zh": "对 shop.toml 的建议（加 --write 才写入）："},
    "written": {"en": "Written to {path}. Next: daogou train, then daogou evaluate: the test part was not touched.",
                "zh": "已写入 {path}。下一步：daogou train，再运行 daogou evaluate：测试段从未动用。"},
    "made_by": {"en": "Made by Daogou {version}. This page needs nothing from outside.",
                "zh": "由 Daogou {version} 生成，本页不依赖任何外部资源。"},
}  # fmt: skip


def say(key: str, language: str, **values: object) -> str:
    """One text in one language, with its gaps filled."""
    return WORDS[key][language].format(**values)


def known_language(language: str) -> str:
    """The language asked for. Raises UnknownName for one we do not speak."""
    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    return language


def verdict(found: Found, language: str) -> str:
    """Whether the best settings are worth having."""
    if found.gain is None:
        return say("keep", language)
    if not found.is_proposed:
        return say("luck", language)
    return say("sure" if found.is_sure else "likely", language)


def sentences(tuning: Tuning, language: str) -> list[str]:
    """What was done, sentence by sentence."""
    validation_from, test_from = (f"{to_datetime(one):%Y-%m-%d}" for one in tuning.question.cuts)
    n_guides, n_checks = (tuning.n_users + 1) // 2, tuning.n_users // 2
    masked = tuning.question.repeats == "excluded"
    if language == "zh":
        return [
            f"模型只从 {validation_from} 之前的 {tuning.n_train:,} 次交互中学习，"
            f"预测 {validation_from} 至 {test_from} 的选择；{test_from} 起的测试段从未读取。",
            f"{n_guides:,} 位顾客引导搜索，另外 {n_checks:,} 位从未参与搜索，只用来检验提升。"
            + ("列表不含顾客以前选择过的商品。" if masked else "列表可含顾客以前选择过的商品。"),
        ]
    return [
        f"Models learned from {tuning.n_train:,} interactions before {validation_from} and had to foretell what was "
        f"chosen until {test_from}. The test part from then on was never read.",
        f"{n_guides:,} shoppers guided the search; {n_checks:,} others were never searched on and check the gain. "
        + ("Lists leave out what a shopper had before." if masked else "Lists may hold what a shopper had before."),
    ]
