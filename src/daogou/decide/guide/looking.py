"""Acts that change what is looked for: wants, critiques, likeness, presents, and taking things back."""

from __future__ import annotations

import msgspec
import numpy as np

from daogou.decide.filters.folding import fold
from daogou.decide.guide.acts import (
    CATEGORY,
    PRICE,
    Critique,
    DontCare,
    Gift,
    Inform,
    Like,
    Plain,
    Reject,
    Undo,
    Want,
)
from daogou.decide.guide.clean import clean
from daogou.decide.guide.find import board
from daogou.decide.guide.phrases import phrase_scores
from daogou.decide.guide.relax import WORDS, relaxed
from daogou.decide.guide.reply import Choice
from daogou.decide.guide.turn import Turn
from daogou.decide.guide.wants import BOUNDS, amount_bounds, merged, without
from daogou.decide.guide.words import button
from daogou.decide.words.spellings import parts_of

LEAST_COVERED, LEAST_SHARED = 0.02, 0.1
MOST_PHRASE = 120


def inform(turn: Turn, act: Inform) -> None:
    """New wants beside those before; another kind of thing drops what it cannot have."""
    focus = turn.state.focus
    said = tuple(one for one in act.wants if one.op not in BOUNDS or turn.view.fields.is_number(one.field))
    wants = _narrowed(turn, focus.wants, said)
    words, anchors = focus.words, focus.anchors
    before, kinds = _kinds(focus.wants), _kinds(wants)
    if kinds != before and (anchors or not set(before) <= set(kinds)):
        words, anchors = (), ()
        wants = _fitting(turn, wants, said)
        if focus.gift == turn.began.focus.gift:  # the present was for something else
            turn.state = turn.state.with_focus(gift=None)
        turn.state = turn.state.with_focus(order="")
    elif kinds != before:
        words = tuple(one for one in words if _is_among(turn, one, wants))
        if not board(turn.view, turn.state.with_focus(wants=wants, words=words).focus).total:
            wants = _fitting(turn, wants, said)
    phrase = clean(act.words, MOST_PHRASE)
    if phrase:
        words = _phrases(turn, words, phrase, bool(said))
    dont_care = tuple(one for one in focus.dont_care if all(one != want.field for want in said))
    if wants == focus.wants and words == focus.words and anchors == focus.anchors:
        turn.finds = True
        return
    turn.change(wants=wants, words=words, anchors=anchors, dont_care=dont_care)


def _narrowed(turn: Turn, before: tuple[Want, ...], said: tuple[Want, ...]) -> tuple[Want, ...]:
    """The wants as they add up; another category narrows where items have both, else takes the earlier one's place."""
    wants = merged(before, said)
    news = [one for one in said if one.field == CATEGORY and one.op == "is"]
    for old in before:
        if old.field != CATEGORY or old.op != "is" or old in wants or not news:
            continue
        if any(
            set(new.values) <= set(old.values) or (_is_outer(turn, new, old) and _is_half_said(turn, new))
            for new in news
        ):
            continue
        if all(_overlap(turn, old, new) and not _is_outer(turn, old, new) for new in news):
            wants = (*(one for one in wants if one not in news or not _is_outer(turn, one, old)), old)
    return tuple(dict.fromkeys(wants))


def _overlap(turn: Turn, one: Want, other: Want) -> bool:
    """Whether both may be meant: they stand in one path, or enough items are of both kinds."""
    paths = turn.view.shop.catalogue.category_paths
    if any(not set(one.values).isdisjoint(path) and not set(other.values).isdisjoint(path) for path in paths):
        return True
    mine, yours = (turn.view.answers(want)[0] & turn.view.may_show for want in (one, other))
    smaller = min(np.count_nonzero(mine), np.count_nonzero(yours))
    return bool(np.count_nonzero(mine & yours) >= max(1.0, LEAST_SHARED * smaller))


def _is_half_said(turn: Turn, want: Want) -> bool:
    """Whether of "Snacks & tea" only the snacks were said, unasked: they are wanted, whatever was before."""
    if turn.began.asking == CATEGORY:
        return False
    said = fold(turn.view.request.utterance)
    facet = turn.view.shop.guide.lexicon.facets[CATEGORY]
    names = {name for value in want.values for name in (value, *facet.values[value].labels.values())}
    return (
        bool(said) and any(len(parts_of(name)) > 1 for name in names) and not any(fold(name) in said for name in names)
    )


