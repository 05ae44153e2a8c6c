"""Read comparatives and superlatives: cheaper, 便宜点, lighter with longer battery, 大一号, the cheapest, 最轻的."""

from __future__ import annotations

import re

from daogou.decide.guide.acts import PRICE, Act, Critique, Pick, Ref, Undo, Unknown
from daogou.decide.guide.understand.clause import Clause, is_value
from daogou.decide.guide.understand.cues import cues
from daogou.decide.guide.understand.fields import ordered_field, shares
from daogou.decide.guide.understand.marks import Mark
from daogou.decide.words.tokens import stem

_ADJECTIVES = ("adjective_more", "adjective_less")
_OPPOSITE = {"more": "less", "less": "more"}
_DEGREES_BEFORE = ("more", "too", "not_too", "not_enough", "most")
_WHICH = re.compile("^which|哪")
_BARE = frozenset(("price", "rating"))
"""Fields of which a plain adjective ("cheap mugs") already asks for less or more."""


def read_more_or_less(clause: Clause) -> list[Act]:
    """Critiques and superlatives, in order."""
    acts: list[Act] = []
    than = _than(clause)
    for place, mark in list(clause.unread()):
        if not clause.is_unread(place):
            continue
        act = _superlative(clause, place, mark) or _comparative(clause, place, mark, than) or _step(clause, place, mark)
        act = act or _adjective(clause, place, mark, than)
        if act is not None:
            acts.append(act)
    if clause.hearing.setting.shown and any(_WHICH.search(mark.text) for mark in clause.marks):
        acts = [_most(act) for act in acts]
    return list(dict.fromkeys(acts))


def _most(act: Act) -> Act:
    """Which one is cheaper: the cheapest."""
    if not isinstance(act, Critique) or act.than is not None:
        return act
    return Pick(Ref(superlative=act.field, most=act.direction == "more"))


def superlatives(clause: Clause) -> list[Ref]:
    """Items named by what they are most of: the cheapest and the best rated."""
    acts = [_superlative(clause, place, mark) for place, mark in list(clause.unread()) if clause.is_unread(place)]
    return [act.item for act in acts if isinstance(act, Pick)]


def _than(clause: Clause) -> Ref | None:
    """比第二个便宜, cheaper than the second"""
    place = clause.find("soft_than")
    if place is None:
        return None
    after = clause.after(place)
    if after is None or not clause.is_unread(after) or len(clause.marks[after].refs) != 1:
        return None
    clause.take(place, after)
    return clause.marks[after].refs[0]


def _critique(clause: Clause, role: str, direction: str, than: Ref | None, steps: int | None = None) -> Act:
    field = ordered_field(role, clause.hearing)
    if field is None:
        return Unknown(attribute=role.replace("_", " "))
    return Critique(field, "more" if direction == "more" else "less", than, steps)


def _superlative(clause: Clause, place: int, mark: Mark) -> Act | None:
    role, direction = _role(mark, "superlative")
    if role is not None and _is_praise(clause, place, mark):
        return None
    taken = [place]
    if role is None:
        before = place - 1
        if not (clause.is_unread(before) and clause.marks[before].code("degree") == "most"):
            return None
        role, direction = _role(mark, "adjective")
        taken.append(before)
        if role == "generic" or (mark.names and role is None):
            named = _named(clause, place, before)
            role = named or "size"
    if role == "generic" and len(taken) == 1:
        role = _named(clause, place, place)
    elif role == "rating" and len(taken) == 1:
        role = _named(clause, place, place) or role
    if role is None:
        return None
    field = ordered_field(role, clause.hearing)
    clause.take(*taken, *_following_one(clause, place), *_leading_one(clause, min(taken)))
    if field is None:
        return Unknown(attribute=role.replace("_", " "))
    return Pick(Ref(superlative=field, most=direction == "more"))


