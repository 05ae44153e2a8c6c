"""A shopper with an agenda: knows some facts of what is wanted, says them bit by bit, answers, criticises, errs.

Two kinds use it. *Target-known*: one item is wanted and nothing else will do; good for comparing versions of the guide,
flattering as a forecast, for real shoppers do not know the one item. *Target-free*: anything useful enough will do,
judged by what somebody really bought. See docs/guide-evaluation.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median

from daogou.core.types import Item
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, Critique, DontCare, Inform, Like, Plain, Ref, Undo, Want
from daogou.decide.guide.evaluation.facts import UNSPOKEN, holds, values_of
from daogou.decide.guide.evaluation.move import Move
from daogou.decide.guide.evaluation.voice import Voice
from daogou.decide.guide.reply import Question, Reply

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
"""Round amounts of money, in the currency's main unit, to which a budget is rounded."""


@dataclass(frozen=True, slots=True)
class Temper:
    """What kind of person. Shares of the moments at which each thing happens.

    knows        lowest and highest chance that a fact of the wish is known; each field has its own
    errs         a wrong value is given
    contradicts  a shopper first refuses what is wanted, and takes it back
    returns      having criticised, the shopper asks to go back
    presses      a button is pressed where one fits, instead of typing
    volunteers   something else is said instead of answering the question
    patience     turns before giving up
    """

    knows: tuple[float, float] = (0.5, 0.85)
    errs: float = 0.05
    contradicts: float = 0.05
    returns: float = 0.02
    presses: float = 0.3
    volunteers: float = 0.15
    patience: int = 10


