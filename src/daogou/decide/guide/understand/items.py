"""Read what is said of shown items: compare, like this but, not that one, what is it made of, what goes with it."""

from __future__ import annotations

import re

from daogou.decide.guide.acts import (
    CATEGORY,
    STOCK,
    Act,
    AskFact,
    AskReason,
    Bundle,
    Compare,
    Like,
    Pick,
    Ref,
    Reject,
    Unknown,
    Want,
)
from daogou.decide.guide.understand.clause import Clause, is_value
from daogou.decide.guide.understand.fields import choose, named_field, stated_field
from daogou.decide.guide.understand.more_or_less import superlatives

_THIS = Ref(position=1)


def _refs(clause: Clause) -> tuple[Ref, ...]:
    """All references of the clause, taken."""
    if pointed := _value_ref(clause):
        return (pointed,)
    places = clause.refs()
    clause.take(*places)
    return tuple(dict.fromkeys(ref for place in places for ref in clause.marks[place].refs))


def read_reason(clause: Clause) -> list[Act]:
    """为什么推荐这个, why this one"""
    cue = next((mark for _, mark in clause.unread() if mark.says("reason")), None)
    if cue is None or (cue.text in ("why", "为什么", "为啥", "为何") and not clause.refs() and len(clause) > 2):
        return []
    found = _refs(clause) or tuple(ref for mark in clause.marks for ref in mark.refs)
    clause.take_all()
    return [AskReason(found[0] if found else None)]


def read_compare(clause: Clause) -> list[Act]:
    """第一个和第三个哪个好, compare 1 and 3"""
    place = next((at for at, mark in clause.unread() if mark.says("compare")), None)
    if place is None:
        return _beside(clause) or _which_is(clause)
    numbers = [
        at for at, mark in clause.unread() if mark.quantity and mark.quantity.is_bare and mark.quantity.number
        and 1 <= mark.quantity.number.low <= 60 and not mark.refs
    ]  # fmt: skip
    referring = clause.refs()
    if clause.marks[place].text in ("比较", "compared") and not referring and len(numbers) < 2 and len(clause) > 2:
        return []
    found: list[Ref] = []
    for at in sorted({*numbers, *referring}):
        mark = clause.marks[at]
        number = mark.quantity.number if mark.quantity else None
        found += mark.refs or ([Ref(position=int(number.low))] if at in numbers and number else [])
    if len(found) < 2:
        found += [*superlatives(clause), *_value_refs(clause)]
    clause.take_all()
    return [Compare(tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ())]


def _beside(clause: Clause) -> list[Act]:
    """跟第一个比呢: what was talked of last, beside another."""
    found = list(dict.fromkeys(ref for place in clause.refs() for ref in clause.marks[place].refs))
    if len(found) > 1 and (_AGAINST.search(_texts(clause)) or _is_choice(clause)):
        clause.take_all()
        return [Compare(tuple(found))]
    if len(found) != 1 or not _BESIDE.search(_texts(clause)) or clause.find("adjective_more", "adjective_less"):
        return []
    clause.take_all()
    return [Compare((Ref(), found[0]))]


def _is_choice(clause: Clause) -> bool:
    """number 1 or number 6, 第一个还是第三个: nothing but items, parted by or."""
    said = [mark for mark in clause.marks if not mark.is_sign]
    return all(mark.refs or mark.is_("or", "filler") or mark.text == "还是" for mark in said) and any(
        mark.is_("or") or mark.text == "还是" for mark in said
    )


_AGAINST = re.compile("比(?:呢|怎么样|如何|一下|起来|的话)?$")
_BESIDE = re.compile("[跟和与同].*比(?!较)|compare[ds]? (?:to|with)")


def _which_is(clause: Clause) -> list[Act]:
    """第一个和第二个哪个便宜, is the third cheaper than the first"""
    found = list(dict.fromkeys(ref for place in clause.refs() for ref in clause.marks[place].refs))
    kinds = ("adjective_more", "adjective_less", "comparative_more", "comparative_less", "at_most", "at_least")
    if len(found) < 2 or clause.find(*kinds) is None or not (clause.is_question or "哪" in _texts(clause)):
        return []
    clause.take_all()
    return [Compare(tuple(found))]


