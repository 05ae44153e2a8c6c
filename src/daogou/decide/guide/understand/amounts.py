"""Read numbers as bounds: under 200, 两三百的, 20 to 30, 至少500毫升, 16gb, 42码, around £15."""

from __future__ import annotations

from daogou.decide.guide.acts import CATEGORY, PRICE, Act, Operator, Plain, Unknown, Want
from daogou.decide.guide.understand.clause import Clause, Hearing
from daogou.decide.guide.understand.fields import choose, named_field, shares
from daogou.decide.guide.understand.quantities import Quantity
from daogou.decide.words.facet import FacetInfo
from daogou.decide.words.lexicon import BUILT_IN
from daogou.decide.words.money import minor
from daogou.decide.words.units import Unit

COUNTERS = frozenset("包把袋瓶盒罐份件条双只支本台套")
MANY = 10
OF_KIND = 0.5
"""A field belongs to a kind of things where so many of them state it."""
_PAST = ("filler", "must", "prefer")
_OPS: dict[str, Operator] = {"at_most": "at_most", "at_least": "at_least", "about": "about"}


def read_amounts(clause: Clause) -> list[Act]:
    """Adds wants to what was heard; an amount in money the shop does not take is returned as unknown."""
    acts: list[Act] = []
    for place, mark in list(clause.unread()):
        quantity = mark.quantity
        if quantity is None or not clause.is_unread(place) or (mark.refs and clause.hearing.setting.shown):
            continue
        if any(meaning.facet == CATEGORY for meaning in mark.meanings):
            continue
        if quantity.is_bare and _counts_things(clause, place):
            clause.take(place, place + 1)
            clause.hearing.polite.append(Plain("yes"))
            continue
        if quantity.sizes:
            acts += _size(clause, place, quantity)
            continue
        other = _range_end(clause, place)
        if other is not None:
            acts += _range(clause, place, other)
        else:
            acts += _one(clause, place, quantity)
    return acts


def _counts_things(clause: Clause, place: int) -> bool:
    """两把, 三包: how many are wanted, which says nothing of what they are like."""
    number = clause.marks[place].quantity
    few = number is not None and number.number is not None and number.number.low < MANY
    return few and clause.is_unread(place + 1) and clause.marks[place + 1].text in COUNTERS


def _size(clause: Clause, place: int, quantity: Quantity) -> list[Act]:
    meanings = choose(quantity.sizes, clause.hearing)
    if meanings:
        clause.take(place)
        op: Operator = "is_not" if _is_negated(clause, place) else "is"
        clause.hearing.wants.append(Want(meanings[0].facet, op, (meanings[0].value,)))
    return []


def _is_negated(clause: Clause, place: int) -> bool:
    before = clause.before(place)
    return before is not None and clause.marks[before].is_("not", "except")


def _range_end(clause: Clause, place: int) -> int | None:
    """The place of the second number of 200-300, 20 to 30, between 20 and 30."""
    sign = place + 1
    if sign + 1 >= len(clause) or not clause.is_unread(sign) or not clause.marks[sign].is_("to"):
        return None
    if clause.marks[sign].text == "and":
        before = clause.before(place, past=("filler",))
        if before is None or not clause.marks[before].is_("between"):
            return None
    second = clause.marks[sign + 1].quantity
    first = clause.marks[place].quantity
    if second is None or second.number is None or first is None or first.number is None or second.sizes:
        return None
    return sign + 1 if second.number.low > first.number.low else None


def _range(clause: Clause, place: int, other: int) -> list[Act]:
    first, second = clause.marks[place].quantity, clause.marks[other].quantity
    assert first is not None
    assert second is not None
    assert first.number is not None
    assert second.number is not None
    with_kind = second if not second.is_bare else first
    clause.take(place, place + 1, other)
    after = clause.after(other)
    if after is not None and clause.is_unread(after) and clause.marks[after].is_("between_after", "about_after"):
        clause.take(after)
    before = clause.before(place, past=_PAST)
    _take_cue(clause, before, ("between", "at_most", "about", "at_least"))
    return _wants(clause, place, with_kind, [("at_least", first.number.low), ("at_most", second.number.low)])


def _take_cue(clause: Clause, place: int | None, kinds: tuple[str, ...]) -> str | None:
    if place is None or not clause.is_unread(place) or not clause.marks[place].is_(*kinds):
        return None
    mark = clause.marks[place]
    clause.take(place)
    return next(cue.kind for cue in mark.cues if cue.kind in kinds)


