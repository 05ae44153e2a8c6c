"""How a simulated shopper puts things: one of many phrasings, in Chinese, in English or in both at once, with slips.

The phrases are apart from the grammar that reads them (no table is shared), so a phrase that it cannot read is found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Literal

from daogou.decide.guide.acts import CATEGORY
from daogou.decide.guide.evaluation.shop_words import ShopWords

Language = Literal["zh", "en", "mixed"]
LANGUAGES: tuple[Language, ...] = ("zh", "en", "mixed")
UNITS = {"GBP": ("£", "pounds"), "CNY": ("¥", "yuan"), "USD": ("$", "dollars"), "EUR": ("€", "euros")}
_ZH_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Voice:
    """slips: share of utterances with a typing mistake. currency: that of the shop."""

    language: Language
    words: ShopWords
    currency: str
    random: Random
    slips: float = 0.1

    def say(self, what: str, **parts: str) -> str:
        """One of the phrasings of `what`, filled."""
        return self._slipped(self._filled(what, **parts))

    def kind(self, name: str) -> str:
        """A category as shoppers call it: seldom by the whole of a double name."""
        language = self._of_word()
        word = self.words.kind(name, language)
        if language == "en":
            word = word.lower()
            head = word.split(" & ")[0].split(",")[0]
            return head if head.endswith("s") and self.random.random() < 0.5 else word
        return word

    def value(self, field: str, value: str) -> str:
        """A value as shoppers say it, with what it is of where it would be a bare number."""
        if field == CATEGORY:
            return self.words.kind(value, self._of_word())
        language = self._of_word()
        word = self.words.value(field, value, language)
        if word.replace(".", "").isdigit():
            return (
                f"{self.words.label(field, language)}{word}"
                if language == "zh"
                else f"{field.replace('_', ' ')} {word}"
            )
        return word if language == "zh" or word.isupper() else word[:1].lower() + word[1:]

    def under(self, price_minor: int) -> str:
        """A highest price."""
        return self._filled("under", money=self._money(price_minor))

    def between(self, low_minor: int, high_minor: int) -> str:
        """A lowest and a highest price."""
        return self._filled("between", low=_plain(low_minor), high=_plain(high_minor))

    def about(self, price_minor: int) -> str:
        """A price that need not be met exactly."""
        return self._filled("about", money=self._money(price_minor))

    def nth(self, position: int) -> str:
        """The item at a place, from 1."""
        table = phrases(self._grammar())
        digit = (
            str(position) if self.random.random() < 0.3 and self._grammar() == "zh" else table["digits"][position - 1]
        )
        return self.random.choice(table["nth"]).format(n=digit)

    def _filled(self, what: str, **parts: str) -> str:
        return self.random.choice(phrases(self._grammar())[what]).format(**parts)

    def _money(self, price_minor: int) -> str:
        sign, unit = UNITS.get(self.currency, ("", self.currency))
        n = _plain(price_minor)
        if self._grammar() == "zh":
            unit = "镑" if self.currency == "GBP" else ""
            if self.random.random() < 0.25 and (spoken := _spoken(price_minor)):
                n = spoken
            if unit:
                return f"{n}{unit}"
        return self._filled("money", n=n, sign=sign, unit=unit)

    def _grammar(self) -> str:
        return "en" if self.language == "en" else "zh"

    def _of_word(self) -> str:
        """Who mixes languages speaks Chinese with English names of things."""
        if self.language == "mixed":
            return "en" if self.random.random() < 0.6 else "zh"
        return self.language

    def _slipped(self, text: str) -> str:
        if self.random.random() >= self.slips:
            return text
        return _mistyped(text, self.random)


@lru_cache(maxsize=2)
def phrases(language: str) -> Mapping[str, list[str]]:
    """All phrasings of a language."""
    return tomllib.loads((Path(__file__).parent / f"phrases_{language}.toml").read_text(encoding="utf-8"))


def _plain(price_minor: int) -> str:
    whole, rest = divmod(price_minor, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _spoken(price_minor: int) -> str | None:
    """Round hundreds and tens as they are said: 两百, 三百五, 八十."""
    whole, rest = divmod(price_minor, 100)
    if rest or not 10 <= whole < 1_000 or whole % 10:
        return None
    hundreds, tens = divmod(whole // 10, 10)
    if not hundreds:
        return ("" if tens == 1 else _ZH_DIGITS[tens]) + "十"
    return ("两" if hundreds == 2 else _ZH_DIGITS[hundreds]) + "百" + (_ZH_DIGITS[tens] if tens else "")


def _mistyped(text: str, random: Random) -> str:
    """One slip of the finger: two letters swapped, one lost or doubled, or a mark of punctuation lost or added."""
    long_words = [word for word in text.split() if len(word) >= 5 and word.isascii() and word.isalpha()]
    if not long_words:
        return text.replace("，", " ") if "，" in text else f"{text}{random.choice(('。', '！', '~', ' ', '？？'))}"
    word = random.choice(long_words)
    place = random.randrange(1, len(word) - 2)
    slipped = random.choice(
        (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
        )
    )
    return text.replace(word, slipped, 1)
