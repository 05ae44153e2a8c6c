"""Acts that need no item: more, back, greetings, what the guide does not do, and words that mean nothing here."""

from __future__ import annotations

from daogou.decide.guide.acts import Plain, Refused, Unknown
from daogou.decide.guide.clean import clean
from daogou.decide.guide.phrases import phrase_scores
from daogou.decide.guide.reply import Choice
from daogou.decide.guide.state import State
from daogou.decide.guide.turn import Turn
from daogou.decide.guide.words import CURRENCIES, button, place


def plain(turn: Turn, act: Plain) -> None:
    """Acts that are one word."""
    name = act.name
    if name == "more":
        turn.pages = turn.finds = True
    elif name == "back":
        _back(turn)
    elif name == "reset":
        began = turn.began
        turn.state = State(
            language=began.language, turn=began.turn, trail=began.kept().trail if began.focus.shown else ()
        )
        turn.say("reset")
        turn.finds = turn.told = True
    elif name in ("popular", "surprise"):
        turn.change(order="popularity" if name == "popular" else "", most=True)
        turn.pages = name == "surprise"
    elif name in ("order_status", "hand_over"):
        turn.say(name)
        turn.hand_over = True
    elif name in ("yes", "no"):
        _agree(turn, name)
    elif name == "help":
        turn.say("help", example=_example(turn))
    elif name == "greet":
        turn.say("greet")
        turn.finds = not turn.began.focus.shown
        turn.told = True
    else:
        turn.say(name)


def _back(turn: Turn) -> None:
    earlier = turn.state.back()
    if earlier is None:
        turn.say("no_back")
        turn.shows = turn.state.focus.shown
        turn.finds = True
        return
    turn.state = earlier
    turn.say("back")
    turn.finds = turn.told = True
    turn.shows = earlier.focus.shown


def _agree(turn: Turn, name: str) -> None:
    """Yes or no to nothing that was asked."""
    if turn.began.asking is not None and name == "no":
        focus = turn.state.focus
        turn.change(dont_care=tuple(dict.fromkeys((*focus.dont_care, turn.began.asking))))
        return
    turn.say("noted" if turn.began.focus.shown else "ask_what")
    turn.finds = True


def refused(turn: Turn, act: Refused) -> None:
    """Polite, short, and back to the shop."""
    turn.say(f"refused_{act.kind}", {"topic": act.topic})
    turn.is_answered = act.kind == "abuse"
    turn.ways.append(Choice(button("popular", turn.language), (Plain("popular"),)))


def unknown(turn: Turn, act: Unknown) -> None:
    """Words that mean nothing here, or a fact that the shop does not state."""
    turn.is_answered = False
    if act.attribute:
        _unstated(turn, act.attribute)
        return
    words = clean(act.words, 40)
    if words:
        turn.say("not_understood", {"words": words}, words=words)
    else:
        turn.say("not_understood_empty")
    if turn.began.focus.shown and not turn.finds:
        turn.finds = turn.told = True
        turn.shows = turn.shown()
    turn.ways.append(Choice(button("popular", turn.language), (Plain("popular"),)))


def _unstated(turn: Turn, attribute: str) -> None:
    """No field says it, but words of the shop may."""
    if attribute == "currency":
        currency = turn.view.shop.settings.shop.currency
        turn.say("other_currency", {"currency": currency}, currency=CURRENCIES.get(currency, (currency, currency))[
            place(turn.language)])  # fmt: skip
        turn.finds = turn.finds or bool(turn.state.focus.wants or turn.state.focus.words)
        return
    focus, name = turn.state.focus, turn.labels.field(attribute)
    mentioned = (phrase_scores(turn.view, name) > 0) & turn.board().fits
    if mentioned.any():
        turn.say("attribute_mentioned", {"attribute": attribute}, attribute=name)
        turn.change(words=tuple(dict.fromkeys((*focus.words, name))))
        turn.told = True
        return
    turn.say("unknown_attribute", {"attribute": attribute}, attribute=name)
    turn.finds = turn.finds or bool(focus.wants or focus.words)
    turn.ways.append(Choice(button("popular", turn.language), (Plain("popular"),)))


def _example(turn: Turn) -> str:
    """Something that this shop has."""
    catalogue = turn.view.shop.catalogue
    path = next((one for one in catalogue.category_paths if one), ("gift",))
    kind = turn.labels.value("category", path[-1])
    return f"100以内的{kind}" if place(turn.language) else f"{kind} under 20"
