"""The shop's own rules, quoted: Markdown files in its folder `policies`, one or several, in either language.

`returns.md` is in the shop's first language, `returns.zh.md` in Chinese. A file is cut at its headings; the part that
answers is found by the words of its heading, its file's name and its text. What is not written is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from daogou.decide.filters.folding import fold
from daogou.decide.guide.acts import AskPolicy, Plain
from daogou.decide.guide.policy_parts import Part
from daogou.decide.guide.reply import Choice, Quote
from daogou.decide.guide.turn import Turn
from daogou.decide.guide.words import TOPICS, button, place

HEADING = 6.0
FILE_NAME = 4.0
NAMED = 8.0
"""What a word of the question in a heading counts, the topic's own words in a heading, and in the name of a file."""

TOPIC_WORDS: Mapping[str, str] = {
    "shipping": "shipping delivery deliver ship postage courier arrive 配送 运费 包邮 快递 发货 物流 送货 邮费",
    "returns": "return returns refund exchange cancel cancellation 退货 退款 换货 退换 七天 无理由 取消",
    "payment": "payment pay card paypal invoice instalments 支付 付款 发票 分期 货到付款 信用卡 微信 支付宝",
    "warranty": "warranty guarantee repair 保修 质保 维修 三包 售后",
    "privacy": "privacy data personal cookies 隐私 个人信息 数据",
    "opening_hours": "opening hours open closed 营业 几点 开门 关门 营业时间",
    "contact": "contact phone email address service help 联系 电话 客服 邮箱 地址",
}  # fmt: skip


def ask_policy(turn: Turn, act: AskPolicy) -> None:
    """Quote the part that answers; say plainly where there is none."""
    parts = turn.view.kept.policies(turn.view.shop.folder / turn.view.shop.settings.guide.policies)
    part = answering(parts, act.topic, act.words, turn.language)
    topic = TOPICS.get(act.topic, TOPICS["other"])[place(turn.language)]
    if part is None:
        turn.say("policy_missing", {"topic": act.topic}, topic=topic)
        turn.is_answered = False
        turn.ways.append(Choice(button("hand_over", turn.language), (Plain("hand_over"),)))
        return
    turn.say("policy", {"topic": act.topic, "source": part.heading})
    turn.quotes.append(Quote(part.text, part.heading, url=part.url))


def answering(parts: Sequence[Part], topic: str, words: str, language: str) -> Part | None:
    """The part that is about this; of equally good ones that in the asker's language."""
    about = TOPIC_WORDS.get(topic, "").split()
    asked = [word for word in re.split(r"[^\w]+", fold(words)) if len(word) > 1]
    scored = [(_score(part, about, asked, is_other=not about), part) for part in parts]
    found = [(score + (3.0 if part.language == language[:2] else 0.0), part) for score, part in scored if score > 0]
    return max(found, key=lambda one: one[0], default=(0.0, None))[1]


def _score(part: Part, about: Sequence[str], asked: Sequence[str], *, is_other: bool) -> float:
    heading, name, text = fold(part.heading), fold(part.name), fold(part.text)
    score = HEADING * _any(heading, about) + FILE_NAME * _any(name, about)
    if not score and not is_other:
        return 0.0
    found = sum(NAMED * _any(heading, [word]) + _any(text, [word]) for word in asked)
    found += sum(_any(text, [piece]) * 0.3 for word in asked if word > "\u2e80" for piece in _pairs(word))
    if is_other and found < 2:
        return 0.0
    return score + found


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _any(text: str, words: Sequence[str]) -> bool:
    return any(word in text if word > "\u2e80" else re.search(rf"\b{re.escape(word)}", text) for word in words)