def _is_outer(turn: Turn, one: Want, other: Want) -> bool:
    """Whether one category lies around the other wherever that stands, so that it says nothing more."""
    inner = [path for path in turn.view.shop.catalogue.category_paths if not set(other.values).isdisjoint(path)]
    return bool(inner) and all(not set(one.values).isdisjoint(path[:-1]) for path in inner)


def _is_among(turn: Turn, phrase: str, wants: tuple[Want, ...]) -> bool:
    """Whether any item of the wanted kind has these words."""
    inside = (phrase_scores(turn.view, phrase) > 0) & turn.view.may_show
    for one in wants:
        if one.field == CATEGORY:
            inside &= turn.view.answers(one)[0]
    return bool(inside.any())


def _kinds(wants: tuple[Want, ...]) -> tuple[str, ...]:
    return tuple(value for one in wants if one.field == CATEGORY and one.op == "is" for value in one.values)


def _fitting(turn: Turn, wants: tuple[Want, ...], said: tuple[Want, ...]) -> tuple[Want, ...]:
    """Of the earlier wants those that items of the new kind can have, as wishes; what was said now stays as it is."""
    kinds = [one for one in wants if one.field == CATEGORY and one.op == "is"]
    earlier = [one for one in wants if one not in said and one.field != CATEGORY]
    inside = turn.view.may_show.copy()
    for one in kinds:
        inside &= turn.view.answers(one)[0]
    least = max(1.0, LEAST_COVERED * np.count_nonzero(inside))
    kept = [one for one in earlier if np.count_nonzero(turn.view.answers(one)[0] & inside) >= least]
    dropped = [one for one in earlier if one not in kept]
    if dropped:
        turn.say("wants_dropped", {"wants": len(dropped)}, wants=turn.labels.in_sentences().wants(dropped))
    wished = [msgspec.structs.replace(one, is_hard=one.is_hard and one.op == "is_not") for one in kept]
    return (*wished, *kinds, *(one for one in said if one not in kinds))


def _phrases(turn: Turn, before: tuple[str, ...], phrase: str, has_wants: bool) -> tuple[str, ...]:
    """The words to look for: beside those before where something has both, else in their place."""
    found = phrase_scores(turn.view, phrase) > 0
    if not (found & turn.view.may_show).any():
        turn.say("words_dropped", {"words": phrase}, words=phrase)
        turn.is_answered = turn.is_answered and has_wants
        return before
    if phrase in before:
        return before
    both = found & turn.view.may_show
    for one in before:
        both &= phrase_scores(turn.view, one) > 0
    return (*before, phrase) if before and both.any() else (phrase,)


def critique(turn: Turn, act: Critique) -> None:
    """More or less of a field than what is shown, or than one item."""
    name, labels = act.field, turn.labels.in_sentences()
    shown = turn.shown()
    one = turn.meant(act.than) if act.than is not None else None
    than = [one] if one is not None else list(shown)
    numbers = turn.view.shop.catalogue.numbers(than)
    low, high = turn.view.amounts(name)
    is_less = act.direction == "less"
    held = (low if is_less else high)[numbers]
    held = held[held == held]
    if (not len(held) or (act.steps is not None and name != PRICE)) and _by_values(turn, act, than):
        return
    if not len(numbers):  # nothing is shown yet: what has least or most of it comes first
        turn.change(order=name, most=not is_less)
        turn.say("ordered", {"field": name}, end=turn.labels.end(name, not is_less))
        return
    if not len(held):
        turn.say("no_amounts", {"field": name}, field=turn.labels.field(name))
        turn.is_answered = False
        turn.finds = True
        return
    middle = float(np.quantile(held, 0.5, method="higher" if is_less else "lower"))
    bounds = [float(held.min() if is_less else held.max()), middle]
    beyond = [(bound, _beyond(turn, name, bound, is_less)) for bound in dict.fromkeys(bounds)]
    before = turn.state.focus.wants
    within = [pair for pair in beyond if not _crosses(before, pair[1])]
    lasting = tuple(one for one in before if one.field != name or one.op in ("at_least", "at_most", "is_not"))
    free = without_bounds(before, name, is_less)
    for kept, (bound, want) in [*((lasting, pair) for pair in within), *((free, pair) for pair in beyond)]:
        wants = merged(kept, (want,))
        tried = turn.state.with_focus(wants=wants, order="", shown=(), seen=())
        if board(turn.view, tried.focus).total:
            turn.change(wants=wants, order="")
            code = ("cheaper" if is_less else "dearer") if name == PRICE else ("less_than" if is_less else "more_than")
            turn.say(code, {"field": name, "bound": bound}, money=labels.money(round(bound)),
                     field=turn.labels.field(name), amount=labels.amount(name, bound))  # fmt: skip
            turn.told = True
            return
    _at_the_end(turn, name, is_less)


