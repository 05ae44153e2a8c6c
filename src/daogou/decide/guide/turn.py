"""One turn while it is made: the acts change it one after the other, then the answer is read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from daogou.decide.guide.acts import Ref
from daogou.decide.guide.find import Board, board
from daogou.decide.guide.labels import Labels
from daogou.decide.guide.reply import Card, Choice, Quote, Said, Table
from daogou.decide.guide.state import State
from daogou.decide.guide.view import View
from daogou.decide.guide.words import say


@dataclass
class Turn:
    """state: as it is after the acts so far; began: as the last turn left it.

    said, cards, ways…  what the acts have put into the answer
    finds               the answer shows what fits the focus; acts that answer something else leave it False
    shows               ids that are to be shown again as they stood; None looks anew
    pages               the focus stays the same and what was shown comes last
    """

    view: View
    state: State
    began: State
    labels: Labels
    said: list[Said] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    ways: list[Choice] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    table: Table | None = None
    finds: bool = False
    shows: tuple[str, ...] | None = None
    pages: bool = False
    told: bool = False
    hand_over: bool = False
    is_answered: bool = True
    best: tuple[str, bool] | None = None

    @property
    def language(self) -> str:
        return self.view.language

    def say(self, code: str, facts: dict[str, Any] | None = None, **blanks: object) -> None:
        """Add one sentence."""
        self.said.append(say(code, self.language, facts, **blanks))

    def change(self, **changes: object) -> None:
        """Look for something else from now on; `back` undoes it."""
        if self.state.trail == self.began.trail and self.began.focus.shown:
            self.state = self.state.kept()
        self.state = self.state.with_focus(**changes)
        self.finds, self.shows = True, None

    def board(self) -> Board:
        """What the focus says of all items, as it is now."""
        return board(self.view, self.state.focus)

    def shown(self) -> tuple[str, ...]:
        """Ids that "the second one" is one of: of the last answer, else of the page."""
        held = self.began.focus.shown or self.view.request.item_ids
        return tuple(one for one in held if self.view.item(one) is not None)

    def meant(self, ref: Ref | None) -> str | None:
        """The id of the item that is meant; None where nobody can say."""
        shown = self.shown()
        if ref is None or ref == Ref():
            page = [one for one in self.view.request.item_ids if self.view.item(one) is not None]
            if page:
                return page[0]
            if self.state.topic is not None and self.view.item(self.state.topic) is not None:
                return self.state.topic
            return shown[0] if len(shown) == 1 else None
        if ref.item_id is not None:
            return ref.item_id if self.view.item(ref.item_id) is not None else None
        if ref.position is not None:
            place = ref.position - 1 if ref.position > 0 else len(shown) + ref.position
            return shown[place] if 0 <= place < len(shown) else None
        if ref.superlative is not None:
            return self._extreme(shown, ref.superlative, ref.most)
        if ref.value is not None:
            has, _ = self.view.answers(ref.value)
            fitting = [one for one in shown if has[self.view.shop.catalogue.number_of[one]]]
            return fitting[0] if fitting else None
        return None

    def _extreme(self, shown: tuple[str, ...], name: str, most: bool) -> str | None:
        low, high = self.view.amounts(name)
        amounts = {one: float((high if most else low)[self.view.shop.catalogue.number_of[one]]) for one in shown}
        stated = [one for one in shown if amounts[one] == amounts[one]]
        if not stated:
            return None
        return (max if most else min)(stated, key=amounts.__getitem__)

    def need(self, ref: Ref | None) -> str | None:
        """The same; where nobody can say, the answer asks which one."""
        found = self.meant(ref)
        if found is None:
            self.ask_which("which")
        return found

    def ask_which(self, code: str) -> None:
        """Nobody can say which items are meant: the answer asks, and shows what there is to point at."""
        self.say(code)
        self.finds = self.told = True
        self.shows = self.shown() or None