def _is_praise(clause: Clause, place: int, mark: Mark) -> bool:
    """紫色最好: a value that would be best, not the best of what there is."""
    before = clause.before(place)
    return (
        mark.is_("prefer_after") and before is not None and clause.is_unread(before) and is_value(clause.marks[before])
    )


def _leading_one(clause: Clause, place: int) -> list[int]:
    """那个 before a superlative, which points at what it names."""
    before = place - 1
    return (
        [before] if clause.is_unread(before) and clause.marks[before].text in ("那个", "那款", "那种", "这个") else []
    )


def _following_one(clause: Clause, place: int) -> list[int]:
    """那个 and "one" behind a superlative, which point at what it names."""
    found = []
    after = place + 1
    while clause.is_unread(after) and (
        clause.marks[after].text in ("的", "one", "ones") or clause.marks[after].text[:1] in "那这"
    ):
        found.append(after)
        after += 1
    return found


def _comparative(clause: Clause, place: int, mark: Mark, than: Ref | None) -> Act | None:
    role, direction = _role(mark, "comparative")
    if role is None and (beside := _than_item(clause, place, mark)) is not None:
        role, direction, than = beside
    if role is None:
        return None
    if role == "generic":
        after = clause.after(place)
        if after is None or not clause.is_unread(after) or not clause.marks[after].names:
            return None
        role = clause.hearing.lexicon.facets[clause.marks[after].names[0]].concept or clause.marks[after].names[0]
        clause.take(after)
    elif role == "rating" and mark.language == "zh":
        role = _named(clause, place, place) or role
    clause.take(place)
    if than is None and mark.text.startswith("贵了"):
        is_too = clause.is_unread(place - 1) and clause.marks[place - 1].code("degree") == "too"
        clause.take(*([place - 1] if is_too else []))
        than = _blamed(clause, place - 1 if is_too else place)
    return _critique(clause, role, direction, than)


def _than_item(clause: Clause, place: int, mark: Mark) -> tuple[str, str, Ref | None] | None:
    """ "cheaper than" begins a bound where an amount follows, and a comparison where an item does."""
    after = clause.after(place)
    if (
        not mark.text.endswith(" than")
        or after is None
        or not clause.is_unread(after)
        or not (len(clause.marks[after].refs) == 1 or clause.marks[after].of_all)
    ):
        return None
    said = [stem(word) for word in mark.text.removesuffix(" than").split()]
    found = next((cue for cue in cues().get(said) if cue.kind.startswith("comparative_")), None)
    if found is None:
        return None
    clause.take(after)
    return found.code, found.kind.removeprefix("comparative_"), next(iter(clause.marks[after].refs), None)


def _step(clause: Clause, place: int, mark: Mark) -> Act | None:
    code = mark.code("degree")
    if code not in ("step", "step_down", "steps"):
        return None
    before = clause.before(place)
    if mark.refs and (before is None or _role(clause.marks[before], "adjective")[0] is None):
        return None
    direction = "less" if code == "step_down" else "more"
    if before is not None and clause.is_unread(before):
        role, said = _role(clause.marks[before], "adjective")
        if role in ("size", "generic"):
            direction = said
            clause.take(before)
    clause.take(place)
    return _critique(clause, "size", direction, None, 2 if code == "steps" else 1)


