"""One clause of an utterance while it is read: its marks, which of them are read, and what is known around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from daogou.decide.guide.acts import CATEGORY, Act, Want
from daogou.decide.guide.understand.marks import Mark
from daogou.decide.words.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Setting:
    """What was going on when the shopper spoke.

    shown     ids of the items shown last, in order
    asked     the field of the question just asked
    wants     what was said before and still holds
    language  of the talk so far, for utterances without letters
    """

    shown: tuple[str, ...] = ()
    asked: str | None = None
    wants: tuple[Want, ...] = ()
    language: str | None = None


@dataclass(slots=True)
class Hearing:
    """What was heard so far. takes_back: "never mind" was said, so what follows may undo something."""

    lexicon: Lexicon
    setting: Setting
    whole: tuple[Mark, ...]
    acts: list[Act] = field(default_factory=list)
    wants: list[Want] = field(default_factory=list)
    words: list[Mark] = field(default_factory=list)
    polite: list[Act] = field(default_factory=list)
    takes_back: bool = False
    is_gift: bool = False

    @property
    def categories(self) -> tuple[str, ...]:
        """What is talked about: categories of this utterance, else of earlier ones, else of what is shown."""
        for wants in (self.wants, self.setting.wants):
            found = [value for want in wants if want.field == CATEGORY and want.op == "is" for value in want.values]
            if found:
                return tuple(found)
        named = [one.value for mark in self.whole for one in mark.meanings if one.facet == CATEGORY]
        return tuple(dict.fromkeys(named)) or self.lexicon.categories_of(self.setting.shown)


class Clause:
    """The marks between two signs."""

    def __init__(self, marks: Sequence[Mark], hearing: Hearing) -> None:
        self.marks = marks
        self.hearing = hearing
        self._used = [mark.is_sign and not mark.cues for mark in marks]

    def __len__(self) -> int:
        return len(self.marks)

    def unread(self) -> Iterator[tuple[int, Mark]]:
        """Places and marks that no reader took yet."""
        return ((place, mark) for place, mark in enumerate(self.marks) if not self._used[place])

    def is_unread(self, place: int) -> bool:
        """Whether there is such a mark and no reader took it yet."""
        return 0 <= place < len(self.marks) and not self._used[place]

    def take(self, *places: int) -> None:
        """These are read."""
        for place in places:
            self._used[place] = True

    def take_all(self) -> None:
        """Nothing is left to read."""
        self._used = [True] * len(self.marks)

    @property
    def is_begun(self) -> bool:
        """Whether some reader understood a part of it."""
        return any(self.hearing.acts) or bool(self.hearing.wants)

    def find(self, *kinds: str) -> int | None:
        """Place of the first unread cue of one of these kinds."""
        return next((place for place, mark in self.unread() if mark.is_(*kinds)), None)

    def refs(self) -> list[int]:
        """Places of unread references to items."""
        return [place for place, mark in self.unread() if mark.refs or mark.of_all]

    def names(self) -> list[int]:
        """Places of unread names of facets."""
        return [place for place, mark in self.unread() if mark.names]

    def has_values(self) -> bool:
        """Whether some value of the catalogue is named and not read yet."""
        return any(is_value(mark) for _, mark in self.unread())

    def before(self, place: int, *, past: Iterable[str] = ("filler",)) -> int | None:
        """The nearest mark before, over what says nothing."""
        return self._next(place, -1, tuple(past))

    def after(self, place: int, *, past: Iterable[str] = ("filler",)) -> int | None:
        """The nearest mark after, over what says nothing."""
        return self._next(place, 1, tuple(past))

    def _next(self, place: int, step: int, past: tuple[str, ...]) -> int | None:
        place += step
        while 0 <= place < len(self.marks):
            mark = self.marks[place]
            if not (mark.is_sign and not mark.cues) and not is_empty(mark, past):
                return place
            place += step
        return None

    @property
    def is_question(self) -> bool:
        """Whether it asks: ends in 吗, or begins as English questions about a thing do."""
        texts = [mark.text for mark in self.marks if not mark.is_sign]
        if not texts:
            return False
        return texts[-1] in ("吗", "么", "嘛", "没", "不") or texts[0] in (
            "is",
            "are",
            "does",
            "do",
            "can",
            "will",
            "has",
            "was",
        )


def is_empty(mark: Mark, past: tuple[str, ...]) -> bool:
    """Whether a mark is a cue of these kinds and nothing of more weight."""
    if mark.meanings or mark.quantity or mark.refs or mark.features:
        return False
    if mark.text == "要" and "filler" in past:
        return True
    return bool(mark.cues) and all(cue.kind in past for cue in mark.cues)


def is_value(mark: Mark) -> bool:
    """Whether it can be a value of the catalogue with nothing else said."""
    return any(not meaning.needs_cue for meaning in mark.meanings)


def _is_list(marks: Sequence[Mark], comma: int) -> bool:
    """Whether a comma parts values of one facet: red, blue or green."""
    if marks[comma].text not in (",", "，") or not 0 < comma < len(marks) - 1:
        return False
    if any(mark.is_("not", "except") for mark in marks[:comma]) and not any(mark.is_("or") for mark in marks[comma:]):
        return False
    before, after = (({one.facet for one in marks[at].meanings}) for at in (comma - 1, comma + 1))
    return bool(before & after)


def clauses(marks: Sequence[Mark], hearing: Hearing) -> list[Clause]:
    """The utterance cut at signs that end a clause and before words such as "but"."""
    found: list[list[Mark]] = [[]]
    for place, mark in enumerate(marks):
        if mark.ends_clause:
            if not _is_list(marks, place):
                found.append([])
        elif mark.is_("but") and not mark.meanings:
            found.append([mark])
        else:
            found[-1].append(mark)
    return [Clause(part, hearing) for part in found if part]
