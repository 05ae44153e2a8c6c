"""Numbers with what they count: money, measures, sizes, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from daogou.decide.words.lexicon import Lexicon, Meaning
from daogou.decide.words.money import Amount, read_amount
from daogou.decide.words.numerals import Number, read_number
from daogou.decide.words.tokens import Token, plain, tokens
from daogou.decide.words.trie import Trie
from daogou.decide.words.units import UNITS, Unit

_SIZE_WORDS = frozenset(("码", "号", "碼"))
_SIZES = frozenset(("size", "shoe_size", "nappy_size"))
_SETS = ("set", "pack", "box")
_SETS_ZH = frozenset(("一套", "一组", "一盒", "一包", "一袋", "每套", "每盒", "每包"))
_COUNTERS = frozenset("个只支件条双枚块张包袋本颗")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that was said: with money, with a unit, as a size, or bare. end: place of the first token after."""

    end: int
    number: Number | None = None
    amount: Amount | None = None
    units: tuple[Unit, ...] = ()
    sizes: tuple[Meaning, ...] = ()

    @property
    def is_bare(self) -> bool:
        """A number and nothing else."""
        return self.number is not None and not (self.amount or self.units or self.sizes)


@lru_cache(maxsize=1)
def _units() -> Trie[Unit]:
    found: Trie[Unit] = Trie()
    for unit in UNITS:
        for spelling in unit.spellings:
            found.add([token.stem for token in tokens(plain(spelling))], unit)
    return found


def quantities(said: Sequence[Token], at: int, lexicon: Lexicon) -> Iterator[Quantity]:
    """Every quantity that begins with token `at`."""
    size = _size(said, at, lexicon)
    if size is not None:
        yield size
    amount = read_amount(said, at)
    if amount is not None:
        yield Quantity(amount.end, amount.number, amount)
    number = read_number(said, at)
    yield from _set_of_chinese(said, at)
    if number is None:
        if said[at].stem in _SETS:
            yield from _set_of(said, at)
        return
    if (
        not (said[at].kind == "han" and number.end == at + 1)
        or number.end == len(said)
        or said[at].text not in "一两俩"
    ):
        yield Quantity(number.end, number)
    yield from _measures(said, number)
    yield from _watts(said, at, number, lexicon)


def _measures(said: Sequence[Token], number: Number) -> Iterator[Quantity]:
    place = number.end
    while place < len(said) and said[place].text in ("-", "个") and place == number.end:
        place += 1
    if place >= len(said):
        return
    for start in dict.fromkeys((number.end, place)):
        for end, units in _units().found(said, start):
            if said[start].text == "in" and (said[start].start > said[start - 1].end or end < len(said)):
                continue
            yield Quantity(end, number, units=tuple(units))


def _watts(said: Sequence[Token], at: int, number: Number, lexicon: Lexicon) -> Iterator[Quantity]:
    """30w is thirty watts where some item has as many; else w is ten thousand."""
    if number.end != at + 2 or said[at + 1].text != "w":
        return
    alone = Number(number.low / 10_000, at + 1)
    if any(f"{alone.low:g}" in facet.values for facet in lexicon.facets_about("power")):
        yield from _measures(said, alone)


def _set_of_chinese(said: Sequence[Token], at: int) -> Iterator[Quantity]:
    """一套六个, 一盒12支"""
    if at + 2 >= len(said) or said[at].text + said[at + 1].text not in _SETS_ZH:
        return
    number = read_number(said, at + 2)
    if number is not None and number.end < len(said) and said[number.end].text in _COUNTERS:
        kinds = ("piece", "pack", "pair") if said[at + 1].text in "套组" else ("pack", "piece", "pair")
        yield Quantity(
            number.end + 1, number, units=tuple(unit for code in kinds for unit in UNITS if unit.code == code)
        )


def _set_of(said: Sequence[Token], at: int) -> Iterator[Quantity]:
    """set of 6, pack of 12"""
    if at + 2 < len(said) and said[at + 1].text == "of":
        number = read_number(said, at + 2)
        if number is not None:
            kinds = ("piece", "pack", "pair") if said[at].stem == "set" else ("pack", "piece", "pair")
            yield Quantity(
                number.end, number, units=tuple(unit for code in kinds for unit in UNITS if unit.code == code)
            )


def _size(said: Sequence[Token], at: int, lexicon: Lexicon) -> Quantity | None:
    """42码, M号, size 42, size M"""
    if said[at].stem == "size" and at + 1 < len(said):
        meanings = _sizes(said[at + 1], lexicon)
        return Quantity(at + 2, sizes=meanings) if meanings else None
    following = said[at + 1] if at + 1 < len(said) else None
    if following is not None and (following.text in _SIZE_WORDS or following.stem == "size"):
        meanings = _sizes(said[at], lexicon)
        return Quantity(at + 2, sizes=meanings) if meanings else None
    return None


def _sizes(token: Token, lexicon: Lexicon) -> tuple[Meaning, ...]:
    found = lexicon.values.get((token.stem,))
    return tuple(one for one in found if (lexicon.facets[one.facet].concept or "").endswith("size") or one.needs_cue)
