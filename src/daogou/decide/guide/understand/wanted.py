"""Read values of the catalogue with what is said of them: wanted, unwanted, a must, fine after all, no matter."""

from __future__ import annotations

from daogou.decide.guide.acts import CATEGORY, STOCK, Act, DontCare, Inform, Plain, Undo, Unknown, Want
from daogou.decide.guide.understand.clause import Clause, Hearing, is_value
from daogou.decide.guide.understand.fields import choose, named_field, shares, stated_field
from daogou.decide.guide.understand.marks import Mark
from daogou.decide.words.lexicon import Meaning
from daogou.decide.words.spellings import OWN

_TURNING = frozenset(
    (
        "要", "想要", "换", "给我", "改成", "换成", "我要", "就要", "有", "我想要", "改要", "来",
        "来个",
        "want", "give", "show", "instead", "i want", "show me",
    )
)  # fmt: skip
"""After what is not wanted comes what is."""
_NEGATIVE = ("not", "except")
MOST_KINDS = 3
_STRONG_UNDO = frozenset(
    (
        "取消", "去掉", "不限制", "去掉限制", "收回", "撤回", "取消掉", "别管", "remove the", "drop the",
        "forget about", "lift the", "forget what i said about",
        "ignore what i said", "no longer need", "ignore the", "clear the",
        "cancel", "forget the", "scrap the", "i take that back", "take that back", "undo",
    )
)  # fmt: skip
"""What follows is taken back, whether or not it was unwanted before."""


Told = tuple[str, bool | None, str, tuple[str, ...], bool, bool]
"""polarity, whether it is a must, facet, values, whether "or" stands before it, whether "for" does"""


_PASSING = [[word] for word in ("skip", "pass", "next", "跳过", "下一题", "略过", "过")]
"""Answers that are none."""


def read_dont_care(clause: Clause) -> list[Act]:
    """颜色无所谓, any colour, doesn't matter"""
    place = clause.find("dont_care")
    if clause.hearing.setting.asked and [mark.text for mark in clause.marks if not mark.is_sign] in _PASSING:
        clause.take_all()
        return [DontCare()]
    if place is None:
        return []
    mark = clause.marks[place]
    if clause.find("except") is not None or any(_outside(other) for _, other in clause.unread()):
        return []
    rest = next((at for at, other in clause.unread() if other.says("other")), None)
    if rest is not None and any(want.op == "is_not" for want in clause.hearing.wants):
        clause.take(place, rest, *clause.names())
        return []
    if mark.text == "any":
        after = clause.after(place)
        if after is None and clause.before(place) is None and len(clause.hearing.whole) == 1:
            clause.take(place)
            return [DontCare()]
        if (
            after is None
            or not clause.is_unread(after)
            or not clause.marks[after].names
            or clause.marks[after].meanings
        ):
            clause.take(place)
            return []
        clause.take(place, after)
        fields = [named_field(clause.marks[after].names, clause.hearing)]
        return [DontCare(field) for field in fields]
    named = [
        other for other in clause.names() if not clause.marks[other].meanings or _is_only_name(clause.marks[other])
    ]
    if named:
        clause.take(place, *named)
        fields = [named_field(clause.marks[other].names, clause.hearing) for other in named]
        return [DontCare(field) for field in dict.fromkeys(fields)]
    for at, other in clause.unread():
        field = stated_field(other.code("ask") or "", clause.hearing) if other.is_("ask") else None
        if field is not None:
            clause.take(place, at)
            return [DontCare(field)]
    if any(is_value(other) for _, other in clause.unread()):
        return []
    clause.take(place)
    return [] if clause.is_begun else [DontCare()]


def read_another(clause: Clause) -> list[Act]:
    """换个颜色, in another colour: not the value that was wanted; where none was, others of what is shown."""
    hearing = clause.hearing
    if clause.find("dont_care", "except", "except_after", "ok_with_after", "not") is not None:
        return []
    for place, mark in clause.unread():
        after = clause.after(place)
        if not mark.says("other") or after is None or not clause.is_unread(after):
            continue
        named = clause.marks[after]
        if not named.names or is_value(named):
            continue
        field = named_field(named.names, hearing)
        wanted = [one for one in hearing.setting.wants if one.field == field and one.op == "is"]
        if wanted:
            clause.take(place, after)
            hearing.wants.append(Want(field, "is_not", tuple(value for one in wanted for value in one.values)))
        elif hearing.setting.shown and not clause.is_question:
            clause.take_all()
            return [Plain("more")]
    return []