def _crosses(wants: tuple[Want, ...], new: Want) -> bool:
    """Whether a bound leaves nothing within what was said before."""
    low, high = amount_bounds(wants, new.field)
    assert new.number is not None
    if new.op == "at_most":
        return low is not None and new.number < low
    return high is not None and new.number > high


def _at_the_end(turn: Turn, name: str, is_less: bool) -> None:
    """Nothing goes further: show what goes furthest first and say that it does."""
    turn.change(order=name, most=not is_less)
    now = turn.board()
    if not now.total:
        shown = turn.view.shop.catalogue.numbers(turn.shown() or turn.state.focus.anchors)
        if name == PRICE and len(shown):
            prices = turn.view.amounts(PRICE)[0][shown]
            end = turn.view.items[int(shown[int(np.nanargmin(prices) if is_less else np.nanargmax(prices))])].id
            turn.say("no_cheaper" if is_less else "no_dearer", {"item_id": end}, title=f"{{title:{end}}}",
                     price=f"{{price:{end}}}")  # fmt: skip
            turn.told = True
        return
    first = turn.view.items[int(now.best(now.fits, 1)[0])].id
    turn.told = True
    if name == PRICE:
        code = "no_cheaper" if is_less else "no_dearer"
        turn.say(code, {"item_id": first}, title=f"{{title:{first}}}", price=f"{{price:{first}}}")
    else:
        turn.say("no_further", {"field": name, "item_id": first}, field=turn.labels.field(name))


def without_bounds(wants: tuple[Want, ...], name: str, is_less: bool) -> tuple[Want, ...]:
    """Without what would contradict going further in this direction."""
    gone = ("at_least", "about") if is_less else ("at_most", "about")
    return tuple(one for one in wants if not (one.field == name and one.op in (*gone, "is")))


def _beyond(turn: Turn, name: str, bound: float, is_less: bool) -> Want:
    """Really less or more than the bound: by one minor unit, or by the smallest step that its column knows."""
    if name == PRICE:
        return Want(name, "at_most" if is_less else "at_least", (), bound - 1 if is_less else bound + 1)
    low, high = turn.view.amounts(name)
    amounts = low if is_less else high
    with np.errstate(invalid="ignore"):
        further = amounts[amounts < bound] if is_less else amounts[amounts > bound]
    reached = bound if not len(further) else float(further.max() if is_less else further.min())
    if not len(further):
        reached = bound - 1 if is_less else bound + 1
    return Want(name, "at_most" if is_less else "at_least", (), reached)


def _by_values(turn: Turn, act: Critique, than: list[str]) -> bool:
    """One size up, where sizes are names: the values beyond the one that is shown."""
    name, is_less = act.field, act.direction == "less"
    wanted = [value for one in turn.state.focus.wants if one.field == name and one.op == "is" for value in one.values]
    items = [turn.view.item(one) for one in than]
    told = wanted or [value for item in items if item is not None for value in turn.view.fields.values_of(item, name)]
    if not told:
        return False
    scale = turn.labels.scale(name, told[0])
    places = [scale.index(one) for one in told if one in scale]
    if not places or len(scale) < 2:
        return False
    start = min(places) if is_less else max(places)
    if act.steps is not None:
        end = start - act.steps if is_less else start + act.steps
        beyond = [scale[end]] if 0 <= end < len(scale) else []
    else:
        beyond = list(scale[:start] if is_less else scale[start + 1 :])
    if not beyond:
        turn.say("no_further", {"field": name}, field=turn.labels.field(name))
        turn.finds = turn.told = True
        return True
    anchors = turn.state.focus.anchors
    if act.than is not None and not anchors and len(than) == 1:
        anchors = tuple(than)
    turn.change(wants=merged(turn.state.focus.wants, (Want(name, "is", tuple(beyond)),)), anchors=anchors)
    return True