def _adjective(clause: Clause, place: int, mark: Mark, than: Ref | None) -> Act | None:
    role, direction = _role(mark, "adjective")
    if role is None:
        return None
    before, after = place - 1, place + 1
    degree = clause.marks[before].code("degree") if clause.is_unread(before) else None
    if degree not in _DEGREES_BEFORE:
        degree = None
    is_bit = clause.is_unread(after) and clause.marks[after].code("degree") == "bit"
    is_step = clause.is_unread(after) and clause.marks[after].code("degree") in ("step", "steps")
    if is_step:
        return None
    named = _named(clause, place, before if degree else place)
    if role == "generic" and named is None:
        other = next((cue for cue in mark.cues if cue.kind in _ADJECTIVES and cue.code != "generic"), None)
        if other is None:
            return None
        role, direction = other.code, other.kind.removeprefix("adjective_")
    elif named is not None:
        role = named
    if degree == "too" and than is None:
        than = _blamed(clause, before)
    if degree is None and not is_bit and _is_measured(clause, place):
        clause.take(place)
        return None
    if degree is None and not is_bit and _is_of_place(clause, place):
        clause.take(place)
        return None
    says_degree = degree is not None or is_bit or than is not None
    if not says_degree and named is None and _is_plain(clause, mark, role):
        return None
    if (
        degree == "more"
        and not is_bit
        and clause.marks[before].text in ("比较", "pretty", "rather")
        and role not in _BARE
    ):
        return None
    if degree in ("too", "not_too"):
        direction = _OPPOSITE[direction]
    taken = [place] + ([before] if degree else []) + ([after] if is_bit else [])
    clause.take(*taken)
    if role == PRICE and direction == "more" and than is None and _is_borne(clause):
        return Undo(PRICE)
    return _critique(clause, role, direction, than)


def _is_measured(clause: Clause, place: int) -> bool:
    """8毫米厚, 200 wide: says what is measured."""
    quantity = clause.marks[place - 1].quantity if place else None
    return quantity is not None and bool(quantity.units or (quantity.is_bare and clause.marks[place].language == "en"))


def _is_of_place(clause: Clause, place: int) -> bool:
    """for a small room: what the thing is for is small, not the thing."""
    after = place + 1
    begins = any(mark.text in ("for", "for a", "for my", "in") for mark in clause.marks[max(place - 2, 0) : place])
    return begins and clause.is_unread(after) and clause.marks[after].is_word


def _is_borne(clause: Clause) -> bool:
    """贵一点也行: where a price was said, dearer only does not hinder; takes what says so."""
    if all(want.field != PRICE for want in clause.hearing.setting.wants):
        return False
    place = clause.find("ok_with_after", "ok_with", "dont_care")
    if place is not None:
        clause.take(place)
    return place is not None


def _is_plain(clause: Clause, mark: Mark, role: str) -> bool:
    """Whether a bare adjective says what the thing is like, and is no wish for less or more."""
    if mark.text in ("好", "good"):
        return True
    if mark.meanings:
        hearing = clause.hearing
        return not hearing.categories or any(shares(hearing, one.facet) > 0 for one in mark.meanings)
    if mark.language == "zh" and len(mark.text) == 1 and role not in _BARE:
        after = clause.marks.index(mark) + 1
        if after >= len(clause) or clause.marks[after].text != "的":
            return True
    return role not in _BARE and ordered_field(role, clause.hearing) is None


def _blamed(clause: Clause, degree: int) -> Ref | None:
    """第一个太贵了: what is too dear is what less is wanted than."""
    before = clause.before(degree)
    if before is None or not clause.is_unread(before) or len(clause.marks[before].refs) != 1:
        return None
    clause.take(before)
    return clause.marks[before].refs[0]


def _named(clause: Clause, place: int, first: int) -> str | None:
    """The facet an adjective is about where its name stands beside it: 电池久一点, 评分高; takes the name."""
    for near in (
        clause.before(min(place, first)),
        clause.after(place) if clause.marks[place].language == "en" else None,
    ):
        if near is None or not clause.is_unread(near):
            continue
        mark = clause.marks[near]
        if mark.names and not mark.meanings and not mark.is_("at_most", "gift"):
            name = mark.names[0]
            facet = clause.hearing.lexicon.facets[name]
            clause.take(near)
            return facet.concept or name
        if mark.features and not mark.meanings:
            clause.take(near)
            return mark.features[0].removesuffix("_life")
    return None


def _role(mark: Mark, prefix: str) -> tuple[str | None, str]:
    for cue in mark.cues:
        if cue.kind in (f"{prefix}_more", f"{prefix}_less"):
            return cue.code, cue.kind.rsplit("_", 1)[1]
    return None, "more"
