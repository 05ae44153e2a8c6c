"""What goes with an item: by orders and by the shop's own links, one thing of each kind, in stock."""

from __future__ import annotations

import msgspec
import numpy as np

from daogou.core.types import I32, Reason
from daogou.decide.explain.wording import sentence
from daogou.decide.guide.acts import PRICE, Bundle
from daogou.decide.guide.cards import cards
from daogou.decide.guide.find import Caps, board, varied
from daogou.decide.guide.reply import Card
from daogou.decide.guide.state import Focus
from daogou.decide.guide.turn import Turn
from daogou.decide.guide.wants import price_bounds
from daogou.decide.retrieve.together import beside


def bundle(turn: Turn, act: Bundle) -> None:
    """What goes with the item meant; without one, with the first shown."""
    shown = turn.shown()
    item_id = turn.meant(act.item) or (shown[0] if act.item is None and shown else None)
    if item_id is None:
        turn.ask_which("which")
        return
    view = turn.view
    number = view.shop.catalogue.number_of[item_id]
    turn.state = msgspec.structs.replace(turn.state, topic=item_id)
    turn.state = turn.state.kept()
    limit = view.request.limit
    goes, code = together(turn, number)
    chosen = varied(view, goes, limit, Caps(1, None), taken=(number,))
    if not chosen:
        chosen, code = varied(view, _department(turn, number), limit, Caps(1, None), taken=(number,)), ""
    title = f"{{title:{item_id}}}"
    turn.say("bundle" if code else "bundle_none", {"item_id": item_id}, title=title)
    turn.cards += [_part(turn, number, one, code) for one in chosen]
    turn.is_answered = bool(code)


def together(turn: Turn, number: int) -> tuple[I32, str]:
    """Numbers of what goes with it and may be shown, best first, and the reason's code."""
    signals = beside(turn.view.occasion, np.array([number], np.int32))
    if not signals:
        return np.empty(0, np.int32), ""
    scores = np.sum([signal.scores for signal in signals], axis=0)
    fits = (scores > 0) & turn.view.may_show & _affordable(turn)
    fits[number] = False
    numbers = np.flatnonzero(fits)
    order = np.argsort(-scores[numbers], kind="stable")[:200]
    return numbers[order].astype(np.int32), signals[0].code


def _affordable(turn: Turn) -> np.ndarray:
    _, most = price_bounds(turn.state.focus.wants)
    low, _ = turn.view.amounts(PRICE)
    if most is None:
        return np.ones(len(low), bool)
    with np.errstate(invalid="ignore"):
        return low <= most


def _department(turn: Turn, number: int) -> I32:
    """Popular things of the same department but of another kind."""
    catalogue = turn.view.shop.catalogue
    same = (catalogue.department == catalogue.department[number]) & (catalogue.category != catalogue.category[number])
    numbers = np.flatnonzero(same & turn.view.may_show)
    return numbers[np.argsort(-turn.view.popularity[numbers], kind="stable")[:200]].astype(np.int32)


def _part(turn: Turn, anchor: int, number: int, code: str) -> Card:
    title = turn.view.title(turn.view.items[anchor].id)
    [card] = cards(board(turn.view, Focus()), [number], turn.labels)
    if not code:
        return msgspec.structs.replace(card, role="part")
    reason = Reason(code, sentence(code, [title], 1, turn.language))
    return msgspec.structs.replace(card, role="part", reason=reason)