def _outside(mark: Mark) -> bool:
    """金属以外的材质都行"""
    return mark.is_("except_after") and "外" in mark.text


def _is_only_name(mark: Mark) -> bool:
    return all(meaning.strength < 3 for meaning in mark.meanings)


def read_values(clause: Clause) -> list[Act]:
    """Adds wants to what was heard; what is taken back, and facts no item states, are acts of their own."""
    hearing = clause.hearing
    polarity = "want"
    is_hard: bool | None = None
    joins = False
    acts: list[Act] = []
    told: list[Told] = []
    lasting_since = denied_at = 0
    for place, mark in list(clause.unread()):
        if not clause.is_unread(place):
            continue
        if is_value(mark) or _asked_value(mark, hearing):
            meanings = choose(_allowed(mark, hearing), hearing, other_category=_other_category(clause, place))
            clause.take(place)
            told.append(
                (
                    polarity,
                    is_hard,
                    meanings[0].facet,
                    tuple(one.value for one in meanings),
                    joins,
                    _is_for(clause, place),
                )
            )
            joins = False
        elif mark.features and not mark.is_("not"):
            clause.take(place)
            acts += _feature(mark, polarity, hearing)
        elif mark.is_("stock_only") or (mark.says("stock_only", "stock_question") and not mark.is_("not")):
            clause.take(place)
            hearing.wants.append(Want(STOCK, "is", ("in_stock",)))
        elif mark.is_("double_not"):
            clause.take(place)
            polarity = "undo"
        elif told and not _leads_value(clause, place) and _takes_back(mark, told, hearing):
            clause.take(place)
            told = [("undo", *rest[1:]) if at >= lasting_since else rest for at, rest in enumerate(told)]
        elif mark.is_("undo_after") and not told and clause.names():
            clause.take(place)
            polarity = "undo"
        elif mark.is_("ok_with_after") and told:
            clause.take(place)
            told = [("ok", *rest[1:]) if at >= lasting_since else rest for at, rest in enumerate(told)]
        elif _outside(mark) and told:
            if _leads_value(clause, place):
                clause.take(place)
            else:
                clause.take_all()
            told = [("not", *rest[1:]) if at >= lasting_since else rest for at, rest in enumerate(told)]
            lasting_since = len(told)
        elif mark.is_("not_after") and told and polarity == "want" and not _leads_value(clause, place):
            clause.take(place)
            told = [("not", *rest[1:]) if at >= lasting_since else rest for at, rest in enumerate(told)]
            lasting_since = len(told)
        elif mark.is_("prefer_after") and told and not _leads_value(clause, place):
            clause.take(place)
            told[-1] = (told[-1][0], False, *told[-1][2:])
        elif mark.is_("ok_with"):
            clause.take(place)
            polarity = "ok"
        elif mark.is_(*_NEGATIVE):
            if len(hearing.whole) == 1:
                break
            clause.take(place)
            if not (mark.text in ("没有", "没", "no") and clause.is_question and mark.language == "zh"):
                is_double = polarity == "not" and mark.language == "zh" and mark.is_("not") and len(told) == denied_at
                polarity, denied_at = "undo" if is_double else "not", len(told)
        elif mark.is_("undo"):
            clause.take(place)
            hearing.takes_back = True
            if mark.text in _STRONG_UNDO:
                polarity = "undo"
        elif mark.is_("must"):
            clause.take(place)
            is_hard = True
        elif mark.is_("prefer"):
            clause.take(place)
            is_hard = False
        elif mark.is_("or", "and"):
            joins = mark.is_("or") or mark.text in ("、", "和", "跟", "与", "and", "&")
        elif mark.is_("dont_care") and told:
            clause.take(place)
            told = [("ok", *rest[1:]) if rest[0] == "want" else rest for rest in told]
        elif mark.is_word and len(mark.text) > 1 and polarity == "not" and len(told) == denied_at:
            clause.take(place)
            kinds = _kinds_beginning(mark.text, hearing)
            if kinds:
                told.append((polarity, is_hard, CATEGORY, kinds, False, False))
                continue
            acts.append(Unknown(mark.text))
            polarity = "want"
        elif mark.text in _TURNING and polarity == "not" and told:
            polarity = "want"
            lasting_since = len(told)
    acts += _undo_names(clause, polarity)
    return acts + _settled(told, hearing)


