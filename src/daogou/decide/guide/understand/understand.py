"""Turn what a shopper typed into acts, with the words of the shop and nothing else: no model, no network, no clock.

An utterance is cut into tokens, tokens are parted into marks (each with all it may be), marks into clauses; then
small readers, one per family of acts, take from each clause what they understand. What nobody took is left to search.
"""

from __future__ import annotations

import re

from daogou.decide.guide.acts import (
    Act,
    AskFact,
    Compare,
    Critique,
    DontCare,
    Gift,
    Heard,
    Inform,
    Like,
    Pick,
    Plain,
    Refused,
    Undo,
    Unknown,
)
from daogou.decide.guide.understand.amounts import read_amounts
from daogou.decide.guide.understand.clause import Clause, Hearing, Setting, clauses
from daogou.decide.guide.understand.gifts import read_gift
from daogou.decide.guide.understand.items import (
    read_bundle,
    read_compare,
    read_like,
    read_pick,
    read_question,
    read_reason,
    read_reject,
)
from daogou.decide.guide.understand.marks import marks
from daogou.decide.guide.understand.more_or_less import read_more_or_less
from daogou.decide.guide.understand.talk import (
    read_out_of_scope,
    read_plain,
    read_polite,
    read_refused,
    read_service,
)
from daogou.decide.guide.understand.wanted import (
    as_inform,
    leftover,
    read_another,
    read_dont_care,
    read_values,
    words_of,
)
from daogou.decide.words.lexicon import Lexicon
from daogou.decide.words.tokens import is_han, plain, tokens

__all__ = ["Setting", "language_of", "understand"]

LETTERS_PER_HAN = 4
"""A Chinese character says about as much as so many Latin letters."""
_MODEL = re.compile(r"[A-Z0-9][A-Z0-9 .+/-]{0,6}")
"""XL, 16GB: sizes and models are written alike in every language."""
_HESITATING = frozenset(
    ("呃", "嗯", "额", "啊", "哦", "噢", "哈", "呀", "um", "uh", "er", "erm", "hmm", "oh", "ah", "well")
)
_WORDS_BESIDE = (Like, Gift, Critique, DontCare, Undo)

_READERS = (
    read_service, read_reason, read_compare, read_reject, read_like, read_bundle, read_another, read_question,
    read_gift, read_more_or_less, read_amounts, read_dont_care, read_plain, read_pick, read_values,
)  # fmt: skip


def understand(utterance: str, lexicon: Lexicon, setting: Setting) -> Heard:
    """What was meant. Never raises, whatever was typed; all but the first thousand characters are not read."""
    text = plain(utterance)
    said = tokens(text)
    language = (None if _MODEL.fullmatch(utterance.strip()) else language_of(text)) or setting.language or "en"
    if not said:
        return Heard(language, ())
    hearing = Hearing(lexicon, setting, tuple(marks(said, text, lexicon, len(setting.shown))))
    refused = read_refused(hearing)
    if any(isinstance(act, Refused) and act.kind == "unsafe" for act in refused):
        return Heard(language, tuple(refused))
    for clause in clauses(hearing.whole, hearing):
        _read(clause)
    return Heard(language, tuple(_all_acts(hearing, refused)))


def _read(clause: Clause) -> None:
    hearing = clause.hearing
    for reader in _READERS:
        hearing.acts += reader(clause)
    read_polite(clause)
    leftover(clause)


