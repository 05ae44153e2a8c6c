"""Amounts of money in what shoppers say: 200块, £20, 3块5, 15 bucks, ¥1,299, 50p."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daogou.data.ingest.money import minor_digits
from daogou.decide.words.numerals import Number, read_number
from daogou.decide.words.tokens import Token

_DOLLARS = frozenset(("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"))
_ANY: frozenset[str] = frozenset()
"""Words such as 块 and "quid": money, whatever the shop's currency is."""

_SIGNS = {"£": frozenset(("GBP",)), "$": _DOLLARS, "¥": frozenset(("CNY", "JPY")), "€": frozenset(("EUR",))}
_WORDS = {
    "块": _ANY, "块钱": _ANY, "元": _ANY, "元钱": _ANY, "圆": _ANY, "蚊": _ANY, "米": _ANY, "大洋": _ANY, "bucks": _ANY,
    "buck": _ANY, "quid": _ANY, "rmb": frozenset(("CNY",)), "cny": frozenset(("CNY",)), "人民币": frozenset(("CNY",)),
    "yuan": frozenset(("CNY",)), "dollar": _DOLLARS, "dollars": _DOLLARS, "usd": frozenset(("USD",)),
    "美元": frozenset(("USD",)), "美金": frozenset(("USD",)), "刀": _DOLLARS, "pound": frozenset(("GBP",)),
    "pounds": frozenset(("GBP",)), "gbp": frozenset(("GBP",)), "sterling": frozenset(("GBP",)),
    "英镑": frozenset(("GBP",)), "镑": frozenset(("GBP",)), "euro": frozenset(("EUR",)), "euros": frozenset(("EUR",)),
    "eur": frozenset(("EUR",)), "欧元": frozenset(("EUR",)), "欧": frozenset(("EUR",)), "yen": frozenset(("JPY",)),
    "日元": frozenset(("JPY",)), "港币": frozenset(("HKD",)), "台币": frozenset(("TWD",)),
    "新台币": frozenset(("TWD",)),
}  # fmt: skip
_PARTS = {"毛": 10, "毛钱": 10, "角": 10, "分": 100, "分钱": 100, "p": 100, "pence": 100, "cent": 100, "cents": 100}
_NOT_ALWAYS_MONEY = frozenset(("米", "p", "分", "欧", "角", "刀"))


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, in major units; currencies: those it may be in, none where any; end: the first token after."""

    number: Number
    currencies: frozenset[str]
    end: int

    def is_in(self, currency: str) -> bool:
        """Whether it can be an amount of this currency."""
        return not self.currencies or currency in self.currencies


def minor(major: float, currency: str) -> float:
    """In minor units, as prices are kept."""
    return float(round(major * 10 ** minor_digits(currency)))


_NOTES = {"fiver": 5, "tenner": 10}


def read_amount(said: Sequence[Token], at: int) -> Amount | None:
    """The amount of money that begins with token `at`, with a sign or a word of money."""
    token = said[at]
    if token.text in _NOTES:
        return Amount(Number(_NOTES[token.text], at + 1), _ANY, at + 1)
    if token.kind == "sign" and token.text in _SIGNS and at + 1 < len(said):
        number = read_number(said, at + 1)
        return Amount(number, _SIGNS[token.text], _after_word(said, number.end)) if number else None
    number = read_number(said, at)
    return _with_word(said, number) if number else None


def _after_word(said: Sequence[Token], at: int) -> int:
    found = _word(said, at)
    return found[1] if found else at


def _word(said: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The longest word of money at `at`, and the place after it."""
    text, found = "", None
    for place in range(at, min(at + 3, len(said))):
        if place > at and (said[place].kind != "han" or said[place].start != said[place - 1].end):
            break
        text += said[place].text
        if text in _WORDS or text in _PARTS:
            found = text, place + 1
        if said[place].kind != "han":
            break
    return found


def _with_word(said: Sequence[Token], number: Number) -> Amount | None:
    if number.end < len(said) and said[number.end].text in _SIGNS and said[number.end].kind == "sign":
        return Amount(number, _SIGNS[said[number.end].text], number.end + 1)
    found = _word(said, number.end)
    if found is None:
        return None
    word, end = found
    if word in _NOT_ALWAYS_MONEY and number.is_word:
        return None
    if word in ("米", "角", "欧", "刀"):
        return None
    if word in _PARTS:
        return Amount(Number(number.low / _PARTS[word], end), _ANY, end)
    if word in ("块", "元") and end < len(said) and said[end].start == said[end - 1].end:
        rest = read_number(said, end)
        if rest is not None and 0 < rest.low < 10 and rest.end == end + 1 and _ends(said, rest.end):
            after = rest.end + (rest.end < len(said) and said[rest.end].text in ("毛", "角"))
            return Amount(Number(number.low + rest.low / 10, after), _ANY, after)
    return Amount(number, _WORDS[word], end)


def _ends(said: Sequence[Token], at: int) -> bool:
    return at >= len(said) or said[at].text not in ("个", "件", "套", "只", "双", "条")