def _takes_back(mark: Mark, told: list[Told], hearing: Hearing) -> bool:
    """羊毛的条件去掉, hearts aren't needed: what was wanted before is not any more."""
    if mark.is_("undo_after"):
        return True
    wanted = {(want.field, value) for want in hearing.setting.wants if want.op == "is" for value in want.values}
    return mark.text in _STRONG_UNDO and any(
        (field, one) in wanted for _, _, field, values, *_ in told for one in values
    )


def _undo_names(clause: Clause, polarity: str) -> list[Act]:
    """取消颜色限制: a field is named and taken back, no value of it."""
    if polarity != "undo":
        return []
    places = clause.names()
    clause.take(*places)
    return [Undo(named_field(clause.marks[place].names, clause.hearing)) for place in places]


def _is_for(clause: Clause, place: int) -> bool:
    """a clock for the kitchen: what follows "for" is not what is looked for."""
    texts = [mark.text for mark in clause.marks[max(place - 3, 0) : place]]
    return any(text in ("for", "in", "of", "with") for text in texts)


def _kinds_beginning(word: str, hearing: Hearing) -> tuple[str, ...]:
    """毛绒 for 毛绒玩具: the kinds whose Chinese name begins so, where they are few."""
    facet = hearing.lexicon.facets.get(CATEGORY)
    if facet is None or word.isascii():
        return ()
    said = {value: (*info.labels.values(), *info.spellings) for value, info in facet.values.items()}
    found = tuple(value for value, names in said.items() if any(name.startswith(word) for name in names))
    return found if len(found) <= MOST_KINDS else ()


def _leads_value(clause: Clause, place: int) -> bool:
    after = clause.after(place)
    return after is not None and clause.is_unread(after) and is_value(clause.marks[after])


def _allowed(mark: Mark, hearing: Hearing) -> list[Meaning]:
    asked = hearing.setting.asked
    return [
        one for one in mark.meanings if not one.needs_cue or one.facet == asked or _is_size_of_kind(one, mark, hearing)
    ]


def _is_size_of_kind(meaning: Meaning, mark: Mark, hearing: Hearing) -> bool:
    """半身裙 M, boots 37: kinds of things that come in such sizes are named."""
    facet = hearing.lexicon.facets[meaning.facet]
    is_size = (facet.concept or "").endswith("size") and meaning.strength == OWN
    return is_size and _names_kind(hearing) and not mark.refs and shares(hearing, facet.name) >= 0.5


def _names_kind(hearing: Hearing) -> bool:
    return any(one.facet == CATEGORY for mark in hearing.whole for one in mark.meanings)


def _asked_value(mark: Mark, hearing: Hearing) -> bool:
    return bool(_allowed(mark, hearing))


def _other_category(clause: Clause, place: int) -> bool:
    """Whether another mark names goods and can mean nothing else, and is not one of a list with this one."""
    if any(0 <= near < len(clause) and clause.marks[near].is_("and", "or") for near in (place - 1, place + 1)):
        return False
    return any(
        mark.meanings and all(one.facet in (CATEGORY, "product_type") for one in mark.meanings)
        for other, mark in enumerate(clause.marks)
        if other != place
    )