@dataclass
class AgendaShopper:
    """Wants things like `wish`; `accepts` says when the search is over. rivals: items to take wrong values from."""

    wish: Item
    accepts: Callable[[Item], bool]
    rivals: Sequence[Item]
    voice: Voice
    temper: Temper
    random: Random
    language: str = field(init=False)
    patience: int = field(init=False)
    _known: dict[str, str] = field(init=False)
    _told: set[str] = field(default_factory=set)
    _refused: tuple[str, str] | None = None
    _has_left: bool = False

    def __post_init__(self) -> None:
        self.language = self.voice.language
        self.patience = self.temper.patience
        self._known = {
            name: value
            for name, value in _facts(self.wish, self.random).items()
            if self.random.random() < self._chance(name)
        }

    def open(self) -> Move:
        kind = self.wish.categories[0][-1]
        wants: tuple[Want, ...] = (Want(CATEGORY, "is", (kind,)),)
        word, how = self.voice.kind(kind), self.random.random()
        easy = [name for name in ("colour", "material", "style", "pattern", BRAND) if name in self._known]
        if how < 0.3 and easy:
            name = self.random.choice(easy)
            self._told.add(name)
            value = self._known[name]
            said = self.voice.say("open_value", kind=word, value=self.voice.value(name, value))
            return _stating(said, (*wants, Want(name, "is", (value,))), name)
        if how < 0.5 and self.wish.price_minor:
            self._told.add(PRICE)
            price, bounds = self._budget()
            return _stating(self.voice.say("open_price", kind=word, price=price), (*wants, *bounds), PRICE)
        return _stating(self.voice.say("open_kind", kind=word), wants, CATEGORY)

    def is_content(self, shown: Sequence[Item]) -> bool:
        return any(self.accepts(item) for item in shown)

    def react(self, reply: Reply, shown: Sequence[Item]) -> Move:
        if self._refused is not None:
            return self._take_back()
        chance = self.random.random()
        if chance < self.temper.contradicts and (contrary := self._contradict()):
            return contrary
        if chance > 1 - self.temper.returns and shown and not self._has_left:
            self._has_left = True
            return Move(self.voice.say("back"), meant=(Plain("back"),), expects="back")
        question = reply.question
        if question is not None and self.random.random() >= self.temper.volunteers:
            return self._answer(question)
        return self._volunteer(shown)

    def _answer(self, question: Question) -> Move:
        name = question.field
        self._told.add(name)
        if name == PRICE and self.wish.price_minor:
            return self._press(question, self.wish) or self._say_price()
        own = self._value_of(name)
        if own is None:
            return Move(self.voice.say("no_idea"), meant=(DontCare(name),), field=name)
        if self.random.random() < self.temper.errs:
            own = self._wrong(name, own)
        elif pressed := self._press(question, self.wish):
            return pressed
        said = self.voice.say("answer", value=self.voice.value(name, own))
        return Move(said, meant=(_inform(name, own, is_hard=False),), field=name)

    def _press(self, question: Question, wish: Item) -> Move | None:
        """The button whose wants the wished item meets."""
        if self.random.random() >= self.temper.presses:
            return None
        for choice in question.choices:
            wants = [want for act in choice.acts for want in getattr(act, "wants", ())]
            if wants and all(holds(wish, want) for want in wants):
                return Move(acts=choice.acts, field=question.field)
        return None

    def _volunteer(self, shown: Sequence[Item]) -> Move:
        """What a shopper says unasked: a critique of the prices, an item that is nearly right, a fact, or "more"."""
        prices = [item.price_minor for item in shown if item.price_minor]
        own = self.wish.price_minor
        if prices and own and self.random.random() < 0.5:
            if own < min(min(prices), median(prices)):
                return Move(self.voice.say("cheaper"), (), (Critique(PRICE, "less"),), expects="cheaper", field=PRICE)
            if own > max(prices):
                return Move(self.voice.say("dearer"), (), (Critique(PRICE, "more"),), expects="dearer", field=PRICE)
        untold = [name for name in self._known if name not in self._told]
        if not untold:
            return Move(self.voice.say("more"), meant=(Plain("more"),))
        name = self.random.choice(untold)
        self._told.add(name)
        value = self._known[name]
        word = self.voice.value(name, value)
        near = [place for place, item in enumerate(shown[:6], start=1) if self._is_near(item, name)]
        if near and self.random.random() < 0.4:
            said = self.voice.say("like_value", nth=self.voice.nth(near[0]), value=word)
            like = (Like(Ref(position=near[0])), _inform(name, value))
            return Move(said, meant=like, withdraws=self._stated_facts(), field=name)
        return Move(self.voice.say("volunteer", value=word), meant=(_inform(name, value),), field=name)

    def _stated_facts(self) -> tuple[Want, ...]:
        """What need not hold any more once an item stands for what is wanted; its kind and a budget still must."""
        return tuple(Want(name, "is", (value,)) for name, value in self._known.items())

    def _is_near(self, item: Item, name: str) -> bool:
        """Whether an item shares the most telling facts with the wish and differs in one."""
        others = [one for one in ("style", "material", "pattern", "colour") if one != name and one in self._known]
        return bool(others) and all(self._known[one] in values_of(item, one) for one in others)

    def _say_price(self) -> Move:
        price, bounds = self._budget()
        return _stating(self.voice.say("answer", value=price), bounds, PRICE)

    def _budget(self) -> tuple[str, tuple[Want, ...]]:
        """A true statement about the price, as words and as wants."""
        own = self.wish.price_minor or 0
        step = 100 * max((one for one in STEPS if one * 100 <= max(own / 4, 100)), default=1)
        ceiling, floor = -(-own // step) * step, own // step * step
        how = self.random.random()
        if how < 0.6:
            return self.voice.under(ceiling), (Want(PRICE, "at_most", number=ceiling),)
        if how < 0.8 and floor:
            top = max(ceiling, floor + step)
            bounds = (Want(PRICE, "at_least", number=floor), Want(PRICE, "at_most", number=top))
            return self.voice.between(floor, top), bounds
        nearest = max(round(own / step) * step, step)
        return self.voice.about(nearest), (Want(PRICE, "about", number=nearest),)

    def _contradict(self) -> Move | None:
        """Refuse what is wanted, by a slip of mind; it is taken back in the next turn."""
        name = next((one for one in ("colour", "material", "style") if one in self._known), None)
        if name is None:
            return None
        value = self._known[name]
        self._refused = (name, value)
        self._told.add(name)
        said = self.voice.say("unwanted", value=self.voice.value(name, value))
        refused = Want(name, "is_not", (value,))
        return Move(said, (), (Inform((refused,)),), (refused,), (Want(name, "is", (value,)),), field=name)

    def _take_back(self) -> Move:
        assert self._refused is not None
        name, value = self._refused
        self._refused = None
        said = self.voice.say("allowed", value=self.voice.value(name, value))
        undo = (Undo(name, (value,)),)
        return Move(said, (), undo, withdraws=(Want(name, "is_not", (value,)),), expects="undone", field=name)

    def _value_of(self, name: str) -> str | None:
        if name in self._known:
            return self._known[name]
        own = values_of(self.wish, name)
        return own[0] if own and name == CATEGORY else None

    def _wrong(self, name: str, own: str) -> str:
        others = sorted({value for item in self.rivals for value in values_of(item, name)} - {own})
        return self.random.choice(others) if others else own

    def _chance(self, name: str) -> float:
        """How likely this field is known: the same for every shopper of the shop."""
        low, high = self.temper.knows
        return Random(f"field {name}").uniform(low, high)


def _stating(said: str, wants: tuple[Want, ...], name: str) -> Move:
    """Said of one's own accord: it must hold."""
    return Move(said, meant=(Inform(wants),), states=wants, field=name)


def _inform(name: str, value: str, *, is_hard: bool = True) -> Inform:
    return Inform((Want(name, "is", (value,), is_hard=is_hard),))


def _facts(item: Item, random: Random) -> Mapping[str, str]:
    """One value of each fact a shopper could name, in an order of chance."""
    found = {name: values[0] for name, values in item.attributes.items() if values and name not in UNSPOKEN}
    if item.brand:
        found[BRAND] = item.brand
    names = list(found)
    random.shuffle(names)
    return {name: found[name] for name in names}