def _all_acts(hearing: Hearing, refused: list[Act]) -> list[Act]:
    acts = _joined(_without_echoes(list(dict.fromkeys(hearing.acts))), hearing)
    gifts = [act for act in acts if isinstance(act, Gift)]
    if len(gifts) > 1:
        acts = [act for act in acts if not isinstance(act, Gift)]
        recipient, occasion = (next((value for value in values if value), "") for values in
                               ((one.recipient for one in gifts), (one.occasion for one in gifts)))  # fmt: skip
        acts.insert(0, Gift(recipient, occasion, next((one.age for one in gifts if one.age is not None), None)))
    inform = as_inform(hearing)
    if inform is not None and inform.wants:
        return (
            [*refused, inform, *acts]
            if not acts or not isinstance(acts[0], Like)
            else [*refused, acts[0], inform, *acts[1:]]
        )
    out_of_scope = read_out_of_scope(hearing)
    if out_of_scope and not acts:
        return [*refused, *out_of_scope]
    if inform is not None and (
        not (acts or refused) or (all(isinstance(act, _WORDS_BESIDE) for act in acts) and not refused)
    ):
        words = words_of(hearing)
        known = [mark for mark in hearing.words if _may_find(mark.text, hearing)]
        if known or acts:
            if known:
                hearing.words = known
                acts.append(Inform(words=words_of(hearing)))
        elif not hearing.polite:
            return [*refused, Unknown(words)]
    if not acts and not refused:
        if hearing.takes_back and not hearing.polite:
            return [Plain("back")]
        if hearing.setting.asked and _is_refusal(hearing):
            return list(hearing.polite)
        return list(dict.fromkeys(hearing.polite)) or _unread(hearing)
    return [*refused, *acts]


def _without_echoes(acts: list[Act]) -> list[Act]:
    """第一个太贵了，有没有便宜的 asks once for a lower price."""
    told = [act for act in acts if isinstance(act, Critique) and act.than]
    return [act for act in acts if not (isinstance(act, Critique) and not act.than and _is_echo(act, told))]


def _joined(acts: list[Act], hearing: Hearing) -> list[Act]:
    """What was said in two clauses and is one: "how many are in it, the second one"; "the second, but in black"."""
    kinds = {type(act) for act in acts}
    picked = [act.item for act in acts if isinstance(act, Pick)]
    if Like in kinds and any(mark.says("more") and mark.language == "en" for mark in hearing.whole):
        acts = [act for act in acts if act != Plain("more")]
    if kinds & {Plain, Like, Critique} and hearing.setting.asked is None:
        acts = [act for act in acts if act != DontCare()]
    if kinds == {AskFact, Pick} and len(picked) == 1:
        asked = [act for act in acts if isinstance(act, AskFact)]
        if all(act.item is None for act in asked):
            return [AskFact(picked[0], act.field) for act in asked]
    if kinds == {Compare, Pick} and len(picked) > 1 and Compare() in acts:
        return [Compare(tuple(picked))]
    is_but = any(mark.is_("but") and not mark.meanings for mark in hearing.whole)
    if kinds == {Pick} and len(picked) == 1 and hearing.wants and is_but and picked[0].superlative is None:
        return [Like(picked[0])]
    return acts


def _is_echo(act: Critique, told: list[Critique]) -> bool:
    return any((act.field, act.direction) == (one.field, one.direction) for one in told)


def _may_find(word: str, hearing: Hearing) -> bool:
    return hearing.lexicon.stated.has(word)


def _is_refusal(hearing: Hearing) -> bool:
    return any(isinstance(act, Plain) and act.name == "no" for act in hearing.polite)


def _unread(hearing: Hearing) -> list[Act]:
    """Something was said, and none of it is known here; where it is only that something is looked for, what sells."""
    said = [mark for mark in hearing.whole if not mark.is_sign]
    if all(mark.is_("filler") for mark in said) and any(mark.text not in _HESITATING for mark in said):
        return [Plain("popular")]
    joint = "" if any(mark.language == "zh" for mark in hearing.whole if not mark.is_sign) else " "
    text = joint.join(mark.text for mark in hearing.whole if not mark.is_sign)
    return [Unknown(text)] if text else []


def language_of(text: str) -> str | None:
    """zh or en, by the letters; None where there are none."""
    han = sum(is_han(one) for one in text)
    latin = sum(one.isalpha() and one < "\u2e80" for one in text)
    if not han and not latin:
        return None
    return "zh" if LETTERS_PER_HAN * han >= latin else "en"