def _texts(clause: Clause) -> str:
    return "".join(mark.text for mark in clause.marks)


def _value_refs(clause: Clause) -> list[Ref]:
    """the red one and the blue one"""
    found = []
    for place, mark in clause.unread():
        if is_value(mark):
            meanings = choose(mark.meanings, clause.hearing)
            if meanings[0].facet != "category":
                values = tuple(one.value for one in meanings)
                found.append(Ref(value=Want(meanings[0].facet, "is", values)))
                clause.take(place)
    return found


def read_reject(clause: Clause) -> list[Act]:
    """都不喜欢, none of these, 不要第二个, not that one"""
    for place, mark in clause.unread():
        if mark.says("reject_all") and (named := [ref for at in clause.refs() for ref in clause.marks[at].refs]):
            clause.take(place, *clause.refs())
            return [Reject(ref) for ref in named]
        if mark.says("reject_all") and not clause.has_values():
            clause.take(place, *clause.refs())
            return [Reject()]
        if mark.says("reject_this"):
            blamed = [ref for at in clause.refs() if at < place for ref in clause.marks[at].refs]
            clause.take(place, *clause.refs())
            return [Reject(ref) for ref in blamed or [_THIS]]
    for place in clause.refs():
        mark = clause.marks[place]
        before, after = clause.before(place), clause.after(place)
        denied_before = before is not None and clause.is_unread(before) and clause.marks[before].is_("not")
        denied_after = after is not None and clause.is_unread(after) and clause.marks[after].is_("not_after", "not")
        if (
            denied_after
            and after is not None
            and any(is_value(one) or one.features for one in clause.marks[after + 1 :])
        ):
            denied_after = False
        if denied_before or denied_after:
            clause.take(place, before if denied_before and before is not None else after or place)
            others = _refs(clause)
            if mark.of_all:
                return [Reject()]
            return [Reject(ref) for ref in (*mark.refs, *others)]
    return []


def read_like(clause: Clause) -> list[Act]:
    """像第二个但是防水的, similar to this, 跟这个差不多"""
    for at in clause.refs():
        if (
            [mark.text for mark in clause.marks[at + 1 : at + 2]] == ["in"]
            and clause.is_unread(at + 2)
            and is_value(clause.marks[at + 2])
        ):
            clause.take(at, at + 1)
            return [Like(ref) for ref in clause.marks[at].refs[:1]]
    place = next((at for at, mark in clause.unread() if mark.says("like", "like_after")), None)
    if place is None:
        return []
    after = next((at for at, mark in clause.unread() if mark.says("like_after")), None)
    mark = clause.marks[place]
    joins = mark.text in ("跟", "和") and after in (None, place)
    referring = clause.refs()
    if joins or (
        not referring
        and (mark.text in ("like", "likes", "liked", "像", "一样的", "一样", "such as", "那种", "这样的", "close to"))
    ):
        return []
    if mark.text in ("i like", "like") and referring and mark.language == "en" and _is_liking(clause, place):
        return []
    if not referring and not clause.hearing.setting.shown and not _is_alone(clause):
        return []
    clause.take(place)
    if after is not None:
        clause.take(after)
    refs = _refs(clause) or _numbered(clause, place)
    return [Like(refs[0] if refs else _THIS)]


def _numbered(clause: Clause, cue: int) -> tuple[Ref, ...]:
    """same as 4, buy 4: a bare number behind such a word is a place; takes it."""
    after = clause.after(cue)
    if after is None or not clause.is_unread(after):
        return ()
    quantity = clause.marks[after].quantity
    if quantity is None or not quantity.is_bare or quantity.number is None:
        return ()
    number = quantity.number.low
    if not 1 <= number <= len(clause.hearing.setting.shown) or number != int(number):
        return ()
    clause.take(after)
    return (Ref(position=int(number)),)


