"""From a finished turn to its answer: what is shown, what is asked, and which buttons lead on."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np

from daogou.decide.guide.acts import CATEGORY, Heard
from daogou.decide.guide.cards import cards
from daogou.decide.guide.choose_question import choose_question
from daogou.decide.guide.find import Board, caps, varied
from daogou.decide.guide.gifts import gift_evidence
from daogou.decide.guide.relax import relaxed
from daogou.decide.guide.reply import Choice, Question, Reply
from daogou.decide.guide.state import State
from daogou.decide.guide.turn import Turn

MOST_SHOWN = 24
NAMED_KINDS, MOST_WAYS = 3, 4


def answered(turn: Turn, heard: Heard, recommendation_id: str, sealed: Callable[[State], str]) -> Reply:
    """The reply to a turn whose acts have all been taken."""
    total, question = 0, None
    if turn.finds:
        total, question = _find(turn)
    elif turn.cards:
        total = len(turn.cards)
        _remember(turn, [one.item_id for one in turn.cards if one.role == "part"])
    state = turn.state
    state = msgspec.structs.replace(
        state,
        at_us=turn.view.now_us,
        language=turn.language,
        turn=turn.began.turn + 1,
        is_lost=False,
        asking=question.field if question else None,
        asked=tuple(dict.fromkeys((*state.asked, question.field))) if question else state.asked,
        in_a_row=turn.began.in_a_row + 1 if question else 0,
    )
    is_personalized = turn.finds and turn.view.taste is not None
    return Reply(
        recommendation_id=recommendation_id,
        language=turn.language,
        heard=heard,
        said=tuple(turn.said),
        cards=tuple(turn.cards),
        state=sealed(state),
        question=question,
        ways_out=_different(turn.ways),
        table=turn.table,
        quotes=tuple(turn.quotes),
        wants=state.focus.wants,
        total=total,
        is_personalized=is_personalized,
        is_answered=turn.is_answered,
        hand_over=turn.hand_over,
        degraded=turn.view.shop.degraded,
    )


def _different(ways: list[Choice]) -> tuple[Choice, ...]:
    """Each button once, and no more than a shopper reads."""
    return tuple({one.label: one for one in ways}.values())[:MOST_WAYS]


def _find(turn: Turn) -> tuple[int, Question | None]:
    """Show what fits, or what comes closest, and ask what tells most."""
    limit = max(1, min(turn.view.request.limit, MOST_SHOWN))
    if turn.shows is not None:
        return _shown_again(turn), None
    if turn.pages and turn.began.focus.shown:
        focus = turn.state.focus
        turn.state = turn.state.with_focus(seen=tuple(dict.fromkeys((*focus.seen, *turn.began.focus.shown))))
    elif turn.state.focus.wants != turn.began.focus.wants:
        turn.state = turn.state.with_focus(seen=())
    now = turn.board()
    if not now.total:
        return _nothing(turn, now, limit), None
    chosen = _chosen(turn, now, limit)
    turn.cards += cards(now, chosen, turn.labels)
    _tell(turn, now, chosen)
    _remember(turn, [turn.view.items[number].id for number in chosen])
    return now.total, _question(turn, now)


def _chosen(turn: Turn, now: Board, limit: int) -> list[int]:
    """What has every wish first; then what lacks one; on a further page what was seen comes last."""
    most = caps(turn.state.focus, limit)
    fits, perfect = now.fits, now.is_perfect
    if turn.pages:
        unseen = np.ones(len(fits), bool)
        unseen[turn.view.shop.catalogue.numbers(turn.state.focus.seen)] = False
        if (fits & unseen).any():
            fits, perfect = fits & unseen, perfect & unseen
            if not turn.told:
                turn.say("more")
                turn.told = True
        else:
            turn.say("no_more")
            turn.told = True
    chosen = varied(turn.view, now.best(perfect), limit, most)
    if now.soft and len(chosen) < limit:
        chosen += varied(turn.view, now.best(fits & ~perfect), limit - len(chosen), most, tuple(chosen))
    return chosen


def _tell(turn: Turn, now: Board, chosen: list[int]) -> None:
    """How many there are of what."""
    focus, labels = turn.state.focus, turn.labels.in_sentences()
    if turn.best is not None and now.total > 1:
        item_id = turn.view.items[chosen[0]].id
        name, most = turn.best
        title, price = f"{{title:{item_id}}}", f"{{price:{item_id}}}"
        facts = {"field": name, "most": most, "item_id": item_id, "count": now.total}
        end = turn.labels.end(name, most)
        turn.say("best_of", facts, count=now.total, end=end, title=title, price=price)
    elif not turn.told:
        told = [labels.want(one) for one in focus.wants]
        told += [labels.phrase(one) for one in focus.words]
        if told and not now.is_perfect[chosen].any():
            turn.say("none", wants=labels.listed(told))
            turn.say("near")
        elif told:
            code = "found_one" if now.total == 1 else "found_few" if now.total <= len(chosen) else "found"
            turn.say(code, {"count": now.total}, count=now.total, wants=labels.listed(told))
        elif focus.gift in (None, turn.began.focus.gift) and not focus.anchors:
            turn.say("popular" if turn.view.popularity.any() else "anything")
    if focus.gift is not None and focus.gift != turn.began.focus.gift:
        _tell_present(turn, chosen)
    if turn.view.taste is not None and not focus.order and not any(one.code == "personal" for one in turn.said):
        turn.say("personal")


def _tell_present(turn: Turn, chosen: list[int]) -> None:
    """What the shop's own words led to for this present."""
    gift = turn.state.focus.gift
    assert gift is not None
    scores = gift_evidence(turn.view, gift)
    paths = [turn.view.items[number].categories for number in chosen if scores[number] > 0]
    kinds = list(dict.fromkeys(path[0][-1] for path in paths if path and path[0]))[:NAMED_KINDS]
    if kinds:
        names = turn.labels.listed([turn.labels.value(CATEGORY, kind) for kind in kinds])
        turn.say("gift", {"kinds": kinds, "recipient": gift.recipient, "occasion": gift.occasion}, kinds=names)
    else:
        turn.say("gift_open")


def _nothing(turn: Turn, now: Board, limit: int) -> int:
    """Say what is in the way, show what comes closest, offer ways out."""
    found = relaxed(now, turn.labels, turn.language, limit)
    turn.said += found.said[1:] if turn.told else found.said
    turn.cards += cards(now, found.near, turn.labels, is_near=True)
    turn.ways += found.ways
    _remember(turn, [turn.view.items[number].id for number in found.near])
    return 0


def _question(turn: Turn, now: Board) -> Question | None:
    settings = turn.view.shop.settings.guide
    if turn.began.in_a_row >= settings.most_questions_in_a_row:
        return None
    return choose_question(
        now, turn.labels, turn.language, asked=turn.state.asked, order=settings.questions, never=settings.never_ask,
        enough_found=settings.enough_found,
    )  # fmt: skip


def _shown_again(turn: Turn) -> int:
    """The same cards as they stood, with what the catalogue says of them now."""
    now = turn.board()
    numbers = [
        number
        for one in turn.shows or ()
        if (number := turn.view.number(one)) is not None and now.view.may_show[number]
    ]
    turn.cards += cards(now, numbers, turn.labels)
    return now.total


def _remember(turn: Turn, ids: list[str]) -> None:
    """What "the second one" means in the next turn; "it" is none of them yet."""
    if ids:
        if turn.state.topic == turn.began.topic:
            turn.state = msgspec.structs.replace(turn.state, topic=None)
        turn.state = turn.state.with_focus(shown=tuple(ids))
