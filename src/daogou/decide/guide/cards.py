"""The cards of an answer: each says what it has of what was asked, and why else it is here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daogou.core.types import Evidence, Item, Reason, text_in
from daogou.decide.explain.wording import EVENT_CODES, sentence
from daogou.decide.guide.acts import CATEGORY, PRICE, STOCK, Want
from daogou.decide.guide.clean import clean
from daogou.decide.guide.find import Board
from daogou.decide.guide.gifts import gift_evidence
from daogou.decide.guide.labels import Labels
from daogou.decide.guide.reply import Card, Match
from daogou.decide.guide.view import View
from daogou.decide.guide.words import place

POPULAR_FROM = -2.5
"""Logarithm beside the most popular item from which an item is called popular: a twelfth of it."""
CITED_FROM = 0.25
"""Share of what the models say that one item of the past must carry to be named."""

REASONS = {
    "matches": ("Fits: {wants}", "符合{wants}"),
    "near": ("Fits: {wants}. But: {lacks}", "符合{wants}；但{lacks}"),
    "near_only": ("But: {lacks}", "但{lacks}"),
    "mentions": ("Found for {wants}", "与{wants}相关"),
    "gift": ("Among {wants}, where I looked for the present", "按送礼从{wants}里挑的"),
    "listed": ("From this shop's range", "本店在售"),
}
UNSTATED, NOT, IS = ("{0} is not stated", "未注明{0}"), ("not {0}", "不是{0}"), ("it is {0}", "是{0}")
INSTEAD = ("{0}, not {1}", "是{0}，不是{1}")
BEYOND, BELOW = ("over {0}", "超过{0}"), ("below {0}", "低于{0}")
NO_WORDS = ("no word of {0}", "没提到{0}")
"""What an item is where it lacks a want."""


def cards(board: Board, numbers: Sequence[int], labels: Labels, *, is_near: bool = False) -> list[Card]:
    """One per item, in this order. An item that lacks a want is `near` whatever the others are."""
    made = []
    for number in numbers:
        found = matches(board.view, board.view.items[number], number, board.focus.wants)
        lacks = is_near or any(one.verdict != "yes" for one in found)
        made.append(
            Card(
                board.view.items[number].id, _reason(board, number, found, labels), found, "near" if lacks else "match"
            )
        )
    return made


def matches(view: View, item: Item, number: int, wants: Sequence[Want]) -> tuple[Match, ...]:
    """How the item answers each want, by its own facts."""
    found = []
    for want in wants:
        has, stated = view.answers(want)
        if want.op == "is_not":
            verdict = "yes" if has[number] else "no"
        else:
            verdict = "yes" if has[number] else "no" if stated[number] else "unstated"
        values = tuple(clean(one) for one in view.fields.values_of(item, want.field))
        found.append(Match(want, values, verdict))  # type: ignore[arg-type]
    return tuple(found)


def _reason(board: Board, number: int, found: Sequence[Match], labels: Labels) -> Reason:
    language = labels.language
    met = [labels.want(one.want) for one in found if one.verdict == "yes" and one.want.op != "is_not"]
    missed = [_lack(one, labels) for one in found if one.verdict != "yes"]
    missed += [
        _in(NO_WORDS, language, labels.phrase(one.phrase))
        for one in board.constraints
        if one.phrase and not one.has[number]
    ]
    code, evidence, personal = personal_reason(board.view, number, language)
    if missed:
        code = "near" if met else "near_only"
        return Reason(code, _told(code, language, wants=labels.listed(met), lacks=labels.listed(missed)))
    present = _of_the_present(board, number, labels)
    if met or present:
        code = "matches" if met else "gift"
        text = _joined(_told("matches", language, wants=labels.listed(met)), present, language) if met else present
        return Reason(code, _joined(text, personal, language), evidence)
    if board.focus.anchors:
        title = board.view.title(board.focus.anchors[-1])
        return Reason("similar_to", sentence("similar_to", [title], 1, language))
    if board.focus.words:
        text = _told("mentions", language, wants=labels.listed([labels.phrase(one) for one in board.focus.words]))
        return Reason("mentions", _joined(text, personal, language), evidence)
    if personal:
        return Reason(code, personal, evidence)
    if board.view.popularity[number] > POPULAR_FROM and board.view.popularity.any():
        return Reason("popular", sentence("popular", (), 0, language))
    return Reason("listed", _told("listed", language))


def _of_the_present(board: Board, number: int, labels: Labels) -> str:
    """That it is of a kind which the present led to; empty where it is not."""
    gift, path = board.focus.gift, next(iter(board.view.items[number].categories), ())
    if gift is None or not path or gift_evidence(board.view, gift)[number] <= 0:
        return ""
    return _told("gift", labels.language, wants=labels.value(CATEGORY, path[-1]))


def personal_reason(view: View, number: int, language: str) -> tuple[str, tuple[Evidence, ...], str]:
    """Code, evidence and sentence where one thing the shopper did carries much of what the models say; else empty."""
    if view.taste is None or view.taste[number] < 0.3:
        return "", (), ""
    pool = np.array([number], np.int32)
    shares: dict[int, float] = {}
    for signal in view.personal:
        if len(signal.causes):
            for cause, said in zip(signal.causes.tolist(), signal.contributions(pool)[:, 0].tolist(), strict=True):
                shares[cause] = shares.get(cause, 0.0) + max(said, 0.0)
    whole = max(float(sum(signal.scores[number] for signal in view.personal)), 1e-12)
    cause = max(shares, key=lambda one: shares[one], default=None)
    if cause is None or cause == number or shares[cause] < CITED_FROM * whole:
        return "", (), ""
    item = view.items[cause]
    event = view.past.strongest.get(item.id)
    code = EVENT_CODES.get(event or "", "because_viewed")
    title = clean(text_in(item.title, language), 60)
    evidence = Evidence(item.id, title, min(shares[cause] / whole, 1.0), event)
    return code, (evidence,), sentence(code, [title], 1, language)


def _lack(one: Match, labels: Labels) -> str:
    """What an item is instead of what was asked."""
    want, language = one.want, labels.language
    asked = labels.want(want)
    if one.verdict == "unstated":
        return _in(UNSTATED, language, asked)
    if want.field == PRICE:
        words = BEYOND if want.op == "at_most" else BELOW if want.op == "at_least" else NOT
        return _in(words, language, labels.amount(PRICE, want.number or 0) if want.op != "about" else asked)
    if want.field in (CATEGORY, STOCK) or not one.has:
        return _in(NOT, language, asked)
    has = labels.listed([labels.value(want.field, value) for value in one.has[:3]])
    return _in(INSTEAD, language, has, asked) if want.op == "is" else _in(IS, language, has)


def _in(words: tuple[str, str], language: str, *blanks: str) -> str:
    return words[place(language)].format(*blanks)


def _joined(text: str, more: str, language: str) -> str:
    return text if not more else f"{text}；{more}" if place(language) else f"{text}. {more}"


def _told(code: str, language: str, **blanks: str) -> str:
    return REASONS[code][place(language)].format(**blanks)