def _is_alone(clause: Clause) -> bool:
    return not clause.has_values()


def _is_liking(clause: Clause, place: int) -> bool:
    """I like the second one: a choice, no comparison."""
    before = clause.before(place, past=())
    return before is not None and clause.marks[before].text in ("i", "really", "do", "we", "quite")


def _value_ref(clause: Clause) -> Ref | None:
    """红色那个, the red one: a shown item by a value of it; takes both marks."""
    for place, mark in clause.unread():
        if not is_value(mark):
            continue
        pointer = _pointer(clause, place)
        if pointer is None:
            continue
        meanings = choose(mark.meanings, clause.hearing)
        clause.take(place, *pointer)
        return Ref(value=Want(meanings[0].facet, "is", tuple(one.value for one in meanings)))
    return None


def _pointer(clause: Clause, place: int) -> list[int] | None:
    marks = clause.marks
    after = place + 1
    if after < len(marks) and marks[after].text == "的":
        after += 1
    if clause.is_unread(after) and marks[after].text[:1] in ("那", "这") and marks[after].refs:
        return None if _is_of_facet(clause, after) else [after]
    before = place - 1
    if (
        before >= 0
        and marks[before].text in ("the", "that", "this")
        and clause.is_unread(place + 1)
        and marks[place + 1].text == "one"
    ):
        return [place + 1, *([before] if clause.is_unread(before) else [])]
    return None


def _is_of_facet(clause: Clause, pointer: int) -> bool:
    """栖木这个牌子, 价格那个要求: it points at a field or at what was asked for, not at an item."""
    after = pointer + 1
    if not clause.is_unread(after) or clause.marks[pointer].text[:1] not in ("那", "这"):
        return False
    following = clause.marks[after]
    return following.text in _CONDITIONS or (bool(following.names) and not following.is_("ask", "filler"))


_CONDITIONS = ("要求", "条件", "限制", "限定", "筛选")


def read_bundle(clause: Clause) -> list[Act]:
    """搭配什么, what goes with the second one"""
    place = next((at for at, mark in clause.unread() if mark.says("bundle")), None)
    if place is None:
        return []
    refs = _refs(clause)
    clause.take(place)
    return [Bundle(refs[0] if refs else None)]


def read_question(clause: Clause) -> list[Act]:
    """第二个多重, is it dishwasher safe, 多少钱, how heavy is the first one"""
    hearing = clause.hearing
    asked = _asked(clause)
    if not asked:
        return []
    places, roles, acts = asked
    clause.take(*places)
    refs = _refs(clause)
    items: tuple[Ref | None, ...] = refs or (None,)
    for role in roles:
        field = role if role in hearing.lexicon.facets else stated_field(role, hearing)
        if field is None:
            acts.append(Unknown(attribute=role.replace("_", " ")))
        else:
            acts += [AskFact(item, field) for item in items]
    return acts


def _asked(clause: Clause) -> tuple[list[int], list[str], list[Act]] | None:
    hearing = clause.hearing
    has_items = bool(clause.refs() or hearing.setting.shown)
    places: list[int] = []
    roles: list[str] = []
    acts: list[Act] = []
    for place, mark in clause.unread():
        role = mark.code("ask")
        if role is not None and clause.find("dont_care") is not None and not clause.refs():
            continue
        if role == "category" and (named := _plain_names(clause)):
            role = named_field(clause.marks[named[0]].names, hearing)
            places.append(named[0])
        if mark.text in ("尺寸", "size of") and not has_items:
            continue
        if role is not None and (has_items or not clause.has_values()):
            places.append(place)
            roles.append(role)
        elif mark.says("cheap_question"):
            places.append(place)
            roles.append("price")
        elif mark.says("stock_question") and has_items:
            places.append(place)
            roles.append(STOCK)
        elif mark.says("details") and clause.refs() and mark.text in _HOW_IS_IT:
            places.append(place)
            roles.append("")
    if roles == [""]:
        refs = _refs(clause)
        clause.take(*places)
        return places, [], [AskFact(ref) for ref in refs]
    if roles:
        roles = [role for role in dict.fromkeys(roles) if role]
        return places, roles, acts
    return _yes_no(clause) if has_items else None


