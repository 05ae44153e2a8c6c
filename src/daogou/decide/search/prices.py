"""Bounds of the price that are said among the words of a search: red mug under 5, 100-200元, 50以内的杯子."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from daogou.data.ingest.money import minor_digits
from daogou.decide.search.request import SearchRequest
from daogou.decide.words.money import Amount, minor, read_amount
from daogou.decide.words.numerals import read_number
from daogou.decide.words.tokens import Token, plain, tokens
from daogou.decide.words.units import UNITS

_AT_MOST = (
    "under|below|less than|lower than|cheaper than|up to|at most|max|maximum|no more than|not more than|"
    "低于|不超过|不高于|小于|少于|不到|最多|至多|最高"
)
_AT_LEAST = "over|above|more than|at least|min|minimum|no less than|starting at|高于|超过|大于|至少|不低于|最低"
_AT_MOST_AFTER = "or less|or under|or below|and under|and below|max|maximum|以内|以下|之内|之下|内|封顶"
_AT_LEAST_AFTER = "or more|or over|or above|and up|and over|and above|以上|之上|起"
_TO = "to|and|-|~|–|—|到|至"
_BETWEEN = "between|from|从|在"
_ENDS = "的|之间|左右"
_UNSURE = frozenset(("max", "min", "maximum", "minimum"))
"""Names of things hold these too: they say a price where money is named, or where no item has them with the number."""
_COUNTING = frozenset(("up", "over", "above", "at", "more", "no", "not"))
"""What begins "up to 12 bulbs" as well."""
_CHILDREN = frozenset(("age", "aged", "ages", "kid", "kids", "child", "children", "toddler", "baby", "boys", "girls"))
ADULT = 18
_UNITS = frozenset(token.text for unit in UNITS for said in unit.spellings for token in tokens(said)[:1]) | frozenset(
    ("%", "x", "year", "years", "month", "months", *"岁个月年寸号码毫千公斤米厘英分小钟周平条支套")
)


@dataclass(frozen=True, slots=True)
class Priced:
    """words: what is left to search for; said: the words of the price; bounds_minor: lowest and highest."""

    words: str
    said: str = ""
    bounds_minor: tuple[int | None, int | None] = (None, None)

    def applied(self, request: SearchRequest) -> SearchRequest:
        """The request for what is left, within these bounds as well."""
        (low, high), (said_low, said_high) = request.price_minor, self.bounds_minor
        lows, highs = (
            [one for one in (low, said_low) if one is not None],
            [one for one in (high, said_high) if one is not None],
        )
        bounds = max(lows, default=None), min(highs, default=None)
        return replace(request, words=self.words, price_minor=bounds)

    def whole(self, words: str | None) -> str | None:
        """Other words in place of those left, with what was said of the price."""
        return words and f"{words} {self.said}".strip()

    def told(self, currency: str) -> dict[str, tuple[str, ...]]:
        """The bounds for people, by the name of what they bound."""
        digits = minor_digits(currency)
        low, high = (None if one is None else f"{one / 10**digits:.{digits}f}" for one in self.bounds_minor)
        if not self.said:
            return {}
        return {"price": (f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}",)}


def read_price(words: str, currency: str, is_written: Callable[[Sequence[str]], bool]) -> Priced:
    """The first bound that is surely one of the price; a bare number stays a word.

    is_written  whether an item has all of these words, as "max" and "90" in "air max 90"
    """
    text = plain(words)
    said = tokens(text)
    for at in range(len(said)):
        found = _range(said, at, currency) or _bound(said, at, currency, is_written)
        if found is not None:
            end, low, high = found
            while end < len(said) and said[end].kind == "han" and _phrase(said, end, _ENDS):
                end = _phrase(said, end, _ENDS)
            start, stop = said[at].start, said[end - 1].end
            bounds = (
                None if low is None else int(minor(low, currency)),
                None if high is None else int(minor(high, currency)),
            )
            return Priced(f"{text[:start].rstrip()} {text[stop:].lstrip()}".strip(), text[start:stop], bounds)
    return Priced(words)


_Bounds = tuple[int, float | None, float | None]


def _range(said: Sequence[Token], at: int, currency: str) -> _Bounds | None:
    cue = _phrase(said, at, _BETWEEN)
    first = _amount(said, cue or at, currency)
    if first is None:
        return None
    to = _phrase(said, first.end, _TO)
    second = _amount(said, to, currency) if to else None
    if second is None or second.low <= first.low or not (cue or first.is_money or second.is_money):
        return None
    if said[first.end].text == "and" and said[at].text != "between":
        return None
    is_money = first.is_money or second.is_money
    return (second.end, first.low, second.low) if is_money or not _measured(said, second.end) else None


def _bound(
    said: Sequence[Token], at: int, currency: str, is_written: Callable[[Sequence[str]], bool]
) -> _Bounds | None:
    highest, lowest = _phrase(said, at, _AT_MOST), _phrase(said, at, _AT_LEAST)
    cue = max(highest, lowest)
    amount = _amount(said, cue or at, currency)
    if amount is None:
        return None
    after = max(_phrase(said, amount.end, _AT_MOST_AFTER), _phrase(said, amount.end, _AT_LEAST_AFTER))
    if not cue and not after:
        return None
    is_most = highest > 0 if cue else _phrase(said, amount.end, _AT_MOST_AFTER) > 0
    end = after or amount.end
    if not amount.is_money:
        cue_word = said[at].text if cue else said[amount.end].text
        if _measured(said, end) or (at and said[at - 1].end == said[at].start and said[at - 1].text in "-./"):
            return None
        if amount.low <= ADULT and any(token.text in _CHILDREN for token in said):
            return None
        if cue_word in _COUNTING and end < len(said) and said[end].kind == "word":
            return None
        if cue_word in _UNSURE and is_written((cue_word, said[cue or at].text)):
            return None
    return (end, None, amount.low) if is_most else (end, amount.low, None)


@dataclass(frozen=True, slots=True)
class _Said:
    low: float
    end: int
    is_money: bool


def _amount(said: Sequence[Token], at: int, currency: str) -> _Said | None:
    """An amount of the shop's money, or a number that may be one."""
    if at >= len(said):
        return None
    amount: Amount | None = read_amount(said, at)
    if amount is not None:
        return _Said(amount.number.low, amount.end, is_money=True) if amount.is_in(currency) else None
    number = read_number(said, at)
    return _Said(number.low, number.end, is_money=False) if number is not None and number.low > 0 else None


def _phrase(said: Sequence[Token], at: int, phrases: str) -> int:
    """The place after the longest of the phrases that begins here; 0 for none."""
    ends = (at + len(one) for one in _cut(phrases) if tuple(token.text for token in said[at : at + len(one)]) == one)
    return max(ends, default=0)


@cache
def _cut(phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(token.text for token in tokens(one)) for one in phrases.split("|"))


def _measured(said: Sequence[Token], at: int) -> bool:
    """Whether a unit follows: the number counts something else than money."""
    if at >= len(said):
        return False
    token = said[at]
    return token.text in _UNITS