def _feature(mark: Mark, polarity: str, hearing: Hearing) -> list[Act]:
    """A fact of the trade that no facet states: words to search where titles have it, unknown otherwise."""
    if polarity == "not":
        return [Unknown(mark.text, mark.features[0].replace("_", " "))]
    if hearing.lexicon.stated.has(mark.text):
        hearing.words.append(mark)
        return []
    return [Unknown(mark.text, mark.features[0].replace("_", " "))]


def _settled(told: list[Told], hearing: Hearing) -> list[Act]:
    """Told values as wants and undos: values of one field that belong together become one of them."""
    acts: list[Act] = []
    denied = {(want.field, value) for want in hearing.setting.wants if want.op == "is_not" for value in want.values}
    wanted = {(want.field, value) for want in hearing.setting.wants if want.op == "is" for value in want.values}
    unwanted_fields = {field for polarity, _, field, *_ in told if polarity == "not" and field != CATEGORY}
    wants: list[tuple[str, bool | None, str, list[str]]] = []
    n_categories = sum(field == CATEGORY for _, _, field, *_ in told)
    for polarity, is_hard, field, values, joins, joins_for in told:
        if field == CATEGORY and polarity == "not" and unwanted_fields:
            polarity = "want"
        if polarity == "ok":
            is_denied = any((field, value) in denied for value in values)
            polarity, is_hard = ("undo", None) if is_denied or hearing.takes_back else ("want", False)
        if polarity == "want" and hearing.takes_back and any((field, value) in denied for value in values):
            polarity = "undo"
        if polarity == "want" and hearing.takes_back and all((field, value) in wanted for value in values):
            polarity = "undo"
        same = next((one for one in wants if one[0] == polarity and one[2] == field), None)
        if same is not None and (field != CATEGORY or joins or polarity == "not"):
            same[3].extend(value for value in values if value not in same[3])
        elif same is not None and field == CATEGORY and n_categories > 1 and not _is_path(same[3], values, hearing):
            if not joins_for:
                same[3][:] = values
        else:
            wants.append((polarity, is_hard, field, list(values)))
    for polarity, is_hard, field, kept in wants:
        if polarity == "undo":
            acts.append(Undo(field, tuple(kept)))
        else:
            hard = is_hard if is_hard is not None else polarity == "not" or hearing.setting.asked != field
            hearing.wants.append(Want(field, "is_not" if polarity == "not" else "is", tuple(kept), is_hard=hard))
    return acts


def _is_path(outer: list[str], inner: tuple[str, ...], hearing: Hearing) -> bool:
    """Whether two category names stand above each other somewhere."""
    parents = hearing.lexicon.parents
    return any(
        parents.get(one, {}).get(other, 0) or parents.get(other, {}).get(one, 0) for one in inner for other in outer
    )


def leftover(clause: Clause) -> None:
    """Words nobody read, for search."""
    for place, mark in list(clause.unread()):
        if mark.is_word or (mark.features and not mark.cues):
            clause.take(place)
            if len(mark.text) > 1 or (mark.language == "zh" and len(clause.hearing.whole) < 3):
                clause.hearing.words.append(mark)


def as_inform(hearing: Hearing) -> Inform | None:
    """All wants and words of the utterance as one act."""
    wants = tuple(dict.fromkeys(_merged(hearing.wants)))
    return Inform(wants, words_of(hearing)) if wants or hearing.words else None


def _merged(wants: list[Want]) -> list[Want]:
    """Values of one facet that were wanted, or not wanted, one after the other are one want."""
    found: list[Want] = []
    for want in wants:
        same = next((one for one in found if (one.field, one.op) == (want.field, want.op)), None)
        if same is None or not want.values or want.field == CATEGORY:
            found.append(want)
        else:
            values = tuple(dict.fromkeys((*same.values, *want.values)))
            found[found.index(same)] = Want(same.field, same.op, values, is_hard=same.is_hard and want.is_hard)
    return found


def words_of(hearing: Hearing) -> str:
    """Unread words as they were said."""
    parts: list[str] = []
    end = -1
    for mark in sorted(hearing.words, key=lambda one: one.start):
        if mark.start == end and mark.language == "zh":
            parts[-1] += mark.text
        else:
            parts.append(mark.text)
        end = mark.stop
    return " ".join(parts)