def _one(clause: Clause, place: int, quantity: Quantity) -> list[Act]:
    number = quantity.number
    assert number is not None
    before, after = _cue_before(clause, place), clause.after(place, past=("filler",))
    after_kinds = ("at_most_after", "at_least_after", "about_after")
    op = None
    if after is not None and clause.marks[after].names and not clause.marks[after].cues and quantity.is_bare:
        after = clause.after(after, past=("filler",))
    if after is not None and clause.is_unread(after) and clause.marks[after].is_(*after_kinds):
        mark = clause.marks[after]
        kind = next(cue.kind for cue in mark.cues if cue.kind in after_kinds)
        if after == place + 1 or mark.language == "zh" or kind != "at_most_after" or mark.text != "max":
            op = _OPS[kind.removesuffix("_after")]
            clause.take(after)
    if before is not None:
        kind_before = _bound_kind(clause, before)
        if kind_before is not None:
            negated = kind_before in ("at_most", "at_least") and _is_negated(clause, before)
            clause.take(before)
            if negated:
                clause.take(clause.before(before) or before)
                kind_before = "at_least" if kind_before == "at_most" else "at_most"
            is_budget = op == "about" and kind_before == "at_most" and clause.marks[before].text[:2] in ("预算", "bu")
            op = op if op is not None and (op != "about" or is_budget) else _OPS[kind_before]
    is_money = quantity.amount is not None
    if number.high is not None and op in (None, "about"):
        clause.take(place)
        return _wants(clause, place, quantity, [("at_least", number.low), ("at_most", number.high)])
    if op is None and number.is_rough:
        op = "about"
    if op is None and is_money:
        op = "about"
    if op is None and quantity.is_bare:
        op = _asked_op(clause, place)
        if op is None:
            return _told_alone(clause, place, number.low)
    clause.take(place)
    value = number.high if number.high is not None and op == "at_most" else number.low
    return _wants(clause, place, quantity, [(op, value)])


def _told_alone(clause: Clause, place: int, number: float) -> list[Act]:
    """0.38的中性笔, baby wipes 80: a bare number that only one field of what is named has."""
    hearing = clause.hearing
    if place and clause.marks[place - 1].text in _BELOW_ZERO:
        number = -number
    if hearing.setting.shown or not any(one.facet == CATEGORY for mark in hearing.whole for one in mark.meanings):
        return []
    fitting = [
        (facet.name, value) for facet in hearing.lexicon.facets.values()
        if facet.kind == "number" and (value := _value(facet, number)) is not None
        and shares(hearing, facet.name) >= OF_KIND
    ]  # fmt: skip
    if len(fitting) == 1:
        clause.take(place)
        field, value = fitting[0]
        hearing.wants.append(Want(field, "is", (value,)))
    return []


def _cue_before(clause: Clause, place: int) -> int | None:
    """The cue before a number, over "the price is"."""
    at = clause.before(place, past=_PAST)
    while at is not None and clause.marks[at].names and not clause.marks[at].is_("at_most", "at_least", "about"):
        at = clause.before(at, past=_PAST)
    return at


def _bound_kind(clause: Clause, place: int) -> str | None:
    mark = clause.marks[place]
    if not clause.is_unread(place):
        return None
    if mark.text in ("from", "在", "say", "c", "有", "i got"):
        return None
    if mark.text.startswith("and "):
        return next((cue.kind.removesuffix("_after") for cue in mark.cues if cue.kind.endswith("_after")), None)
    return next((cue.kind for cue in mark.cues if cue.kind in _OPS), None)


def _asked_op(clause: Clause, place: int) -> Operator | None:
    """What a bare number says: an answer to a question about a number, or beside the name of a field."""
    setting, lexicon = clause.hearing.setting, clause.hearing.lexicon
    if setting.asked == PRICE:
        return "at_most"
    facet = lexicon.facets.get(setting.asked or "")
    if facet is not None and (facet.kind == "number" or clause.marks[place].text in facet.values):
        return "is"
    named = _named_number(clause)
    return None if named is None else "about" if named in BUILT_IN else "is"


