"""Read for whom and for what a present is: 送女朋友的生日礼物, a gift for my five year old."""

from __future__ import annotations

from daogou.decide.guide.acts import CATEGORY, Act, Gift
from daogou.decide.guide.understand.clause import Clause, is_value

OLDEST = 120
_GIVING = frozenset(("给", "送给", "送", "for", "my", "to", "给我"))
_SOMEONE = frozenset(("她", "他", "she", "he", "shes", "hes"))
_YEARS = ("岁", "周岁", "year", "years", "yr", "yo", "y")


def read_gift(clause: Clause) -> list[Act]:
    """One present, or none."""
    hearing = clause.hearing
    cue = next((place for place, mark in clause.unread() if mark.says("gift") and not is_value(mark)), None)
    is_gift = cue is not None or hearing.is_gift
    is_of_someone = is_gift or any(mark.text in _SOMEONE for mark in clause.marks)
    recipient, occasion, taken = "", "", []
    for place, mark in clause.unread():
        code = mark.code("recipient")
        is_given = is_gift or (bool(occasion) and clause.marks[place - 1].text in _GIVING)
        if code and recipient in ("", "child") and _is_recipient(clause, place, is_gift=is_given):
            recipient = code
            taken.append(place)
        code = mark.code("occasion")
        if code and not occasion and (is_gift or not is_value(mark)):
            occasion = code
            taken.append(place)
    if recipient and not occasion and not any(one.facet == CATEGORY for mark in clause.marks for one in mark.meanings):
        festive = next((place for place, mark in clause.unread() if mark.code("occasion")), None)
        if festive is not None:
            occasion = clause.marks[festive].code("occasion") or ""
            taken.append(festive)
    age, places = _age(clause) if is_of_someone or recipient else (None, [])
    if cue is None and not recipient and not occasion and age is None:
        return []
    if cue is not None:
        taken.append(cue)
    clause.take(*taken, *places)
    hearing.is_gift = True
    return [Gift(recipient, occasion, age)]


def _is_recipient(clause: Clause, place: int, *, is_gift: bool) -> bool:
    mark = clause.marks[place]
    if is_gift:
        return True
    if is_value(mark):
        return False
    if mark.is_("filler"):
        return False
    before = place - 1
    return mark.language == "en" or (before >= 0 and clause.marks[before].text in _GIVING) or len(mark.text) > 1


def _age(clause: Clause) -> tuple[int | None, list[int]]:
    for place, mark in clause.unread():
        number = mark.quantity.number if mark.quantity else None
        after = place + 1
        if number is None or after >= len(clause) or number.low > OLDEST:
            continue
        following = clause.marks[after]
        text = following.text
        if text.startswith(_YEARS) or (
            text in ("-",) and after + 1 < len(clause) and clause.marks[after + 1].text.startswith("year")
        ):
            return int(number.low), [at for at in (place, after) if clause.is_unread(at)]
    return None, []