def dont_care(turn: Turn, act: DontCare) -> None:
    """A field does not matter: its wants go, and it is not asked about."""
    name = act.field or turn.began.asking or ""
    if not name:
        turn.finds = True
        if not turn.board().total:
            _take_a_way(turn)
        return
    focus = turn.state.focus
    had = any(one.field == name for one in focus.wants)
    left = without(focus.wants, name)
    turn.change(wants=left, dont_care=tuple(dict.fromkeys((*focus.dont_care, name))))
    if had:
        turn.say("freed", {"field": name}, field=turn.labels.field(name))
    elif name == turn.began.asking:
        turn.pages = True


def _take_a_way(turn: Turn) -> None:
    """Nothing fits and anything will do: give up what costs least."""
    ways = relaxed(turn.board(), turn.labels, turn.language, 1).ways
    for act in ways[0].acts if ways else ():
        if isinstance(act, Inform):
            inform(turn, act)
        elif isinstance(act, Undo):
            undo(turn, act)


def undo(turn: Turn, act: Undo) -> None:
    """Take back what was said of a field."""
    focus = turn.state.focus
    if act.field == WORDS:
        words = tuple(one for one in focus.words if act.values and one not in act.values)
        turn.change(words=words)
        return
    left = without(focus.wants, act.field, act.values)
    gone = [one for one in focus.wants if one not in left]
    turn.change(wants=left)
    if gone:
        turn.say("undone", {"field": act.field}, want=turn.labels.in_sentences().wants(gone))


def like(turn: Turn, act: Like) -> None:
    """Similar to an item: of its kind, what it has as evidence; what shall differ comes as acts of its own."""
    item_id = turn.need(act.item)
    if item_id is None:
        return
    kept = tuple(one for one in turn.state.focus.wants if one.field == PRICE or one.op == "is_not")
    item = turn.view.item(item_id)
    if item is not None and item.categories and item.categories[0]:
        kept = (*kept, Want(CATEGORY, "is", item.categories[0][-1:]))
    turn.change(wants=kept, words=(), anchors=(item_id,), order="", seen=())
    turn.state = msgspec.structs.replace(turn.state, topic=item_id)
    turn.say("like", {"item_id": item_id}, title=f"{{title:{item_id}}}")


def reject(turn: Turn, act: Reject) -> None:
    """Not this one, or none of those shown."""
    gone = (turn.need(act.item),) if act.item is not None else turn.shown()
    if gone == (None,):
        return
    rejected = tuple(dict.fromkeys((*turn.state.focus.rejected, *(one for one in gone if one is not None))))
    turn.change(rejected=rejected)
    turn.say("rejected", {"item_ids": [one for one in gone if one is not None]})
    turn.pages = turn.told = True


def gift(turn: Turn, act: Gift) -> None:
    """A present: what the shop says of its items orders them; the answer says what that led to."""
    before = turn.state.focus.gift
    whole = act if before is None else Gift(act.recipient or before.recipient, act.occasion or before.occasion,
                                            act.age if act.age is not None else before.age)  # fmt: skip
    said = tuple(one for one in turn.state.focus.wants if one not in turn.began.focus.wants)
    if before is None and said and turn.began.focus.wants:  # "something for my mother, up to 50" begins anew
        turn.change(gift=whole, wants=said, words=(), anchors=(), order="")
        return
    turn.change(gift=whole, anchors=())
    others = tuple(one for one in turn.state.focus.wants if one.field != PRICE)
    if before is None and (others or turn.state.focus.words):
        price = tuple(one for one in turn.state.focus.wants if one.field == PRICE)
        acts = (Plain("reset"), *((Inform(price),) if price else ()), whole)
        turn.ways.append(Choice(button("everything", turn.language), acts))