def _named_number(clause: Clause) -> str | None:
    """A field of numbers that the clause names, taken as read."""
    measured = any(mark.quantity and mark.quantity.units for mark in clause.marks)
    for place, mark in enumerate(clause.marks):
        before = clause.marks[place - 1] if place else None
        if before is not None and before.is_("adjective_more", "adjective_less"):
            continue
        if measured and any(not one.quantity.units for one in clause.marks if one.quantity):
            continue
        found = [name for name in mark.names if clause.hearing.lexicon.facets[name].kind == "number"]
        if found:
            return named_field(found, clause.hearing)
    return None


def _wants(clause: Clause, place: int, quantity: Quantity, bounds: list[tuple[Operator | None, float]]) -> list[Act]:
    hearing = clause.hearing
    if quantity.amount is not None:
        if not quantity.amount.is_in(hearing.lexicon.currency):
            return [Unknown(clause.marks[place].text, "currency")]
        _add_price(hearing, bounds)
        return []
    if quantity.units:
        return _measured(clause, place, quantity.units, bounds)
    asked = hearing.lexicon.facets.get(hearing.setting.asked or "")
    named = _named_number(clause)
    counts = asked is not None and (asked.kind == "number" or bounds[0][0] in (None, "is"))
    field = named or (asked.name if asked is not None and counts else PRICE)
    if field == PRICE:
        _add_price(hearing, bounds)
        return []
    facet = hearing.lexicon.facets[field]
    for mark_place, mark in list(clause.unread()):
        if field in mark.names:
            clause.take(mark_place)
    hearing.wants += [_number_want(facet, op, number, is_hard=asked is None) for op, number in bounds]
    return []


def _add_price(hearing: Hearing, bounds: list[tuple[Operator | None, float]]) -> None:
    asked = hearing.setting.asked == PRICE
    for op, number in bounds:
        is_hard = op != "about" and not asked
        hearing.wants.append(Want(PRICE, op or "about", (), minor(number, hearing.lexicon.currency), is_hard))


def _measured(
    clause: Clause, place: int, units: tuple[Unit, ...], bounds: list[tuple[Operator | None, float]]
) -> list[Act]:
    hearing = clause.hearing
    if _is_below_zero(clause, place) and any(unit.code == "celsius" for unit in units):
        bounds = [(op, -number) for op, number in bounds]
    if [number for _, number in bounds] == [1] and bounds[0][0] in (None, "about") and _is_counter(units):
        return []
    facets = {facet.name: (facet, unit) for unit in units for facet in hearing.lexicon.with_unit(unit)}
    named = next((name for mark in clause.marks for name in mark.names if name in facets), None)
    if named is None and facets:
        number = bounds[0][1]
        named = max(
            facets,
            key=lambda name: (_fit(facets[name][0], facets[name][1], number, hearing), -list(facets).index(name)),
        )
    if named is None:
        hearing.words.append(clause.marks[place])
        return []
    facet, unit = facets[named]
    assert facet.unit is not None
    for op, number in bounds:
        hearing.wants.append(_number_want(facet, op, round(number * unit.size / facet.unit.size, 6)))
    for other, mark in list(clause.unread()):
        if named in mark.names:
            clause.take(other)
    return []


def _is_below_zero(clause: Clause, place: int) -> bool:
    """零下五度, minus 5; takes what says so."""
    before = place - 1
    if before < 0 or clause.marks[before].text not in _BELOW_ZERO:
        return False
    clause.take(before)
    return True


_BELOW_ZERO = ("零下", "minus", "-", "−", "负")


def _is_counter(units: tuple[Unit, ...]) -> bool:
    """一双, a pair: how one thing is counted, no wish for one."""
    return all(unit.code in ("piece", "pair", "pack") for unit in units)


def _fit(facet: FacetInfo, unit: Unit, number: float, hearing: Hearing) -> tuple[float, bool, bool, int]:
    assert facet.unit is not None
    has_it = _value(facet, round(number * unit.size / facet.unit.size, 6)) is not None
    return round(shares(hearing, facet.name), 1), has_it, facet.unit.code == unit.code, facet.count


def _number_want(facet: FacetInfo, op: Operator | None, number: float, *, is_hard: bool = True) -> Want:
    if op in (None, "is"):
        value = _value(facet, number)
        if value is not None:
            return Want(facet.name, "is", (value,), is_hard=is_hard)
        return Want(facet.name, "about", (), number, False)
    assert op is not None
    return Want(facet.name, op, (), number, is_hard and op != "about")


def _value(facet: FacetInfo, number: float) -> str | None:
    for value in facet.values:
        try:
            if float(value) == number:
                return value
        except ValueError:
            continue
    return None