def _plain_names(clause: Clause) -> list[int]:
    """Places of names of fields that are no values: 材质是什么."""
    return [
        place for place in clause.names() if not clause.marks[place].meanings and not clause.marks[place].is_("ask")
    ]


_HOW_IS_IT = frozenset(("怎么样", "咋样", "好不好", "如何", "what is it like", "what do you know about"))


def _yes_no(clause: Clause) -> tuple[list[int], list[str], list[Act]] | None:
    """防水吗, is it red, 是纯棉的吗: about an item that is shown, by its fact."""
    if not clause.is_question or any(mark.is_("degree") for mark in clause.marks):
        return None
    texts = [mark.text for mark in clause.marks]
    about_item = bool(clause.refs()) or "it" in texts[:3] or "they" in texts[:3]
    about_item = about_item or (texts[-1:] == ["吗"] and not any(text in ("有", "有没有") for text in texts[:2]))
    if not about_item or any(text in ("do", "can") and "you" in texts[:3] for text in texts[:1]):
        return None
    for place, mark in clause.unread():
        if mark.features and not is_value(mark):
            code = mark.features[0]
            return [place], [code], []
        if is_value(mark):
            meanings = choose(mark.meanings, clause.hearing)
            if meanings[0].facet != "category":
                return [place], [meanings[0].facet], []
        if mark.names and not mark.quantity:
            return [place], [named_field(mark.names, clause.hearing)], []
    return None


def read_pick(clause: Clause) -> list[Act]:
    """第二个, 就要这个, tell me about the red one, I'll take the last one"""
    clause.take(
        *(place for place in clause.refs() if _names_another_kind(clause, place) or _is_of_facet(clause, place))
    )
    refs = _refs(clause)
    if refs:
        for place, mark in list(clause.unread()):
            if mark.says("pick", "details") or mark.is_("must"):
                clause.take(place)
        return [Pick(ref) for ref in refs]
    for place, mark in clause.unread():
        if mark.says("details") and clause.hearing.setting.shown and not clause.has_values():
            clause.take(place)
            return [AskFact(None)]
        if mark.says("pick") and mark.text in _TAKING and clause.hearing.setting.shown and not clause.has_values():
            clause.take(place)
            return [Pick(ref) for ref in _numbered(clause, place) or [_THIS]]
    if (shown := clause.hearing.setting.shown) and clause.hearing.setting.asked is None:
        said_marks = [(place, mark) for place, mark in clause.unread() if not mark.is_("filler")]
        if len(said_marks) == 1 and (quantity := said_marks[0][1].quantity) and quantity.is_bare and quantity.number:
            number = quantity.number.low
            if number == int(number) and 1 <= number <= len(shown):
                clause.take(said_marks[0][0])
                return [Pick(Ref(position=int(number)))]
    return []


def _names_another_kind(clause: Clause, place: int) -> bool:
    """之前那个耳机呢, while phone cases are shown: it points at nothing that is shown."""
    if clause.marks[place].text[:1] not in ("那", "这") and clause.marks[place].text not in ("this", "that"):
        return False
    after = place + 1
    if not (clause.is_unread(after) and is_value(clause.marks[after])):
        return False
    named = {one.value for one in clause.marks[after].meanings if one.facet == CATEGORY}
    setting, lexicon = clause.hearing.setting, clause.hearing.lexicon
    shown = set(lexicon.categories_of(setting.shown))
    above = {name for one in shown for name, count in lexicon.parents.get(one, {}).items() if count > 0}
    return bool(named) and named.isdisjoint(shown | above)


_TAKING = frozenset(
    (
        "就要", "就这个", "就它", "就它了", "就这个了", "下单", "加入购物车", "加购", "加到购物车", "定了", "拿下",
        "我买", "就买",
        "add to cart", "add to basket", "ill take", "buy", "ill buy",
    )
)  # fmt: skip
